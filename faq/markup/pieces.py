"""Tokens → pieces: safe HTML with places for what depends on the page that shows it.

HTML in the text is shown as text. Links keep to http, https, mailto, tel and this site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import MD_TRIM_RE, escapeHtml, mdTrim, unescapeAll
from markdown_it.token import Token

from faq.addresses import Address
from faq.markup.bare import BARE
from faq.markup.plain import PLAIN_BREAK
from faq.markup.words import find_parts, name_anchor, read_image

# Kind, value, kind, value, …: a flat tuple of texts is small in memory and quick to pickle.
Pieces = tuple[str, ...]

# A text node: its value is no HTML yet. In one that is code no name is looked for.
TEXT: Final = "text"
CODE: Final = "code"
# Tags as HTML: within a block of text, and with at least one that begins or ends one.
INLINE: Final = "inline"
BLOCK: Final = "block"
# A link on this site, normalised; it has an end, whether or not the page has its target.
LINK: Final = "link"
LINK_END: Final = "link end"
# HTML of an image from the address below the site's base on.
IMAGE: Final = "image"
# How much deeper than the page's top heading. A part is as high as that; its value is its anchor.
PART: Final = "part"
HEADING: Final = "heading"
HEADING_END: Final = "heading end"
# A table, which scrolls by itself.
TABLE: Final = "table"

_TAGS = frozenset((INLINE, BLOCK))
_CODE = frozenset(("code_block", "fence"))
_ELSEWHERE = re.compile(r"(https?|mailto|tel):|#")
_HOTLINK = re.compile(r"[a-z]+:|//")


def list_pieces(tokens: Sequence[Token]) -> Pieces:
    """The pieces of all tokens of a text."""
    pieces: list[str] = []
    for kind, value in _list_blocks(tokens):
        _add_piece(pieces, kind, value)
    return tuple(pieces)


def _add_piece(pieces: list[str], kind: str, value: str) -> None:
    """Adds a piece, to the last one where nothing on a page can come between them."""
    last = pieces[-2] if pieces else ""
    if not value:
        return
    if kind == BLOCK and last == TEXT and pieces[-4::3] == [BLOCK, "\n"]:
        # No text: the end of a line between two blocks.
        pieces[-3:] = [pieces[-3] + "\n" + value]
    elif kind == last == TEXT or (kind in _TAGS and last in _TAGS):
        pieces[-2:] = [BLOCK if last == BLOCK else kind, pieces[-1] + value]
    else:
        pieces += kind, value


def _list_blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    anchors = {place: name_anchor(number) for number, place in enumerate(find_parts(tokens))}
    tags = sorted({token.tag for token in tokens if token.type == "heading_open"})
    level = -1
    for place, token in enumerate(tokens):
        if token.type == "inline":
            yield from _list_inline(token.children or ())
        elif token.type == "heading_open":
            # Without a level left out between.
            level = min(tags.index(token.tag), level + 1)
            yield from _end_line(tokens, place)
            yield (PART, anchors[place]) if place in anchors else (HEADING, str(level))
        elif token.type == "heading_close":
            yield HEADING_END, str(level)
            yield TEXT, "\n"
        elif token.type == "table_open":
            yield TABLE, "<table>"
            yield TEXT, "\n"
        elif token.type in _CODE:
            yield BLOCK, f"<pre><code{_name_language(token)}>"
            yield CODE, token.content
            yield BLOCK, "</code></pre>"
            yield TEXT, "\n"
        elif not token.hidden:
            yield from _list_tag(tokens, place)


def _list_tag(tokens: Sequence[Token], place: int) -> Iterator[tuple[str, str]]:
    """A tag, and the ends of lines around it as markdown-it's renderer sets them."""
    token = tokens[place]
    if token.nesting >= 0:
        yield from _end_line(tokens, place)
    yield BLOCK, _make_tag(tokens, place)
    if token.nesting > 0:
        following = tokens[place + 1]
        is_empty = following.nesting < 0 and following.tag == token.tag
        if following.type == "inline" or following.hidden or is_empty:
            return
    yield TEXT, "\n"


def _end_line(tokens: Sequence[Token], place: int) -> Iterator[tuple[str, str]]:
    """What ends the line of a text that lies in its list's item without a paragraph's tags."""
    if place and tokens[place - 1].hidden:
        yield TEXT, "\n"


def _make_tag(tokens: Sequence[Token], place: int) -> str:
    token = tokens[place]
    if token.tag == "table":
        return "</table></div>"
    if token.tag == "th" and not tokens[place + token.nesting].content:
        # The corner above the row names heads nothing.
        return "<td>" if token.nesting > 0 else "</td>"
    if token.nesting < 0:
        return f"</{token.tag}>"
    scope = ' scope="col"' if token.tag == "th" else ""
    return f"<{token.tag}{scope}{_make_attributes(token)}>"


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
    href = normalizeLink(str(token.attrs["href"]))
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
    source = html.escape(f"{Address.IMAGES}{normalizeLink(image.name)}")
    return IMAGE, f'{source}" alt="{html.escape(image.alternative)}" loading="lazy">'
