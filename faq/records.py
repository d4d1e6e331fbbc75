"""Raw records → field values, by a field table; every problem with file, row and column."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faq.files import read_file
from faq.model import Field, Origin
from faq.problem import CellError, Place, Problem, make_error
from faq.tables import Raw, TableError, decode_text, read_yaml
from faq.values import parse_value


@dataclass(slots=True)
class Reading:
    """One reading of a content folder: its files, and the problems met so far."""

    folder: Path
    files: tuple[Path, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def decode(self, path: Path) -> str:
        """The text of a file; raises `TableError` where it may not or cannot be read."""
        file = self.name(path)
        try:
            return decode_text(read_file(path), file=file)
        except CellError as error:
            raise TableError(Problem(Place(file), error.code, error.values)) from None

    def list_files(self, folder: str, suffixes: Container[str]) -> list[Path]:
        """The files below a folder of this one, by lower-case suffix, in order of path."""
        below = self.folder / folder
        return [
            path
            for path in self.files
            if path.is_relative_to(below) and path.suffix.lower() in suffixes
        ]

    def name(self, path: Path) -> str:
        """The path as problems tell it: from the folder that holds the content folder."""
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

    def read_record(
        self,
        record: Raw,
        fields: Sequence[Field],
        *,
        file: str,
        known: Iterable[str] | None = None,
    ) -> dict[str, Any]:
        """The values of the fields that could be read, and `origin`; the rest become problems.

        Keys may be the Japanese label or the English name. `known` are the file's header words,
        for rows of a table whose header has been checked once for all rows.
        """
        if not isinstance(record.value, dict):
            self.problems.append(make_error(Place(file, record.row), "not_record"))
            return {}
        columns = match_columns(record.value, fields)
        if known is None:
            self.report_unknown(set(record.value) - set(columns.values()), fields, file, record)
        values: dict[str, Any] = {}
        faulty: set[str] = set()
        for item in fields:
            raw = record.value.get(columns.get(item.name, ""), Raw("", record.row))
            place = Place(file, raw.row, columns.get(item.name, item.label))
            if raw.value == "" and item.required and item.name != "answer":
                self.problems.append(make_error(place, "value_missing"))
            elif raw.value == "":
                continue
            else:
                try:
                    values[item.name] = parse_value(raw, item.kind)
                except CellError as error:
                    self.problems.append(Problem(place, error.code, error.values))
                    faulty.add(item.name)
        values["origin"] = Origin(file, record.row, columns, frozenset(faulty))
        return values

    def report_unknown(
        self, names: Iterable[str], fields: Sequence[Field], file: str, record: Raw
    ) -> None:
        """A problem for each name that no field has, with the nearest that there is."""
        for name in sorted(names):
            row = record.get_record().get(name, record).row
            self.problems.append(
                make_error(Place(file, row, name), "column_unknown", hint=suggest(name, fields))
            )


def match_columns(names: Iterable[str], fields: Sequence[Field]) -> dict[str, str]:
    """Field name → the word that the file uses for it."""
    by_word = {item.label: item.name for item in fields} | {item.name: item.name for item in fields}
    return {by_word[name]: name for name in names if name in by_word}


def suggest(name: str, fields: Sequence[Field]) -> str:
    """「もしかして…」 with the nearest field name, else the whole list."""
    labels = [item.label for item in fields]
    near = difflib.get_close_matches(name, labels + [item.name for item in fields], n=1, cutoff=0.6)
    return f"「{near[0]}」のことですか" if near else "使える名前: " + "、".join(labels)
