"""Which parts a site has: those with something behind them. Nothing else decides it.

Pages, menus, templates, the feeds and the site map ask here, so that none leads to what is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from faq.addresses import Address
from faq.model.content import Content
from faq.model.languages import Locale
from faq.texts import JAPANESE

# So few are seen at a glance on the home page; an index or a ranking would be all but empty.
FEW_FAQS = 5


def _has_few(content: Content) -> bool:
    return len(content.faqs) <= FEW_FAQS


def _has_dates(content: Content) -> bool:
    return any(faq.updated for faq in content.faqs)


# Section → whether there is anything in it.
_CONTENT: Mapping[Address, Callable[[Content], object]] = {
    Address.HOME: lambda _: True,
    Address.TOPICS: lambda content: content.topics,
    Address.LIFE_EVENTS: lambda content: content.life_events,
    Address.DEPARTMENTS: lambda content: content.departments,
    Address.KANA: lambda content: not _has_few(content),
    Address.RANKING: lambda content: not _has_few(content) and any(content.ranking.views.values()),
    Address.NEW: lambda content: not _has_few(content) and _has_dates(content),
    Address.SEARCH: lambda content: content.faqs,
    Address.CONTACT: lambda content: content.site.leads_to_contact,
    Address.SURVEY: lambda content: content.site.survey_items and content.site.keeps_log,
    Address.LANGUAGES: lambda content: content.site.translate_address,
    Address.FEED: _has_dates,
    Address.API: lambda _: True,
    # What citizens send is nowhere but in the server's access log.
    Address.FACTS: lambda content: content.site.keeps_log,
}
SECTIONS = frozenset(_CONTENT)


def list_sections(content: Content) -> frozenset[Address]:
    """The parts at the top of the site that have content, of what is shown."""
    return frozenset(section for section, find in _CONTENT.items() if find(content))


def select_locales(locales: Iterable[Locale], content: Content) -> tuple[Locale, ...]:
    """Japanese and the languages that an FAQ is translated into, of what is shown."""
    tags = {item.language for faq in content.faqs for item in faq.translations} | {JAPANESE}
    return tuple(locale for locale in locales if locale.tag in tags)
