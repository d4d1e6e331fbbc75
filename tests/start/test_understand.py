"""What the columns of a foreign table are, by name and by value."""

from __future__ import annotations

import pytest

from faq.start.outline import Column
from faq.start.understand import Meaning, load_words, understand_columns

ASKED = (
    "ごみはいつ出しますか",
    "住民票はどこで取れますか",
    "税金を払うには？",
    "犬が死んだときは？",
)
SAID = (
    "朝8時までに出してください。",
    "市民課の窓口で取れます。",
    "銀行で払えます。",
    "環境課へどうぞ。",
)


def understand(**columns: tuple[str, ...]) -> dict[str, Meaning]:
    listed = [Column(i, name, cells) for i, (name, cells) in enumerate(columns.items())]
    meanings = understand_columns(listed, words=load_words())
    return {meaning.column.name: meaning for meaning in meanings}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("No.", "id"), ("№", "id"), ("管理番号", "id"), ("ＩＤ", "id"), ("大分類", "categories"),
        ("カテゴリー", "categories"), ("所管課", "departments"), ("担当部署", "departments"),
        ("課名", "departments"), ("備考", "note"), ("メモ", "note"), ("タグ", "keywords"),
        ("Category", "categories"), ("Department", "departments"), ("Remarks", "note"),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name(name: str, role: str) -> None:
    found = understand(**{"質問": ASKED, "回答": SAID, name: ("1", "2", "1", "2")})
    assert found[name].role == role


@pytest.mark.parametrize(
    ("question", "answer"),
    [("質問内容", "回答内容"), ("問い", "答え"), ("Q", "A"), ("お問い合わせ内容", "回答文"), ("内容", "回答"),
     ("質問", "内容"), ("件名", "本文"), ("Question", "Answer")],
)  # fmt: skip
def test_questions_and_answers_have_many_names(question: str, answer: str) -> None:
    found = understand(**{question: ASKED, answer: SAID})
    assert (found[question].role, found[answer].role) == ("question", "answer")


def test_values_tell_what_no_name_does() -> None:
    found = understand(
        甲=("1", "2", "3", "4"),
        乙=ASKED,
        丙=SAID,
        丁=("環境課", "市民課", "税務課", "環境課"),
        戊=("06-1234-5678", "内線2345", "（06）1234-5678", "0612345678"),
        己=("令和8年4月1日", "2026/4/1", "R8.4.1", "2026-04-01"),
        庚=("https://a.example/1", "https://a.example/2", "", "https://b.example/"),
        辛=("くらし", "くらし", "税", "くらし"),
    )
    roles = [found[name].role for name in "甲乙丙丁戊己庚辛"]
    assert roles == [
        "id",
        "question",
        "answer",
        "departments",
        "phone",
        "updated",
        "page",
        "categories",
    ]


def test_a_name_is_not_believed_where_the_values_say_otherwise() -> None:
    found = understand(質問=ASKED, 回答=SAID, 電話=("要", "不要", "要", "要"))
    assert (found["電話"].role, found["電話"].reason) == ("", "unfit")


def test_days_without_a_year_are_no_categories() -> None:
    found = understand(質問=ASKED, 回答=SAID, 受け付けた日=("1/30", "1/30", "1/31", "1/31"))
    assert found["受け付けた日"].role == ""


def test_of_two_columns_for_one_field_the_other_is_said() -> None:
    found = understand(質問=ASKED, 質問内容=ASKED, 回答=SAID)
    assert found["質問"].role == "question"
    assert (found["質問内容"].role, found["質問内容"].reason) == ("", "twice")


def test_notes_may_stand_in_several_columns() -> None:
    found = understand(質問=ASKED, 回答=SAID, 備考=("あ", "", "", ""), メモ=("", "い", "", ""))
    assert (found["備考"].role, found["メモ"].role) == ("note", "note")


def test_blanks_after_values_that_never_repeat_are_merged_cells() -> None:
    found = understand(質問=ASKED, 回答=SAID, 大分類=("くらし", "", "税", ""))
    assert found["大分類"].merged


def test_blanks_among_values_that_repeat_are_blanks() -> None:
    found = understand(質問=ASKED, 回答=SAID, 大分類=("くらし", "くらし", "", ""))
    assert not found["大分類"].merged


def test_answers_are_never_filled_from_above() -> None:
    found = understand(質問=ASKED, 回答=("朝です。お早めにどうぞ。", "", "", ""))
    assert not found["回答"].merged


def test_of_three_levels_the_lowest_is_searched_as_keywords() -> None:
    kinds = ("あ", "あ", "い", "い")
    found = understand(質問=ASKED, 回答=SAID, 大分類=kinds, 中分類=kinds, 小分類=kinds)
    assert [found[name].role for name in ("大分類", "中分類", "小分類")] == [
        "level1", "level2", "keywords",
    ]  # fmt: skip


def test_levels_move_up_where_the_top_one_is_missing() -> None:
    kinds = ("あ", "あ", "い", "い")
    found = understand(質問=ASKED, 回答=SAID, 中分類=kinds, 小分類=kinds)
    assert (found["中分類"].role, found["小分類"].role) == ("level1", "level2")
