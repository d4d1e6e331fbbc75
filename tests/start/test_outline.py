"""Where the header of a foreign table is."""

from __future__ import annotations

from collections.abc import Sequence

from faq.start.outline import Outline, find_outline, simplify_name
from faq.start.understand import load_words


def outline(*rows: Sequence[str]) -> Outline | None:
    return find_outline(list(enumerate(rows, start=1)), words=load_words().plain)


def test_the_header_lies_beneath_a_title() -> None:
    found = outline(
        ["あおば市FAQ一覧", "", ""], ["No.", "質問", "回答"], ["1", "ごみは？", "朝です"]
    )
    assert found
    assert found.header == (2,)
    assert found.titles == ("あおば市FAQ一覧",)
    assert [column.name for column in found.columns] == ["No.", "質問", "回答"]
    assert found.rows == (3,)


def test_a_row_of_values_is_not_taken_for_the_header() -> None:
    found = outline(
        ["令和8年度", "担当：広報課", "2026/4/1"],
        ["番号", "問い合わせ内容", "答え"],
        ["1", "質問", "回答"],
    )
    assert found
    assert found.header == (2,)


def test_empty_rows_and_columns_are_counted_and_left_out() -> None:
    found = find_outline(
        [(1, ["質問", "回答", "", ""]), (2, ["あ", "い", "", ""]), (6, ["う", "え", "", ""])],
        words=load_words().plain,
    )
    assert found
    assert len(found.columns) == 2
    assert (found.empty_rows, found.empty_columns) == (3, 2)


def test_a_header_in_two_rows_becomes_one() -> None:
    found = outline(
        ["よくある質問"],
        ["No.", "内容", "", "担当", ""],
        ["", "質問", "回答", "課名", "電話"],
        ["1", "ごみの日は？", "月曜です", "環境課", "123-4567"],
    )
    assert found
    assert found.header == (2, 3)
    titles = [column.heading for column in found.columns]
    assert titles == ["No.", "内容 質問", "内容 回答", "担当 課名", "担当 電話"]
    # A map knows columns by the lowest row.
    assert [column.name for column in found.columns] == ["A列", "質問", "回答", "課名", "電話"]


def test_a_column_with_values_but_no_name_is_kept() -> None:
    found = outline(["質問", "回答", ""], ["ごみは？", "朝です", "要確認"])
    assert found
    assert [column.name for column in found.columns] == ["質問", "回答", "C列"]


def test_a_table_without_known_words_has_no_header() -> None:
    assert outline(["あ", "い"], ["う", "え"]) is None


def test_names_are_compared_without_marks_width_and_brackets() -> None:
    assert simplify_name(" Ｎｏ． ") == "no"
    assert simplify_name("登録日(令和)") == "登録日"
    assert simplify_name("【質問\n内容】") == "【質問内容】"
