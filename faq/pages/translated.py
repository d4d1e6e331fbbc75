"""Pages in other languages than Japanese, and which page is which in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from faq.addresses import Address, locate_faq
from faq.markup.text import truncate_text
from faq.model.content import Category, Translation
from faq.model.languages import (
    Locale,
    find_language,
    list_languages,
    make_service_address,
)
from faq.model.sections import select_locales
from faq.model.site import Site
from faq.pages.catalogue import Catalogue
from faq.pages.japanese import DESCRIPTION_LENGTH
from faq.pages.page import FaqLink, Kind, Page
from faq.texts import JAPANESE
from faq.window.select import Shown, Withdrawn


@dataclass(frozen=True, slots=True)
class Choice:
    """A language the menu offers, and where; `is_machine`: by a service, checked by nobody."""

    tag: str
    name: str
    address: str
    is_current: bool = False
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A topic and its translated FAQs; without a topic, those that have none."""

    topic: Category | None
    faqs: tuple[tuple[FaqLink, Translation], ...]


def make_translated_pages(shown: Shown, *, locales: Sequence[Locale]) -> Iterator[Page]:
    """The pages in every language but Japanese, and the list of a translation service's."""
    texts = locales[0].texts
    if Address.LANGUAGES in shown.sections:
        yield Page(
            Kind.LANGUAGES,
            Address.LANGUAGES,
            texts["more_languages"],
            values={"languages": [item for item in list_languages() if item.tag != JAPANESE]},
            description=texts["machine_lead"],
            trail=((texts["home"], Address.HOME),),
        )
    spoken = select_locales(locales, shown.content)
    for locale in locales[1:]:
        if locale in spoken:
            yield from _make_language(shown, locale)
        else:
            yield from _lead_to_japanese(shown, locale, texts)


def _make_language(shown: Shown, locale: Locale) -> Iterator[Page]:
    catalogue = Catalogue(shown.content, texts=locale.texts)
    translated = {
        faq.id: translation
        for faq in shown.content.faqs
        for translation in faq.translations
        if translation.language == locale.tag
    }
    trail = ((locale.texts["home"], locale.home),)
    yield Page(
        Kind.TRANSLATED_HOME,
        locale.home,
        locale.texts["translated_home"],
        values={"groups": _group_by_topic(catalogue, translated)},
        description=locale.texts["translated_lead"],
        language=locale.tag,
    )
    for faq_id, translation in translated.items():
        faq = catalogue.by_id[faq_id]
        yield Page(
            Kind.TRANSLATED_FAQ,
            locate_faq(faq_id, locale.tag),
            translation.question,
            values={
                "faq": faq,
                "translation": translation,
                "departments": [catalogue.departments[item] for item in faq.departments],
            },
            description=truncate_text(translation.answer.words, length=DESCRIPTION_LENGTH),
            trail=trail,
            updated=faq.updated,
            language=locale.tag,
        )
    for withdrawn in shown.withdrawn:
        if locale.tag in withdrawn.languages:
            yield _make_withdrawn(withdrawn, catalogue, translated, locale)


def _lead_to_japanese(shown: Shown, locale: Locale, texts: Mapping[str, Any]) -> Iterator[Page]:
    """In place of withdrawn FAQs, in a language in which nothing is left to lead to."""
    for withdrawn in shown.withdrawn:
        if locale.tag in withdrawn.languages:
            values = {"target": f"/{locate_faq(withdrawn.id)}", "queries": {}}
            address = locate_faq(withdrawn.id, locale.tag)
            yield Page(Kind.REDIRECT, address, texts["moved"], values=values, is_listed=False)


def _make_withdrawn(
    withdrawn: Withdrawn,
    catalogue: Catalogue,
    translated: dict[str, Translation],
    locale: Locale,
) -> Page:
    values = {
        "replacement": catalogue.links.get(withdrawn.replaced_by),
        "translation": translated.get(withdrawn.replaced_by),
    }
    return Page(
        Kind.TRANSLATED_WITHDRAWN,
        locate_faq(withdrawn.id, locale.tag),
        locale.texts["withdrawn"],
        values=values,
        trail=((locale.texts["home"], locale.home),),
        is_listed=False,
        language=locale.tag,
    )


def _group_by_topic(catalogue: Catalogue, translated: dict[str, Translation]) -> list[TopicGroup]:
    """What there is, under the outermost topic of each FAQ's first category, in their order."""
    groups = []
    left = dict(translated)
    for topic in catalogue.content.topics:
        below = catalogue.list_category("topics", topic.id, deep=True)
        faqs = tuple((faq, left.pop(faq.id)) for faq in below if faq.id in left)
        if faqs:
            groups.append(TopicGroup(topic, faqs))
    if left:
        groups.append(TopicGroup(None, tuple((catalogue.links[key], left[key]) for key in left)))
    return groups


def link_languages(pages: Sequence[Page], *, locales: Sequence[Locale]) -> list[Page]:
    """The pages with `alternates` where the same page is there in several languages."""
    homes = {locale.tag: locale.home for locale in locales}
    versions: dict[str, dict[str, str]] = {}
    for page in pages:
        if page.language != JAPANESE:
            original = page.address.removeprefix(homes[page.language])
            versions.setdefault(original, {})[page.language] = page.address
    alternates = {
        address: {JAPANESE: original} | others
        for original, others in versions.items()
        for address in (original, *others.values())
    }
    return [
        replace(page, alternates=alternates[page.address]) if page.address in alternates else page
        for page in pages
    ]


def find_original(page: Page) -> str:
    """The address of the Japanese page, or the home page's where a translation would not help."""
    if page.kind in (Kind.NOT_FOUND, Kind.LANGUAGES):
        return Address.HOME
    return page.alternates.get(JAPANESE, page.address)


def list_choices(
    page: Page,
    locales: Sequence[Locale],
    site: Site,
    *,
    base: str,
    absolute: Callable[[str], str],
) -> list[Choice]:
    """This page in every language there is, else its home page; then what a service translates.

    A service is given the Japanese page, and no language that the page exists in.
    """
    addresses = {page.language: page.address, **page.alternates}
    choices = [
        Choice(
            item.tag,
            item.name,
            base + addresses.get(item.tag, item.home),
            is_current=item.tag == page.language,
        )
        for item in locales
    ]
    if site.translate_address:
        # The address is quoted once; the languages differ in their code alone.
        here = make_service_address(
            site.translate_address, code="{lang}", address=absolute(find_original(page))
        )
        found = (find_language(code) for code in site.translate_to)
        choices += [
            Choice(item.tag, item.name, here.replace("{lang}", item.code), is_machine=True)
            for item in found
            if item and item.tag not in addresses
        ]
    return choices
