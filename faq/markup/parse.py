"""Text → tokens. Nothing else reads Markdown, or what is no Markdown."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core.state_core import StateCore
from markdown_it.token import Token

from faq.markup.bare import link_addresses, may_hold_address
from faq.markup.brackets import read_open_brackets
from faq.markup.emphasis import read_emphasis
from faq.markup.plain import read_plain

# From this depth on markdown-it leaves the text out.
_DEEPEST = 20
# What few texts hold, and the rules that do nothing in a text without it.
RARE = re.compile(r"[`~>&\\]|\]:")
_RARE_RULES = (
    "fence", "blockquote", "reference", "escape", "backticks", "autolink", "entity", "text_join",
)  # fmt: skip
# What the other rules within a line begin and end with.
_COMMON = re.compile(r"[\n*_\[\]]|!(?=\[)")


class _Parser(MarkdownIt):
    """Keeps each address as written: `check` reports the unsafe ones, the HTML leaves them out."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url


def make_parser() -> MarkdownIt:
    """The parser of every text: CommonMark with tables and line breaks, without HTML."""
    options = {"maxNesting": _DEEPEST, "breaks": True, "xhtmlOut": False, "html": False}
    parser = _Parser("commonmark", options).enable("table")
    parser.disable(["html_block", "html_inline"])
    parser.inline.ruler.at("emphasis", read_emphasis)
    parser.inline.ruler.before("text", "open_brackets", read_open_brackets)
    return parser


def make_common_parser() -> MarkdownIt:
    """The same for a text without `RARE` marks, in less time: each rule is tried at each mark."""
    parser = make_parser().disable(_RARE_RULES)
    parser.inline.terminator_re = _COMMON
    parser.core.ruler.at("inline", _read_inline)
    return parser


def _read_inline(state: StateCore) -> None:
    """markdown-it's rule, but words without a mark are one token at once."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if _COMMON.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            elif token.content:
                token.children.append(Token("text", "", 0, content=token.content))


_PARSER = make_parser()
_COMMON_PARSER = make_common_parser()
_FLAT_PARSER = make_parser().disable(["list", "blockquote"])


def parse_markup(text: str, *, is_plain: bool = False) -> list[Token]:
    """The tokens of a text, in time that grows as its length; it is Markdown or `is_plain`.

    Addresses that it just names are links.
    """
    tokens = read_plain(text) if is_plain else _parse_markdown(text)
    for token in tokens:
        if token.children and may_hold_address(token.content):
            token.children = link_addresses(token.children)
    return tokens


def _parse_markdown(text: str) -> list[Token]:
    """Lists and quotes nested deeper than the parser goes are paragraphs, with their marks."""
    tokens = (_PARSER if RARE.search(text) else _COMMON_PARSER).parse(text)
    lost = any(
        token.level >= _DEEPEST - 1 and token.type in ("blockquote_open", "list_item_open")
        for token in tokens
    )
    return _FLAT_PARSER.parse(text) if lost else tokens
