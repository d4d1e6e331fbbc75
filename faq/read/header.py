"""The row of a table that holds its header: offices put titles above it."""

from __future__ import annotations

from collections.abc import Container, Sequence

# A header lies within so many rows, has so many columns, and words of so many letters.
DEEPEST_HEADER = 10
LEAST_COLUMNS = 3
LONGEST_WORD = 30


def find_header(rows: Sequence[Sequence[str]], *, known: Container[str]) -> int:
    """The index of the header among a table's first rows: 0 unless what is above it is a title.

    A title row has no known word, and at most half as many filled cells as the header; the header
    is the first row with two known words, else the first that looks like one and is as full as
    any of these rows.
    """
    head = [_list_filled(row) for row in rows[:DEEPEST_HEADER]]
    if not head or any(cell in known for cell in head[0]):
        return 0
    fullest = max(map(len, head))
    candidates = [
        index
        for index, cells in enumerate(head)
        if len(cells) >= max(LEAST_COLUMNS, 2 * len(head[0])) and _looks_like_header(cells)
    ]
    named = (i for i in candidates if sum(cell in known for cell in head[i]) >= 2)
    full = (i for i in candidates if len(head[i]) == fullest)
    return next(named, next(full, 0))


def _list_filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _looks_like_header(cells: list[str]) -> bool:
    """Whether all are short words, unlike each other: no numbers, no sentences."""
    return len(set(cells)) == len(cells) and all(
        len(cell) <= LONGEST_WORD
        and "\n" not in cell
        and not cell.endswith(("。", "？", "?"))
        and not cell.isnumeric()
        for cell in cells
    )
