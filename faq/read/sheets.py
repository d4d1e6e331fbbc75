"""What a sheet of an Excel book says of itself beside its values, read once from its XML.

The library that reads the values in a stream gives neither merged cells nor hidden rows, and
would make a cell of each of a million empty ones: this pass finds where the values end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from faq.read.raw import Merge

# More than any office's table: the sheet was formatted down to its last row, or made to hurt.
CELLS_LIMIT = 3_000_000
COLUMNS_LIMIT = 1_000
MERGES_LIMIT = 100_000
_CHUNK = 1 << 16
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class SheetError(Exception):
    """A sheet that is not read; `code` names its text in `texts/editor.yml`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(slots=True)
class Survey:
    """Rows as Excel counts, columns from 1; `last_…` are those of the last value.

    `unsaved` are the rows of formulas whose results are not in the file.
    """

    last_row: int = 0
    last_column: int = 0
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unsaved: list[int] = field(default_factory=list)


def survey_sheet(file: IO[bytes]) -> Survey:
    """Reads the XML of a sheet; raises `SheetError` where it is too much or no XML of a book."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.read
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise SheetError("file_is_broken") from None
    return reader.survey


class _Reader:
    def __init__(self) -> None:
        self.survey = Survey()
        self._cells = self._row = self._column = 0
        self._is_hidden = self._is_row_filled = False
        self._in_value = self._has_value = self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "is"):
            self._in_value = True
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._row = _read_number(attributes.get("r"), self._row + 1)
            self._column = 0
            self._is_row_filled = False
            self._is_hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (_read_number(attributes.get(key), 0) for key in ("min", "max"))
            self.survey.hidden_columns.append((first, last))
        elif tag == "mergeCell":
            self._add_merge(attributes.get("ref", ""))

    def read(self, _text: str) -> None:
        self._has_value = self._has_value or self._in_value

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "is"):
            self._in_value = False
        if tag == "row" and self._is_hidden and self._is_row_filled:
            self.survey.hidden_rows.append(self._row)
        if tag != "c":
            return
        if self._has_value:
            self._is_row_filled = True
            self.survey.last_row = self._row
            self.survey.last_column = max(self.survey.last_column, self._column)
            if self._column > COLUMNS_LIMIT:
                raise SheetError("sheet_too_large")
        elif self._has_formula:
            self.survey.unsaved.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > CELLS_LIMIT:
            raise SheetError("sheet_too_large")
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = count_column(found[1]) if found else self._column + 1
        self._has_formula = self._has_value = False

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            merge = Merge(int(start[2]), int(end[2]), count_column(start[1]) - 1)
            self.survey.merges.append(merge)
        if len(self.survey.merges) > MERGES_LIMIT:
            raise SheetError("sheet_too_large")


def count_column(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def name_column(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default
