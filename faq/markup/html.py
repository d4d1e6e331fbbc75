"""The pieces of a text → safe HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it.common.utils import escapeHtml

from faq.addresses import find_linked_faq, resolve_link
from faq.markup.pieces import (
    BLOCK,
    CODE,
    HEADING_END,
    IMAGE,
    INLINE,
    LINK,
    LINK_END,
    PART,
    TABLE,
    TEXT,
)
from faq.markup.text import MarkupText


@dataclass(frozen=True, slots=True)
class MarkupContext:
    """What links resolve against: the base path (ends in /).

    Every FAQ that a text links to is shown: the window has taken the other links off. `kept_names`
    are names that no translation may change; FAQs that are `translated` are linked to below `home`,
    the address of the text's language.
    """

    base: str
    table_label: str
    top_heading: int = 3
    anchors: bool = False
    kept_names: tuple[str, ...] = ()
    home: str = ""
    translated: frozenset[str] = frozenset()


def render_markup(text: str, *, context: MarkupContext) -> str:
    """Safe HTML of a text; its headings follow on from `context.top_heading`."""
    return "".join(
        html.escape(value, quote=False)
        if kind == TEXT
        else escapeHtml(value)
        if kind == CODE
        else value
        for kind, value in _fill_pieces(text, context)
    )


def protect_names(text: str, names: tuple[str, ...]) -> str:
    """The text as HTML, with each of the names marked as not to be translated.

    Of names that begin at one place the longest counts. Translation services heed the attribute,
    the class, or both.
    """
    return "".join(
        html.escape(value, quote=False) if kind == TEXT else value
        for kind, value in _part_names(text, names)
    )


def _fill_pieces(text: str, context: MarkupContext) -> Iterator[tuple[str, str]]:
    """What the page has, in order: text nodes, code and tags only."""
    pieces = iter((text if isinstance(text, MarkupText) else MarkupText(text)).pieces)
    for kind, value in zip(pieces, pieces, strict=True):
        if kind == TEXT:
            yield from _part_names(value, context.kept_names)
        elif kind == LINK:
            yield INLINE, f'<a href="{html.escape(_resolve(value, context))}">'
        elif kind in (INLINE, BLOCK, CODE, LINK_END):
            yield kind, value
        else:
            yield BLOCK, _fill_tag(kind, value, context)


def _fill_tag(kind: str, value: str, context: MarkupContext) -> str:
    if kind == IMAGE:
        return f'<img src="{html.escape(context.base)}{value}'
    if kind == TABLE:
        label = html.escape(context.table_label)
        return f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}">{value}'
    level = 0 if kind == PART else int(value)
    tag = f"h{min(context.top_heading + level, 6)}"
    if kind == HEADING_END:
        return f"</{tag}>"
    return f'<{tag} id="{value}">' if kind == PART and context.anchors else f"<{tag}>"


def _part_names(text: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A text node as several, with tags around each of the names."""
    if not any(name in text for name in names):
        yield TEXT, text
        return
    for number, part in enumerate(_match_names(names).split(text)):
        if number % 2:
            yield INLINE, '<span class="notranslate" translate="no">'
            yield TEXT, part
            yield INLINE, "</span>"
        elif part:
            yield TEXT, part


@cache
def _match_names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")


def _resolve(href: str, context: MarkupContext) -> str:
    """The address on this site."""
    is_translated = find_linked_faq(href) in context.translated
    return (
        context.base + context.home + href[1:]
        if is_translated
        else resolve_link(href, base=context.base)
    )
