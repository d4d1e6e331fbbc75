"""import and export: foreign tables in, every FAQ out, as CSV."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click

from faq.exchange.convert import Conversion, convert_grid
from faq.exchange.maps import read_map
from faq.exchange.write import encode_csv, write_csv
from faq.model.content import Category, Content, Department, list_named
from faq.model.fields import REFERENCES
from faq.model.problem import Place, make_error, select_errors, sort_problems
from faq.read.content import read_content, read_faq_list
from faq.read.documents import read_yaml
from faq.read.files import resolve_path
from faq.read.grids import read_grid
from faq.read.raw import TableError
from faq.read.records import Loader
from terminal.interface import CLI_TEXTS, EXIT_ERRORS, count_problems, print_problems, print_text


def import_faqs(
    file: Path, *, map_file: Path | None, to: Path, content: Path, whole: bool = False
) -> int:
    """Writes the FAQs of a table to `to` in Shirube's own columns; nothing where there is an error.

    Without a map the file is taken to have those columns already. `whole` names every place of
    a problem, not each cause once.
    """
    if to.exists():
        raise click.ClickException(CLI_TEXTS["to_exists"].format(to=to))
    known, _ = read_content(content)
    try:
        conversion = _convert(file, map_file, known) if map_file else _read_own(file, known)
    except TableError as error:
        conversion = Conversion((), (error.problem,))
    problems = sort_problems(conversion.problems)
    print_problems(problems, whole=whole)
    if select_errors(problems):
        print_text("import_stopped", errors=count_problems(problems)["errors"])
        return EXIT_ERRORS
    to.parent.mkdir(parents=True, exist_ok=True)
    text = write_csv(conversion.faqs, names=_list_names(known))
    write_whole(to, text.encode("utf-8-sig"))
    print_text("imported", file=file, count=len(conversion.faqs), to=to)
    return 0


def export_faqs(folder: Path, *, out: Path, encoding: str) -> int:
    """Writes every FAQ of a content folder to one CSV; nothing where a character cannot be held."""
    content, problems = read_content(folder)
    if errors := select_errors(problems):
        print_problems(sort_problems(errors))
        print_text("stopped", errors=len(errors))
        return EXIT_ERRORS
    text = write_csv(content.faqs, names=_list_names(content))
    data, unencodable = encode_csv(text, encoding=encoding, file=str(out))
    if unencodable:
        print_problems(unencodable)
        print_text("stopped", errors=len(unencodable))
        return EXIT_ERRORS
    write_whole(out, data)
    print_text("exported", faqs=len(content.faqs), out=out)
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


def _convert(file: Path, map_file: Path, known: Content) -> Conversion:
    map_path, path = resolve_path(map_file), resolve_path(file)
    loader = Loader(map_path.parent)
    documents = read_yaml(loader.decode(map_path), file=map_file.name)
    if not documents:
        raise TableError(make_error(Place(map_file.name), "map_empty"))
    table_map = read_map(loader, documents[0], file=map_file.name)
    if loader.problems:
        return Conversion((), tuple(loader.problems))
    source = Loader(path.parent, formats=known.site.formats)
    grid = read_grid(source.read_bytes(path), file=file.name, sheet=table_map.sheet)
    return convert_grid(grid, table_map=table_map, loader=source, file=file.name)


def _read_own(file: Path, known: Content) -> Conversion:
    path = resolve_path(file)
    loader = Loader(path.parent, formats=known.site.formats)
    faqs, problems = read_faq_list(
        loader,
        [path],
        names={item.refers_to: getattr(known, item.refers_to) for item in REFERENCES},
    )
    return Conversion(faqs, (*loader.problems, *problems))


def _list_names(content: Content) -> dict[str, dict[str, str]]:
    """What a field refers to → id → name, for names that lead back to their id."""
    kinds = {item.refers_to for item in REFERENCES}
    return {kind: _name_items(list_named(getattr(content, kind))) for kind in kinds}


def _name_items(items: list[Category | Department]) -> dict[str, str]:
    names = [item.name for item in items]
    ids = {item.id for item in items}
    return {
        item.id: item.name
        for item in items
        if names.count(item.name) == 1
        and item.name not in ids
        and not set("、，,;；|｜") & set(item.name)
    }
