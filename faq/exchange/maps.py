"""The map of a foreign table: which column becomes which field, and how its values are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from faq.model.fields import FAQ_FIELDS, FAQ_LABELS, Field
from faq.model.problem import Place, make_error
from faq.read.raw import Raw
from faq.read.records import Loader, match_columns, suggest
from faq.read.tables import tidy_name

MAP_FIELDS = (
    Field("sheet", "シート", "line"),
    Field("header_row", "見出しの行", "number"),
    Field("columns", "列", "raw", required=True),
    Field("format", "書式", "format"),
    Field("prefix", "番号の先頭", "line"),
    Field("fill_down", "上の値で埋める", "raw"),
    Field("constants", "決まった値", "raw"),
    Field("replacements", "置きかえ", "raw"),
    Field("separators", "区切り", "raw"),
    Field("values", "値", "raw"),
    Field("unused", "使わない列", "raw"),
)


@dataclass(frozen=True, slots=True)
class TableMap:
    """How a foreign table is read; fields are named by their labels, columns by the table's words.

    - `sheet`, `header_row`: where the table lies; empty and 0 for the first
    - `columns`: field → columns, joined by line breaks
    - `prefix`: what comes before each number
    - `fill_down`: columns whose blank cells take the value above
    - `constants`: field → what is written where its columns are blank, or it has none
    - `replacements`: field → patterns and what they become, in order
    - `separators`: field → letters between the values in a cell
    - `values`: field → a value as it stands there → what it becomes; none for nothing
    - `unused`: columns that are left out on purpose
    """

    columns: Mapping[str, tuple[str, ...]]
    sheet: str = ""
    header_row: int = 0
    prefix: str = ""
    fill_down: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    replacements: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = field(
        default_factory=dict
    )
    separators: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def list_columns(self) -> list[str]:
        """The columns that the table must have."""
        joined = (name for names in self.columns.values() for name in names)
        return list(dict.fromkeys((*joined, *self.fill_down)))


def read_map(loader: Loader, document: Raw, *, file: str) -> TableMap:
    """The map of a YAML document; unknown fields become problems."""
    values = loader.read_record(document, MAP_FIELDS, file=file)

    def read(name: str) -> dict[str, Raw]:
        return _translate_labels(loader, values.get(name), file)

    constants = {label: raw.get_text() for label, raw in read("constants").items()}
    if "format" in values:
        constants.setdefault(FAQ_LABELS["format"], values["format"])
    return TableMap(
        columns={label: _list_names(raw) for label, raw in read("columns").items()},
        sheet=values.get("sheet", ""),
        header_row=values.get("header_row", 0),
        prefix=values.get("prefix", ""),
        fill_down=_list_names(values.get("fill_down")),
        constants=constants,
        replacements={
            label: tuple(_read_patterns(loader, raw, file))
            for label, raw in read("replacements").items()
        },
        separators={label: raw.get_text() for label, raw in read("separators").items()},
        values={
            label: {
                old.strip(): tuple(filter(None, map(_read_word, new.get_items())))
                for old, new in raw.get_record().items()
            }
            for label, raw in read("values").items()
        },
        unused=_list_names(values.get("unused")),
    )


def _read_word(raw: Raw) -> str:
    return raw.get_text().strip()


def _list_names(raw: Raw | None) -> tuple[str, ...]:
    """The columns of a list, whatever marks their names hold, or the one of a word."""
    names = (tidy_name(item.get_text()) for item in raw.get_items()) if raw else ()
    return tuple(filter(None, names))


def _read_patterns(loader: Loader, raw: Raw, file: str) -> Iterable[tuple[re.Pattern[str], str]]:
    for text, new in raw.get_record().items():
        try:
            pattern = re.compile(text, re.MULTILINE)
            pattern.sub(new.get_text(), "")  # finds what is wrong with the replacement
        except re.error as error:
            values = {"value": text, "detail": str(error)}
            place = Place(file, new.row, "置きかえ")
            loader.problems.append(make_error(place, "map_pattern_bad", **values))
        else:
            yield pattern, new.get_text()


def _translate_labels(loader: Loader, raw: Raw | None, file: str) -> dict[str, Raw]:
    record = raw.get_record() if raw else {}
    known = {word: name for name, word in match_columns(record, FAQ_FIELDS).items()}
    for word in sorted(record.keys() - known.keys()):
        place = Place(file, record[word].row, word)
        hint = suggest(word, FAQ_FIELDS)
        loader.problems.append(make_error(place, "map_field_unknown", value=word, hint=hint))
    return {FAQ_LABELS[known[word]]: raw for word, raw in record.items() if word in known}
