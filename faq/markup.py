"""Markdown → safe HTML, and Markdown → plain text.

HTML in the text is shown as text. Links keep to http, https, mailto, tel and this site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]+)")
_FAQ_LINK = re.compile(r"/faq/([^/#?]+)/?")
_PLAIN_STEPS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:#{1,6}|[-*+]|>|\d{1,3}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"\*\*|__|`+|~~"), ""),
    (re.compile(r"[ \t]*\|[ \t]*"), " "),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
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
        return f'<a href="{html.escape(href)}">' if href else ""

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</a>" if env["open_links"].pop() else ""

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        token = tokens[idx]
        name = str(token.attrs.get("src", "")).removeprefix("/images/")
        alternative = html.escape(self.renderInlineAsText(token.children or [], options, env))
        if re.match(r"[a-z]+:|//", name):
            return alternative
        source = html.escape(f"{env['context'].base}images/{name}")
        return f'<img src="{source}" alt="{alternative}" loading="lazy">'


def _align(token: Token) -> str:
    style = str(token.attrs.get("style", ""))
    return f' class="align-{style.removeprefix("text-align:")}"' if style else ""


_PARSER = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")


def render_markup(text: str, *, context: MarkupContext) -> str:
    """Safe HTML of a Markdown text; its headings follow on from `context.top_heading`."""
    env: dict[str, Any] = {"context": context}
    tokens = _PARSER.parse(text, env)
    _fit_headings(tokens, context.top_heading)
    if context.anchors:
        for anchor, _, token in _find_parts(tokens):
            token.attrs["id"] = anchor
    rendered: str = _PARSER.renderer.render(tokens, _PARSER.options, env)
    return rendered


def list_parts(text: str) -> list[tuple[str, str]]:
    """Anchor and words of each outermost heading, as `render_markup` with `anchors` sets them."""
    return [(anchor, words) for anchor, words, _ in _find_parts(_PARSER.parse(text))]


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


def strip_markup(text: str) -> str:
    """The words of a Markdown text, without marks; lines stay lines."""
    for pattern, replacement in _PLAIN_STEPS:
        text = pattern.sub(replacement, text)
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)


def cut_text(text: str, *, length: int) -> str:
    """The text on one line, at most `length` characters, with an ellipsis where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip("、。 ") + "…"


def find_links(text: str) -> Iterator[str]:
    """Addresses a Markdown text links to; may name some that only stand in code."""
    if "](" in text or "]:" in text:
        for found in _LINK.finditer(text):
            yield found[1] or found[2]


def find_images(text: str) -> Iterator[tuple[str, str]]:
    """Sources and alternative texts of the images of a Markdown text."""
    if "![" in text:
        for found in _IMAGE.finditer(text):
            yield found[2], found[1]


def _resolve(href: str, context: MarkupContext) -> str:
    """The address to link to, or nothing where the text must stand without a link."""
    if inner := _FAQ_LINK.match(href):
        home = context.home if inner[1] in context.translated else ""
        return context.base + home + href[1:] if inner[1] in context.ids else ""
    if href.startswith("/") and not href.startswith("//"):
        return context.base + href[1:]
    return href if re.match(r"(https?|mailto|tel):|#", href) else ""


def _find_parts(tokens: Sequence[Token]) -> Iterator[tuple[str, str, Token]]:
    heads = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    top = min((tokens[place].tag for place in heads), default="")
    for number, place in enumerate((p for p in heads if tokens[p].tag == top), 1):
        yield f"part-{number}", strip_markup(tokens[place + 1].content), tokens[place]


def _fit_headings(tokens: Sequence[Token], top: int) -> None:
    """Makes the outermost heading `top`, without a level left out between."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    previous = top - 1
    for token in tokens:
        if token.type == "heading_open":
            previous = min(top + levels.index(token.tag), previous + 1, 6)
            token.tag = f"h{previous}"
        elif token.type == "heading_close":
            token.tag = f"h{previous}"
