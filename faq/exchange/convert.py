"""A foreign table → FAQs, by a map: which column becomes which field, what is filled down."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from faq.model.choices import Status
from faq.model.content import Faq
from faq.model.fields import FAQ_FIELDS, FAQ_LABELS, Field
from faq.model.problem import Place, Problem, make_error, make_warning
from faq.read.records import Loader, match_columns, suggest
from faq.read.tables import Raw

MAP_FIELDS = (
    Field("columns", "列", "raw", required=True),
    Field("prefix", "番号の先頭", "line"),
    Field("fill_down", "上の値で埋める", "words"),
    Field("constants", "決まった値", "raw"),
)


@dataclass(frozen=True, slots=True)
class TableMap:
    """`columns`: field label → foreign columns, joined by line breaks; `fill_down` is foreign."""

    columns: Mapping[str, tuple[str, ...]]
    prefix: str = ""
    fill_down: tuple[str, ...] = ()
    constants: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """FAQs of a table in its order, the problems met, and what an editor must know of them."""

    faqs: tuple[Faq, ...]
    problems: tuple[Problem, ...]
    drafts: tuple[str, ...]
    filled: tuple[int, ...]


def read_map(loader: Loader, document: Raw, *, file: str) -> TableMap:
    """The map of a YAML document; unknown fields become problems."""
    values = loader.read_record(document, MAP_FIELDS, file=file)
    columns = {
        label: tuple(item.get_text() for item in raw.get_items())
        for label, raw in _translate_labels(loader, values.get("columns"), file).items()
    }
    constants = _translate_labels(loader, values.get("constants"), file)
    texts = {label: raw.get_text() for label, raw in constants.items()}
    return TableMap(columns, values.get("prefix", ""), values.get("fill_down", ()), texts)


def _translate_labels(loader: Loader, raw: Raw | None, file: str) -> dict[str, Raw]:
    record = raw.get_record() if raw else {}
    known = {word: name for name, word in match_columns(record, FAQ_FIELDS).items()}
    for word in sorted(record.keys() - known.keys()):
        place = Place(file, record[word].row, word)
        hint = suggest(word, FAQ_FIELDS)
        loader.problems.append(make_error(place, "map_field_unknown", value=word, hint=hint))
    return {FAQ_LABELS[known[word]]: raw for word, raw in record.items() if word in known}


def convert_table(
    header: Iterable[str], rows: Iterable[Raw], *, table_map: TableMap, loader: Loader, file: str
) -> Conversion:
    """Every row of the table as an FAQ; one without an answer becomes a draft, with a warning."""
    header = list(header)
    wanted = [name for names in table_map.columns.values() for name in names]
    wanted += table_map.fill_down
    missing = [name for name in dict.fromkeys(wanted) if name not in header]
    if missing:
        problems = [make_error(Place(file, 1), "map_column_missing", value=n) for n in missing]
        return Conversion((), tuple(problems), (), ())
    return _convert_rows(rows, table_map=table_map, loader=loader, file=file)


def _convert_rows(
    rows: Iterable[Raw], *, table_map: TableMap, loader: Loader, file: str
) -> Conversion:
    faqs: list[Faq] = []
    drafts: list[str] = []
    filled: list[int] = []
    above: dict[str, str] = {}
    foreign = {label: names[0] for label, names in table_map.columns.items()}
    problems: list[Problem] = []
    for count, row in enumerate(rows, start=1):
        cells = {name: raw.get_text() for name, raw in row.get_record().items()}
        for name in table_map.fill_down:
            if not cells.get(name, "").strip() and above.get(name):
                cells[name] = above[name]
                filled.append(row.row)
                place = Place(file, row.row, name)
                problems.append(make_warning(place, "import_filled"))
        above = cells
        start = len(loader.problems)
        record = _make_record(cells, table_map, row.row, count)
        values = loader.read_record(Raw(record, row.row), FAQ_FIELDS, file=file)
        for problem in loader.problems[start:]:
            column = foreign.get(problem.place.column, problem.place.column)
            problems.append(replace(problem, place=replace(problem.place, column=column)))
        del loader.problems[start:]
        if "id" not in values or "question" not in values:
            continue
        if not values.get("answer"):
            values["status"] = Status.DRAFT
            drafts.append(values["id"])
            place = Place(file, row.row, foreign.get(FAQ_LABELS["answer"], FAQ_LABELS["answer"]))
            problems.append(make_warning(place, "import_no_answer"))
        faqs.append(Faq(**values))
    return Conversion(tuple(faqs), tuple(problems), tuple(drafts), tuple(dict.fromkeys(filled)))


def _make_record(
    cells: Mapping[str, str], table_map: TableMap, row: int, count: int
) -> dict[str, Raw]:
    record: dict[str, Any] = {
        label: Raw(text, row) for label, text in (table_map.constants or {}).items()
    }
    for label, names in table_map.columns.items():
        text = "\n".join(part for name in names if (part := cells.get(name, "").strip("\n")))
        if text or label not in record:
            record[label] = Raw(text, row)
    label = FAQ_LABELS["id"]
    number = unicodedata.normalize("NFKC", cells.get(table_map.columns.get(label, ("",))[0], ""))
    record[label] = Raw(f"{table_map.prefix}{number.strip() or count}", row)
    return record
