"""Rules about where links lead: to FAQs that exist, and that citizens can see as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from faq.choices import EVERYONE, Audience, Status
from faq.model import Content, Faq, Link, Notice, TextPage
from faq.problem import Problem, make_error, make_warning
from faq.traces import LinkFilter

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def check_link_targets(content: Content) -> Iterator[Problem]:
    """Links to FAQs in リンク and 根拠 lead somewhere, and to none that is hidden before they are.

    Such a link is taken off the page; the editor is told, for the words stay.
    """
    by_id = {faq.id: faq for faq in content.faqs}
    finder = LinkFilter((), base_url=content.site.base_url)
    for item, audience, links in _list_sources(content):
        for name, url in links:
            target_id = finder.find_id(url)
            if not target_id:
                continue
            place = item.origin.locate(name)
            target = by_id.get(target_id)
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
            found = [("answer", url) for url in faq.answer.links]
            found += [("easy", url) for url in faq.easy.links]
            found += [("translations", url) for t in faq.translations for url in t.answer.links]
            found += [("links", link.url) for link in faq.links]
            found += [("source", source.url) for source in faq.source]
            yield faq, faq.audience, found
    for notice in content.notices:
        found = [("本文", url) for url in notice.body.links]
        yield notice, EVERYONE, found + _list_links(notice.links)
    for page in content.pages:
        yield page, EVERYONE, [("本文", url) for url in page.body.links]


def _list_links(links: Iterable[Link]) -> list[tuple[str, str]]:
    return [("links", link.url) for link in links]
