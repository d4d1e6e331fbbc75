"""Excel books are read as the tables they show; what is no table, or too much of one, is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from faq.model.content import Faq
from faq.read import archives, sheets
from faq.read.content import read_content
from faq.read.grids import Grid, fill_merges, read_grid
from faq.read.raw import OLE_HEAD, Merge, TableError

HEADER = ["番号", "質問", "回答", "状態"]
ROW = [1, "い", "ろ", "承認済み"]
SHEET = "xl/worksheets/sheet1.xml"


def make_book(*rows: list[Any], change: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """A book with these rows in its only sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def replace_part(book: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The book with one of its parts changed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return file.getvalue()


def read(book: bytes, *, sheet: str = "") -> Grid:
    return read_grid(book, file="a.xlsx", sheet=sheet)


def read_cell(value: Any, number_format: str = "General") -> str:
    def change(sheet: Worksheet) -> None:
        sheet["A1"].number_format = number_format

    return read(make_book([value, "x"], change=change)).rows[0][1][0]


def find_refusal(data: bytes, file: str = "a.xlsx") -> str:
    with pytest.raises(TableError) as refused:
        read_grid(data, file=file)
    return refused.value.problem.code


def read_faqs(folder: Path, data: bytes, name: str = "a.xlsx") -> tuple[list[Faq], list[str]]:
    (folder / "faq" / name).write_bytes(data)
    content, problems = read_content(folder)
    return list(content.faqs), [str(problem) for problem in problems]


# Cells


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (True, "General", "TRUE"),
        (5, "0000", "0005"),
        (1234567, "#,##0", "1,234,567"),
        (300, '#,##0"円"', "300円"),
        (-300, '"¥"#,##0;"¥"-#,##0', "¥-300"),
        (-5, "#,##0;[Red]△#,##0", "△5"),
        (300, "[$¥-411]#,##0", "¥300"),
        (0.25, "0%", "25%"),
        (1.005, "0.00", "1.01"),
        (12.5, "0.0##", "12.5"),
        (1500000, '#,##0,"千円"', "1,500千円"),
        (0, '0;-0;"なし"', "なし"),
        (6600001, r"[<=999]000;[<=9999]000\-00;000\-0000", "660-0001"),
        (312345678, r"[<=99999999]####\-####;\(00\)\ ####\-####", "(03) 1234-5678"),
        (3, 'General"件"', "3件"),
        (1.5, "# ?/?", "1.5"),
        (7, "@", "7"),
        (date(2027, 4, 1), "yyyy/m/d", "2027-04-01"),
        (date(2027, 4, 1), '[$-411]ggge"年"m"月"d"日"', "2027-04-01"),
        (datetime(2027, 4, 1, 8, 30), "yyyy/m/d h:mm", "2027-04-01 08:30"),  # noqa: DTZ001
        (time(8, 30), "h:mm", "8:30"),
        (timedelta(hours=25, minutes=30), "[h]:mm", "25:30"),
        ("電話_x0041_\n次", "General", "電話A\n次"),
    ],
)
def test_a_cell_is_read_as_excel_shows_it(value: object, number_format: str, shown: str) -> None:
    assert read_cell(value, number_format) == shown


def test_a_date_in_a_format_that_only_japanese_excel_knows_is_a_date() -> None:
    book = make_book([46478], change=lambda sheet: setattr(sheet["A1"], "number_format", "0.00"))
    japanese = replace_part(
        book, "xl/styles.xml", lambda data: data.replace(b'numFmtId="2"', b'numFmtId="58"')
    )
    assert (read(book).rows[0][1], read(japanese).rows[0][1]) == (["46478.00"], ["2027-04-01"])


def test_rich_text_is_its_text() -> None:
    assert read_cell(CellRichText("印鑑", TextBlock(InlineFont(b=True), "登録"))) == "印鑑登録"


def test_readings_above_kanji_are_no_text() -> None:
    reading = b'<si><t>\xe5\xb8\x82</t><rPh sb="0" eb="1"><t>\xe3\x82\xb7</t></rPh></si>'
    book = replace_part(
        make_book(["市"]),
        "xl/sharedStrings.xml",
        lambda data: data.replace(b"<si><t>\xe5\xb8\x82</t></si>", reading),
    )
    assert read(book).rows == [(1, ["市"])]


def test_the_row_is_excels_and_blank_rows_are_left_out() -> None:
    assert read(make_book(["a"], [None], [" "], ["b"])).rows == [(1, ["a"]), (4, ["b"])]


def save_results(data: bytes) -> bytes:
    """What Excel would have saved of the formula."""
    return re.sub(rb"<v ?/>|<v></v>", b"<v>2</v>", data)


def test_a_formula_is_its_result_and_reported_without_one() -> None:
    book = make_book(["x", "=1+1"])
    grid = read(replace_part(book, SHEET, save_results))
    assert (grid.rows, grid.problems) == ([(1, ["x", "2"])], ())
    assert [str(problem) for problem in read(book).problems] == [
        "a.xlsx 1行目: 結果が保存されていない数式が1個あります（行 1）。Excelで開き、保存し直してください"
    ]


def test_a_formula_that_failed_is_reported() -> None:
    assert [problem.code for problem in read(make_book(["x"], ["#N/A"])).problems] == [
        "formulas_faulty"
    ]


# Sheets


def add_sheets(sheet: Worksheet) -> None:
    book = sheet.parent
    assert isinstance(book, openpyxl.Workbook)
    sheet.title = "説明"
    table: list[list[Any]] = [HEADER, ROW]
    for name in ("FAQ", "ひかえ"):
        other = book.create_sheet(name)
        for row in table:
            other.append(row)
    hidden = book.create_sheet("裏")
    hidden["A1"], hidden.sheet_state = "控え", "hidden"


def test_the_first_sheet_with_our_columns_is_read_and_the_others_reported(folder: Path) -> None:
    faqs, problems = read_faqs(folder, make_book(["この表について"], change=add_sheets))
    assert [faq.question for faq in faqs] == ["い"]
    assert problems == [
        "content/faq/a.xlsx: （注意）シート「FAQ」だけを読みました。"
        "読まなかったシートが3枚あります（説明、ひかえ、裏）"
    ]


def test_a_sheet_is_read_by_its_name_also_a_hidden_one() -> None:
    book = make_book(["a"], change=add_sheets)
    assert read(book, sheet="FAQ").rows[0][1] == HEADER
    assert read(book, sheet="裏").rows == [(1, ["控え"])]
    with pytest.raises(
        TableError, match="シート「ない」がありません。このブックのシートは 説明、FAQ、ひかえ です"
    ):
        read(book, sheet="ない")


def test_hidden_rows_and_columns_are_read_and_reported_once() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["B"].hidden = True

    grid = read(make_book(["a", "b"], [1, 2], [3, 4], change=hide))
    assert len(grid.rows) == 3
    assert [problem.values["names"] for problem in grid.problems] == [("B列", "2行目", "3行目")]


def test_merged_cells_have_their_value_at_the_top_and_can_be_filled_down() -> None:
    book = make_book(
        ["a", "b"], [1, "x"], [2], [3], change=lambda sheet: sheet.merge_cells("B2:B3")
    )
    grid = read(book)
    assert [cells for _, cells in grid.rows] == [["a", "b"], ["1", "x"], ["2", ""], ["3", ""]]
    filled, rows = fill_merges(grid)
    assert [cells for _, cells in filled.rows] == [["a", "b"], ["1", "x"], ["2", "x"], ["3", ""]]
    assert rows == [3]


def test_merged_cells_of_our_own_table_are_reported_once(folder: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("D2:D3")
        sheet.merge_cells("C2:C3")

    _, problems = read_faqs(folder, make_book(HEADER, ROW, [2, "は"], change=merge))
    assert [line for line in problems if "結合" in line] == [
        "content/faq/a.xlsx 2行目: （注意）結合されたセルが2個あります（行 2）。"
        "値は左上のセルだけにあると読みました。結合を解いて、それぞれの行に書いてください"
    ]


# FAQs


def test_a_book_holds_faqs_as_a_csv_does(folder: Path) -> None:
    header = [*HEADER, "公開開始", "質問[en]", "回答[en]"]
    row = [1001.0, "い", "'-1", "承認済み", datetime(2027, 4, 1, 8, 30), "Q", "A"]  # noqa: DTZ001
    (faq,), problems = read_faqs(folder, make_book(header, row))
    assert (faq.id, faq.answer, faq.origin.row) == ("1001", "-1", 2)
    assert faq.publish_from
    assert (faq.publish_from.hour, faq.translations[0].question) == (8, "Q")
    assert problems == []


def test_a_value_beyond_the_header_is_reported_without_speaking_of_commas(folder: Path) -> None:
    _, problems = read_faqs(folder, make_book(HEADER, [*ROW, "余り"]))
    assert problems == [
        "content/faq/a.xlsx 2行目: 見出しのない列に値があります（見出し4個）。"
        "見出しを書くか、その値を消してください"
    ]


# What is refused


def pack(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "file", "code"),
    [
        (OLE_HEAD + bytes(512), "a.xls", "file_is_old_excel"),
        (OLE_HEAD + bytes(512), "a.xlsx", "file_is_old_excel"),
        (OLE_HEAD + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "file_is_locked"),
        (OLE_HEAD + bytes(512), "a.csv", "file_is_excel"),
        (pack(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.ods", "file_is_other_kind"),
        (make_book(HEADER), "a.xls", "file_is_misnamed"),
        (make_book(HEADER), "a.csv", "file_is_excel"),
        ("番号,質問\n".encode(), "a.xlsx", "file_is_no_book"),
        (b"PK\x03\x04" + bytes(64), "a.xlsx", "file_is_broken"),
        (make_book(HEADER)[:-200], "a.xlsx", "file_is_broken"),
        (pack(a="b"), "a.xlsx", "file_is_broken"),
        (make_book(), "a.xlsx", "file_empty"),
    ],
)  # fmt: skip
def test_what_is_no_book_is_refused_with_the_way_out(data: bytes, file: str, code: str) -> None:
    assert find_refusal(data, file) == code


def test_a_book_with_macros_is_read(folder: Path) -> None:
    faqs, _ = read_faqs(folder, make_book(HEADER, ROW), "a.xlsm")
    assert len(faqs) == 1


def test_a_book_that_unpacks_to_too_much_is_refused_before_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = replace_part(make_book(HEADER), SHEET, lambda data: data + b" " * 5_000_000)
    assert len(bomb) < 20_000
    monkeypatch.setattr(archives, "UNPACKED_LIMIT", 4_000_000)
    assert find_refusal(bomb) == "book_too_large"


def test_a_book_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "PARTS_LIMIT", 3)
    assert find_refusal(make_book(HEADER)) == "book_of_too_many_parts"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", SHEET])
def test_a_document_type_in_any_part_is_refused(part: str) -> None:
    names = [f'<!ENTITY a{n + 1} "{f"&a{n};" * 9}">' for n in range(9)]
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "lol">{"".join(names)}]>'.encode()
    head = b'<?xml version="1.0"?>'
    book = replace_part(
        make_book(HEADER), part, lambda data: head + bomb + data[data.find(b"?>") + 2 :]
        if data.startswith(b"<?xml") else bomb + data
    )  # fmt: skip
    assert find_refusal(book) == "file_is_broken"


def test_a_million_empty_rows_are_no_rows() -> None:
    rows = b"".join(b'<row r="%d"/>' % number for number in range(3, 1_000_000))
    book = replace_part(
        make_book(HEADER, ROW),
        SHEET,
        lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    assert len(read(book).rows) == 2


def test_a_value_in_the_last_row_of_all_is_found() -> None:
    last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    book = replace_part(make_book(["a"]), SHEET, lambda data: data.replace(b"</sheetData>", last))
    assert read(book).rows == [(1, ["a"]), (1_048_576, ["x"])]


@pytest.mark.parametrize(
    ("name", "limit"), [("CELLS_LIMIT", 5), ("COLUMNS_LIMIT", 3), ("MERGES_LIMIT", 0)]
)
def test_a_sheet_of_too_many_cells_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int
) -> None:
    book = make_book(HEADER, ROW, change=lambda sheet: sheet.merge_cells("A3:B3"))
    monkeypatch.setattr(sheets, name, limit)
    assert find_refusal(book) == "sheet_too_large"


def test_merged_cells_that_overlap_are_filled_once() -> None:
    rows = [(number, ["x" if number == 1 else ""]) for number in range(1, 1_001)]
    merges = tuple(Merge(1, 1_048_576, 0) for _ in range(sheets.MERGES_LIMIT))
    start = process_time()
    assert len(fill_merges(Grid(rows, merges=merges))[1]) == 999
    assert process_time() - start < 5
