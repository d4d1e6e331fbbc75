"""A foreign table's file → the files of a city's folder that come of it, and one page about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from faq.exchange.convert import Conversion, convert_grid
from faq.exchange.maps import read_map
from faq.exchange.write import choose_names, write_csv
from faq.model.content import Faq
from faq.model.fields import REFERENCES
from faq.model.problem import CommandError, Problem, select_errors
from faq.read.directory import index_names
from faq.read.documents import read_yaml
from faq.read.files import resolve_path
from faq.read.grids import Grid, fill_merges, read_grid
from faq.read.records import Loader
from faq.start.explain import comment_columns, explain_proposal, name_role
from faq.start.ids import ReadWords
from faq.start.lists import Lists
from faq.start.outline import find_outline
from faq.start.propose import NoColumnError, Proposal, propose_map
from faq.start.understand import load_words
from faq.start.write import write_categories, write_departments, write_map
from faq.texts import EDITOR_TEXTS

_PAGE = EDITOR_TEXTS["init"]["page"]
MAP_FILE = "map.yml"


@dataclass(frozen=True, slots=True)
class Taken:
    """What comes of a table: a page about it, path → bytes, the id of 総合案内, the problems.

    With an error among the `problems` there are no files.
    """

    page: str
    files: dict[str, bytes]
    general: str
    problems: tuple[Problem, ...]


def take_table(path: Path, *, sheet: str = "", read_words: ReadWords) -> Taken:
    """Understands a table and converts it by the map that follows.

    Raises `TableError` for a file that cannot be read, `CommandError` for one without a header,
    questions or answers.
    """
    path = resolve_path(path)
    source = Loader(path.parent)
    data = source.read_bytes(path)
    grid, proposal = _find_table(data, file=path.name, sheet=sheet, read_words=read_words)
    text = write_map(proposal.entries, comment_columns(proposal), file=path.name)
    conversion = _convert(text, grid, source, file=path.name)
    faqs = _name_ids(conversion.faqs, proposal.lists)
    page = explain_proposal(
        proposal, faqs, file=path.name, size=len(data), form=_describe_form(data, grid)
    )
    problems = tuple(select_errors(conversion.problems))
    if problems:
        return Taken(page, {}, "", problems)
    lists = proposal.lists
    names = {item.refers_to: choose_names(getattr(lists, item.refers_to)) for item in REFERENCES}
    table = write_csv(faqs, names=names).encode("utf-8-sig")
    files = {
        MAP_FILE: text.encode(),
        "content/categories.yml": write_categories(lists.topics, lists.life_events).encode(),
        "content/departments.yml": write_departments(lists.departments).encode(),
        f"content/faq/{_name_file(path)}": table,
    }
    return Taken(page, files, lists.general, ())


def _find_table(
    data: bytes, *, file: str, sheet: str, read_words: ReadWords
) -> tuple[Grid, Proposal]:
    """The first sheet that holds questions and answers, and its proposal."""
    words = load_words()
    missing: NoColumnError | None = None
    header: list[str] = []
    for grid in _read_sheets(data, file=file, sheet=sheet):
        outline = find_outline(fill_merges(grid)[0].rows, words=words.plain)
        try:
            if outline:
                header = header or [column.heading for column in outline.columns]
                return grid, propose_map(
                    outline, words=words, read_words=read_words, sheet=grid.sheet
                )
        except NoColumnError as error:
            missing = missing or error
    if not missing:
        raise CommandError("init_no_header", file=file)
    values = {"file": file, "role": name_role(missing.role), "names": "、".join(header)}
    raise CommandError("init_no_column", **values)


def _read_sheets(data: bytes, *, file: str, sheet: str) -> Iterator[Grid]:
    first = read_grid(data, file=file, sheet=sheet)
    yield first
    for name in first.sheets if not sheet else ():
        if name != first.sheet:
            yield read_grid(data, file=file, sheet=name)


def _convert(text: str, grid: Grid, source: Loader, *, file: str) -> Conversion:
    """By the very map that is written: what it says is what was done."""
    loader = Loader(source.folder)
    table_map = read_map(loader, read_yaml(text, file=MAP_FILE)[0], file=MAP_FILE)
    if loader.problems:
        return Conversion((), tuple(loader.problems))
    return convert_grid(grid, table_map=table_map, loader=source, file=file)


def _name_ids(faqs: tuple[Faq, ...], lists: Lists) -> tuple[Faq, ...]:
    found = {item.name: getattr(lists, item.refers_to) for item in REFERENCES}
    ids = {name: index_names(items) for name, items in found.items()}
    return tuple(_resolve_names(faq, ids) for faq in faqs)


def _resolve_names(faq: Faq, ids: Mapping[str, Mapping[str, str]]) -> Faq:
    changed: dict[str, Any] = {
        name: tuple(dict.fromkeys(known.get(word, word) for word in getattr(faq, name)))
        for name, known in ids.items()
    }
    return replace(faq, **changed)


def _describe_form(data: bytes, grid: Grid) -> str:
    if grid.sheet:
        others = [name for name in grid.sheets if name != grid.sheet]
        text = str(_PAGE["sheet"].format(sheet=grid.sheet))
        return text + (_PAGE["other_sheets"].format(names="、".join(others)) if others else "")
    try:
        data.decode("utf-8")
        name = "UTF-8"
    except UnicodeDecodeError:
        name = "CP932"
    return str(_PAGE["encoding"].format(name=name))


def _name_file(path: Path) -> str:
    return f"{path.stem}.csv" if re.fullmatch(r"[^\W_][\w-]*", path.stem) else "faq.csv"
