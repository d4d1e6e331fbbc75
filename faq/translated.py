"""Pages in other languages than Japanese, and which page is which in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from faq.catalogue import Catalogue
from faq.languages import (
    JAPANESE,
    Interface,
    find_language,
    list_languages,
    make_service_address,
)
from faq.markup import cut_text
from faq.model import Category, Faq, Site, Translation
from faq.page import Page
from faq.pages import DESCRIPTION_LENGTH
from faq.window import Shown, Withdrawn


@dataclass(frozen=True, slots=True)
class Choice:
    """A language the menu offers, and where; `is_machine`: by a service, checked by nobody."""

    tag: str
    name: str
    address: str
    is_current: bool = False
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A field and its translated FAQs; without a field, those that have none."""

    field: Category | None
    faqs: tuple[tuple[Faq, Translation], ...]


def make_translated_pages(shown: Shown, *, interfaces: Sequence[Interface]) -> Iterator[Page]:
    """The pages in every language but Japanese, and the list of a translation service's."""
    if shown.content.site.translate_address:
        texts = interfaces[0].texts
        values = {"languages": [item for item in list_languages() if item.tag != JAPANESE]}
        trail = ((texts["home"], ""),)
        lead = texts["machine_lead"]
        yield Page(
            "languages/index.html", "languages", texts["more_languages"], values, lead, trail
        )
    for interface in interfaces[1:]:
        yield from _make_language(shown, interface)


def _make_language(shown: Shown, interface: Interface) -> Iterator[Page]:
    catalogue = Catalogue(shown.content, texts=interface.texts)
    translated = {
        faq.id: translation
        for faq in shown.content.faqs
        for translation in faq.translations
        if translation.language == interface.tag
    }
    trail = ((interface.texts["home"], interface.home),)
    yield Page(
        f"{interface.home}index.html",
        "translated-home",
        interface.texts["translated_home"],
        {"groups": _group_by_field(catalogue, translated)},
        interface.texts["translated_lead" if translated else "translated_none"],
        language=interface.tag,
    )
    for faq_id, translation in translated.items():
        faq = catalogue.by_id[faq_id]
        yield Page(
            f"{interface.home}faq/{faq_id}/index.html",
            "translated-faq",
            translation.question,
            {
                "faq": faq,
                "translation": translation,
                "departments": [catalogue.departments[item] for item in faq.departments],
            },
            cut_text(translation.answer.words, length=DESCRIPTION_LENGTH),
            trail,
            updated=faq.updated,
            language=interface.tag,
        )
    for withdrawn in shown.withdrawn:
        if interface.tag in withdrawn.languages:
            yield _make_withdrawn(withdrawn, catalogue, translated, interface)


def _make_withdrawn(
    withdrawn: Withdrawn,
    catalogue: Catalogue,
    translated: dict[str, Translation],
    interface: Interface,
) -> Page:
    values = {
        "replacement": catalogue.by_id.get(withdrawn.replaced_by),
        "translation": translated.get(withdrawn.replaced_by),
    }
    return Page(
        f"{interface.home}faq/{withdrawn.id}/index.html",
        "translated-withdrawn",
        interface.texts["withdrawn"],
        values,
        trail=((interface.texts["home"], interface.home),),
        is_listed=False,
        language=interface.tag,
    )


def _group_by_field(catalogue: Catalogue, translated: dict[str, Translation]) -> list[Group]:
    """What there is, under the outermost field of each FAQ's first category, in their order."""
    groups = []
    left = dict(translated)
    for field in catalogue.content.fields:
        below = catalogue.list_category("fields", field.id, deep=True)
        faqs = tuple((faq, left.pop(faq.id)) for faq in below if faq.id in left)
        if faqs:
            groups.append(Group(field, faqs))
    if left:
        groups.append(Group(None, tuple((catalogue.by_id[key], left[key]) for key in left)))
    return groups


def link_languages(pages: Sequence[Page], *, interfaces: Sequence[Interface]) -> list[Page]:
    """The pages with `alternates` where the same page is there in several languages."""
    homes = {interface.tag: interface.home for interface in interfaces}
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
    """The address of the Japanese page; one that stands in for others has the home page's."""
    if page.path in ("404.html", "languages/index.html"):
        return ""
    return page.alternates.get(JAPANESE, page.address)


def list_choices(
    page: Page,
    interfaces: Sequence[Interface],
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
        for item in interfaces
    ]
    if site.translate_address:
        original = find_original(page)
        found = (find_language(code) for code in site.translate_to)
        choices += [
            Choice(
                item.tag,
                item.name,
                make_service_address(
                    site.translate_address, code=item.code, address=absolute(original)
                ),
                is_machine=True,
            )
            for item in found
            if item and item.tag not in addresses
        ]
    return choices
