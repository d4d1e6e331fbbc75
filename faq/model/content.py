"""What an FAQ, a category, a department, a notice and a whole content are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from faq.markup.text import NO_TEXT, MarkupText
from faq.model.choices import (
    EVERYONE,
    Audience,
    Format,
    NoticeLevel,
    Status,
)
from faq.model.fields import FAQ_LABELS
from faq.model.hours import Hours
from faq.model.links import Link, Names
from faq.model.look import Overrides
from faq.model.problem import Place
from faq.model.redirects import OldAddress, Redirect
from faq.model.site import Site
from faq.model.vocabulary import SearchTest, UserWord, WordGroup, WordReading


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer rests on: a law or a page, its address, the day it was looked at."""

    name: str
    url: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A reviewed translation; `language` is a BCP 47 tag."""

    language: str
    question: str
    answer: MarkupText


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read, and the header words its own file uses for each field.

    `faulty` names the fields whose cells could not be read; their problems are reported.
    """

    file: str = ""
    row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    faulty: tuple[str, ...] = ()

    def locate(self, name: str) -> Place:
        """The place of one field of the record."""
        return Place(self.file, self.row, self.columns.get(name, FAQ_LABELS.get(name, name)))

    def describe(self) -> str:
        """File and row, for messages about another record."""
        return f"{self.file} {self.row}行目"


@dataclass(frozen=True, slots=True)
class Faq:
    """One FAQ; `id` is its address for ever, `publish_until` is exclusive.

    `format` is that of its answer, in every language and in plain Japanese. `note` is for the
    editors alone, and never leaves the content.
    """

    id: str
    question: str
    answer: MarkupText = NO_TEXT
    format: Format = Format.MARKDOWN
    also_asked: tuple[str, ...] = ()
    short_answer: str = ""
    categories: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    related: tuple[str, ...] = ()
    source: tuple[Source, ...] = ()
    easy: MarkupText = NO_TEXT
    translations: tuple[Translation, ...] = ()
    audience: tuple[Audience, ...] = EVERYONE
    status: Status = Status.DRAFT
    publish_from: datetime | None = None
    publish_until: datetime | None = None
    updated: date | None = None
    review_by: date | None = None
    replaced_by: str = ""
    old_addresses: tuple[OldAddress, ...] = ()
    note: str = ""
    origin: Origin = field(default_factory=Origin, compare=False)

    def describe_place(self) -> str:
        """Where it was read, for messages about another FAQ."""
        return f"{self.origin.describe()}（番号 {self.id}）"


@dataclass(frozen=True, slots=True)
class Category:
    """A 行政分野 or a ライフイベント; `children` are one level below.

    It is shown while an FAQ that is shown uses it, or always where it is `always_shown`.
    """

    id: str
    name: str
    description: str = ""
    children: tuple[Category, ...] = ()
    names: Names = ()
    always_shown: bool = False


# Between the names of a category and of one below it, where the name alone could be another's.
LEVEL_MARK = " > "


def list_paths(
    items: Iterable[Category | Department], above: str = ""
) -> Iterator[tuple[str, str]]:
    """The path of each item and of all below: the names from the top, and its id."""
    for item in items:
        path = f"{above}{item.name}"
        yield path, item.id
        if isinstance(item, Category):
            yield from list_paths(item.children, f"{path}{LEVEL_MARK}")


def flatten(categories: Iterable[Category]) -> Iterator[Category]:
    """Categories and all below them, parents first."""
    for category in categories:
        yield category
        yield from flatten(category.children)


@dataclass(frozen=True, slots=True)
class Department:
    """Who answers for an FAQ, and how they are reached.

    It is shown while something shown names it, or always where it is `always_shown`.
    """

    id: str
    name: str
    reading: str = ""
    phone: str = ""
    fax: str = ""
    mail: str = ""
    place: str = ""
    url: str = ""
    hours: Hours = field(default_factory=Hours)
    note: str = ""
    names: Names = ()
    always_shown: bool = False

    @property
    def has_details(self) -> bool:
        """Whether more is known of it than its name."""
        known = (self.phone, self.fax, self.mail, self.place, self.url, self.note, self.hours.rules)
        return any(known)


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement on every page while its window is open.

    In that window its `hours` replace those of the `departments`; where it names none, those of
    the general one (総合案内).
    """

    title: str
    level: NoticeLevel = NoticeLevel.IMPORTANT
    body: MarkupText = NO_TEXT
    phone: str = ""
    links: tuple[Link, ...] = ()
    hours: Hours = field(default_factory=Hours)
    departments: tuple[str, ...] = ()
    publish_from: datetime | None = None
    publish_until: datetime | None = None
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of the centre, from `content/pages/<name>.md`."""

    name: str
    title: str
    body: MarkupText
    description: str = ""
    order: int = 100
    old_addresses: tuple[OldAddress, ...] = ()
    publish_from: datetime | None = None
    publish_until: datetime | None = None
    origin: Origin = field(default_factory=Origin, compare=False)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Views per FAQ over a period."""

    first_day: date | None = None
    last_day: date | None = None
    views: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All that was read from a content folder; `folder` is its name, for messages.

    `thesaurus` are the city's own groups; `unused_words` name groups of the program's thesaurus
    that it does without.
    """

    site: Site
    folder: str = "content"
    topics: tuple[Category, ...] = ()
    life_events: tuple[Category, ...] = ()
    departments: tuple[Department, ...] = ()
    faqs: tuple[Faq, ...] = ()
    notices: tuple[Notice, ...] = ()
    featured: tuple[str, ...] = ()
    hot_words: tuple[str, ...] = ()
    thesaurus: tuple[WordGroup, ...] = ()
    unused_words: tuple[WordGroup, ...] = ()
    user_words: tuple[UserWord, ...] = ()
    readings: tuple[WordReading, ...] = ()
    search_tests: tuple[SearchTest, ...] = ()
    ranking: Ranking = field(default_factory=Ranking)
    pages: tuple[TextPage, ...] = ()
    images: tuple[str, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)


def list_named(items: Iterable[Category | Department]) -> list[Category | Department]:
    """Items that FAQs may name, categories with all below them."""
    found: list[Category | Department] = []
    for item in items:
        found += flatten([item]) if isinstance(item, Category) else [item]
    return found
