"""What is shown → the pages of the site, as values. Nothing is rendered or written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from faq.addresses import (
    FOLDERS,
    Address,
    is_reserved,
    locate_faq,
    locate_item,
    locate_letter,
    locate_text_page,
)
from faq.markup.text import truncate_text
from faq.model.content import Category, Faq, TextPage
from faq.pages.catalogue import Catalogue
from faq.pages.home import make_home
from faq.pages.kana import KANA_LETTERS, IndexEntry, group_by_letter
from faq.pages.page import FaqLink, Kind, Page, Section, Trail, paginate
from faq.window.select import Shown, Withdrawn

PAGE_SIZE = 50
INDEX_PAGE_SIZE = 150
SECTION_SIZE = 5
RANKING_SIZE = 50
CHANGES_SIZE = 50
DESCRIPTION_LENGTH = 120


def make_pages(
    shown: Shown,
    *,
    texts: Mapping[str, Any],
    languages: Collection[str],
) -> Iterator[Page]:
    """Every HTML page of the site but the index by reading, home first, then the FAQs in order.

    `languages` are those that have pages below their tag.
    """
    catalogue = Catalogue(shown.content, texts=texts)
    content = catalogue.content
    yield make_home(catalogue)
    for faq in content.faqs:
        yield _make_faq_page(catalogue, faq)
    for text_page in content.pages:
        yield _make_text_page(catalogue, text_page)
    sections: Mapping[Address, Callable[[], Iterator[Page]]] = {
        Address.TOPICS: lambda: _make_category_pages(catalogue, "topics", texts),
        Address.LIFE_EVENTS: lambda: _make_category_pages(catalogue, "life_events", texts),
        Address.DEPARTMENTS: lambda: _make_department_pages(catalogue, texts),
        Address.SEARCH: lambda: _make_search(catalogue, texts),
        Address.RANKING: lambda: _make_ranking(catalogue, texts),
        Address.NEW: lambda: _make_changes(catalogue, texts),
        Address.CONTACT: lambda: _make_form(catalogue, Kind.CONTACT, Address.CONTACT, texts),
        Address.SURVEY: lambda: _make_form(catalogue, Kind.SURVEY, Address.SURVEY, texts),
    }
    for address, make_section in sections.items():
        if address in shown.sections:
            yield from make_section()
    yield Page(Kind.NOT_FOUND, Address.NOT_FOUND, texts["not_found"], is_listed=False)
    for withdrawn in shown.withdrawn:
        yield _make_withdrawn(catalogue, withdrawn, texts)
    yield from _make_redirects(shown, texts, languages)


def _make_category_pages(
    catalogue: Catalogue, kind: str, texts: Mapping[str, Any]
) -> Iterator[Page]:
    categories: Sequence[Category] = getattr(catalogue.content, kind)
    yield Page(
        Kind.CATEGORY_LIST,
        FOLDERS[kind],
        texts[kind],
        values={"kind": kind, "categories": categories, "counts": catalogue.counts},
        description=texts[f"{kind}_lead"],
        trail=catalogue.home,
    )
    for category in categories:
        trail = (*catalogue.home, (texts[kind], FOLDERS[kind]))
        yield from _make_category(catalogue, kind, category, trail, texts)


def _make_category(
    catalogue: Catalogue, kind: str, category: Category, trail: Trail, texts: Mapping[str, Any]
) -> Iterator[Page]:
    address = locate_item(kind, category.id)
    children = []
    for child in category.children:
        faqs = catalogue.list_category(kind, child.id, deep=True)
        part = faqs[:SECTION_SIZE]
        children.append(Section(child.name, locate_item(kind, child.id), part, len(faqs)))
    page = Page(
        Kind.CATEGORY,
        address,
        category.name,
        values={"category": category, "children": children, "kind": kind},
        description=category.description,
        trail=trail,
    )
    own = catalogue.list_category(kind, category.id)
    yield from paginate(page, own, PAGE_SIZE, texts)
    for child in category.children:
        yield from _make_category(catalogue, kind, child, (*trail, (category.name, address)), texts)


def _make_department_pages(catalogue: Catalogue, texts: Mapping[str, Any]) -> Iterator[Page]:
    departments = catalogue.content.departments
    yield Page(
        Kind.DEPARTMENT_LIST,
        Address.DEPARTMENTS,
        texts["departments"],
        values={"departments": departments, "counts": catalogue.counts},
        description=texts["departments_lead"],
        trail=catalogue.home,
    )
    for department in departments:
        page = Page(
            Kind.DEPARTMENT,
            locate_item("departments", department.id),
            texts["department_page"].format(name=department.name),
            values={"department": department},
            description=department.note,
            trail=(*catalogue.home, (texts["departments"], Address.DEPARTMENTS)),
        )
        yield from paginate(page, catalogue.list_department(department.id), PAGE_SIZE, texts)


def _make_faq_page(catalogue: Catalogue, faq: Faq) -> Page:
    trails = [catalogue.trails["topics", category_id] for category_id in faq.categories]
    life = [catalogue.trails["life_events", category_id] for category_id in faq.life_events]
    values = {
        "faq": faq,
        "departments": [catalogue.departments[item] for item in faq.departments],
        "related": [catalogue.links[other] for other in faq.related],
        "categories": [trail[-1] for trail in trails],
        "life_events": [trail[-1] for trail in life],
    }
    return Page(
        Kind.FAQ,
        locate_faq(faq.id),
        faq.question,
        values=values,
        description=faq.short_answer or truncate_text(faq.answer.words, length=DESCRIPTION_LENGTH),
        trail=trails[0] if trails else catalogue.home,
        updated=faq.updated,
    )


def _make_search(catalogue: Catalogue, texts: Mapping[str, Any]) -> Iterator[Page]:
    yield Page(
        Kind.SEARCH,
        Address.SEARCH,
        texts["search"],
        values={"topics": catalogue.content.topics, "counts": catalogue.counts},
        trail=catalogue.home,
        is_listed=False,
    )


def _make_ranking(catalogue: Catalogue, texts: Mapping[str, Any]) -> Iterator[Page]:
    ranking = catalogue.content.ranking
    yield Page(
        Kind.RANKING,
        Address.RANKING,
        texts["ranking"],
        values={"faqs": catalogue.list_viewed()[:RANKING_SIZE], "ranking": ranking},
        description=texts["ranking_lead"],
        trail=catalogue.home,
    )


def _make_changes(catalogue: Catalogue, texts: Mapping[str, Any]) -> Iterator[Page]:
    yield Page(
        Kind.NEW,
        Address.NEW,
        texts["new"],
        values={"faqs": catalogue.list_changes()[:CHANGES_SIZE]},
        description=texts["new_lead"],
        trail=catalogue.home,
    )


def make_kana_pages(
    shown: Shown, *, texts: Mapping[str, Any], readings: Mapping[str, str]
) -> Iterator[Page]:
    """The index by reading; `readings` gives the hiragana of each question and keyword."""
    if Address.KANA not in shown.sections:
        return
    home = ((texts["home"], Address.HOME),)
    entries: list[IndexEntry] = []
    by_keyword: dict[str, list[FaqLink]] = {}
    for faq in shown.content.faqs:
        link = FaqLink(faq.id, faq.question)
        entries.append(IndexEntry(readings[faq.question], faq.question, (link,), is_keyword=False))
        for word in faq.keywords:
            by_keyword.setdefault(word, []).append(link)
    entries += [
        IndexEntry(readings[word], word, tuple(faqs), is_keyword=True)
        for word, faqs in by_keyword.items()
    ]
    letters = group_by_letter(entries)
    yield Page(
        Kind.KANA,
        Address.KANA,
        texts["kana"],
        values={"letters": tuple(letters), "rows": KANA_LETTERS},
        description=texts["kana_lead"],
        trail=home,
    )
    trail = (*home, (texts["kana"], Address.KANA))
    for slug, (letter, found) in letters.items():
        name = letter or texts["kana_other"]
        title = texts["kana_heading"].format(letter=name) if letter else name
        page = Page(Kind.KANA_LETTER, locate_letter(slug), title, trail=trail)
        yield from paginate(page, found, INDEX_PAGE_SIZE, texts)


def _make_text_page(catalogue: Catalogue, page: TextPage) -> Page:
    return Page(
        Kind.TEXT,
        locate_text_page(page.name),
        page.title,
        values={"body": page.body},
        description=page.description,
        trail=catalogue.home,
    )


def _make_form(
    catalogue: Catalogue, kind: Kind, address: Address, texts: Mapping[str, Any]
) -> Iterator[Page]:
    """The way to the city's form, or the survey."""
    lead = texts[f"{kind}_lead"]
    yield Page(kind, address, texts[kind], description=lead, trail=catalogue.home)


def _make_withdrawn(catalogue: Catalogue, withdrawn: Withdrawn, texts: Mapping[str, Any]) -> Page:
    trail = catalogue.trails.get(("topics", withdrawn.category), ())
    return Page(
        Kind.WITHDRAWN,
        locate_faq(withdrawn.id),
        texts["withdrawn"],
        values={
            "replacement": catalogue.links.get(withdrawn.replaced_by),
            "category": trail[-1] if withdrawn.category and trail else None,
        },
        trail=catalogue.home,
        is_listed=False,
    )


def _make_redirects(
    shown: Shown, texts: Mapping[str, Any], languages: Collection[str]
) -> Iterator[Page]:
    """Pages at the old site's addresses; what the site has there itself stays as it is."""
    ids = {faq.id for faq in shown.content.faqs} | {item.id for item in shown.withdrawn}
    targets: dict[str, dict[str, str]] = {}
    for redirect in shown.redirects:
        targets.setdefault(redirect.old.address, {})[redirect.old.query] = redirect.target
    for address, by_query in targets.items():
        if not is_reserved(address, languages=languages, ids=ids):
            values = {"target": by_query.pop("", ""), "queries": by_query}
            yield Page(Kind.REDIRECT, address, texts["moved"], values=values, is_listed=False)
