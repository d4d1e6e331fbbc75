"""Raw records → field values, by a field table; every problem with file, row and column."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from faq.model.choices import Format
from faq.model.content import Origin
from faq.model.fields import Field
from faq.model.near import HINTS, hint_name
from faq.model.problem import CellError, Place, Problem, make_error, make_warning
from faq.model.site import Formats
from faq.read.documents import read_yaml
from faq.read.files import read_file
from faq.read.grids import read_grid
from faq.read.raw import Raw, TableError, decode_text
from faq.read.tables import GATHERED, read_table, trim_header
from faq.read.values import parse_value


class Memory(Protocol):
    """Values by the digest of the record that they were read from."""

    def get(self, key: bytes, /) -> Any: ...
    def put(self, key: bytes, value: object, /) -> None: ...


@dataclass(slots=True)
class Loader:
    """Loads the files of a content folder; collects the problems found so far.

    `formats` are those of the site's FAQs that name none themselves. `memory` has the values of
    FAQs that were read without a problem before.
    """

    folder: Path
    files: tuple[Path, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    formats: Formats = ()
    memory: Memory | None = None

    def decode(self, path: Path) -> str:
        """The text of a file; raises `TableError` where it may not or cannot be read."""
        return decode_text(self.read_bytes(path), file=self.name(path))

    def read_bytes(self, path: Path) -> bytes:
        """The bytes of a file; raises `TableError` where it may not or cannot be read."""
        try:
            return read_file(path)
        except CellError as error:
            raise TableError(Problem(Place(self.name(path)), error.code, error.values)) from None

    def list_files(self, folder: str, suffixes: Container[str]) -> list[Path]:
        """The files below a folder of this one, by lower-case suffix, in order of path."""
        below = self.folder / folder
        return [
            path
            for path in self.files
            if path.is_relative_to(below) and path.suffix.lower() in suffixes
        ]

    def name(self, path: Path) -> str:
        """The path for messages: from the folder that holds the content folder."""
        return f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"

    def read_documents(self, name: str) -> list[Raw]:
        """The YAML documents of a file in the folder, none where it is absent."""
        path = self.folder / name
        if path not in self.files:
            return []
        try:
            return read_yaml(self.decode(path), file=self.name(path))
        except TableError as error:
            self.problems.append(error.problem)
            return []

    def read_table(
        self, path: Path, fields: Sequence[Field], *, others: re.Pattern[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        """The values of each row of a table; none where the file or a required column is missing.

        Of a book it is the first sheet with all required columns. Header words that match `others`
        belong to no field and are no mistake.
        """
        file = self.name(path)
        wanted = {item.name for item in fields if item.required}

        def is_ours(cells: Sequence[str]) -> bool:
            return wanted <= match_columns(trim_header(cells), fields).keys()

        try:
            grid = read_grid(self.read_bytes(path), file=file, choose=is_ours)
            header, rows, problems = read_table(grid, file=file)
        except TableError as error:
            self.problems.append(error.problem)
            return
        self.problems += problems
        if merged := [merge.first_row for merge in grid.merges if merge.last_row > grid.rows[0][0]]:
            values = {"count": len(merged), "rows": tuple(dict.fromkeys(merged))}
            self.problems.append(make_warning(Place(file, merged[0]), "cells_merged", **values))
        columns = match_columns(header, fields)
        if others and any(map(others.fullmatch, header)):
            columns |= match_columns([GATHERED], fields)
        unknown = set(header) - set(columns.values())
        unknown = {name for name in unknown if not (others and others.fullmatch(name))}
        self.report_unknown(unknown, fields, file, Raw({}, 1))
        missing = [item for item in fields if item.required and item.name not in columns]
        for item in missing:
            self.problems.append(make_error(Place(file, 1, item.label), "column_missing"))
        for row in rows if not missing else ():
            yield self.read_record(row, fields, file=file, known=columns)

    def read_record(
        self,
        record: Raw,
        fields: Sequence[Field],
        *,
        file: str,
        known: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The values of the fields that could be read, and `origin`; the rest become problems.

        Keys may be the Japanese label or the English name. `known` are the file's words for the
        fields, for rows of a table whose header has been checked once for all rows.
        """
        if not isinstance(record.value, dict):
            self.problems.append(make_error(Place(file, record.row), "not_record"))
            return {}
        columns = match_columns(record.value, fields) if known is None else known
        if known is None:
            self.report_unknown(set(record.value) - set(columns.values()), fields, file, record)
        first = self.find_format(file) if any(item.kind == "format" for item in fields) else None
        key = _digest_record(record, columns, first) if self.memory and first else b""
        if key and self.memory and (remembered := self.memory.get(key)):
            return {**remembered, "origin": Origin(file, record.row, columns)}
        before = len(self.problems)
        values: dict[str, Any] = {"format": first} if first else {}
        faulty = self._read_values(values, record, fields, file, columns)
        if key and self.memory and len(self.problems) == before:
            self.memory.put(key, dict(values))
        values["origin"] = Origin(file, record.row, columns, faulty)
        return values

    def _read_values(
        self,
        values: dict[str, Any],
        record: Raw,
        fields: Sequence[Field],
        file: str,
        columns: Mapping[str, str],
    ) -> tuple[str, ...]:
        """Adds the values of a record; the names of the fields that could not be read."""
        faulty: list[str] = []
        cells = record.get_record()
        for item in fields:
            raw = cells.get(columns.get(item.name, ""), Raw("", record.row))
            place = Place(file, raw.row, columns.get(item.name, item.label))
            if raw.value == "" and item.required and not item.may_be_empty:
                self.problems.append(make_error(place, "value_missing"))
            elif raw.value == "":
                continue
            else:
                try:
                    is_plain = values.get("format") is Format.PLAIN
                    values[item.name] = parse_value(raw, item.kind, is_plain=is_plain)
                except CellError as error:
                    self.problems.append(Problem(place, error.code, error.values))
                    faulty.append(item.name)
        return tuple(faulty)

    def find_format(self, file: str) -> Format:
        """The format of the FAQs in a file that name none themselves."""
        formats = dict(self.formats)
        name = file.removeprefix(f"{self.folder.name}/faq/")
        return formats.get(name, formats.get("", Format.MARKDOWN))

    def read_value(self, raw: Raw, kind: str, *, place: Place) -> Any:
        """The value of one cell that belongs to no record; None, and a problem, where it is bad."""
        try:
            return parse_value(raw, kind)
        except CellError as error:
            self.problems.append(Problem(place, error.code, error.values))
            return None

    def report_unknown(
        self, names: Iterable[str], fields: Sequence[Field], file: str, record: Raw
    ) -> None:
        """A problem for each name that no field has, with the nearest that there is."""
        for name in sorted(names):
            row = record.get_record().get(name, record).row
            hint = _hint_field(name, fields)
            values = {"hint": hint, "names": "" if hint else _name_all(fields)}
            self.problems.append(make_error(Place(file, row, name), "column_unknown", **values))


def match_columns(names: Iterable[str], fields: Sequence[Field]) -> dict[str, str]:
    """Field name → the word that the file uses for it."""
    by_word = {item.label: item.name for item in fields} | {item.name: item.name for item in fields}
    return {by_word[name]: name for name in names if name in by_word}


def _digest_record(record: Raw, columns: Mapping[str, str], first: Format) -> bytes:
    """A digest of all that the values of a record depend on, but for its row."""
    cells = record.get_record()
    written = {name: _simplify(cells[word]) for name, word in columns.items() if word in cells}
    text = json.dumps([str(first), written], ensure_ascii=False)
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def _simplify(raw: Raw) -> Any:
    if isinstance(raw.value, str):
        return raw.value
    if isinstance(raw.value, list):
        return [_simplify(item) for item in raw.value]
    return {name: _simplify(item) for name, item in raw.value.items()}


def suggest(name: str, fields: Sequence[Field]) -> str:
    """A sentence with the nearest field name, else with all of them."""
    return _hint_field(name, fields) or _name_all(fields)


def _hint_field(name: str, fields: Sequence[Field]) -> str:
    return hint_name(name, [word for item in fields for word in (item.label, item.name)])


def _name_all(fields: Sequence[Field]) -> str:
    return HINTS["all"].format(names="、".join(item.label for item in fields))
