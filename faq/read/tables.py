"""A grid → its header and its records of raw cells, each with its row."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from faq.model.fields import FAQ_LABELS, TRANSLATED
from faq.model.languages import LANGUAGE_PATTERN
from faq.model.problem import Place, Problem, make_error
from faq.read.header import DEEPEST_HEADER, find_header
from faq.read.raw import Grid, Raw, TableError
from faq.read.sheets import name_column

_TRANSLATED_WORDS = "|".join((*TRANSLATED, *(FAQ_LABELS[name] for name in TRANSLATED)))
TRANSLATED_HEADER = re.compile(rf"({_TRANSLATED_WORDS})\[({LANGUAGE_PATTERN.pattern})\]")
# Where a record has them.
GATHERED = FAQ_LABELS["translations"]
FAQ_WORDS = frozenset(FAQ_LABELS) | frozenset(FAQ_LABELS.values())
# What a spreadsheet may take for a formula, full-width as well, also after what is not seen. The
# apostrophes before it make the guard and its removal exact inverses.
_FORMULA = r"'*(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])"
_FORMULA_START = re.compile(_FORMULA)
_FORMULA_GUARD = re.compile(rf"\A'(?={_FORMULA})")


def guard_formula(cell: str) -> str:
    """An apostrophe before what a spreadsheet would run or spoil; `read_table` takes it off."""
    return "'" + cell if _FORMULA_START.match(cell) else cell


def read_table(grid: Grid, *, file: str) -> tuple[list[str], list[Raw], list[Problem]]:
    """The header words, the rows, and the problems: one for each row longer than the header.

    The header is the first row. `質問[en]` columns are gathered under `翻訳`. Raises `TableError`
    where there is no header, or one with a blank or a word twice.
    """
    row, cells = _get_header(grid, 0, file, FAQ_WORDS)
    header = trim_header(cells)
    for index, name in enumerate(header):
        if not name:
            raise TableError(make_error(Place(file, row), "header_blank", number=index + 1))
        if name in header[:index]:
            raise TableError(make_error(Place(file, row, name), "header_twice"))
    return header, *_read_rows(grid, header, row, file)


def read_foreign_table(
    grid: Grid, *, file: str, header_row: int = 0, words: Collection[str] = ()
) -> tuple[list[str], list[Raw], list[Problem]]:
    """As `read_table`, but any header will do, and the rows above `header_row` are passed over.

    The row is Excel's number, 0 for the first that is not blank. A column without a name, or with
    another's, is named by its letter: `C列`, `回答（F列）`. Raises `TableError` for a blank row and
    for a title row where the header was expected; `words` are in no title.
    """
    row, cells = _get_header(grid, header_row, file, {*FAQ_WORDS, *words})
    width = len(trim_header(cells))
    if grid.sheet:  # in a CSV what lies beyond the header is a comma too many
        width = max(len(trim_header(cells)) for number, cells in grid.rows if number >= row)
    header = name_columns([*cells, *[""] * width][:width])
    return header, *_read_rows(grid, header, row, file)


def name_columns(cells: Sequence[str]) -> list[str]:
    """A name for each column of a foreign table, none twice."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name, letter = tidy_name(cell), f"{name_column(number)}列"
        names.append(f"{name}（{letter}）" if name in names else name or letter)
    return names


def tidy_name(cell: str) -> str:
    """The name of a column without blank ends and line breaks."""
    return re.sub(r"\s*\n\s*", "", cell.strip().lstrip("\ufeff"))


def trim_header(cells: Sequence[str]) -> list[str]:
    """The names of the columns up to the last that has one."""
    names = [tidy_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _get_header(
    grid: Grid, number: int, file: str, known: Collection[str]
) -> tuple[int, list[str]]:
    if not grid.rows:
        raise TableError(make_error(Place(file), "file_empty"))
    head = [cells for _, cells in grid.rows[:DEEPEST_HEADER]]
    if not number and (below := find_header(head, known=known)):
        first, cells = grid.rows[0]
        values = {"value": "".join(cells).strip(), "row": grid.rows[below][0]}
        raise TableError(make_error(Place(file, first), "title_above_header", **values))
    for row, cells in grid.rows:
        if row == number or not number:
            return row, cells
    raise TableError(make_error(Place(file, number), "header_row_empty"))


def _read_rows(
    grid: Grid, header: list[str], header_row: int, file: str
) -> tuple[list[Raw], list[Problem]]:
    records, problems = [], list(grid.problems)
    for number, cells in grid.rows:
        if number <= header_row:
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            counts = {"cells": len(cells), "columns": len(header)}
            code = "row_beyond_header" if grid.sheet else "row_too_long"
            problems.append(make_error(Place(file, number), code, **counts))
        else:
            pairs = zip(header, (_FORMULA_GUARD.sub("", c, count=1) for c in cells), strict=False)
            records.append(Raw(_gather_translations(dict(pairs), number), number))
    return records, problems


def _gather_translations(cells: dict[str, str], row: int) -> dict[str, Raw]:
    record: dict[str, Raw] = {}
    translations: dict[str, Raw] = {}
    for name, cell in cells.items():
        if translated := TRANSLATED_HEADER.fullmatch(name):
            if cell.strip():
                language = translations.setdefault(translated[2], Raw({}, row))
                language.get_record()[translated[1]] = Raw(cell, row)
        else:
            record[name] = Raw(cell, row)
    if translations:
        record[GATHERED] = Raw(dict(translations), row)
    return record
