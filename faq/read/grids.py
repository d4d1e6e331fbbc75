"""A file's bytes → a grid: rows of cells as text, before any header is understood."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath

from faq.model.problem import Place, make_error
from faq.read.raw import Choose, Grid, TableError, decode_text
from faq.read.workbooks import read_workbook, refuse_kind

__all__ = ["READERS", "Grid", "fill_merges", "read_csv_grid", "read_grid"]

# Excel holds 32,767 characters in a cell; more than this much is a quote that was never closed.
CELL_LIMIT = 1_000_000


def read_grid(data: bytes, *, file: str, sheet: str = "", choose: Choose = lambda _: True) -> Grid:
    """The grid of a CSV or a workbook, told apart by the suffix of `file`; anything else is a CSV.

    Of a workbook the `sheet` of that name, else the first visible one that `choose` takes, else
    the first visible one. Raises `TableError` for what cannot be read.
    """
    reader = READERS.get(PurePath(file).suffix.lower(), read_csv_grid)
    return reader(data, file, sheet, choose)


def read_csv_grid(data: bytes, file: str, _sheet: str, _choose: Choose) -> Grid:
    """The rows of a CSV or TSV; raises `TableError` where they cannot be told apart."""
    rows = _split_rows(decode_text(data, file=file), file=file)
    return Grid([(number, cells) for number, cells in rows if any(map(str.strip, cells))])


_Reader = Callable[[bytes, str, str, Choose], Grid]
READERS: dict[str, _Reader] = {
    ".csv": read_csv_grid,
    ".tsv": read_csv_grid,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": refuse_kind,
    ".xlsb": refuse_kind,
    ".ods": refuse_kind,
}


def _split_rows(text: str, *, file: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(CELL_LIMIT)
    number = 0
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        huge = "field larger" in str(error)
        code = "cell_too_large" if huge else "quote_broken"
        raise TableError(make_error(Place(file, number + 1), code)) from None


def fill_merges(grid: Grid) -> tuple[Grid, list[int]]:
    """The grid with the top value in every row of a cell merged downwards, and those rows."""
    rows = {number: list(cells) for number, cells in grid.rows}
    numbers = sorted(rows)
    filled = set()
    for merge in grid.merges:
        top = rows.get(merge.first_row, [])
        value = top[merge.column] if merge.column < len(top) else ""
        start, end = (bisect_right(numbers, row) for row in (merge.first_row, merge.last_row))
        for number in numbers[start:end] if value else ():
            cells = rows[number]
            cells += [""] * (merge.column + 1 - len(cells))
            cells[merge.column] = value
            filled.add(number)
    return replace(grid, rows=[(number, rows[number]) for number in numbers]), sorted(filled)
