"""A rendered page → the furigana of its texts, in a small file beside it.

The file is a JSON list with an item for each text of the page. An item is the text in runs: plain,
base, reading, plain, base, reading, …, plain. The plain runs and the bases joined are the text as
the page has it, without whitespace around it; by that the browser finds the text in the page.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape

from furigana.reading import Reader
from furigana.segment import KANJI, Segment

WHITESPACE = " \n\r\t"

# Well-formed, as our templates write it: no ">" within attributes, no "<" but of tags.
_PART = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*)>|([^<]+)")
_LANGUAGE = re.compile(r' lang="(?!ja[-"])')
_KANJI = re.compile(f"[{KANJI}]")
# Elements within a word or sentence; all others begin and end a block.
_INLINE = frozenset(
    "a abbr b bdi cite code data dfn em i kbd mark q s small span strong sub sup time u wbr".split()  # noqa: SIM905
)
# Elements whose text gets no furigana.
_SKIPPED = frozenset("head script select style svg textarea".split())  # noqa: SIM905

Runs = list[str]


def collect_blocks(html: str) -> Iterator[tuple[str, ...]]:
    """The texts of each block of a page, in order, without those in another language."""
    texts: list[str] = []
    skipped, depth = "", 0
    for closing, name, attributes, text in _PART.findall(html):
        if skipped:
            if name == skipped:
                depth += -1 if closing else 1
                skipped = skipped if depth else ""
        elif text:
            texts.append(unescape(text))
        elif not closing and (name in _SKIPPED or _LANGUAGE.search(attributes)):
            skipped, depth = name, 1
        elif name not in _INLINE and texts:
            yield tuple(texts)
            texts = []
    if texts:
        yield tuple(texts)


class Annotator:
    """Finds the furigana of pages; one serves a whole build and caches blocks."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._blocks: dict[tuple[str, ...], Mapping[str, Runs]] = {}

    def annotate(self, html: str) -> dict[str, Runs]:
        """Text → its runs, for every text of a page with kanji whose reading is certain."""
        found: dict[str, Runs] = {}
        for block in collect_blocks(html):
            if block not in self._blocks:
                self._blocks[block] = self._annotate_block(block)
            for text, runs in self._blocks[block].items():
                found.setdefault(text, runs)
        return found

    def make_file(self, html: str, *, known: Collection[str] = ()) -> bytes:
        """The file of a page, without the `known` texts: the shared file has those."""
        return dump_runs(runs for text, runs in self.annotate(html).items() if text not in known)

    def _annotate_block(self, texts: tuple[str, ...]) -> Mapping[str, Runs]:
        """Reads a block as a whole; a segment that reaches into another text of it is dropped."""
        whole = "".join(texts)
        if not _KANJI.search(whole):
            return {}
        segments = self._reader.read(whole)
        found: dict[str, Runs] = {}
        start = first = 0
        for text in texts:
            end = start + len(text)
            after = bisect_left(segments, end, lo=first, key=lambda item: item.start)
            inner = [item.move(-start) for item in segments[first:after] if item.end <= end]
            if inner:
                offset = len(text) - len(text.lstrip(WHITESPACE))
                stripped = text.strip(WHITESPACE)
                runs = _split_runs(stripped, [item.move(-offset) for item in inner])
                found.setdefault(stripped, runs)
            start, first = end, after
        return found


def dump_runs(texts: Iterable[Runs]) -> bytes:
    """The bytes of a file of furigana, from the runs of each text."""
    return json.dumps(list(texts), ensure_ascii=False, separators=(",", ":")).encode()


def _split_runs(text: str, segments: Iterable[Segment]) -> Runs:
    runs, done = [], 0
    for start, end, reading in segments:
        runs += [text[done:start], text[start:end], reading]
        done = end
    return [*runs, text[done:]]
