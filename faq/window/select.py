"""What is public at a moment for an audience. After this stage nothing hidden exists any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from faq.addresses import Address, locate_faq
from faq.markup.text import MarkupText
from faq.model.choices import Audience, NoticeLevel, Status
from faq.model.content import (
    Content,
    Faq,
    Notice,
    Origin,
    Ranking,
    flatten,
)
from faq.model.fields import FAQ_FIELDS
from faq.model.redirects import Redirect
from faq.model.sections import list_sections
from faq.model.site_map import list_addresses, list_redirects
from faq.window.traces import (
    LinkFilter,
    Normalize,
    list_texts,
    make_word_filter,
    select_categories,
)

# Fields that may hold links; other kinds are left as they are.
_LINKING = tuple(item.name for item in FAQ_FIELDS if item.may_link)


class Windowed(Protocol):
    """Anything with a half-open window of publication; None is unbounded."""

    @property
    def publish_from(self) -> datetime | None: ...
    @property
    def publish_until(self) -> datetime | None: ...


WindowedT = TypeVar("WindowedT", bound=Windowed)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An address that once answered: no text, only where to go instead."""

    id: str
    replaced_by: str = ""
    category: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the audience may see at `at`: a content without anything else, and what has ended.

    `sections` are the parts of the site that have content.
    `next_change` is for the operator's screen only: it reveals that something is not yet public.
    """

    at: datetime
    audience: Audience
    content: Content
    sections: frozenset[Address]
    withdrawn: tuple[Withdrawn, ...]
    redirects: tuple[Redirect, ...]
    next_change: datetime | None


def select_window(
    content: Content, *, at: datetime, audience: Audience, normalize: Normalize
) -> Shown:
    """Drops all that may not be seen, and every trace of it in what remains.

    `normalize` gives a text as the search compares it, for words that only hidden items use.
    """
    faqs = tuple(faq for faq in content.faqs if is_shown(faq, at=at, audience=audience))
    ids = {faq.id for faq in faqs}
    links = LinkFilter(ids, base_url=content.site.base_url)
    faqs = tuple(_clean_references(faq, ids, links) for faq in faqs)
    pages = tuple(
        replace(page, body=links.unlink(page.body)) for page in _select_open(content.pages, at)
    )
    notices = tuple(
        replace(notice, body=links.unlink(notice.body), links=links.select(notice.links))
        for notice in _select_open(content.notices, at)
    )
    site = replace(
        content.site,
        links=links.select(content.site.links),
        footer=links.select(content.site.footer),
    )
    shown = replace(
        _select_names(content, faqs, notices),
        site=site,
        faqs=faqs,
        notices=tuple(sorted(notices, key=lambda item: list(NoticeLevel).index(item.level))),
        pages=pages,
        featured=tuple(faq_id for faq_id in content.featured if faq_id in ids),
        search_tests=(),
        redirects=(),
        ranking=_filter_ranking(content.ranking, ids),
        images=_select_images(content.images, (*faqs, *pages, *notices)),
    )
    shown = _select_words(shown, content, normalize=normalize)
    withdrawn = tuple(
        Withdrawn(
            faq.id,
            replaced_by=_find_successor(faq, content, ids),
            category=faq.categories[0] if faq.categories else "",
            languages=tuple(item.language for item in faq.translations),
        )
        for faq in content.faqs
        if faq.id not in ids and _has_ended(faq, at, audience)
    )
    sections = list_sections(shown)
    known = list_addresses(shown, sections=sections) | {locate_faq(item.id) for item in withdrawn}
    return Shown(
        at,
        audience,
        shown,
        sections,
        withdrawn,
        redirects=_select_redirects(content, known),
        next_change=_find_next_change(content, at, audience),
    )


def is_open(item: Windowed, *, at: datetime) -> bool:
    """Whether the moment lies in the item's window; the end is outside."""
    started = item.publish_from is None or item.publish_from <= at
    return started and (item.publish_until is None or at < item.publish_until)


def is_emergency(notices: Iterable[Notice]) -> bool:
    """Whether an emergency is announced, of what is shown."""
    return any(notice.level is NoticeLevel.EMERGENCY for notice in notices)


def is_shown(faq: Faq, *, at: datetime, audience: Audience) -> bool:
    """Whether the audience may see the FAQ at that moment."""
    return _may_ever_be_shown(faq, audience) and is_open(faq, at=at)


def _may_ever_be_shown(faq: Faq, audience: Audience) -> bool:
    return faq.status is Status.APPROVED and audience in faq.audience


def _select_redirects(content: Content, known: Collection[str]) -> tuple[Redirect, ...]:
    """Those to other sites, and to addresses that are there."""
    redirects = list_redirects(content)
    return tuple(item for item in redirects if item.page is None or item.page in known)


def _has_ended(faq: Faq, at: datetime, audience: Audience) -> bool:
    ended = faq.publish_until is not None and faq.publish_until <= at
    return ended and _may_ever_be_shown(faq, audience)


def _select_open(items: tuple[WindowedT, ...], at: datetime) -> tuple[WindowedT, ...]:
    return tuple(item for item in items if is_open(item, at=at))


def _clean_references(faq: Faq, ids: set[str], links: LinkFilter) -> Faq:
    """What names an FAQ that is not shown, or is the editors' own affair, is taken off."""
    return replace(
        faq,
        **{name: links.clean(getattr(faq, name)) for name in _LINKING},
        related=tuple(other for other in faq.related if other in ids),
        replaced_by="",
        note="",
        origin=Origin(),
    )


def _select_images(images: tuple[str, ...], items: Iterable[object]) -> tuple[str, ...]:
    if not images:
        return ()
    texts = (text for item in items for text in list_texts(item))
    used = {image.name for text in texts if isinstance(text, MarkupText) for image in text.images}
    return tuple(name for name in images if name in used)


def _select_names(content: Content, faqs: tuple[Faq, ...], notices: tuple[Notice, ...]) -> Content:
    """The content with the categories and departments that something shown uses."""
    departments = {content.site.phone_department}
    departments.update(*(faq.departments for faq in faqs), *(item.departments for item in notices))
    used = {one for faq in faqs for one in faq.categories}
    life_events = {one for faq in faqs for one in faq.life_events}
    return replace(
        content,
        topics=select_categories(content.topics, used),
        life_events=select_categories(content.life_events, life_events),
        departments=tuple(
            item for item in content.departments if item.id in departments or item.always_shown
        ),
    )


def _select_words(shown: Content, content: Content, *, normalize: Normalize) -> Content:
    """What is shown without the words that only hidden items use."""
    items, kept = _list_items(content), _list_items(shown)
    hidden = [item for key, item in items.items() if key not in kept]
    hidden += [faq.note for faq in content.faqs]
    keep = make_word_filter(hidden, [shown.site, *kept.values()], normalize=normalize)
    groups = [replace(item, words=tuple(filter(keep, item.words))) for item in content.thesaurus]
    return replace(
        shown,
        hot_words=tuple(filter(keep, content.hot_words)),
        thesaurus=tuple(group for group in groups if len(group.words) > 1),
        user_words=tuple(item for item in content.user_words if keep(item.word)),
    )


def _list_items(content: Content) -> dict[tuple[object, ...], object]:
    """All that has words of its own, by what identifies it; categories without those below."""
    items: dict[tuple[object, ...], object] = {("faq", item.id): item for item in content.faqs}
    items |= {("page", item.name): item for item in content.pages}
    items |= {("notice", item.title, item.publish_from): item for item in content.notices}
    items |= {("department", item.id): item for item in content.departments}
    for kind, categories in (("topic", content.topics), ("life", content.life_events)):
        items |= {(kind, item.id): replace(item, children=()) for item in flatten(categories)}
    return items


def _find_successor(faq: Faq, content: Content, ids: set[str]) -> str:
    by_id = {other.id: other for other in content.faqs}
    seen: set[str] = set()
    successor = by_id.get(faq.replaced_by)
    while successor and successor.id not in ids and successor.id not in seen:
        seen.add(successor.id)
        successor = by_id.get(successor.replaced_by)
    return successor.id if successor and successor.id in ids else ""


def _filter_ranking(ranking: Ranking, ids: set[str]) -> Ranking:
    views = {faq_id: count for faq_id, count in ranking.views.items() if faq_id in ids}
    return replace(ranking, views=views)


def _find_next_change(content: Content, at: datetime, audience: Audience) -> datetime | None:
    items: list[Windowed] = [f for f in content.faqs if _may_ever_be_shown(f, audience)]
    items += [*content.notices, *content.pages]
    moments = [m for item in items for m in (item.publish_from, item.publish_until)]
    return min((moment for moment in moments if moment and moment > at), default=None)
