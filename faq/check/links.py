"""Rules about where links lead: to FAQs that exist, and are public as long as the link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from faq.addresses import match_faq
from faq.markup.text import MarkupText
from faq.markup.words import Image
from faq.model.choices import EVERYONE, Status
from faq.model.content import Content, Faq, Notice, Source, TextPage, Translation
from faq.model.fields import FAQ_FIELDS
from faq.model.links import Link
from faq.model.problem import CellError, Problem, make_error, make_warning
from faq.model.urls import check_url

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


_Record = Faq | Notice | TextPage
_Values = list[tuple[str, Any]]


def check_links(content: Content) -> Iterator[Problem]:
    """Links are safe, those to FAQs of this site lead to one there is; images are there."""
    ids = {faq.id for faq in content.faqs}
    pattern = re.compile(match_faq(content.site.base_url))
    for item, values in _list_values(content):
        for name, value in values:
            place = item.origin.locate(name)
            for url in _list_urls(value):
                try:
                    if not url.startswith("#"):
                        check_url(url)
                except CellError as error:
                    yield Problem(place, error.code, error.values)
                linked = pattern.fullmatch(url)
                if linked and linked["id"] not in ids:
                    yield make_error(place, "link_dead", value=url)
            for image in _list_images(value):
                if image.name not in content.images:
                    yield make_error(place, "image_missing", value=image.source)
                if not image.alternative:
                    yield make_error(place, "image_without_text", value=image.source)


def check_link_targets(content: Content) -> Iterator[Problem]:
    """What a link leads to is public as long as the link, and for all who see it.

    Such a link is taken off the page while its words stay, which the editor should know.
    """
    by_id = {faq.id: faq for faq in content.faqs}
    pattern = re.compile(match_faq(content.site.base_url))
    for item, values in _list_values(content):
        if isinstance(item, Faq) and item.status is not Status.APPROVED:
            continue
        for name, value in values:
            for url in _list_urls(value):
                linked = pattern.fullmatch(url)
                target = by_id.get(linked["id"]) if linked else None
                if target and (code := _find_gap(item, target)):
                    yield make_warning(item.origin.locate(name), code, value=url)


def _find_gap(item: _Record, target: Faq) -> str:
    """How the target can be hidden while the item is shown, as the code of a problem."""
    audience = item.audience if isinstance(item, Faq) else EVERYONE
    if target.status is not Status.APPROVED:
        return "link_unapproved"
    if not set(audience) <= set(target.audience):
        return "link_other_audience"
    if (target.publish_until or _LAST) < (item.publish_until or _LAST):
        return "link_ends_earlier"
    if (target.publish_from or _FIRST) > (item.publish_from or _FIRST):
        return "link_starts_later"
    return ""


def _list_values(content: Content) -> Iterator[tuple[_Record, _Values]]:
    """Each record with the values that may hold links, by the name of their field."""
    for faq in content.faqs:
        yield faq, [(item.name, getattr(faq, item.name)) for item in FAQ_FIELDS if item.may_link]
    for notice in content.notices:
        yield notice, [("body", notice.body), ("links", notice.links)]
    for page in content.pages:
        yield page, [("本文", page.body)]


def _list_urls(value: Any) -> Iterator[str]:
    """The addresses in a field's value: Markdown, links, sources or translations."""
    if isinstance(value, MarkupText):
        yield from value.links
    elif isinstance(value, Translation):
        yield from value.answer.links
    elif isinstance(value, Link | Source):
        if value.url:  # a source may be a name alone
            yield value.url
    else:
        for item in value:
            yield from _list_urls(item)


def _list_images(value: Any) -> Iterator[Image]:
    if isinstance(value, MarkupText):
        yield from value.images
    else:
        for item in value:
            if isinstance(item, Translation):
                yield from item.answer.images
