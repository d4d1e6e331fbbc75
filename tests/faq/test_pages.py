"""Which pages there are and what they hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from faq.pages.kana import IndexEntry, fold_kana, group_by_letter
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT


def build(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "public"
    build_site(BuildOptions(folder, out, AT, allow_shrink=True))
    return out


def read(out: Path, path: str) -> str:
    return (out / path).read_text(encoding="utf-8")


def list_faq_links(page: str) -> list[str]:
    return re.findall(r'class="faq-list-link" href="/faq/([^/]+)/"', page)


@pytest.fixture
def many(folder: Path, tmp_path: Path) -> Path:
    """A site of 120 FAQs in one field."""
    rows = "".join(f"{n},質問その{n},答え,税金,税務課,承認済み\n" for n in range(1, 121))
    header = "番号,質問,回答,分野,担当課,状態\n"
    (folder / "faq" / "a.csv").write_text(header + rows, encoding="utf-8")
    (folder / "rankings").mkdir()
    (folder / "rankings" / "views.yml").write_text("閲覧数: {77: 9, 5: 12}\n", encoding="utf-8")
    return build(folder, tmp_path)


def test_a_long_list_is_cut_into_pages_that_hold_each_faq_once(many: Path) -> None:
    pages = [read(many, f"fields/zei/{part}index.html") for part in ("", "2/", "3/")]
    links = [list_faq_links(page) for page in pages]
    assert [len(found) for found in links] == [50, 50, 20]
    assert len({faq_id for found in links for faq_id in found}) == 120
    assert 'rel="next" href="/fields/zei/2/"' in pages[0]
    assert 'rel="prev" href="/fields/zei/"' in pages[1]
    assert 'rel="next"' not in pages[2]


def test_lists_begin_with_the_most_viewed_and_go_on_by_number(many: Path) -> None:
    assert list_faq_links(read(many, "fields/zei/index.html"))[:4] == ["5", "77", "1", "2"]
    assert list_faq_links(read(many, "ranking/index.html")) == ["5", "77"]


def test_the_contact_form_is_linked_from_faqs_only_where_the_city_wants_it(
    folder: Path, tmp_path: Path
) -> None:
    with (folder / "site.yml").open("a", encoding="utf-8") as site:
        site.write(
            "問い合わせフォーム: https://x.example.lg.jp/f?n={id}\n問い合わせの入口: FAQのページだけ\n"
        )
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n", encoding="utf-8"
    )
    out = build(folder, tmp_path)
    with_form = [
        path.parent.name
        for path in out.resolve().rglob("*.html")
        if "/f?n=" in path.read_text("utf-8")
    ]
    assert with_form == ["1"]
    assert "https://x.example.lg.jp/f?n=1" in read(out, "faq/1/index.html")


def test_a_site_without_any_faq_is_built(folder: Path, tmp_path: Path) -> None:
    categories = (folder / "categories.yml").read_text(encoding="utf-8")
    (folder / "categories.yml").write_text(
        categories.replace("税金}", "税金, 常に表示: はい}"), encoding="utf-8"
    )
    out = build(folder, tmp_path)
    assert "いま公開している質問がありません" in read(out, "fields/zei/index.html")


def test_the_index_puts_voiced_and_small_letters_under_their_row() -> None:
    readings = ["がっこう", "かぎ", "ガス", "ぱすぽーと", "ヴぇーる", "ゃ", "123", ""]
    entries = [IndexEntry(reading, reading, (), is_keyword=False) for reading in readings]
    groups = {slug: [entry.label for entry in found] for slug, (_, found) in
              group_by_letter(entries).items()}  # fmt: skip
    assert groups == {
        "u": ["ヴぇーる"], "ka": ["かぎ", "ガス", "がっこう"], "ha": ["ぱすぽーと"], "ya": ["ゃ"],
        "other": ["", "123"],
    }  # fmt: skip
    assert fold_kana("ヴぇーる") == "うえる"
