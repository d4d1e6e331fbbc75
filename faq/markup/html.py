"""Tokens of a text → safe HTML.

HTML in the text is shown as text. Links keep to http, https, mailto, tel and this site.
"""

from __future__ import annotations

import html
import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from faq.addresses import Address, find_linked_faq, resolve_link
from faq.markup.bare import BARE
from faq.markup.text import (
    OPTIONS,
    find_parts,
    name_anchor,
    parse_markup,
    read_image,
)


@dataclass(frozen=True, slots=True)
class MarkupContext:
    """What links resolve against: the base path (ends in /), the ids that can be linked to.

    `kept_names` are names that no translation may change; FAQs that are `translated` are linked
    to below `home`, the address of the text's language.
    """

    base: str
    ids: frozenset[str]
    table_label: str
    top_heading: int = 3
    anchors: bool = False
    kept_names: tuple[str, ...] = ()
    home: str = ""
    translated: frozenset[str] = frozenset()


class _Renderer(RendererHTML):
    """HTML with tables that scroll by themselves, and links that lead somewhere."""

    def text(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return protect_names(tokens[idx].content, env["context"].kept_names)

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        label = html.escape(env["context"].table_label)
        return f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</table></div>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        if not tokens[idx + 1].content:
            return "<td>"  # the corner above the row names heads nothing
        return f'<th scope="col"{_align(tokens[idx])}>'

    def th_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</th>\n" if tokens[idx - 1].content else "</td>\n"

    def td_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f"<td{_align(tokens[idx])}>"

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        href = _resolve(str(tokens[idx].attrs.get("href", "")), env["context"])
        env.setdefault("open_links", []).append(bool(href))
        # Its own words are the address, which print need not add.
        is_named = tokens[idx].markup == BARE and href.startswith("http")
        style = ' class="bare"' if is_named else ""
        return f'<a{style} href="{html.escape(href)}">' if href else ""

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</a>" if env["open_links"].pop() else ""

    def plain_break(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "<br>"

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        image = read_image(tokens[idx])
        alternative = html.escape(image.alternative)
        if re.match(r"[a-z]+:|//", image.name):
            return alternative
        source = html.escape(f"{env['context'].base}{Address.IMAGES}{normalizeLink(image.name)}")
        return f'<img src="{source}" alt="{alternative}" loading="lazy">'


_RENDERER = _Renderer()


def render_markup(text: str, *, context: MarkupContext) -> str:
    """Safe HTML of a text; its headings follow on from `context.top_heading`."""
    tokens = _fit_headings(parse_markup(text), top=context.top_heading, anchors=context.anchors)
    return _RENDERER.render(tokens, OPTIONS, {"context": context})


def protect_names(text: str, names: tuple[str, ...]) -> str:
    """The text as HTML, with each of the names marked as not to be translated.

    Of names that begin at one place the longest counts. Translation services heed the attribute,
    the class, or both.
    """
    if not any(name in text for name in names):
        return html.escape(text, quote=False)
    pieces = _match_names(names).split(text)
    return "".join(
        f'<span class="notranslate" translate="no">{piece}</span>' if number % 2 else piece
        for number, piece in enumerate(html.escape(piece, quote=False) for piece in pieces)
    )


@cache
def _match_names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")


def _align(token: Token) -> str:
    style = str(token.attrs.get("style", ""))
    return f' class="align-{style.removeprefix("text-align:")}"' if style else ""


def _resolve(address: str, context: MarkupContext) -> str:
    """The address to link to, or nothing where the label is shown without a link."""
    href = normalizeLink(address)
    if faq_id := find_linked_faq(href):
        home = context.home if faq_id in context.translated else ""
        return context.base + home + href[1:] if faq_id in context.ids else ""
    if href.startswith("/") and not href.startswith("//"):
        return resolve_link(href, base=context.base)
    return href if re.match(r"(https?|mailto|tel):|#", href) else ""


def _fit_headings(tokens: Sequence[Token], *, top: int, anchors: bool) -> list[Token]:
    """The tokens with `top` as the outermost heading, without a level left out between."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    names = {place: name_anchor(number) for number, place in enumerate(find_parts(tokens))}
    fitted = list(tokens)
    previous = top - 1
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            previous = min(top + levels.index(token.tag), previous + 1, 6)
            attrs = {"id": names[place]} if anchors and place in names else {}
            fitted[place] = token.copy(tag=f"h{previous}", attrs=attrs)
        elif token.type == "heading_close":
            fitted[place] = token.copy(tag=f"h{previous}")
    return fitted
