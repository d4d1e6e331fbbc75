"""Rows of a foreign table → where its header is, and its columns beneath."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from faq.read.tables import name_columns

# Titles, remarks and dates may stand above the header; more than this is no table.
_DEEPEST_HEADER = 30
_LONGEST_NAME = 40
# A row's number as Excel counts, and its cells.
Row = tuple[int, Sequence[str]]
_BRACKETS = re.compile(r"[(\[【〔<「].*?[)\]】〕>」]")
_MARKS = re.compile(r"[\s.。:：・*※★☆■□●○◎_/／-]")
_NUMBER = re.compile(r"[\d,.:/年月日-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, its names, and its cells without blank ends, one for each row.

    `name` is the one by which a map knows it; `title` is what its header says, in all its rows.
    """

    index: int
    name: str
    cells: tuple[str, ...]
    title: str = ""

    @property
    def heading(self) -> str:
        """What people know it by."""
        return self.title or self.name

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that are not empty, in order."""
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Outline:
    """A table as found: the rows of its header from 1, what stood above, its columns.

    `rows` are the numbers of the rows beneath that hold anything; `empty` counts the rows and
    columns without any.
    """

    header: tuple[int, ...]
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    empty_rows: int = 0
    empty_columns: int = 0


def find_outline(rows: Sequence[Row], *, words: Collection[str]) -> Outline | None:
    """The outline of a table's rows; None where no row looks like a header.

    `words` are plain header words (`simplify_name`): they tell a header from a title.
    """
    scores = [_score(cells, words) for _, cells in rows[:_DEEPEST_HEADER]]
    best = max(scores, default=(0, 0))
    if not best[0]:
        return None
    first = scores.index(best)
    number, cells = rows[first]
    header: tuple[int, ...] = (number,)
    titles = [_tidy(cell) for cell in cells]
    if first and (joined := _join_above(rows[first - 1][1], titles)):
        header, titles = (rows[first - 1][0], number), joined
    return _take_columns(rows, header, titles, cells)


def simplify_name(name: str) -> str:
    """A header word without blanks, marks, brackets and differences of width and case."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return _MARKS.sub("", _BRACKETS.sub("", plain)) or _MARKS.sub("", plain)


def _score(row: Sequence[str], words: Collection[str]) -> tuple[int, int]:
    """How much a row looks like a header: known words, then short names unlike each other."""
    names = [_tidy(cell) for cell in row if cell.strip()]
    short = [n for n in names if len(n) <= _LONGEST_NAME and not _NUMBER.fullmatch(n)]
    if len(short) < len(names) or len(names) < 2:
        return 0, 0
    known = {simplify_name(name) for name in names} & set(words)
    return len(known), len(set(names))


def _join_above(above: Sequence[str], names: Sequence[str]) -> list[str] | None:
    """The names of a header in two rows, the upper one spanning columns of the lower one."""
    upper = [_tidy(cell) for cell in above]
    upper += [""] * (len(names) - len(upper))
    # A title stands alone; the upper half of a header has names where the lower half has none.
    if sum(map(bool, upper)) < 2 or not any(
        over and not name for over, name in zip(upper, names, strict=False)
    ):
        return None
    joined, span = [], ""
    for over, name in zip(upper, names, strict=False):
        span = over or (span if name else "")
        joined.append(f"{span} {name}".strip() if name and name != span else over)
    return joined


def _take_columns(
    rows: Sequence[Row], header: tuple[int, ...], titles: Sequence[str], lowest: Sequence[str]
) -> Outline:
    body = [(number, row) for number, row in rows if number > header[-1]]
    kept = [(number, row) for number, row in body if any(cell.strip() for cell in row)]
    width = max([len(titles), *(len(row) for _, row in kept)])
    names = name_columns([*lowest, *[""] * width][:width])
    columns = []
    for index, name in enumerate(names):
        cells = tuple(row[index].strip() if index < len(row) else "" for _, row in kept)
        title = titles[index] if index < len(titles) else ""
        if title or any(cells):
            columns.append(Column(index, name, cells, title))
    above = [cells for number, cells in rows if number < header[0]]
    lines = [" ".join(filter(None, map(_tidy, cells))) for cells in above]
    return Outline(
        header,
        tuple(filter(None, lines)),
        tuple(columns),
        tuple(number for number, _ in kept),
        max((number for number, _ in rows), default=0) - header[-1] - len(kept),
        width - len(columns),
    )


def _tidy(cell: str) -> str:
    return " ".join(cell.split())
