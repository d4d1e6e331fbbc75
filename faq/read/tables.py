"""Bytes → records of raw cells, from CSV and YAML, each cell with its row."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from faq.model.fields import FAQ_LABELS, TRANSLATED
from faq.model.languages import LANGUAGE_PATTERN
from faq.model.problem import Place, Problem, make_error
from faq.read.header import DEEPEST_HEADER, find_header

# Excel holds 32,767 characters in a cell; more than this much is a quote that was never closed.
CELL_LIMIT = 1_000_000
# No content needs more; each level costs a frame of the interpreter's stack.
DEEPEST = 30
YAML_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRANSLATED_WORDS = "|".join((*TRANSLATED, *(FAQ_LABELS[name] for name in TRANSLATED)))
TRANSLATED_HEADER = re.compile(rf"({_TRANSLATED_WORDS})\[({LANGUAGE_PATTERN.pattern})\]")
FAQ_WORDS = frozenset(FAQ_LABELS) | frozenset(FAQ_LABELS.values())
_DECOMPOSED_KANA = re.compile("[\u3040-\u30ff][\u3099\u309a]")
# What a spreadsheet may take for a formula, full-width as well, also after what is not seen. The
# apostrophes before it make the guard and its removal exact inverses.
_FORMULA = r"'*(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])"
_FORMULA_START = re.compile(_FORMULA)
_FORMULA_GUARD = re.compile(rf"\A'(?={_FORMULA})")
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


class TableError(Exception):
    """A file that cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def decode_text(data: bytes, *, file: str) -> str:
    """UTF-8 with or without BOM, else CP932, each strictly; raises `TableError` otherwise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError(make_error(Place(file), "encoding_utf16"))
    if data.startswith(b"PK\x03\x04"):
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


def guard_formula(cell: str) -> str:
    """Puts an apostrophe before what a spreadsheet would run or spoil; `read_csv` takes it off."""
    return "'" + cell if _FORMULA_START.match(cell) else cell


def read_csv(text: str, *, file: str) -> tuple[list[str], list[Raw], list[Problem]]:
    """The header words, the rows, and a problem for each row with more cells than the header.

    A row counts as in Excel: the header is 1. Blank rows are passed over; `質問[en]` columns are
    gathered under `翻訳`. Raises `TableError` where the rows cannot be told apart.
    """
    rows = list(_split_rows(text, file=file))
    if not rows:
        raise TableError(make_error(Place(file), "file_empty"))
    if number := find_header([cells for _, cells in rows[:DEEPEST_HEADER]], known=FAQ_WORDS):
        values = {"value": "".join(rows[0][1]).strip(), "row": rows[number][0]}
        raise TableError(make_error(Place(file, 1), "title_above_header", **values))
    header = [cell.strip().lstrip("\ufeff") for cell in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    for index, name in enumerate(header):
        if not name:
            raise TableError(make_error(Place(file, 1), "header_blank", number=index + 1))
        if name in header[:index]:
            raise TableError(make_error(Place(file, 1, name), "header_twice"))
    records, problems = [], []
    for number, cells in rows[1:]:
        if any(cell.strip() for cell in cells[len(header) :]):
            counts = {"cells": len(cells), "columns": len(header)}
            problems.append(make_error(Place(file, number), "row_too_long", **counts))
        elif any(cell.strip() for cell in cells):
            pairs = zip(header, (_FORMULA_GUARD.sub("", c, count=1) for c in cells), strict=False)
            records.append(Raw(_gather_translations(dict(pairs), number), number))
    return header, records, problems


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
        record[FAQ_LABELS["translations"]] = Raw(dict(translations), row)
    return record


def read_yaml(text: str, *, file: str) -> list[Raw]:
    """The documents of a YAML file, every scalar kept as the text that was written.

    Raises `TableError` for broken YAML, a key given twice, aliases (they grow without end), and
    what is nested deeper than `DEEPEST`.
    """
    # Events and not nodes: PyYAML builds nodes by recursion in C, which deep nesting crashes.
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    try:
        starts = (event for event in events if isinstance(event, yaml.DocumentStartEvent))
        documents = [_read_node(events, next(events), file=file, depth=0) for _ in starts]
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else 0
        raise TableError(make_error(Place(file, row), "yaml_broken")) from None
    except yaml.reader.ReaderError as error:  # its position counts bytes
        row = text.encode()[: error.position].count(b"\n") + 1
        name = f"U+{error.character:04X}"
        raise TableError(make_error(Place(file, row), "character_forbidden", name=name)) from None
    except yaml.YAMLError:
        raise TableError(make_error(Place(file), "yaml_broken")) from None
    return [document for document in documents if document.value != ""]


def _read_node(events: Iterator[Any], event: Any, *, file: str, depth: int) -> Raw:
    row = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        raise TableError(make_error(Place(file, row), "yaml_alias"))
    if isinstance(event, yaml.ScalarEvent):
        is_null = not event.style and event.value in YAML_NULLS
        return Raw("" if is_null else event.value, row)
    if depth == DEEPEST:
        raise TableError(make_error(Place(file, row), "yaml_deep", limit=DEEPEST))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_read_node(events, event, file=file, depth=depth + 1))
        return Raw(items, row)
    record: dict[str, Raw] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        name = _read_node(events, event, file=file, depth=depth + 1).value
        key = name.strip() if isinstance(name, str) else "?"
        line = event.start_mark.line + 1
        if key in record:
            raise TableError(make_error(Place(file, line, key), "key_twice"))
        value = _read_node(events, next(events), file=file, depth=depth + 1)
        record[key] = Raw(value.value, line)
    return Raw(record, row)
