"""Rules about where links lead: to FAQs that exist, and are public as long as the link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from faq.addresses import match_faq
from faq.markup.text import MarkupText
from faq.model.choices import EVERYONE, Audience, Status
from faq.model.content import Content, Faq, Link, Notice, Source, TextPage, Translation
from faq.model.fields import FAQ_FIELDS
from faq.model.problem import Problem, make_error, make_warning

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def check_link_targets(content: Content) -> Iterator[Problem]:
    """Links to FAQs in リンク and 根拠 lead to FAQs that exist and are public as long as the links.

    Such a link is taken off the page while its words stay, which the editor should know.
    """
    by_id = {faq.id: faq for faq in content.faqs}
    pattern = re.compile(match_faq(content.site.base_url))
    for item, audience, links in _list_sources(content):
        for name, url in links:
            address = pattern.fullmatch(url)
            if not address:
                continue
            place = item.origin.locate(name)
            target = by_id.get(address["id"])
            if target is None:
                if name in ("links", "source"):  # links in Markdown have a rule of their own
                    yield make_error(place, "link_dead", value=url)
            elif code := _find_gap(item, audience, target):
                yield make_warning(place, code, value=url)


def _find_gap(item: Faq | Notice | TextPage, audience: Iterable[Audience], target: Faq) -> str:
    """How the target can be hidden while the item is shown, as the code of a problem."""
    if target.status is not Status.APPROVED:
        return "link_unapproved"
    if not set(audience) <= set(target.audience):
        return "link_other_audience"
    if (target.publish_until or _LAST) < (item.publish_until or _LAST):
        return "link_ends_earlier"
    if (target.publish_from or _FIRST) > (item.publish_from or _FIRST):
        return "link_starts_later"
    return ""


def _list_sources(
    content: Content,
) -> Iterator[tuple[Faq | Notice | TextPage, tuple[Audience, ...], list[tuple[str, str]]]]:
    """What may be shown, to whom, and its links with the field each is in."""
    for faq in content.faqs:
        if faq.status is Status.APPROVED:
            values = [(item.name, getattr(faq, item.name)) for item in FAQ_FIELDS if item.may_link]
            found = [(name, url) for name, value in values for url in _list_urls(value)]
            yield faq, faq.audience, found
    for notice in content.notices:
        found = [("本文", url) for url in notice.body.links]
        found += [("links", url) for url in _list_urls(notice.links)]
        yield notice, EVERYONE, found
    for page in content.pages:
        yield page, EVERYONE, [("本文", url) for url in page.body.links]


def _list_urls(value: Any) -> Iterator[str]:
    """The addresses in a field's value: Markdown, links, sources or translations."""
    if isinstance(value, MarkupText):
        yield from value.links
    elif isinstance(value, Translation):
        yield from value.answer.links
    elif isinstance(value, Link | Source):
        yield value.url
    else:
        for item in value:
            yield from _list_urls(item)
