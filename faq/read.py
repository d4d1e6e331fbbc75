"""content/ → models. Every problem at once, each with file, row and the file's own column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from faq.files import list_files, read_file, resolve_path
from faq.images import HEAD_SIZE, SIGNATURES, check_image, check_image_names
from faq.model import FAQ_FIELDS, Category, Content, Department, Faq, Notice, Origin, flatten
from faq.problem import CellError, Place, Problem, make_error
from faq.records import Reading, match_columns
from faq.settings import (
    read_categories,
    read_departments,
    read_featured,
    read_notices,
    read_pages,
    read_ranking,
    read_site,
)
from faq.tables import TRANSLATED_HEADER, Raw, TableError, read_csv, read_yaml
from faq.words import read_readings, read_search_tests, read_thesaurus, read_user_words

FAQ_SUFFIXES = (".csv", ".yml", ".yaml", ".tsv")
_PASSED_OVER = ("~$", "_")


def read_content(folder: Path) -> tuple[Content, list[Problem]]:
    """All of a content folder, and every problem met; what could not be read is left out."""
    folder = resolve_path(folder)
    reading = Reading(folder, *list_files(folder))
    site = read_site(reading)
    if not folder.is_dir():
        return Content(site), [make_error(Place(str(folder)), "folder_missing")]
    fields, life_events = read_categories(reading)
    departments = read_departments(reading)
    faqs, own_problems = read_faq_list(
        reading,
        list_faq_files(reading),
        fields=fields,
        life_events=life_events,
        departments=departments,
    )
    notices, notice_problems = _resolve_notices(read_notices(reading), departments)
    featured, hot_words = read_featured(reading)
    # By name or by id, as everywhere; an unknown one stays as written, for `check` to report.
    general = index_names(departments).get(site.phone_department, site.phone_department)
    content = Content(
        site=replace(site, phone_department=general),
        folder=reading.folder.name,
        fields=fields,
        life_events=life_events,
        departments=departments,
        faqs=faqs,
        notices=notices,
        featured=featured,
        hot_words=hot_words,
        thesaurus=read_thesaurus(reading),
        user_words=read_user_words(reading),
        readings=read_readings(reading),
        search_tests=read_search_tests(reading),
        ranking=read_ranking(reading),
        pages=read_pages(reading),
        images=_list_images(reading),
    )
    return content, reading.problems + own_problems + notice_problems


def read_faq_list(
    reading: Reading,
    paths: Iterable[Path],
    *,
    fields: tuple[Category, ...],
    life_events: tuple[Category, ...],
    departments: tuple[Department, ...],
) -> tuple[tuple[Faq, ...], list[Problem]]:
    """The FAQs of the files, and their problems; names in them have become ids."""
    references = {
        "categories": ("category_unknown", index_names(flatten(fields))),
        "life_events": ("life_event_unknown", index_names(flatten(life_events))),
        "departments": ("department_unknown", index_names(departments)),
    }
    problems: list[Problem] = []
    faqs = []
    for path in paths:
        for values in read_faq_file(reading, path):
            for name, (code, ids) in references.items():
                values[name], unknown = _resolve(values.get(name, ()), ids)
                origin: Origin = values["origin"]
                problems += [make_error(origin.locate(name), code, value=w) for w in unknown]
                if unknown:
                    values["origin"] = replace(origin, faulty=origin.faulty | {name})
            if "id" in values and "question" in values:
                faqs.append(Faq(**values))
    return tuple(faqs), problems


def list_faq_files(reading: Reading) -> list[Path]:
    """The FAQ files of a content folder in order of path, without Excel's lock files."""
    paths = reading.list_files("faq", (*FAQ_SUFFIXES, ".xlsx", ".xls"))
    return [path for path in paths if not path.name.startswith(_PASSED_OVER)]


def read_faq_file(reading: Reading, path: Path) -> Iterator[dict[str, Any]]:
    """The field values of each FAQ in a file."""
    file = reading.name(path)
    try:
        if path.suffix.lower() in (".xlsx", ".xls"):
            raise TableError(make_error(Place(file), "file_is_excel"))
        text = reading.decode(path)
        if path.suffix.lower() in (".yml", ".yaml"):
            for document in read_yaml(text, file=file):
                for record in document.get_items():
                    if values := reading.read_record(record, FAQ_FIELDS, file=file):
                        yield values
            return
        header, rows, problems = read_csv(text, file=file)
    except TableError as error:
        reading.problems.append(error.problem)
        return
    reading.problems += problems
    columns = match_columns(header, FAQ_FIELDS)
    head = Raw({}, 1)
    unknown = {name for name in header if not TRANSLATED_HEADER.fullmatch(name)}
    unknown -= set(columns.values())
    reading.report_unknown(unknown, FAQ_FIELDS, file, head)
    missing = [item for item in FAQ_FIELDS if item.required and item.name not in columns]
    reading.problems += [
        make_error(Place(file, 1, item.label), "column_missing") for item in missing
    ]
    if not missing:
        for row in rows:
            yield reading.read_record(row, FAQ_FIELDS, file=file, known=header)


def index_names(items: Iterable[Category | Department]) -> dict[str, str]:
    """Id or unique name → id."""
    items = list(items)
    names = [item.name for item in items]
    unique = {item.name: item.id for item in items if names.count(item.name) == 1}
    return unique | {item.id: item.id for item in items}


def _resolve(words: tuple[str, ...], ids: dict[str, str]) -> tuple[tuple[str, ...], list[str]]:
    known = tuple(dict.fromkeys(ids[word] for word in words if word in ids))
    return known, [word for word in words if word not in ids]


def _resolve_notices(
    notices: Iterable[Notice], departments: Iterable[Department]
) -> tuple[tuple[Notice, ...], list[Problem]]:
    ids = index_names(departments)
    resolved = []
    problems = []
    for notice in notices:
        known, unknown = _resolve(notice.departments, ids)
        resolved.append(replace(notice, departments=known))
        place = notice.origin.locate("departments")
        problems += [make_error(place, "department_unknown", value=word) for word in unknown]
    return tuple(resolved), problems


def _list_images(reading: Reading) -> tuple[str, ...]:
    images = reading.folder / "images"
    paths = reading.list_files("images", SIGNATURES)
    for path in paths:
        file = reading.name(path)
        try:
            reading.problems += check_image(read_file(path, size=HEAD_SIZE), file=file)
        except CellError as error:
            reading.problems.append(Problem(Place(file), error.code, error.values))
    reading.problems += check_image_names(map(reading.name, paths))
    return tuple(path.relative_to(images).as_posix() for path in paths)
