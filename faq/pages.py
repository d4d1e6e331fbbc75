"""What is shown → the pages of the site, as values. Nothing is rendered or written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from faq.addresses import locate_redirect
from faq.catalogue import Catalogue
from faq.kana import KANA_LETTERS, IndexEntry, group_by_letter
from faq.markup import cut_text
from faq.model import Category, Faq, TextPage
from faq.page import Page, Section, Trail, paginate
from faq.window import Shown, Withdrawn, is_emergency

PAGE_SIZE = 50
INDEX_PAGE_SIZE = 150
SECTION_SIZE = 5
POPULAR_SIZE = 10
RANKING_SIZE = 50
RECENT_SIZE = 5
CHANGES_SIZE = 50
DESCRIPTION_LENGTH = 120


def make_pages(
    shown: Shown, *, texts: Mapping[str, Any], readings: Mapping[str, str]
) -> Iterator[Page]:
    """Every HTML page of the site, home first.

    `readings` gives the hiragana reading of each question and keyword.
    """
    catalogue = Catalogue(shown.content, texts=texts)
    yield _make_home(catalogue)
    for kind, categories in (
        ("fields", catalogue.content.fields),
        ("life", catalogue.content.life_events),
    ):
        yield from _make_category_pages(catalogue, kind, categories, texts)
    yield from _make_department_pages(catalogue, texts)
    for faq in catalogue.content.faqs:
        yield _make_faq_page(catalogue, faq)
    values = {"fields": catalogue.content.fields, "counts": catalogue.counts}
    yield Page(
        "search/index.html", "search", texts["search"], values, "", _home(texts), is_listed=False
    )
    yield _make_ranking(catalogue, texts)
    changes = catalogue.list_changes()[:CHANGES_SIZE]
    yield Page(
        "new/index.html", "new", texts["new"], {"faqs": changes}, texts["new_lead"], _home(texts)
    )
    yield from _make_kana_pages(catalogue, texts, readings)
    for text_page in catalogue.content.pages:
        yield _make_text_page(text_page, texts)
    site = catalogue.content.site
    if site.leads_to_contact:
        yield Page(
            "contact/index.html", "contact", texts["contact"], {}, texts["contact_lead"],
            _home(texts),
        )  # fmt: skip
    if site.survey_items:
        yield Page(
            "survey/index.html", "survey", texts["survey"], {}, texts["survey_lead"], _home(texts)
        )
    yield Page("404.html", "not-found", texts["not_found"], is_listed=False)
    for withdrawn in shown.withdrawn:
        yield _make_withdrawn(catalogue, withdrawn, texts)
    yield from _make_redirects(shown, texts)


def _home(texts: Mapping[str, Any]) -> Trail:
    return ((texts["home"], ""),)


def _make_home(catalogue: Catalogue) -> Page:
    content = catalogue.content
    featured = [catalogue.by_id[faq_id] for faq_id in content.featured]
    if is_emergency(content):
        # A light one: lines are poor and everyone comes at once.
        values: dict[str, Any] = {"featured": featured}
        return Page(
            "index.html", "home-emergency", content.site.name, values, content.site.description
        )
    values = {
        "featured": featured,
        "popular": catalogue.list_viewed()[:POPULAR_SIZE],
        "recent": catalogue.list_changes()[:RECENT_SIZE],
        "hot_words": content.hot_words,
        "fields": content.fields,
        "life_events": content.life_events,
        "counts": catalogue.counts,
    }
    return Page("index.html", "home", content.site.name, values, content.site.description)


def _make_category_pages(
    catalogue: Catalogue, kind: str, categories: Sequence[Category], texts: Mapping[str, Any]
) -> Iterator[Page]:
    values = {"kind": kind, "categories": categories, "counts": catalogue.counts}
    lead = texts[f"{kind}_lead"]
    yield Page(f"{kind}/index.html", "category-list", texts[kind], values, lead, _home(texts))
    trail = (*_home(texts), (texts[kind], f"{kind}/"))
    for category in categories:
        yield from _make_category(catalogue, kind, category, trail, texts)


def _make_category(
    catalogue: Catalogue, kind: str, category: Category, trail: Trail, texts: Mapping[str, Any]
) -> Iterator[Page]:
    address = f"{kind}/{category.id}/"
    own = catalogue.list_category(kind, category.id)
    sections = []
    for child in category.children:
        faqs = catalogue.list_category(kind, child.id, deep=True)
        sections.append(Section(child.name, f"{kind}/{child.id}/", faqs[:SECTION_SIZE], len(faqs)))
    values = {"category": category, "sections": sections, "kind": kind}
    path = f"{address}index.html"
    page = Page(path, "category", category.name, values, category.description, trail)
    yield from paginate(page, own, PAGE_SIZE, texts)
    for child in category.children:
        yield from _make_category(catalogue, kind, child, (*trail, (category.name, address)), texts)


def _make_department_pages(catalogue: Catalogue, texts: Mapping[str, Any]) -> Iterator[Page]:
    departments = catalogue.content.departments
    values = {"departments": departments, "counts": catalogue.counts}
    lead = texts["departments_lead"]
    yield Page(
        "departments/index.html",
        "department-list",
        texts["departments"],
        values,
        lead,
        _home(texts),
    )
    trail = (*_home(texts), (texts["departments"], "departments/"))
    for department in departments:
        page = Page(
            f"departments/{department.id}/index.html",
            "department",
            texts["department_page"].format(name=department.name),
            {"department": department},
            department.note,
            trail,
        )
        yield from paginate(page, catalogue.list_department(department.id), PAGE_SIZE, texts)


def _make_faq_page(catalogue: Catalogue, faq: Faq) -> Page:
    trails = [catalogue.trails["fields", category_id] for category_id in faq.categories]
    life = [catalogue.trails["life", category_id] for category_id in faq.life_events]
    values = {
        "faq": faq,
        "departments": [catalogue.departments[item] for item in faq.departments],
        "related": [catalogue.by_id[other] for other in faq.related],
        "categories": [trail[-1] for trail in trails],
        "life_events": [trail[-1] for trail in life],
    }
    return Page(
        f"faq/{faq.id}/index.html",
        "faq",
        faq.question,
        values,
        faq.short_answer or cut_text(faq.answer.words, length=DESCRIPTION_LENGTH),
        trails[0] if trails else catalogue.trails["fields", ""],
        updated=faq.updated,
    )


def _make_ranking(catalogue: Catalogue, texts: Mapping[str, Any]) -> Page:
    ranking = catalogue.content.ranking
    values = {"faqs": catalogue.list_viewed()[:RANKING_SIZE], "ranking": ranking}
    return Page(
        "ranking/index.html",
        "ranking",
        texts["ranking"],
        values,
        texts["ranking_lead"],
        _home(texts),
    )


def _make_kana_pages(
    catalogue: Catalogue, texts: Mapping[str, Any], readings: Mapping[str, str]
) -> Iterator[Page]:
    entries: list[IndexEntry] = []
    by_keyword: dict[str, list[Faq]] = {}
    for faq in catalogue.content.faqs:
        entries.append(IndexEntry(readings[faq.question], faq.question, (faq,), is_keyword=False))
        for word in faq.keywords:
            by_keyword.setdefault(word, []).append(faq)
    entries += [
        IndexEntry(readings[word], word, tuple(faqs), is_keyword=True)
        for word, faqs in by_keyword.items()
    ]
    letters = group_by_letter(entries)
    yield Page(
        "kana/index.html", "kana", texts["kana"], {"letters": letters, "rows": KANA_LETTERS},
        texts["kana_lead"], _home(texts),
    )  # fmt: skip
    trail = (*_home(texts), (texts["kana"], "kana/"))
    for slug, (letter, found) in letters.items():
        name = letter or texts["kana_other"]
        title = texts["kana_heading"].format(letter=name) if letter else name
        page = Page(f"kana/{slug}/index.html", "kana-letter", title, {}, "", trail)
        yield from paginate(page, found, INDEX_PAGE_SIZE, texts)


def _make_text_page(text_page: TextPage, texts: Mapping[str, Any]) -> Page:
    return Page(
        f"pages/{text_page.name}/index.html",
        "text",
        text_page.title,
        {"body": text_page.body},
        text_page.description,
        _home(texts),
    )


def _make_withdrawn(catalogue: Catalogue, withdrawn: Withdrawn, texts: Mapping[str, Any]) -> Page:
    trail = catalogue.trails.get(("fields", withdrawn.category), ())
    values = {
        "replacement": catalogue.by_id.get(withdrawn.replaced_by),
        "category": trail[-1] if withdrawn.category and trail else None,
    }
    path = f"faq/{withdrawn.id}/index.html"
    return Page(path, "withdrawn", texts["withdrawn"], values, trail=_home(texts), is_listed=False)


def _make_redirects(shown: Shown, texts: Mapping[str, Any]) -> Iterator[Page]:
    items: list[Faq | Withdrawn] = [*shown.content.faqs, *shown.withdrawn]
    targets = {locate_redirect(one): f"faq/{item.id}/" for item in items
               for one in item.old_addresses}  # fmt: skip
    for path, target in targets.items():
        yield Page(path, "redirect", texts["moved"], {"target": target}, is_listed=False)
