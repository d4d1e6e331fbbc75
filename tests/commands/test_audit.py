"""The audit command: exit codes, progress, and that every finding is printed with its fix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from a11y import node, views
from a11y.report import Condition
from a11y.rules.language import collect_latin_words
from browsers import launch
from build import program
from commands.audit import audit_site
from faq.read.content import read_content
from faq.texts import EDITOR_TEXTS
from pipeline.options import BuildOptions
from terminal.interface import run_command
from tests.conftest import GOLDEN_AT

ONE_CONDITION = (Condition(320, "light"),)


def write_faq(folder: Path, answer: str) -> None:
    (folder / "faq" / "a.yml").write_text(
        f"- {{番号: 1, 質問: 住民票が欲しい, 回答: {answer}, 状態: 承認済み, 担当課: zeimu}}\n",
        encoding="utf-8",
    )


@pytest.fixture
def faqs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Restricts the audit to the pages of FAQs."""
    monkeypatch.setattr(
        views,
        "choose_views",
        lambda site, templates: [
            view for view in views.list_views(site, templates) if view.template == "faq"
        ],
    )


@pytest.mark.usefixtures("faqs_only")
def test_a_sound_site_gives_0_and_the_number_of_checks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "窓口で取れます。")
    assert (
        audit_site(BuildOptions(folder, Path(), GOLDEN_AT), conditions=ONE_CONDITION, engines=())
        == 0
    )
    printed = capsys.readouterr().out
    assert "axe: 指摘 0 件" in printed
    assert "Shirube の規則: 指摘 0 件" in printed
    assert "使った保留は 0 件" in printed


@pytest.mark.usefixtures("faqs_only")
def test_a_fault_in_the_content_gives_1_with_page_element_and_fix(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "한국어 안내입니다。")
    file = tmp_path / "report.json"
    options = BuildOptions(folder, Path(), GOLDEN_AT)
    assert audit_site(options, json_file=file, conditions=ONE_CONDITION, engines=()) == 1
    printed = capsys.readouterr().out
    assert "faq/1/  language" in printed
    assert EDITOR_TEXTS["audit"]["rules"]["language"]["fix"] in printed
    report = json.loads(file.read_text(encoding="utf-8"))
    assert {item["violation"]["rule"] for item in report["findings"]} == {"language"}
    assert report["tested"]["language"] == len(report["pages"])


@pytest.mark.usefixtures("faqs_only")
def test_without_a_terminal_each_finished_condition_is_a_line_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "窓口で取れます。")
    conditions = (Condition(320, "light"), Condition(1280, "dark", has_scripts=False))
    audit_site(BuildOptions(folder, Path(), GOLDEN_AT), conditions=conditions, engines=())
    assert capsys.readouterr().err.splitlines() == [
        "確かめました: 320px 明るい色 スクリプトあり（1 / 1 ページ・状態）",
        "確かめました: 1280px 暗い色 スクリプトなし（1 / 1 ページ・状態）",
        "確かめました: キーボードの道すじ（0 種類のブラウザー）",
    ]


def test_an_error_in_the_content_stops_before_the_audit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "")
    assert run_command(program, ["audit", "--content", str(folder)]) == 1
    assert "回答が空です" in capsys.readouterr().err


def test_a_missing_engine_gives_2_and_names_it(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_faq(folder, "窓口で取れます。")
    monkeypatch.setattr(node, "NODE_MODULES", tmp_path)
    assert run_command(program, ["audit", "--all", "--content", str(folder)]) == 2
    printed = capsys.readouterr().err
    assert "vnu-jar" in printed
    assert "npm ci" in printed


def test_a_missing_browser_gives_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "窓口で取れます。")
    monkeypatch.setattr(launch, "find_browser", lambda _: None)
    assert run_command(program, ["audit", "--content", str(folder)]) == 2
    assert "chromium" in capsys.readouterr().err


def test_every_rule_has_a_text_with_a_fix() -> None:
    from a11y.audit import JOURNEY_RULE, STATE_RULE
    from a11y.rules import make_rules

    engines = {"axe-sure", "axe-open", "ibm-sure", "vnu-sure"}
    rules = {rule.id for rule in make_rules()} | {STATE_RULE, JOURNEY_RULE}
    assert set(EDITOR_TEXTS["audit"]["rules"]) == rules | engines


def test_latin_words_of_the_city_s_content_are_known(folder: Path) -> None:
    write_faq(folder, "LINEとSNSで知らせます。")
    words = set(collect_latin_words(read_content(folder)[0]))
    assert {"line", "sns"} <= words
    assert "question" not in words
