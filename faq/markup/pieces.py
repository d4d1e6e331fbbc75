"""Tokens → pieces: safe HTML with places for what depends on the page that shows it.

HTML in the text is shown as text. Links keep to http, https, mailto, tel and this site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import MD_TRIM_RE, escapeHtml, mdTrim, unescapeAll
from markdown_it.token import Token

from faq.addresses import Address
from faq.markup.bare import BARE
from faq.markup.plain import PLAIN_BREAK
from faq.markup.words import name_anchor, read_image

# Kind, value, kind, value, …: a flat tuple of texts is small in memory and quick to pickle. Kinds
# are one letter, of which Python has one object, in a text out of a pickle too.
Pieces = tuple[str, ...]

# A text node: its value is no HTML yet. In one that is code no name is looked for.
TEXT: Final = "t"
CODE: Final = "c"
# Tags as HTML: within a block of text, and with at least one that begins or ends one.
INLINE: Final = "i"
BLOCK: Final = "b"
# A link on this site, normalised; it has an end, whether or not the page has its target.
LINK: Final = "l"
LINK_END: Final = "e"
# HTML of an image from the address below the site's base on.
IMAGE: Final = "m"
# How much deeper than the page's top heading. A part is as high as that; its value is its anchor.
PART: Final = "p"
HEADING: Final = "h"
HEADING_END: Final = "d"
# A table, which scrolls by itself.
TABLE: Final = "g"

_TAGS = frozenset((INLINE, BLOCK))
_WITHIN = frozenset((TEXT, INLINE, LINK))
_CODE = frozenset(("code_block", "fence"))
_ELSEWHERE = re.compile(r"(https?|mailto|tel):|#")
# Addresses that normalizing leaves as they are, which takes as long as reading two lines of text.
NORMAL = re.compile(r"(?:https?://[a-z0-9.-]+)?/(?!/)[A-Za-z0-9._/-]*")
_HOTLINK = re.compile(r"[a-z]+:|//")


def list_pieces(tokens: Sequence[Token], *, parts: Sequence[int]) -> Pieces:
    """The pieces of all tokens of a text; `parts` are the places of its outermost headings."""
    kinds: list[str] = [BLOCK]
    values: list[list[str]] = [[""]]
    for kind, value in _list_blocks(tokens, parts):
        last = kinds[-1]
        if kind in _WITHIN and last == BLOCK and values[-1][-1].endswith("\n"):
            # What ends a line of HTML is, before a text, the beginning of that text.
            values[-1][-1] = values[-1][-1][:-1]
            kinds.append(last := TEXT)
            values.append(["\n"])
        # Nothing that depends on the page can come between these.
        if kind == last == TEXT or (kind in _TAGS and last in _TAGS):
            kinds[-1] = BLOCK if last == BLOCK else kind
            values[-1].append(value)
        else:
            kinds.append(kind)
            values.append([value])
    pairs = zip(kinds, map("".join, values), strict=True)
    return tuple(chain.from_iterable(pair for pair in pairs if pair[1]))


def _list_blocks(tokens: Sequence[Token], parts: Sequence[int]) -> Iterator[tuple[str, str]]:
    anchors = {place: name_anchor(number) for number, place in enumerate(parts)}
    tags = sorted({token.tag for token in tokens if token.type == "heading_open"})
    level = -1
    for place, token in enumerate(tokens):
        if token.type == "inline":
            yield from _list_inline(token.children or ())
        elif token.type in _CODE:
            yield BLOCK, f"<pre><code{_name_language(token)}>"
            yield CODE, token.content
            yield BLOCK, "</code></pre>\n"
        elif token.type == "table_open":
            yield TABLE, "<table>"
            yield BLOCK, "\n"
        elif not token.hidden:
            if token.nesting >= 0 and place and tokens[place - 1].hidden:
                # The text before lies in its list's item without a paragraph's tags.
                yield TEXT, "\n"
            if token.type == "heading_open":
                # Without a level left out between.
                level = min(tags.index(token.tag), level + 1)
                yield (PART, anchors[place]) if place in anchors else (HEADING, str(level))
            elif token.type == "heading_close":
                yield HEADING_END, str(level)
                yield BLOCK, "\n"
            else:
                yield BLOCK, _make_tag(tokens, place)


def _make_tag(tokens: Sequence[Token], place: int) -> str:
    """The tag as HTML, with the end of the line where markdown-it's renderer sets one."""
    token = tokens[place]
    if token.tag == "table":
        return "</table></div>\n"
    if token.tag == "th" and not tokens[place + token.nesting].content:
        # The corner above the row names heads nothing.
        return "<td>" if token.nesting > 0 else "</td>\n"
    if token.nesting < 0:
        return f"</{token.tag}>\n"
    scope = ' scope="col"' if token.tag == "th" else ""
    tag = f"<{token.tag}{scope}{_make_attributes(token) if token.attrs else ''}>"
    if token.nesting > 0:
        following = tokens[place + 1]
        is_empty = following.nesting < 0 and following.tag == token.tag
        if following.type == "inline" or following.hidden or is_empty:
            return tag
    return f"{tag}\n"


def _make_attributes(token: Token) -> str:
    """Those that markdown-it sets: the start of a list, how a cell is aligned, the class."""
    return "".join(
        f' class="align-{str(value).removeprefix("text-align:")}"'
        if name == "style"
        else f' {name}="{value}"'
        for name, value in token.attrs.items()
    )


def _name_language(token: Token) -> str:
    """What is written behind the fence, as the class that markdown-it makes of its first word."""
    info = mdTrim(unescapeAll(token.info))
    return f' class="language-{escapeHtml(MD_TRIM_RE.split(info, maxsplit=1)[0])}"' if info else ""


def _list_inline(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    ends: list[tuple[str, str] | None] = []
    for token in tokens:
        kind = token.type
        if kind == "text":
            yield TEXT, token.content
        elif kind in ("softbreak", "hardbreak"):
            yield BLOCK, "<br>"
            yield TEXT, "\n"
        elif kind == PLAIN_BREAK:
            yield BLOCK, "<br>"
        elif kind == "code_inline":
            yield INLINE, "<code>"
            yield CODE, token.content
            yield INLINE, "</code>"
        elif kind == "link_open":
            pair = _make_link(token)
            ends.append(pair and pair[1])
            if pair:
                yield pair[0]
        elif kind == "link_close":
            if end := ends.pop():
                yield end
        elif kind == "image":
            yield _make_image(token)
        else:
            yield INLINE, f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"


def _make_link(token: Token) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The pieces before and after what is linked; None where it is shown without a link."""
    href = _normalize(str(token.attrs["href"]))
    if href.startswith("/") and not href.startswith("//"):
        return (LINK, href), (LINK_END, "</a>")
    if not _ELSEWHERE.match(href):
        return None
    # Its own words are the address, which print need not add.
    is_named = token.markup == BARE and href.startswith("http")
    style = ' class="bare"' if is_named else ""
    return (INLINE, f'<a{style} href="{html.escape(href)}">'), (INLINE, "</a>")


def _make_image(token: Token) -> tuple[str, str]:
    """An image of this site; one from elsewhere is its alternative text."""
    image = read_image(token)
    if _HOTLINK.match(image.name):
        return TEXT, image.alternative
    source = html.escape(f"{Address.IMAGES}{_normalize(image.name)}")
    return IMAGE, f'{source}" alt="{html.escape(image.alternative)}" loading="lazy">'


def _normalize(address: str) -> str:
    """The address as a browser asks for it, in ASCII."""
    return address if NORMAL.fullmatch(address) else normalizeLink(address)
