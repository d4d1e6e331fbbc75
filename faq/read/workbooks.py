"""An Excel book (xlsx) → a grid: one sheet, each cell as Excel shows it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from faq.model.problem import Place, Problem, make_error, make_warning
from faq.read.archives import check_book
from faq.read.number_formats import show_number
from faq.read.raw import Choose, Grid, TableError
from faq.read.sheets import SheetError, Survey, name_column, survey_sheet

# The formats of dates that Excel in Japanese has built in, which openpyxl does not know.
_JAPANESE_DATES = frozenset({*range(27, 37), *range(50, 59)})
# A letter that XML cannot hold, as Excel writes it.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


def read_workbook(data: bytes, file: str, sheet: str, choose: Choose) -> Grid:
    """The grid of one sheet; raises `TableError` for what is no book, or too much of one.

    Hidden rows and columns are read. They are reported, as are sheets that are not read.
    """
    check_book(data, file=file)
    with _open_book(data, file) as book:
        states = {one.title: one.sheet_state for one in book.worksheets}
        visible = tuple(name for name, state in states.items() if state == "visible")
        if sheet and sheet not in states:
            raise TableError(make_error(Place(file), "sheet_missing", value=sheet, names=visible))
        grids = (_read_sheet(book[name], file) for name in ([sheet] if sheet else visible))
        grid = _choose_grid(grids, choose)
    if not grid:
        raise TableError(make_error(Place(file), "file_empty"))
    others = [name for name in states if name != grid.sheet]
    problems = grid.problems
    if others and not sheet:
        values = {"sheet": grid.sheet, "count": len(others), "names": tuple(others)}
        problems = (make_warning(Place(file), "sheets_unread", **values), *problems)
    return replace(grid, sheets=visible, problems=problems)


def refuse_kind(data: bytes, file: str, _sheet: str, _choose: Choose) -> Grid:
    """Raises `TableError` with the way out of a kind of file that is not read."""
    check_book(data, file=file)
    raise TableError(make_error(Place(file), "file_is_misnamed"))


@contextmanager
def _open_book(data: bytes, file: str) -> Iterator[Any]:
    """The book while it is open; whatever is met in a damaged one becomes a `TableError`."""
    # Loading the library takes a quarter of a second: only those wait who have a book.
    import openpyxl  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that hold no values
        try:
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            yield book
            book.close()
        except TableError:
            raise
        except SheetError as error:
            raise TableError(make_error(Place(file), error.code)) from None
        except Exception:  # the library names no errors of its own
            raise TableError(make_error(Place(file), "file_is_broken")) from None


def _choose_grid(grids: Iterator[Grid], choose: Choose) -> Grid | None:
    """The first grid that is chosen, else the first that holds anything."""
    first = None
    for grid in grids:
        if grid.rows and choose(grid.rows[0][1]):
            return grid
        first = first or (grid if grid.rows else None)
    return first


def _read_sheet(sheet: Any, file: str) -> Grid:
    with sheet.parent._archive.open(sheet._worksheet_path) as xml:
        survey = survey_sheet(xml)
    rows = []
    faulty = []
    if survey.last_row:
        # What a sheet says of its own size may be wrong.
        sheet.reset_dimensions()
        bounds = {"max_row": survey.last_row, "max_col": survey.last_column}
        for number, row in enumerate(sheet.iter_rows(**bounds), start=1):
            cells = [_show_cell(cell) for cell in row]
            if any(map(str.strip, cells)):
                rows.append((number, cells))
            if any(cell.data_type == "e" for cell in row):
                faulty.append(number)
    problems = tuple(_report(survey, faulty, file))
    return Grid(rows, sheet=sheet.title, merges=tuple(survey.merges), problems=problems)


def _report(survey: Survey, faulty: list[int], file: str) -> Iterator[Problem]:
    """What cannot be read as it is seen, and what is read although it is not seen."""
    for code, numbers in (("formulas_faulty", faulty), ("formulas_unsaved", survey.unsaved)):
        if numbers:
            rows = tuple(dict.fromkeys(numbers))
            yield make_error(Place(file, numbers[0]), code, count=len(numbers), rows=rows)
    columns = (
        f"{name_column(number)}列"
        for first, last in survey.hidden_columns
        for number in range(first, min(last, survey.last_column) + 1)
    )
    if names := (*columns, *(f"{number}行目" for number in survey.hidden_rows)):
        yield make_warning(Place(file), "hidden_read", names=names)


def _show_cell(cell: Any) -> str:
    """The text that Excel shows; dates and times in the form that the cells of a CSV have."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(_unescape, value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if cell.style_array.numFmtId not in _JAPANESE_DATES:
            return show_number(value, cell.number_format)
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - loaded by now

        value = from_excel(value, cell.parent.parent.epoch)
    return _show_moment(value)


def _show_moment(value: date | time | timedelta) -> str:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        clock = f"{minutes // 60}:{minutes % 60:02}"
        return clock + (f":{seconds:02}" if seconds else "")
    if not isinstance(value, datetime):
        return value.isoformat()
    # A time of day is a part of a number, which is not quite the second.
    moment = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if moment.time() == time():
        return moment.date().isoformat()
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)
