"""Text → tokens. Nothing else reads Markdown, or what is no Markdown."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from faq.markup.bare import link_addresses
from faq.markup.brackets import read_open_brackets
from faq.markup.emphasis import read_emphasis
from faq.markup.plain import read_plain

# From this depth on markdown-it leaves the text out.
_DEEPEST = 20


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
    parser.inline.ruler.at("emphasis", read_emphasis)
    parser.inline.ruler.before("text", "open_brackets", read_open_brackets)
    return parser


_PARSER = make_parser()
_FLAT_PARSER = make_parser().disable(["list", "blockquote"])


def parse_markup(text: str, *, is_plain: bool = False) -> list[Token]:
    """The tokens of a text, in time that grows as its length; it is Markdown or `is_plain`.

    Addresses that it just names are links.
    """
    tokens = read_plain(text) if is_plain else _parse_markdown(text)
    for token in tokens:
        if token.children:
            token.children = link_addresses(token.children)
    return tokens


def _parse_markdown(text: str) -> list[Token]:
    """Lists and quotes nested deeper than the parser goes are paragraphs, with their marks."""
    tokens = _PARSER.parse(text)
    lost = any(
        token.level >= _DEEPEST - 1 and token.type in ("blockquote_open", "list_item_open")
        for token in tokens
    )
    return _FLAT_PARSER.parse(text) if lost else tokens
