"""A page as a value, and lists that go on over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from faq.languages import JAPANESE
from faq.model import Faq

ItemT = TypeVar("ItemT")
Trail = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to render: its file, its template, and the values only it has.

    `trail` holds names and addresses from the home page down, without the page itself;
    `alternates` the addresses of the same page by language, its own among them, if several.
    """

    path: str
    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    trail: Trail = ()
    is_listed: bool = True
    updated: date | None = None
    language: str = JAPANESE
    alternates: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address below the site's base, without a leading slash."""
        return self.path.removesuffix("index.html")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the first of its FAQs, and where all of them are."""

    name: str
    address: str
    faqs: Sequence[Faq]
    total: int


def paginate(
    page: Page, items: Sequence[ItemT], size: int, texts: Mapping[str, Any]
) -> Iterator[Page]:
    """The page with its first items, and one page for each further `size` of them."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        part = items[(number - 1) * size : number * size]
        values = dict(page.values) | {
            "items": part,
            "total": len(items),
            "pager": {"number": number, "last": total, "address": page.address},
        }
        if number == 1:
            yield Page(page.path, page.template, page.title, values, page.description, page.trail)
            continue
        values["sections"] = []
        yield Page(
            f"{page.address}{number}/index.html",
            page.template,
            texts["page_of"].format(name=page.title, page=number),
            values,
            page.description,
            (*page.trail, (page.title, page.address)),
        )
