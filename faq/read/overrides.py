"""What a city puts before the program's own: templates/, texts/ and styles/ of its folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from faq.model.look import Overrides, find_mark, mark_original
from faq.model.near import hint_name
from faq.model.problem import CellError, Place, Problem, make_error, make_warning
from faq.model.template_tags import Once
from faq.model.tokens import TEMPLATES
from faq.read.files import read_file
from faq.read.own_texts import read_own_texts
from faq.read.raw import TableError
from faq.read.records import Loader
from faq.read.styles import FILE_STARTS, check_style

STYLES = "styles"


def read_overrides(loader: Loader) -> Overrides:
    """Every override of a content folder; what is wrong with one becomes a problem."""
    styles, files = _read_styles(loader)
    return Overrides(_read_templates(loader), read_own_texts(loader), styles, files)


def digest_original(name: str) -> str:
    """What an override of this template of the program names as its original."""
    return hashlib.sha256((TEMPLATES / name).read_bytes()).hexdigest()[:12]


def list_templates() -> list[str]:
    """The names of the program's templates that a city may replace."""
    files = TEMPLATES.rglob("*.html")
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in files)


def _read_templates(loader: Loader) -> dict[str, str]:
    known = list_templates()
    templates = {}
    for path in loader.list_files("templates", (".html",)):
        name = path.relative_to(loader.folder / "templates").as_posix()
        if name not in known:
            values = {"value": name, "hint": hint_name(name, known)}
            place = Place(loader.name(path))
            loader.problems.append(make_error(place, "template_unknown", **values))
        elif source := _decode(loader, path):
            templates[name] = source
            loader.problems += check_template(source, name=name, file=loader.name(path))
    return templates


def check_template(source: str, *, name: str, file: str) -> list[Problem]:
    """What is wrong with an override: its syntax, macros it lacks, an original that has changed."""
    environment = Environment(autoescape=True, extensions=[Once])
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        place = Place(file, error.lineno)
        return [make_error(place, "template_broken", detail=error.message)]
    original = environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    problems = []
    macros = _list_macros(tree)
    for macro, needed in _list_macros(original).items():
        if macro not in macros:
            problems.append(make_error(Place(file), "macro_missing", value=macro))
        elif missing := needed - macros[macro]:
            values = {"value": macro, "names": "、".join(sorted(missing))}
            problems.append(make_error(Place(file), "macro_arguments", **values))
    digest = digest_original(name)
    if (mark := find_mark(source)) != digest:
        code = "override_old" if mark else "override_unmarked"
        line = mark_original("", digest=digest).strip()
        problems.append(make_warning(Place(file, 1), code, line=line, name=name))
    return problems


def _list_macros(tree: nodes.Template) -> dict[str, set[str]]:
    """Macros that other templates may call → what they take, `caller` among it."""
    return {
        macro.name: {item.name for item in macro.args}
        | {item.name for item in macro.find_all(nodes.Name) if item.name == "caller"}
        for macro in tree.find_all(nodes.Macro)
        if not macro.name.startswith("_")
    }


def _read_styles(loader: Loader) -> tuple[dict[str, str], dict[str, bytes]]:
    """The CSS, its addresses those beside `site.css`, and the files that it may use."""
    folder = loader.folder / STYLES
    paths = [path for path in loader.files if path.is_relative_to(folder)]
    names = {path: path.relative_to(folder).as_posix() for path in paths}
    styles, files = {}, {}
    for path, name in names.items():
        suffix = path.suffix.lower()
        place = Place(loader.name(path))
        if suffix == ".css" and path.parent == folder:
            style, problems = check_style(
                _decode(loader, path),
                file=loader.name(path),
                known=set(names.values()),
                folder=STYLES,
            )
            styles[name] = style
            loader.problems += problems
        elif suffix not in FILE_STARTS:
            kinds = "、".join(kind[1:] for kind in FILE_STARTS)
            loader.problems.append(make_error(place, "style_file_kind", kinds=kinds))
        else:
            try:
                files[f"{STYLES}/{name}"] = data = read_file(path)
            except CellError as error:
                loader.problems.append(Problem(place, error.code, error.values))
                continue
            if not data.startswith(FILE_STARTS[suffix]):
                loader.problems.append(make_error(place, "style_file_kind", kinds=suffix[1:]))
    return styles, files


def _decode(loader: Loader, path: Path) -> str:
    try:
        return loader.decode(path)
    except TableError as error:
        loader.problems.append(error.problem)
        return ""
