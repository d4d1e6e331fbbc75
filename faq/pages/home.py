"""The home page: ways to the questions where there are many, the questions where there are few."""

from __future__ import annotations

from typing import Any

from faq.addresses import Address
from faq.pages.catalogue import Catalogue
from faq.pages.page import FaqLink, Kind, Page
from faq.window.select import is_emergency

POPULAR_SIZE = 10
RECENT_SIZE = 5
# Up to ALL_SIZE questions are listed whole; without categories, the first LIST_SIZE of more.
ALL_SIZE = 10
LIST_SIZE = 50
LEAST_CATEGORIES = 2


def make_home(catalogue: Catalogue) -> Page:
    """The home page, in the form that fits the number of questions, or an emergency."""
    content = catalogue.content
    site = content.site
    kind = Kind.HOME
    featured = [catalogue.links[faq_id] for faq_id in content.featured]
    if is_emergency(content.notices):
        # A small page: many people come at once, over slow lines.
        kind = Kind.HOME_EMERGENCY
        values: dict[str, Any] = {"featured": featured, "questions": catalogue.list_popular()}
    elif len(content.faqs) <= ALL_SIZE:
        others = [faq for faq in catalogue.list_popular() if faq not in featured]
        values = _choose_values(catalogue, questions=[*featured, *others])
    else:
        categories = (*content.topics, *content.life_events)
        is_sorted = len(categories) >= LEAST_CATEGORIES
        values = _choose_values(
            catalogue,
            questions=[] if is_sorted else catalogue.list_popular()[:LIST_SIZE],
            featured=featured,
            popular=catalogue.list_viewed()[:POPULAR_SIZE],
            recent=catalogue.list_changes()[:RECENT_SIZE],
            topics=content.topics,
            life_events=content.life_events,
        )
    return Page(kind, Address.HOME, site.name, values=values, description=site.description)


def _choose_values(
    catalogue: Catalogue, *, questions: list[FaqLink], **others: Any
) -> dict[str, Any]:
    """What the template of the usual home page shows; what is not given is left out there."""
    names = ("featured", "popular", "recent", "topics", "life_events")
    return {
        **dict.fromkeys(names, ()),
        **others,
        "questions": questions,
        "has_all": len(questions) == len(catalogue.content.faqs),
        "hot_words": catalogue.content.hot_words,
        "counts": catalogue.counts,
    }
