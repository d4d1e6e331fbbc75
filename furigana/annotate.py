"""A rendered page → the furigana of its texts, in a small file beside it.

The file is a JSON list with an item for each text of the page. An item is the text in runs: plain,
base, reading, plain, base, reading, …, plain. The plain runs and the bases joined are the text as
the page has it, without whitespace around it; by that the browser finds the text in the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable
from functools import lru_cache
from html import unescape
from json.encoder import encode_basestring

from furigana.reading import Reader
from furigana.segment import KANJI, Segment

WHITESPACE = " \n\r\t"

# HTML is well-formed, as our templates write it: no ">" within attributes, no "<" but of tags.
_TAG = re.compile("<[^>]*>")
# Elements whose text gets no furigana.
_SKIPPED = "head|script|select|style|textarea"
# Elements within a word or sentence; all others begin and end a block.
_INLINE = (
    "a|abbr|b|bdi|cite|code|data|dfn|em|i|kbd|mark|path|q|s|small|span|strong|sub|sup|svg|time|u"
    "|wbr"
)
_BORDER = re.compile(
    "|".join(rf"<{name}(?![a-z0-9-]).*?</{name}>" for name in _SKIPPED.split("|"))
    + rf"|<(?!/?(?:{_INLINE})(?![a-z0-9-]))[^>]*>",
    re.DOTALL,
)
# The check of what is before the name comes after it: a search for plain letters is fast.
_OTHER_LANGUAGE = re.compile(r'lang=(?<=\slang=)"(?!ja[-"])')
_NAME = re.compile("[a-z0-9-]+")
_KANJI = re.compile(f"[{KANJI}]")
# Names, labels and questions are on many pages; there is no end to the paragraphs of a large site.
_KEPT_BLOCKS = 8192


def split_blocks(html: str) -> list[str]:
    """The blocks of a page, as HTML of inline elements; none has text in another language."""
    return [block for block in _BORDER.split(_cut_other_languages(html)) if not block.isascii()]


def _cut_other_languages(html: str) -> str:
    """The HTML without what elements in another language than Japanese hold."""
    kept, done = [], 0
    for found in _OTHER_LANGUAGE.finditer(html):
        if found.start() >= done:
            name = _NAME.match(html, html.rindex("<", 0, found.start()) + 1)
            start = html.index(">", found.end()) + 1
            kept.append(html[done:start])
            done = _find_end(html, name[0] if name else "", start)
    return "".join((*kept, html[done:]))


def _find_end(html: str, name: str, start: int) -> int:
    """Where the element ends whose content begins at `start`."""
    depth = 1
    for found in re.compile(rf"<(/?){name}(?![a-z0-9-])").finditer(html, start):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return len(html)


class Annotator:
    """Finds the furigana of pages; one serves a whole build and keeps the blocks used last."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._annotate_block = lru_cache(_KEPT_BLOCKS)(self._read_block)

    def __reduce__(self) -> tuple[type[Annotator], tuple[Reader]]:
        return Annotator, (self._reader,)

    def annotate(self, html: str) -> dict[str, str]:
        """Text → its item, for every text of a page with kanji whose reading is certain."""
        found: dict[str, str] = {}
        for block in split_blocks(html):
            for text, item in self._annotate_block(block):
                found.setdefault(text, item)
        return found

    def make_file(self, html: str, *, known: Collection[str] = ()) -> bytes:
        """The file of a page, without the `known` texts: the shared file has those."""
        return join_items(item for text, item in self.annotate(html).items() if text not in known)

    def _read_block(self, block: str) -> tuple[tuple[str, str], ...]:
        """Reads a block as a whole; a segment that reaches into another text of it is dropped."""
        if not _KANJI.search(block):
            return ()
        texts = [unescape(text) for text in _TAG.split(block) if text]
        segments = self._reader.read("".join(texts))
        found: dict[str, str] = {}
        start = first = 0
        for text in texts:
            end = start + len(text)
            after = bisect_left(segments, (end,), lo=first)
            inner = [item for item in segments[first:after] if item.end <= end]
            if inner:
                offset = start + len(text) - len(text.lstrip(WHITESPACE))
                stripped = text.strip(WHITESPACE)
                if stripped not in found:
                    runs = _split_runs(stripped, inner, offset)
                    found[stripped] = f"[{','.join(map(encode_basestring, runs))}]"
            start, first = end, after
        return tuple(found.items())


def join_items(items: Iterable[str]) -> bytes:
    """The bytes of a file of furigana, from the items of its texts."""
    return f"[{','.join(items)}]".encode()


def _split_runs(text: str, segments: Iterable[Segment], offset: int) -> list[str]:
    """The text in runs; the segments count from `offset` characters before it."""
    runs, done = [], 0
    for start, end, reading in segments:
        runs += [text[done : start - offset], text[start - offset : end - offset], reading]
        done = end - offset
    return [*runs, text[done:]]
