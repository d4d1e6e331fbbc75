"""The map of a foreign table: where the table lies, and what becomes of its values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commands.exchange import import_faqs
from faq.exchange.convert import Conversion, convert_grid
from faq.exchange.maps import read_map
from faq.model.content import Faq
from faq.read.documents import read_yaml
from faq.read.grids import read_grid
from faq.read.records import Loader
from tests.faq.test_workbooks import make_book

TABLE = """\
市民FAQ一覧,,,,
No.,質問,こたえ,所管,備考欄
１,い,# 一,税務課・市民課,内部用
２,ろ,二,旧税務課,
"""
MAP = "見出しの行: 2\n列: {番号: No., 質問: 質問, 回答: こたえ, 担当課: 所管, 備考: 備考欄}\n"


def convert(
    map_text: str, table: str | bytes = TABLE, file: str = "t.csv"
) -> tuple[list[Faq], list[str]]:
    loader = Loader(Path.cwd())
    table_map = read_map(loader, read_yaml(map_text, file="m.yml")[0], file="m.yml")
    data = table.encode() if isinstance(table, str) else table
    grid = read_grid(data, file=file, sheet=table_map.sheet)
    result: Conversion = convert_grid(grid, table_map=table_map, loader=loader, file=file)
    return list(result.faqs), [str(problem) for problem in (*loader.problems, *result.problems)]


def test_rows_above_the_header_are_passed_over() -> None:
    faqs, problems = convert(MAP)
    assert [(faq.id, faq.origin.row, faq.note) for faq in faqs] == [
        ("1", 3, "内部用"),
        ("2", 4, ""),
    ]
    assert problems == []


def test_a_row_of_the_header_that_is_blank_is_reported() -> None:
    _, problems = convert(MAP.replace("2", "9", 1))
    assert problems == [
        "t.csv 9行目: 見出しの行に何もありません。見出しのある行の番号を書いてください"
    ]


def test_the_map_says_how_answers_are_read() -> None:
    (plain, _), _ = convert(MAP + "書式: 文章\n")
    (marked, _), _ = convert(MAP)
    assert (plain.format, plain.answer.words, marked.answer.words) == ("文章", "# 一", "一")


def test_values_are_parted_and_translated() -> None:
    faqs, _ = convert(
        MAP + "区切り: {担当課: ・／}\n値: {担当課: {旧税務課: [税務課, 収納課], 市民課: ''}}\n"
    )
    assert [faq.departments for faq in faqs] == [("税務課",), ("税務課", "収納課")]


def test_without_separators_a_cell_is_one_value() -> None:
    faqs, _ = convert(MAP + "値: {担当課: {税務課・市民課: 総務課}}\n")
    assert [faq.departments for faq in faqs] == [("総務課",), ("旧税務課",)]


def test_patterns_replace_what_a_cell_holds() -> None:
    table = "番号,質問,回答,URL\n1,い,ろ,https://old.example/faq/(12)\n"
    faqs, _ = convert(
        "列: {番号: 番号, 質問: 質問, 回答: 回答, 旧アドレス: URL}\n"
        r"置きかえ: {旧アドレス: {'^https://[^/]+/faq/\((\d+)\)': '/faq/show/\1'}}" + "\n",
        table,
    )
    assert [address.text for address in faqs[0].old_addresses] == ["/faq/show/12"]


@pytest.mark.parametrize(("pattern", "new"), [("(", "x"), ("a", r"\9")])
def test_a_pattern_that_cannot_be_read_is_reported(pattern: str, new: str) -> None:
    _, problems = convert(f"{MAP}置きかえ: {{質問: {{'{pattern}': '{new}'}}}}\n")
    assert problems[0].startswith(f"m.yml 3行目 置きかえ: 置きかえ「{pattern}」は正規表現として")


def test_a_column_that_nothing_uses_is_reported_once_unless_the_map_knows_it() -> None:
    less = MAP.replace(", 備考: 備考欄", "")
    _, problems = convert(less)
    assert problems == [
        "t.csv 2行目 備考欄: （注意）この列は使っていません。"
        "「列」に書くか、いらなければ「使わない列」に書いてください"
    ]
    assert convert(less + "使わない列: [備考欄]\n")[1] == []


def test_columns_without_a_name_of_their_own_are_named_by_their_letter() -> None:
    table = "番号,質問,回答,,回答\n1,い,ろ,x,は\n"
    faqs, problems = convert("列: {番号: 番号, 質問: 質問, 回答: [回答, 回答（E列）]}\n", table)
    assert faqs[0].answer == "ろ\nは"
    assert [line.partition(":")[0] for line in problems] == ["t.csv 1行目 D列"]


def test_a_sheet_is_named_by_the_map_and_its_merged_cells_are_filled_down() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("C3:C5")
        sheet.title = "一覧"
        sheet.parent.create_sheet("表紙", 0)["A1"] = "表紙"

    rows: list[list[Any]] = [
        ["題"],
        ["No.", "質\n問", "回答"],
        [1, "い", "ろ"],
        [2, "は"],
        [3, "に"],
        [4, "ほ"],
    ]
    book = make_book(*rows, change=merge)
    faqs, problems = convert(
        "シート: 一覧\n見出しの行: 2\n列: {番号: No., 質問: 質問, 回答: 回答}\n", book, "t.xlsx"
    )
    assert [faq.answer for faq in faqs] == ["ろ", "ろ", "ろ", ""]
    assert problems == [
        "t.xlsx 4行目: （注意）結合されていたセルの2行に、いちばん上の値を入れました（行 4、5）",
        "t.xlsx 6行目 回答: （注意）回答のない1件（番号 4）は、下書きとして取り込みました",
    ]


def test_what_was_filled_in_many_rows_is_one_message_with_the_first_rows() -> None:
    rows = "".join(f"{number},い{number},\n" for number in range(2, 1781))
    faqs, problems = convert(
        "列: {番号: 番号, 質問: 質問, 回答: 回答}\n上の値で埋める: 回答\n",
        f"番号,質問,回答\n1,い,ろ\n{rows}",
    )
    assert len(faqs) == 1780
    assert problems == [
        "t.csv 3行目: （注意）空欄だった1779行に、すぐ上の行の値を入れました"
        "（行 3、4、5、6、7ほか）"
    ]


def test_a_book_is_imported_and_what_was_written_is_read(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, table_map, to = tmp_path / "t.xlsx", tmp_path / "m.yml", tmp_path / "out.csv"
    book.write_bytes(make_book(["題"], ["No.", "質問", "回答"], [1, "い", "*1 注\n  字下げ"]))
    table_map.write_text(
        "見出しの行: 2\n書式: 文章\n列: {番号: No., 質問: 質問, 回答: 回答}\n", encoding="utf-8"
    )
    assert import_faqs(book, map_file=table_map, to=to, content=folder) == 0
    assert capsys.readouterr().out == f"{book} から 1 件を取り込み、{to} に書きました。\n"
    again = tmp_path / "again.csv"
    assert import_faqs(to, map_file=None, to=again, content=folder) == 0
    assert again.read_bytes() == to.read_bytes()
    assert "文章" in to.read_text(encoding="utf-8")
