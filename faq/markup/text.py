"""Text → tokens, and the words, links, images and parts that they hold.

Nothing else reads Markdown, or what is no Markdown; `faq.markup.html` makes HTML of the same
tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from markdown_it import MarkdownIt
from markdown_it.token import Token

from faq.addresses import Address
from faq.markup.bare import link_addresses
from faq.markup.brackets import read_open_brackets
from faq.markup.emphasis import read_emphasis
from faq.markup.plain import PLAIN_BREAK, read_plain

# From this depth on markdown-it leaves the text out.
_DEEPEST = 20
# What tokens without words add to the plain words; any other block ends the line, any other mark
# within a line adds nothing.
_IN_WORDS = {
    "softbreak": "\n", "hardbreak": "\n", PLAIN_BREAK: "\n", "inline": "",
    "th_open": "", "td_open": "", "th_close": " ", "td_close": " ",
}  # fmt: skip


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
# What the HTML of the tokens depends on.
OPTIONS = _PARSER.options


@dataclass(frozen=True, slots=True)
class Image:
    """An image as written; the alternative text is on one line."""

    source: str
    alternative: str

    @property
    def name(self) -> str:
        """The file's name below content/images/."""
        return self.source.removeprefix(f"/{Address.IMAGES}")


class MarkupText(str):
    """A text as written, with what it holds: it is read once, when it is made.

    It is a str, so that the API and every export give it as it was written. It is Markdown, or
    `is_plain`: then no sign in it is a mark.
    `words` are its lines without marks and without blank lines, the cells of a table's row on one.
    `links` are the addresses as written or just named, without those in `<…>`.
    `parts` are anchor and words of each outermost heading.
    """

    __slots__ = ("images", "is_plain", "links", "parts", "words")

    is_plain: bool
    words: str
    links: tuple[str, ...]
    images: tuple[Image, ...]
    parts: tuple[tuple[str, str], ...]

    def __new__(cls, text: str = "", *, is_plain: bool = False) -> Self:
        read = super().__new__(cls, text)
        read.is_plain = is_plain
        tokens = parse_markup(read)
        inline = [child for token in tokens for child in token.children or ()]
        read.words = _join_words(tokens)
        read.links = tuple(
            str(token.attrs["href"])
            for token in inline
            if token.type == "link_open" and token.markup != "autolink"
        )
        read.images = tuple(read_image(token) for token in inline if token.type == "image")
        read.parts = tuple(
            (name_anchor(number), _read_line(tokens[place + 1]))
            for number, place in enumerate(find_parts(tokens))
        )
        return read

    def rewrite(self, text: str) -> MarkupText:
        """Another text that is read as this one is."""
        return MarkupText(text, is_plain=self.is_plain)


def parse_markup(text: str) -> list[Token]:
    """The tokens of a text, in time that grows as its length; it is Markdown unless it says else.

    Addresses that it just names are links.
    """
    is_plain = isinstance(text, MarkupText) and text.is_plain
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


def read_image(token: Token) -> Image:
    """The image of an image token."""
    return Image(str(token.attrs["src"]), _read_line(token))


def find_parts(tokens: Sequence[Token]) -> list[int]:
    """The places of the outermost headings."""
    heads = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    outermost = min((tokens[place].tag for place in heads), default="")
    return [place for place in heads if tokens[place].tag == outermost]


def name_anchor(number: int) -> str:
    """The anchor of an outermost heading; the first is number 0."""
    return f"part-{number + 1}"


def truncate_text(text: str, *, length: int) -> str:
    """The text on one line, at most `length` characters, with an ellipsis where it was cut."""
    line = _fold_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip("、。 ") + "…"


def _join_words(tokens: Sequence[Token]) -> str:
    lines = "".join(_list_words(tokens)).split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line)


def _list_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _list_words(token.children)
        else:
            yield token.content or _IN_WORDS.get(token.type, "\n" if token.block else "")


def _read_line(token: Token) -> str:
    return _fold_line("".join(_list_words(token.children or ())))


def _fold_line(text: str) -> str:
    return " ".join(text.split())


NO_TEXT = MarkupText()
