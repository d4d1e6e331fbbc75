"""A foreign table → FAQs, by its map."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from faq.exchange.maps import TableMap
from faq.model.choices import Status
from faq.model.content import LEVEL_MARK, Faq
from faq.model.fields import FAQ_FIELDS, FAQ_LABELS
from faq.model.problem import Place, Problem, make_error, make_warning
from faq.read.grids import Grid, fill_merges
from faq.read.raw import Raw, TableError
from faq.read.records import Loader
from faq.read.tables import read_foreign_table


@dataclass(frozen=True, slots=True)
class Conversion:
    """FAQs of a table in its order, the problems met, and what an editor must know of them.

    `drafts` are the ids of those without an answer, `filled` the rows with a value from above.
    """

    faqs: tuple[Faq, ...]
    problems: tuple[Problem, ...]
    drafts: tuple[str, ...] = ()
    filled: tuple[int, ...] = ()


def convert_grid(grid: Grid, *, table_map: TableMap, loader: Loader, file: str) -> Conversion:
    """Every row of the table as an FAQ; one without an answer becomes a draft.

    What was merged or left blank under a value is filled in where the map says so. That, drafts
    and columns that nothing uses are warnings, one for each cause.
    """
    grid, merged = fill_merges(grid)
    words = table_map.list_columns()
    try:
        header, rows, problems = read_foreign_table(
            grid, file=file, header_row=table_map.header_row, words=words
        )
    except TableError as error:
        return Conversion((), (error.problem,))
    if not table_map.header_row:
        table_map = replace(table_map, header_row=grid.rows[0][0])
    start = rows[0].row if rows else 0
    if below := [row for row in merged if row >= start]:
        values = {"count": len(below), "rows": tuple(below)}
        problems.append(make_warning(Place(file, below[0]), "import_merged", **values))
    result = convert_table(header, rows, table_map=table_map, loader=loader, file=file)
    return replace(result, problems=(*problems, *result.problems))


def convert_table(
    header: Sequence[str], rows: Iterable[Raw], *, table_map: TableMap, loader: Loader, file: str
) -> Conversion:
    """The rows of a table as FAQs; nothing where a column of the map is missing."""
    row = table_map.header_row or 1
    wanted = table_map.list_columns()
    if missing := [name for name in wanted if name not in header]:
        problems = [make_error(Place(file, row), "map_column_missing", value=n) for n in missing]
        return Conversion((), tuple(problems))
    unused = [name for name in header if name not in wanted and name not in table_map.unused]
    warnings = [make_warning(Place(file, row, name), "map_column_unused") for name in unused]
    result = _convert_rows(rows, table_map=table_map, loader=loader, file=file)
    return replace(result, problems=(*warnings, *result.problems))


def _convert_rows(
    rows: Iterable[Raw], *, table_map: TableMap, loader: Loader, file: str
) -> Conversion:
    faqs: list[Faq] = []
    drafts: list[Faq] = []
    filled: list[int] = []
    above: dict[str, str] = {}
    problems: list[Problem] = []
    foreign = {label: names[0] for label, names in table_map.columns.items() if names}
    kept = (row for row in rows if str(row.row) not in table_map.skipped)
    for count, row in enumerate(kept, start=table_map.first_number):
        cells = {name: raw.get_text() for name, raw in row.get_record().items()}
        if _fill_down(cells, above, table_map):
            filled.append(row.row)
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
        faq = Faq(**values)
        faqs.append(faq)
        drafts += [] if faq.answer else [faq]
    ids = tuple(faq.id for faq in drafts)
    rows_filled = tuple(dict.fromkeys(filled))
    if rows_filled:
        told = {"count": len(rows_filled), "rows": tuple(rows_filled)}
        problems.append(make_warning(Place(file, rows_filled[0]), "import_filled", **told))
    if drafts:
        column = foreign.get(FAQ_LABELS["answer"], FAQ_LABELS["answer"])
        place = Place(file, drafts[0].origin.row, column)
        values = {"count": len(ids), "ids": tuple(ids)}
        problems.append(make_warning(place, "import_no_answer", **values))
    return Conversion(tuple(faqs), tuple(problems), ids, rows_filled)


def _fill_down(cells: dict[str, str], above: Mapping[str, str], table_map: TableMap) -> bool:
    """Fills blank cells from above, but no level of a category below one that begins here."""
    begins = False
    filled = False
    for name in dict.fromkeys((*table_map.levels, *table_map.fill_down)):
        is_level = name in table_map.levels
        if cells.get(name, "").strip():
            begins = begins or is_level
        elif name in table_map.fill_down and above.get(name) and not (is_level and begins):
            cells[name] = above[name]
            filled = True
    return filled


def _make_record(
    cells: Mapping[str, str], table_map: TableMap, row: int, count: int
) -> dict[str, Raw]:
    record: dict[str, Any] = {label: Raw(text, row) for label, text in table_map.constants.items()}
    for label, names in table_map.columns.items():
        parts = (cells.get(name, "").strip("\n") for name in names)
        text = _translate_cell("\n".join(filter(None, parts)), label, table_map)
        if text or label not in record:
            record[label] = Raw(text, row)
    if table_map.levels:
        label = FAQ_LABELS["categories"]
        found = (cells.get(name, "").strip() for name in table_map.levels)
        path = (_translate_cell(name, label, table_map) for name in found if name)
        record[label] = Raw(LEVEL_MARK.join(path), row)
    label = FAQ_LABELS["id"]
    number = unicodedata.normalize("NFKC", record[label].get_text() if label in record else "")
    record[label] = Raw(f"{table_map.prefix}{number.strip() or count}", row)
    return record


def _translate_cell(text: str, label: str, table_map: TableMap) -> str:
    """The cell as the map would have it: replaced, parted into values, each value translated."""
    for pattern, new in table_map.replacements.get(label, ()):
        text = pattern.sub(new, text)
    separators, values = table_map.separators.get(label, ""), table_map.values.get(label, {})
    if not separators and not values:
        return text
    parts = (part.strip() for part in re.split(f"[\n{re.escape(separators)}]", text))
    return "\n".join(new for part in parts if part for new in values.get(part, (part,)))
