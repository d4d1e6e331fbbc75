"""What is public at a moment for an audience. After this stage nothing hidden exists any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from faq.choices import Audience, Level, Status
from faq.markup import MarkupText
from faq.model import Content, Faq, Origin, Ranking


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
    old_addresses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the audience may see at `at`: a content without anything else, and what has ended.

    `next_change` is for the operator's screen only: it would tell of what is not yet public.
    """

    at: datetime
    audience: Audience
    content: Content
    withdrawn: tuple[Withdrawn, ...]
    next_change: datetime | None


def select_window(content: Content, *, at: datetime, audience: Audience) -> Shown:
    """Drops all that may not be seen, and every trace of it in what remains."""
    faqs = tuple(faq for faq in content.faqs if is_shown(faq, at=at, audience=audience))
    ids = {faq.id for faq in faqs}
    faqs = tuple(_cut_references(faq, ids) for faq in faqs)
    ended = [faq for faq in content.faqs if faq.id not in ids and _has_ended(faq, at, audience)]
    pages = _select_open(content.pages, at)
    hidden = [faq for faq in content.faqs if faq.id not in ids]
    notices = _select_open(content.notices, at)
    notices = tuple(sorted(notices, key=lambda notice: list(Level).index(notice.level)))
    texts = [
        *_list_texts(faqs),
        *(page.body for page in pages),
        *(notice.body for notice in notices),
    ]
    used = {image.name for text in texts for image in text.images}
    keep = _make_word_filter(hidden, faqs)
    groups = [replace(item, words=tuple(filter(keep, item.words))) for item in content.thesaurus]
    shown = replace(
        content,
        faqs=faqs,
        notices=notices,
        pages=pages,
        featured=tuple(faq_id for faq_id in content.featured if faq_id in ids),
        hot_words=tuple(filter(keep, content.hot_words)),
        thesaurus=tuple(group for group in groups if len(group.words) > 1),
        user_words=tuple(item for item in content.user_words if keep(item.word)),
        search_tests=(),
        ranking=_cut_ranking(content.ranking, ids),
        images=tuple(name for name in content.images if name in used),
    )
    withdrawn = tuple(
        Withdrawn(
            faq.id,
            replaced_by=_find_successor(faq, content, ids),
            category=faq.categories[0] if faq.categories else "",
            old_addresses=faq.old_addresses,
            languages=tuple(item.language for item in faq.translations),
        )
        for faq in ended
    )
    return Shown(at, audience, shown, withdrawn, _find_next_change(content, at, audience))


def is_open(item: Windowed, *, at: datetime) -> bool:
    """Whether the moment lies in the item's window; the end is outside."""
    started = item.publish_from is None or item.publish_from <= at
    return started and (item.publish_until is None or at < item.publish_until)


def is_emergency(content: Content) -> bool:
    """Whether an emergency is announced, of what is shown."""
    return any(notice.level is Level.EMERGENCY for notice in content.notices)


def is_shown(faq: Faq, *, at: datetime, audience: Audience) -> bool:
    """Whether the audience may see the FAQ at that moment."""
    return _may_ever_be_shown(faq, audience) and is_open(faq, at=at)


def _may_ever_be_shown(faq: Faq, audience: Audience) -> bool:
    return faq.status is Status.APPROVED and audience in faq.audience


def _has_ended(faq: Faq, at: datetime, audience: Audience) -> bool:
    ended = faq.publish_until is not None and faq.publish_until <= at
    return ended and _may_ever_be_shown(faq, audience)


def _select_open(items: tuple[WindowedT, ...], at: datetime) -> tuple[WindowedT, ...]:
    return tuple(item for item in items if is_open(item, at=at))


def _cut_references(faq: Faq, ids: set[str]) -> Faq:
    """What names an FAQ that is not shown, or is the editors' own affair, is taken off."""
    related = tuple(other for other in faq.related if other in ids)
    return replace(faq, related=related, replaced_by="", origin=Origin())


def _find_successor(faq: Faq, content: Content, ids: set[str]) -> str:
    by_id = {other.id: other for other in content.faqs}
    seen: set[str] = set()
    successor = by_id.get(faq.replaced_by)
    while successor and successor.id not in ids and successor.id not in seen:
        seen.add(successor.id)
        successor = by_id.get(successor.replaced_by)
    return successor.id if successor and successor.id in ids else ""


def _cut_ranking(ranking: Ranking, ids: set[str]) -> Ranking:
    views = {faq_id: count for faq_id, count in ranking.views.items() if faq_id in ids}
    return replace(ranking, views=views)


def _list_texts(faqs: Iterable[Faq]) -> list[MarkupText]:
    return [text for faq in faqs for text in (faq.answer, faq.easy) if text] + [
        translation.answer for faq in faqs for translation in faq.translations
    ]


def _make_word_filter(hidden: list[Faq], shown: tuple[Faq, ...]) -> Callable[[str], bool]:
    """False for words that only hidden FAQs use: the word itself may be what is not yet public."""
    hidden_text = "\n".join(map(_collect_words, hidden))
    shown_text = "\n".join(map(_collect_words, shown)) if hidden else ""
    return lambda word: word not in hidden_text or word in shown_text


def _collect_words(faq: Faq) -> str:
    texts = [faq.question, *faq.also_asked, *faq.keywords, faq.short_answer, *faq.bring]
    texts += [link.label for link in faq.links] + [source.name for source in faq.source]
    texts += [translation.question for translation in faq.translations]
    return "\n".join([*texts, *_list_texts([faq])])


def _find_next_change(content: Content, at: datetime, audience: Audience) -> datetime | None:
    items: list[Windowed] = [f for f in content.faqs if _may_ever_be_shown(f, audience)]
    items += [*content.notices, *content.pages]
    moments = [m for item in items for m in (item.publish_from, item.publish_until)]
    return min((moment for moment in moments if moment and moment > at), default=None)
