"""The evidence pack: every criterion, no claim, nothing lost, the same sample every time."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from a11y.criteria import Criterion, load_criteria
from a11y.evidence import Evidence, summarize_criterion
from a11y.jis import (
    FILES,
    draft_result,
    make_page_rows,
    make_seed,
    make_worksheet_rows,
    sample_pages,
    write_evidence,
)
from faq.model.dates import JST
from faq.model.problem import ContentError
from faq.model.site import Site
from faq.texts import EDITOR_TEXTS
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, ROOT

SITE = Site("試験市 よくある質問", "試験市", "https://faq.shiken.example.lg.jp/sub/")
PAGES = [f"faq/{number}/" for number in range(1000, 1200)]
REPRESENTATIVE = {"home": "", "faq": "faq/1000/", "search": "search/"}
EVIDENCE = Evidence(
    at=AT,
    pages=["", "search/", *PAGES],
    representative=REPRESENTATIVE,
    tested={"axe/color-contrast": 202, "axe/image-alt": 202, "axe/region": 202, "ibm/a": 200, "ibm/b": 202, "print": 23, "reflow": 23},
    found={"axe/image-alt": 3, "ibm/a": 1, "ibm/b": 1},
    tools={"axe-core": "4.14.1", "Chromium": "150.0"},
    waived={"reflow": 1},
    undecided={"axe/color-contrast": 2},
)  # fmt: skip
# Names of things to fill in: they contain the words of a claim but claim nothing.
HARMLESS = re.compile("目標と(した|する)適合レベル|満たしている適合レベル")


def find_claims(text: str) -> list[str]:
    """Words with which a page would claim to meet the standard or a criterion."""
    return re.findall("準拠|適合|合格|満たしています|達成しています", HARMLESS.sub("", text))


def get_criterion(number: str) -> Criterion:
    return next(c for c in load_criteria() if c.number == number)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def draft() -> str:
    sampled = sample_pages(EVIDENCE.pages, representative=REPRESENTATIVE, seed=7)
    return draft_result(EVIDENCE, site=SITE, seed=7, sampled=sampled)


def test_jis_has_38_criteria_and_wcag_22_has_55() -> None:
    criteria = load_criteria()
    assert sum(c.in_jis for c in criteria) == 38
    assert sum(c.in_wcag22 for c in criteria) == 55
    assert Counter(c.level for c in criteria if c.in_wcag22) == {"A": 31, "AA": 24}
    assert Counter(c.level for c in criteria if c.in_jis) == {"A": 25, "AA": 13}


def test_only_parsing_is_in_jis_alone() -> None:
    assert [c.number for c in load_criteria() if c.in_jis and not c.in_wcag22] == ["4.1.1"]


def test_criteria_are_unique_and_in_numerical_order() -> None:
    numbers = [tuple(map(int, c.number.split("."))) for c in load_criteria()]
    assert numbers == sorted(set(numbers))


def test_every_criterion_has_one_to_four_steps_for_a_person() -> None:
    assert [c.number for c in load_criteria() if not 1 <= len(c.person) <= 4] == []


def test_rules_of_each_criterion_are_those_that_axe_names(page: Page) -> None:
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    named: dict[str, dict[str, bool]] = defaultdict(dict)
    for rule in page.evaluate("axe.getRules()"):
        for match in filter(None, (re.fullmatch(r"wcag(\d)(\d)(\d+)", t) for t in rule["tags"])):
            if "deprecated" not in rule["tags"]:
                # an experimental rule may be an ordinary one in the next version
                is_needed = "experimental" not in rule["tags"]
                named[".".join(match.groups())][rule["ruleId"]] = is_needed
    for criterion in load_criteria():
        rules = named[criterion.number]
        assert set(criterion.axe) <= set(rules), criterion.number
        assert {rule for rule, is_needed in rules.items() if is_needed} <= set(criterion.axe)


def test_zero_findings_are_reported_as_the_machines_result() -> None:
    summary = summarize_criterion(get_criterion("1.4.3"), evidence=replace(EVIDENCE, undecided={}))
    assert summary == "機械の検査では問題なし（202ページ）"


def test_waived_and_undecided_findings_are_shown_beside_a_zero() -> None:
    assert summarize_criterion(get_criterion("1.4.10"), evidence=EVIDENCE).endswith(
        "。ほかに期限付きの例外 1件"
    )
    assert summarize_criterion(get_criterion("1.4.3"), evidence=EVIDENCE).endswith(
        "。ほかに機械が判定できないもの 2件"
    )


def test_findings_are_reported_with_their_number() -> None:
    assert (
        summarize_criterion(get_criterion("1.1.1"), evidence=EVIDENCE)
        == "3件見つかりました（202ページ中）"
    )


def test_a_criterion_without_a_rule_or_a_run_says_so() -> None:
    assert (
        summarize_criterion(get_criterion("3.2.3"), evidence=EVIDENCE) == "機械の規則がありません"
    )
    assert summarize_criterion(get_criterion("2.5.8"), evidence=EVIDENCE) == "実行していません"


def test_the_draft_and_the_worksheet_claim_nothing(draft: str) -> None:
    rows = make_worksheet_rows(EVIDENCE)
    assert find_claims(draft) == []
    assert find_claims("\n".join(cell for row in rows for cell in row)) == []


@pytest.mark.parametrize(
    "claim",
    ["JIS X 8341-3:2016の適合レベルAAに準拠しています", "| 1.4.3 | コントラスト | 適合 |", "AAを満たしています"],
)  # fmt: skip
def test_a_planted_claim_is_found(draft: str, claim: str) -> None:
    assert find_claims(draft + claim)


def test_each_of_our_rules_has_a_japanese_name() -> None:
    own = {rule for criterion in load_criteria() for rule in criterion.own}
    assert own - set(EDITOR_TEXTS["jis"]["rules"]) == set()


def test_every_kind_of_page_has_a_japanese_name() -> None:
    kinds = {path.stem for path in (ROOT / "templates/pages").glob("*.html")}
    kinds -= {"component", "components"}  # samples for developers, no page of the site
    assert kinds - set(EDITOR_TEXTS["jis"]["pages"]["kinds"]) == set()


def test_the_draft_says_that_it_is_one_and_leaves_every_result_to_a_person(draft: str) -> None:
    assert "これは下書きです" in draft
    rows = re.findall(r"^\| (\d\.\d\.\d+) .*\| (.*?) \|$", draft, re.MULTILINE)
    assert len(rows) == 56
    assert {result for _, result in rows} == {"【要記入】"}


def test_the_draft_shows_rules_that_belong_to_no_criterion(draft: str) -> None:
    assert "| axe（推奨の規則）の1規則 | 202ページ、見つかった数 0 |" in draft
    assert "| IBMの道具の2規則 | 202ページ、見つかった数 2 |" in draft
    assert "| 印刷（print） | 23ページ、見つかった数 0 |" in draft


def test_a_finding_of_a_rule_without_page_count_is_not_lost() -> None:
    evidence = replace(EVIDENCE, found={"vnu/error": 1, "unknown": 2})
    assert (
        summarize_criterion(get_criterion("4.1.1"), evidence=evidence)
        == "1件見つかりました（0ページ中）"
    )
    assert "| unknown | 0ページ、見つかった数 2 |" in draft_result(
        evidence, site=SITE, seed=1, sampled=()
    )


def test_a_draft_without_tools_or_other_rules_has_no_empty_table() -> None:
    evidence = replace(EVIDENCE, tools={}, tested={}, found={}, waived={}, undecided={})
    text = draft_result(evidence, site=SITE, seed=1, sampled=())
    assert text.count("| なし | なし |") == 2


def test_the_draft_names_tools_seed_and_every_page_to_check(draft: str) -> None:
    assert "| axe-core | 4.14.1 |" in draft
    assert "種「7」" in draft
    addresses = [row[3] for row in make_page_rows(EVIDENCE, site=SITE, sampled=())[1:]]
    assert addresses[0] == "https://faq.shiken.example.lg.jp/sub/"
    assert all(address in draft for address in addresses)
    assert draft.count("\n- ") == 40


def test_forty_pages_are_chosen_and_at_least_25_at_random() -> None:
    assert len(sample_pages(PAGES, representative=REPRESENTATIVE, seed=1)) == 37
    many = {str(number): address for number, address in enumerate(PAGES[:30])}
    assert len(sample_pages(PAGES, representative=many, seed=1)) == 25


def test_the_sample_has_no_representative_page_and_none_twice() -> None:
    sampled = sample_pages([*PAGES[:20], *PAGES[:20]], representative=REPRESENTATIVE, seed=1)
    assert sorted(sampled) == PAGES[1:20]


def test_the_same_seed_gives_the_same_sample_in_any_order_of_pages() -> None:
    sampled = sample_pages(PAGES, representative={}, seed=20261121)
    assert sampled[:3] == ["faq/1005/", "faq/1177/", "faq/1079/"]
    assert sampled == sample_pages(PAGES[::-1], representative={}, seed=20261121)
    assert sampled != sample_pages(PAGES, representative={}, seed=20261122)


def test_the_seed_comes_from_the_day() -> None:
    assert make_seed(AT) == 20261121
    assert make_seed(AT.replace(hour=23, tzinfo=JST)) == 20261121


def test_the_pack_is_three_files_and_the_worksheet_opens_in_excel(tmp_path: Path) -> None:
    written = write_evidence(tmp_path / "pack", evidence=EVIDENCE, site=SITE, seed=7)
    assert [path.name for path in written] == list(FILES)
    data = written[1].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = read_rows(written[1])
    assert list(rows[0]) == EDITOR_TEXTS["jis"]["worksheet"]["columns"]
    assert sum(row["JIS対象"] == "はい" for row in rows) == 38
    assert sum(row["WCAG 2.2対象"] == "はい" for row in rows) == 55
    assert {row[name] for row in rows for name in ("結果", "確かめた人", "確かめた日", "メモ")} == {
        ""
    }


def test_the_worksheet_names_rule_pages_and_findings(tmp_path: Path) -> None:
    rows = {row["達成基準"].split()[0]: row for row in read_rows(write_pack(tmp_path)[1])}
    assert "axe/image-alt: 202ページ、見つかった数 3" in rows["1.1.1"]["機械の検査"]
    assert "axe/svg-img-alt: 実行していません" in rows["1.1.1"]["機械の検査"]
    assert rows["1.2.2"]["該当"] == "動画・音声がなければ該当なし"
    assert rows["1.1.1"]["人が確かめること"].startswith("1. ")


def test_no_cell_of_the_worksheet_looks_like_a_date_to_excel() -> None:
    cells = [cell for row in make_worksheet_rows(EVIDENCE) for cell in row]
    assert [cell for cell in cells if re.fullmatch(r"\d+[./-]\d+([./-]\d+)?", cell)] == []
    assert cells[12:15] == ["1", "1.1.1 非テキストコンテンツ", "A"]


def test_the_page_list_shows_how_each_page_was_chosen(tmp_path: Path) -> None:
    rows = read_rows(write_pack(tmp_path)[2])
    assert Counter(row["選び方"] for row in rows) == {"代表": 3, "無作為": 37}
    assert rows[1]["種類"] == "FAQ"
    assert rows[1]["アドレス"] == "https://faq.shiken.example.lg.jp/sub/faq/1000/"


def test_what_a_person_filled_in_is_never_overwritten(tmp_path: Path) -> None:
    worksheet = write_pack(tmp_path)[1]
    worksheet.write_text("記入済み", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_pack(tmp_path)
    assert worksheet.read_text(encoding="utf-8") == "記入済み"


def test_an_unfinished_draft_stops_the_build(folder: Path, tmp_path: Path) -> None:
    put_draft(folder, tmp_path)
    with pytest.raises(ContentError, match="公開開始"):
        build_site(BuildOptions(folder, tmp_path / "public", AT))


def test_a_draft_with_its_day_becomes_a_page(folder: Path, tmp_path: Path) -> None:
    page = put_draft(folder, tmp_path)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("公開開始: 【要記入】", "公開開始: 2026-11-01"), encoding="utf-8")
    rows = "".join(f"{name.split('/')[1]},{name},a,承認済み\n" for name in PAGES)
    (folder / "faq" / "a.csv").write_text(f"番号,質問,回答,状態\n{rows}", encoding="utf-8")
    build_site(BuildOptions(folder, tmp_path / "public", AT))
    built = (tmp_path / "public/pages/jis-result/index.html").read_text(encoding="utf-8")
    assert built.count("<table>") == 5
    assert "種「7」" in built


def test_the_guide_names_every_file_of_the_pack_and_every_word_of_waic() -> None:
    guide = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
    assert [
        name for name in (*FILES, "準拠", "一部準拠", "配慮", "【要記入】") if name not in guide
    ] == []


def write_pack(tmp_path: Path) -> list[Path]:
    return write_evidence(tmp_path / "pack", evidence=EVIDENCE, site=SITE, seed=7)


def put_draft(folder: Path, tmp_path: Path) -> Path:
    (folder / "pages").mkdir()
    return write_pack(tmp_path)[0].rename(folder / "pages" / "jis-result.md")
