"""What a file holds before it is understood: its text, a raw cell, a grid of cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from faq.model.problem import Place, Problem, make_error

# How the files begin that offices save in place of a CSV: a ZIP folder, an OLE container.
ZIP_HEAD = b"PK\x03\x04"
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECOMPOSED_KANA = re.compile("[\u3040-\u30ff][\u3099\u309a]")
# Control characters, and those that reorder text on the page.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as written, and its row: a text, a list of values, or a record of named values."""

    value: str | list[Raw] | dict[str, Raw]
    row: int

    def get_text(self) -> str:
        """The text of a scalar, empty for anything else."""
        return self.value if isinstance(self.value, str) else ""

    def get_items(self) -> list[Raw]:
        """The items of a list; a single value counts as a list of itself."""
        return self.value if isinstance(self.value, list) else [self]

    def get_record(self) -> dict[str, Raw]:
        """The named values of a record, none for anything else."""
        return self.value if isinstance(self.value, dict) else {}


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged into one: its rows as Excel counts, the index of its first column."""

    first_row: int
    last_row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it lies in its file.

    - `rows`: the number of each row as Excel counts (the first is 1), and its cells; blank rows
      are left out
    - `sheet`, `sheets`: the name of the sheet read, and those of all that can be seen; a CSV has
      none
    - `merges`: merged cells, of which `rows` has the top-left value only
    - `problems`: what an editor should know of the file
    """

    rows: list[tuple[int, list[str]]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    problems: tuple[Problem, ...] = ()


# Whether a sheet is the one to read, by the cells of its first row.
Choose = Callable[[Sequence[str]], bool]


class TableError(Exception):
    """A file that cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def decode_text(data: bytes, *, file: str) -> str:
    """UTF-8 with or without BOM, else CP932, each strictly; raises `TableError` otherwise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError(make_error(Place(file), "encoding_utf16"))
    if data.startswith((ZIP_HEAD, OLE_HEAD)):
        raise TableError(make_error(Place(file), "file_is_excel"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as utf8_error:
        try:
            text = data.decode("cp932")
        except UnicodeDecodeError:
            row = data.count(b"\n", 0, utf8_error.start) + 1
            raise TableError(make_error(Place(file, row), "encoding_unknown")) from None
    return tidy_text(text)


def tidy_text(text: str) -> str:
    """Unix line ends, composed kana (as a Mac writes them apart), Excel's `_x000D_` taken out."""
    text = text.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return _DECOMPOSED_KANA.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), text)
