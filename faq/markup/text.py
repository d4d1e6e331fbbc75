"""A text with all that it holds, read once."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Self

from faq.markup.parse import parse_markup
from faq.markup.pieces import Pieces, list_pieces
from faq.markup.words import (
    Image,
    find_parts,
    fold_line,
    join_words,
    name_anchor,
    read_image,
    read_line,
)

# The last version of the format that writes each value anew: later ones, as pickle does, refer to
# one that is the same object, which equal texts may differ in.
_BY_VALUE = 2


class MarkupText(str):
    """A text as written, with what it holds: it is read once, when it is made.

    It is a str, so that the API and every export give it as it was written. It is Markdown, or
    `is_plain`: then no sign in it is a mark.
    `words` are its lines without marks and without blank lines, the cells of a table's row on one.
    `links` are the addresses as written or just named, without those in `<…>`.
    `parts` are anchor and words of each outermost heading.
    `pieces` are what `faq.markup.html` makes the HTML of.
    """

    __slots__ = ("images", "is_plain", "links", "parts", "pieces", "words")

    is_plain: bool
    words: str
    links: tuple[str, ...]
    images: tuple[Image, ...]
    parts: tuple[tuple[str, str], ...]
    pieces: Pieces

    def __new__(cls, text: str = "", *, is_plain: bool = False) -> Self:
        read = super().__new__(cls, text)
        read.is_plain = is_plain
        tokens = parse_markup(text, is_plain=is_plain)
        inline = [child for token in tokens for child in token.children or ()]
        parts = find_parts(tokens)
        read.words = join_words(tokens)
        read.links = tuple(
            str(token.attrs["href"])
            for token in inline
            if token.type == "link_open" and token.markup != "autolink"
        )
        read.images = tuple(read_image(token) for token in inline if token.type == "image")
        read.parts = tuple(
            (name_anchor(number), read_line(tokens[place + 1]))
            for number, place in enumerate(parts)
        )
        read.pieces = list_pieces(tokens, parts=parts)
        return read

    def __reduce__(self) -> tuple[Callable[[bytes], MarkupText], tuple[bytes]]:
        """To be made again without being read; the bytes of equal texts are equal."""
        images = tuple((image.source, image.alternative) for image in self.images)
        held = (str(self), self.is_plain, self.words, self.links, images, self.parts, self.pieces)
        return _restore, (marshal.dumps(held, _BY_VALUE),)

    def rewrite(self, text: str) -> MarkupText:
        """Another text that is read as this one is."""
        return MarkupText(text, is_plain=self.is_plain)


def _restore(data: bytes) -> MarkupText:
    written, is_plain, words, links, images, parts, pieces = marshal.loads(data)  # noqa: S302 - ours
    text = str.__new__(MarkupText, written)
    text.is_plain = is_plain
    text.words = words
    text.links = links
    text.images = tuple(Image(*image) for image in images)
    text.parts = parts
    text.pieces = pieces
    return text


def truncate_text(text: str, *, length: int) -> str:
    """The text on one line, at most `length` characters, with an ellipsis where it was cut."""
    line = fold_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip("、。 ") + "…"


NO_TEXT = MarkupText()
