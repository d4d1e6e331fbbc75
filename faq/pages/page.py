"""A page as a value, and lists that go on over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from faq.addresses import locate_file, locate_part
from faq.texts import JAPANESE

ItemT = TypeVar("ItemT")
# Names and addresses from the home page down.
Trail = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    """What a page is; its template has the same name."""

    CATEGORY = "category"
    CATEGORY_LIST = "category-list"
    COMPONENT = "component"
    COMPONENTS = "components"
    CONTACT = "contact"
    DEPARTMENT = "department"
    DEPARTMENT_LIST = "department-list"
    FAQ = "faq"
    HOME = "home"
    HOME_EMERGENCY = "home-emergency"
    KANA = "kana"
    KANA_LETTER = "kana-letter"
    LANGUAGES = "languages"
    NEW = "new"
    NOT_FOUND = "not-found"
    RANKING = "ranking"
    REDIRECT = "redirect"
    SEARCH = "search"
    SURVEY = "survey"
    TEXT = "text"
    TRANSLATED_FAQ = "translated-faq"
    TRANSLATED_HOME = "translated-home"
    TRANSLATED_WITHDRAWN = "translated-withdrawn"
    WITHDRAWN = "withdrawn"

    @property
    def is_home(self) -> bool:
        """Whether it is the home page of the site, in Japanese."""
        return self in (Kind.HOME, Kind.HOME_EMERGENCY)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to render: what it is, where, its title, and the values only it has.

    `address` is below the site's base; `trail` leads to the page, without itself;
    `alternates` are the addresses of the same page by language, its own among them, if several;
    an unlisted page is in no sitemap and asks not to be indexed.
    """

    kind: Kind
    address: str
    title: str
    _: KW_ONLY
    values: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    trail: Trail = ()
    is_listed: bool = True
    updated: date | None = None
    language: str = JAPANESE
    alternates: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file that answers at its address."""
        return locate_file(self.address)


class FaqLink(NamedTuple):
    """What lists show of an FAQ; a page with a list of them depends on nothing else of theirs."""

    id: str
    question: str
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the first of its FAQs, and where all of them are."""

    name: str
    address: str
    faqs: Sequence[FaqLink]
    total: int


def paginate(
    page: Page, items: Sequence[ItemT], size: int, texts: Mapping[str, Any]
) -> Iterator[Page]:
    """The page with its first items, and one page for each further `size` of them."""
    last = max(1, -(-len(items) // size))
    for number in range(1, last + 1):
        part = items[(number - 1) * size : number * size]
        pager = {"number": number, "last": last, "address": page.address}
        values = {**page.values, "items": part, "total": len(items), "pager": pager}
        if number == 1:
            yield replace(page, values=values)
            continue
        yield replace(
            page,
            address=locate_part(page.address, number),
            title=texts["page_of"].format(name=page.title, page=number),
            values=values | {"children": []},
            trail=(*page.trail, (page.title, page.address)),
        )
