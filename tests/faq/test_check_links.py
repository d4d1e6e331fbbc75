"""Links to FAQs that are not there, or are hidden earlier than the page with the link."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from faq.check.content import check_content, find_overdue, find_unshown_names
from faq.model.choices import Audience
from faq.model.dates import JST
from faq.read.content import read_content
from faq.window.select import select_window

AT = datetime(2027, 4, 1, 9, tzinfo=JST)
TARGET = "- {{番号: 2, 質問: は, 回答: に, {} }}\n"
SOURCE = (
    "- {{番号: 1, 質問: い, 回答: 'ろ{answer}', 状態: 承認済み, 公開開始: 2027-01-01, {rest} }}\n"
)


def find_codes(folder: Path, target: str, *, answer: str = "", rest: str = "") -> list[str]:
    rows = SOURCE.format(answer=answer, rest=rest) + TARGET.format(target)
    (folder / "faq" / "a.yml").write_text(rows, encoding="utf-8")
    content, problems = read_content(folder)
    assert problems == []
    return [one.code for one in check_content(content) if one.code.startswith("link_")]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("状態: 下書き", "link_unapproved"),
        ("状態: 承認済み, 見せる相手: 職員", "link_other_audience"),
        ("状態: 承認済み, 公開開始: 2027-01-01, 公開終了: 2027-12-31", "link_ends_earlier"),
        ("状態: 承認済み, 公開開始: 2027-01-02", "link_starts_later"),
    ],
)
@pytest.mark.parametrize(
    "where",
    [{"answer": "[は](/faq/2/)"}, {"rest": "リンク: [は | /faq/2/]"}, {"rest": "根拠: [は | /faq/2/]"},
     {"rest": "やさしい日本語: '[は](/faq/2/)'"}],
)  # fmt: skip
def test_a_link_that_will_be_taken_off_is_reported(
    folder: Path, target: str, code: str, where: dict[str, str]
) -> None:
    assert find_codes(folder, target, **where) == [code]


def test_a_link_to_an_faq_that_is_shown_as_long_is_no_problem(folder: Path) -> None:
    target = "状態: 承認済み, 公開終了: 2028-03-31"
    where = {"answer": "[は](/faq/2/)", "rest": "公開終了: 2028-03-31"}
    assert find_codes(folder, target, **where) == []


@pytest.mark.parametrize("name", ["リンク", "根拠"])
def test_a_button_or_source_that_leads_to_no_faq_is_an_error(folder: Path, name: str) -> None:
    assert find_codes(folder, "状態: 承認済み", rest=f"{name}: [は | /faq/77/]") == ["link_dead"]


def test_names_that_nothing_shown_uses_are_reported_with_the_way_out(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 分野: 税金, 担当課: 税務課, 状態: 承認済み,"
        " 公開開始: 2028-04-01}\n",
        encoding="utf-8",
    )
    content, _ = read_content(folder)
    shown = select_window(content, at=AT, audience=Audience.CITIZEN, normalize=str)
    problems = find_unshown_names(content, shown.content)
    assert [(one.place.column, one.values["names"]) for one in problems] == [
        ("行政分野", ("税金",)), ("ライフイベント", ("結婚",)), ("担当課", ("税務課",)),
    ]  # fmt: skip
    assert "常に表示" in str(problems[0])


def test_what_has_been_withdrawn_is_not_overdue(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 更新日: 2020-01-01, 公開終了: 2027-03-31}\n"
        "- {番号: 2, 質問: は, 回答: に, 更新日: 2020-01-01}\n",
        encoding="utf-8",
    )
    content, _ = read_content(folder)
    assert [faq.id for faq in find_overdue(content.faqs, at=AT)] == ["2"]
