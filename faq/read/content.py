"""content/ → models. Every problem at once, each with file, row and the file's own column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from faq.model.content import Category, Content, Department, Faq, Notice, Origin
from faq.model.content_format import CONTENT_FORMAT, check_format
from faq.model.fields import FAQ_FIELDS, REFERENCES
from faq.model.problem import CellError, Place, Problem, make_error
from faq.read.directory import Directory, index_names
from faq.read.files import list_files, read_file, resolve_path
from faq.read.grids import READERS
from faq.read.images import HEAD_SIZE, SIGNATURES, check_image, check_image_names
from faq.read.lists import (
    read_readings,
    read_redirects,
    read_search_tests,
    read_thesaurus,
    read_user_words,
)
from faq.read.overrides import read_overrides
from faq.read.records import Loader, Memory
from faq.read.settings import (
    read_categories,
    read_departments,
    read_featured,
    read_notices,
    read_pages,
    read_ranking,
    read_site,
)
from faq.read.tables import TRANSLATED_HEADER

YAML_SUFFIXES = (".yml", ".yaml")
FAQ_SUFFIXES = (*YAML_SUFFIXES, *READERS)
# The codes of problems with names that nothing has, by what they refer to.
_UNKNOWN = {
    "topics": "category_unknown",
    "life_events": "life_event_unknown",
    "departments": "department_unknown",
}
_PASSED_OVER = ("~$", "_")


def read_content(folder: Path, *, memory: Memory | None = None) -> tuple[Content, list[Problem]]:
    """All of a content folder, and every problem met; what could not be read is left out.

    FAQs that the `memory` has are not read again.
    """
    folder = resolve_path(folder)
    loader = Loader(folder, *list_files(folder), memory=memory)
    site = read_site(loader)
    if not folder.is_dir():
        return Content(site), [make_error(Place(str(folder)), "folder_missing")]
    if code := check_format(site.format_version):
        # Whatever else is wrong with it may be right in its own format.
        place = Place(f"{loader.folder.name}/site.yml", column="形式")
        values = {"value": site.format_version, "current": CONTENT_FORMAT}
        return Content(site), [make_error(place, code, **values)]
    topics, life_events = read_categories(loader)
    departments = read_departments(loader)
    loader.formats = site.formats
    faqs, own_problems = read_faq_list(
        loader,
        list_faq_files(loader),
        names={"topics": topics, "life_events": life_events, "departments": departments},
    )
    notices, notice_problems = _resolve_notices(read_notices(loader), departments)
    featured, hot_words = read_featured(loader)
    thesaurus, unused_words = read_thesaurus(loader)
    # By name or by id, as everywhere; an unknown one stays as written, for `check` to report.
    general = index_names(departments).get(site.phone_department, site.phone_department)
    content = Content(
        site=replace(site, phone_department=general),
        folder=loader.folder.name,
        topics=topics,
        life_events=life_events,
        departments=departments,
        faqs=faqs,
        notices=notices,
        featured=featured,
        hot_words=hot_words,
        thesaurus=thesaurus,
        unused_words=unused_words,
        user_words=read_user_words(loader),
        readings=read_readings(loader),
        search_tests=read_search_tests(loader),
        ranking=read_ranking(loader),
        pages=read_pages(loader),
        redirects=read_redirects(loader),
        images=_list_images(loader),
        overrides=read_overrides(loader),
    )
    format_problems = _check_formats(loader)
    return content, loader.problems + format_problems + own_problems + notice_problems


def read_faq_list(
    loader: Loader,
    paths: Iterable[Path],
    *,
    names: Mapping[str, tuple[Category, ...] | tuple[Department, ...]],
) -> tuple[tuple[Faq, ...], list[Problem]]:
    """The FAQs of the files, and their problems; names in them have become ids.

    `names` holds the items that FAQs may name, by the attribute of `Content`.
    """
    directories = {kind: Directory(items) for kind, items in names.items()}
    problems: list[Problem] = []
    faqs = []
    for path in paths:
        for values in read_faq_file(loader, path):
            for item in REFERENCES:
                known = directories[item.refers_to]
                words = values.get(item.name, ())
                origin: Origin = values["origin"]
                place, code = origin.locate(item.name), _UNKNOWN[item.refers_to]
                values[item.name], unknown = known.resolve(words, place=place, code=code)
                problems += unknown
                if unknown:
                    values["origin"] = replace(origin, faulty=(*origin.faulty, item.name))
            if "id" in values and "question" in values:
                faqs.append(Faq(**values))
    return tuple(faqs), problems


def list_faq_files(loader: Loader) -> list[Path]:
    """The FAQ files of a content folder in order of path, without Excel's lock files."""
    paths = loader.list_files("faq", FAQ_SUFFIXES)
    return [path for path in paths if not path.name.startswith(_PASSED_OVER)]


def read_faq_file(loader: Loader, path: Path) -> Iterator[dict[str, Any]]:
    """The field values of each FAQ in a file."""
    if path.suffix.lower() in YAML_SUFFIXES:
        for document in loader.read_documents(path.relative_to(loader.folder).as_posix()):
            for record in document.get_items():
                if values := loader.read_record(record, FAQ_FIELDS, file=loader.name(path)):
                    yield values
    else:
        yield from loader.read_table(path, FAQ_FIELDS, others=TRANSLATED_HEADER)


def _check_formats(loader: Loader) -> list[Problem]:
    """A problem for each file that the site names a format of, and that is not there."""
    files = {loader.name(path) for path in list_faq_files(loader)}
    place = Place(f"{loader.folder.name}/site.yml", 0, "書式")
    return [
        make_error(place, "format_unused", value=name)
        for name, _ in loader.formats
        if name and f"{loader.folder.name}/faq/{name}" not in files
    ]


def _resolve_notices(
    notices: Iterable[Notice], departments: tuple[Department, ...]
) -> tuple[tuple[Notice, ...], list[Problem]]:
    directory = Directory(departments)
    resolved = []
    problems: list[Problem] = []
    for notice in notices:
        place = notice.origin.locate("departments")
        known, unknown = directory.resolve(
            notice.departments, place=place, code="department_unknown"
        )
        resolved.append(replace(notice, departments=known))
        problems += unknown
    return tuple(resolved), problems


def _list_images(loader: Loader) -> tuple[str, ...]:
    images = loader.folder / "images"
    paths = loader.list_files("images", SIGNATURES)
    for path in paths:
        file = loader.name(path)
        try:
            loader.problems += check_image(read_file(path, size=HEAD_SIZE), file=file)
        except CellError as error:
            loader.problems.append(Problem(Place(file), error.code, error.values))
    loader.problems += check_image_names(map(loader.name, paths))
    return tuple(path.relative_to(images).as_posix() for path in paths)
