"""import and export: foreign tables in, every FAQ out, as CSV."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import click

from commands.interface import CLI_TEXTS, EXIT_ERRORS, count_problems, tell, tell_problems
from faq.exchange.convert import Conversion, convert_table, read_map
from faq.exchange.write import encode_csv, write_csv
from faq.files import resolve_path
from faq.model import Category, Content, Department, flatten
from faq.problem import Place, make_error, select_errors, sort_problems
from faq.read import read_content, read_faq_list
from faq.records import Reading
from faq.tables import TableError, read_csv, read_yaml


def import_faqs(file: Path, *, map_file: Path | None, to: Path, content: Path) -> int:
    """Writes the FAQs of a CSV to `to` in Shirube's own columns; nothing where there is an error.

    Without a map the file is taken to have those columns already.
    """
    if to.exists():
        raise click.ClickException(CLI_TEXTS["to_exists"].format(to=to))
    known, _ = read_content(content)
    try:
        conversion = _convert(file, map_file) if map_file else _read_own(file, known)
    except TableError as error:
        conversion = Conversion((), (error.problem,), (), ())
    problems = sort_problems(conversion.problems)
    tell_problems(problems)
    if select_errors(problems):
        tell("import_stopped", errors=count_problems(problems)["errors"])
        return EXIT_ERRORS
    to.parent.mkdir(parents=True, exist_ok=True)
    text = write_csv(conversion.faqs, names=_list_names(known))
    write_whole(to, text.encode("utf-8-sig"))
    tell("imported", file=file, count=len(conversion.faqs), to=to)
    if conversion.filled:
        tell("imported_filled", rows="、".join(f"{row}行目" for row in conversion.filled))
    if conversion.drafts:
        ids = "、".join(conversion.drafts)
        tell("imported_drafts", count=len(conversion.drafts), ids=ids)
    return 0


def export_faqs(folder: Path, *, out: Path, encoding: str) -> int:
    """Writes every FAQ of a content folder to one CSV; nothing where a character cannot be held."""
    content, problems = read_content(folder)
    if errors := select_errors(problems):
        tell_problems(sort_problems(errors))
        tell("stopped", errors=len(errors))
        return EXIT_ERRORS
    text = write_csv(content.faqs, names=_list_names(content))
    data, unencodable = encode_csv(text, encoding=encoding, file=str(out))
    if unencodable:
        tell_problems(unencodable)
        tell("stopped", errors=len(unencodable))
        return EXIT_ERRORS
    write_whole(out, data)
    tell("exported", faqs=len(content.faqs), out=out)
    return 0


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        error.filename = str(path)
        raise


def _convert(file: Path, map_file: Path) -> Conversion:
    map_path, path = resolve_path(map_file), resolve_path(file)
    reading = Reading(map_path.parent)
    documents = read_yaml(reading.decode(map_path), file=map_file.name)
    if not documents:
        raise TableError(make_error(Place(map_file.name), "map_empty"))
    table_map = read_map(reading, documents[0], file=map_file.name)
    if reading.problems:
        return Conversion((), tuple(reading.problems), (), ())
    source = Reading(path.parent)
    header, rows, problems = read_csv(source.decode(path), file=file.name)
    result = convert_table(header, rows, table_map=table_map, reading=source, file=file.name)
    return replace(result, problems=(*problems, *result.problems))


def _read_own(file: Path, known: Content) -> Conversion:
    path = resolve_path(file)
    reading = Reading(path.parent)
    faqs, problems = read_faq_list(
        reading,
        [path],
        fields=known.fields,
        life_events=known.life_events,
        departments=known.departments,
    )
    return Conversion(faqs, (*reading.problems, *problems), (), ())


def _list_names(content: Content) -> dict[str, dict[str, str]]:
    """Field → id → name, for names that lead back to their id."""
    return {
        "categories": _name_items(list(flatten(content.fields))),
        "life_events": _name_items(list(flatten(content.life_events))),
        "departments": _name_items(content.departments),
    }


def _name_items(items: list[Category] | tuple[Department, ...]) -> dict[str, str]:
    names = [item.name for item in items]
    ids = {item.id for item in items}
    return {
        item.id: item.name
        for item in items
        if names.count(item.name) == 1
        and item.name not in ids
        and not set("、，,;；|｜") & set(item.name)
    }
