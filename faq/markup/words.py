"""Tokens → the words, images and parts that they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from faq.addresses import Address
from faq.markup.plain import PLAIN_BREAK

# What tokens without words add to the plain words; any other block ends the line, any other mark
# within a line adds nothing.
_IN_WORDS = {
    "softbreak": "\n", "hardbreak": "\n", PLAIN_BREAK: "\n", "inline": "",
    "th_open": "", "td_open": "", "th_close": " ", "td_close": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Image:
    """An image as written; the alternative text is on one line."""

    source: str
    alternative: str

    @property
    def name(self) -> str:
        """The file's name below content/images/."""
        return self.source.removeprefix(f"/{Address.IMAGES}")


def join_words(tokens: Sequence[Token]) -> str:
    """The lines of a text without marks and without blank lines, a table's row on one."""
    lines = "".join(_list_words(tokens)).split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line)


def read_image(token: Token) -> Image:
    """The image of an image token."""
    return Image(str(token.attrs["src"]), read_line(token))


def find_parts(tokens: Sequence[Token]) -> list[int]:
    """The places of the outermost headings."""
    heads = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    outermost = min((tokens[place].tag for place in heads), default="")
    return [place for place in heads if tokens[place].tag == outermost]


def name_anchor(number: int) -> str:
    """The anchor of an outermost heading; the first is number 0."""
    return f"part-{number + 1}"


def read_line(token: Token) -> str:
    """The words of a token on one line."""
    return fold_line("".join(_list_words(token.children or ())))


def fold_line(text: str) -> str:
    """The text with one blank for each run of blanks and line ends."""
    return " ".join(text.split())


def _list_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _list_words(token.children)
        else:
            yield token.content or _IN_WORDS.get(token.type, "\n" if token.block else "")
