"""The files of a city's folder and the tables of their keys: document and schemas follow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from faq.exchange.maps import MAP_FIELDS
from faq.model.fields import FAQ_FIELDS, Field
from faq.model.problem import CommandError
from faq.read.lists import REDIRECT_FIELDS, TEST_FIELDS, WORD_FIELDS
from faq.read.settings import (
    CATEGORY_FIELDS,
    DEPARTMENT_FIELDS,
    FEATURED_FIELDS,
    NOTICE_FIELDS,
    PAGE_FIELDS,
    RANKING_FIELDS,
    SERVICE_FIELDS,
    SITE_FIELDS,
)
from faq.texts import EDITOR_TEXTS


class Form(Enum):
    """How a file holds its records."""

    RECORD = auto()
    LIST = auto()
    FAQS = auto()  # a list, or one alone; or a row of a CSV each
    CLASSIFIED = auto()  # two lists by key
    FRONT_MATTER = auto()
    CSV = auto()
    WORD_GROUPS = auto()  # a list of lists, or of lines
    READINGS = auto()  # any word → its reading


@dataclass(frozen=True, slots=True)
class CityFile:
    """A file of a city's folder, or all of a kind; `name` is its section of texts.

    `path` is how the document names it, `schema` the name of its JSON Schema, empty for a CSV.
    `inner` are the tables of keys that hold a list of records of their own.
    """

    name: str
    path: str
    form: Form
    fields: tuple[Field, ...] = ()
    schema: str = ""
    inner: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)


CITY_FILES = (
    CityFile("site.yml", "site.yml", Form.RECORD, SITE_FIELDS, "site",
             {"services": SERVICE_FIELDS}),
    CityFile("categories.yml", "categories.yml", Form.CLASSIFIED, CATEGORY_FIELDS, "categories",
             {"children": CATEGORY_FIELDS}),
    CityFile("departments.yml", "departments.yml", Form.LIST, DEPARTMENT_FIELDS, "departments"),
    CityFile("faq", "faq/*.csv、faq/*.yml", Form.FAQS, FAQ_FIELDS, "faq"),
    CityFile("notices.yml", "notices.yml", Form.LIST, NOTICE_FIELDS, "notices"),
    CityFile("featured.yml", "featured.yml", Form.RECORD, FEATURED_FIELDS, "featured"),
    CityFile("pages", "pages/*.md", Form.FRONT_MATTER, PAGE_FIELDS, "page"),
    CityFile("rankings/views.yml", "rankings/views.yml", Form.RECORD, RANKING_FIELDS, "views"),
    CityFile("redirects.csv", "redirects.csv", Form.CSV, REDIRECT_FIELDS),
    CityFile("thesaurus.yml", "thesaurus.yml", Form.WORD_GROUPS, schema="thesaurus"),
    CityFile("userdict.csv", "userdict.csv", Form.CSV, WORD_FIELDS),
    CityFile("readings.yml", "readings.yml", Form.READINGS, schema="readings"),
    CityFile("search-tests.yml", "search-tests.yml", Form.LIST, TEST_FIELDS, "search-tests"),
    CityFile("map.yml", "map.yml", Form.RECORD, MAP_FIELDS, "map"),
)  # fmt: skip


def find_file_text(file: CityFile) -> dict[str, Any]:
    """The texts of a file: title and note, and `block` where it has no keys."""
    text: dict[str, Any] = _find(EDITOR_TEXTS["files"], file.name, "files")
    return text


def find_key_text(file: CityFile, name: str, *, inside: str = "") -> dict[str, str]:
    """Note and example of a key, of one in the list that another key holds if `inside` names it.

    Raises `CommandError` where nobody has written them.
    """
    texts: Any = EDITOR_TEXTS["fields"]
    section = "fields"
    if file.form is not Form.FAQS:
        about, section = find_file_text(file), f"files の {file.name}"
        if inside and file.inner[inside] != file.fields:
            about = _find(about.get("inner", {}), inside, f"{section} の inner")
            section += f" の {inside}"
        texts, section = about.get("keys", {}), f"{section} の keys"
    text: dict[str, str] = _find(texts, name, section)
    return text


def find_kind_text(kind: str) -> str:
    """What a kind of cell is called; raises `CommandError` where nobody has written it."""
    text: str = _find(EDITOR_TEXTS["kinds"], kind, "kinds")
    return text


def _find(texts: Mapping[str, Any], name: str, section: str) -> Any:
    if name not in texts:
        raise CommandError("definition_missing", section=section, name=name)
    return texts[name]
