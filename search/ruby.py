"""A rendered page → the furigana of its texts, in the small file that stands beside it.

The file is a list; each item is one text of the page in pieces: plain, base, reading, plain, base,
reading, … , plain. What the plain pieces and the bases make together is the text as it stands in
the page, without blanks around it: by that the browser finds its place.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from search.counters import KANJI, Segment
from search.reading import Reader

SHARED_FILE = "ruby.json"
BLANKS = " \n\r\t"

# Well-formed, as our templates write it: no ">" within attributes, no "<" but of tags.
_PART = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*)>|([^<]+)")
_LANGUAGE = re.compile(r' lang="(?!ja[-"])')
_KANJI = re.compile(f"[{KANJI}]")
# They part no words; all others begin and end a block.
_INLINE = frozenset(
    "a abbr b bdi cite code data dfn em i kbd mark q s small span strong sub sup time u wbr".split()  # noqa: SIM905
)
_PASSED_OVER = frozenset("head script select style svg textarea".split())  # noqa: SIM905

Runs = list[str]


def name_ruby_file(page: str) -> str:
    """The file beside a page: faq/101/index.html → faq/101/index.ruby.json."""
    return page.removesuffix("html") + "ruby.json"


def collect_blocks(html: str) -> Iterator[tuple[str, ...]]:
    """The texts of each block that is in Japanese, in the page's order."""
    texts: list[str] = []
    passed_over, depth = "", 0
    for closing, name, attributes, text in _PART.findall(html):
        if passed_over:
            if name == passed_over:
                depth += -1 if closing else 1
                passed_over = passed_over if depth else ""
        elif text:
            texts.append(unescape(text))
        elif not closing and (name in _PASSED_OVER or _LANGUAGE.search(attributes)):
            passed_over, depth = name, 1
        elif name not in _INLINE and texts:
            yield tuple(texts)
            texts = []
    if texts:
        yield tuple(texts)


@dataclass(frozen=True)
class Annotator:
    """Finds the furigana of pages; one serves a build and remembers blocks."""

    reader: Reader

    def annotate(self, html: str) -> dict[str, Runs]:
        """Text → its pieces, for every text of a page that holds kanji that can be read."""
        found: dict[str, Runs] = {}
        for block in collect_blocks(html):
            if block not in self._known:
                self._known[block] = self._annotate_block(block)
            for text, runs in self._known[block].items():
                found.setdefault(text, runs)
        return found

    def make_file(self, html: str, *, known: Collection[str] = ()) -> bytes:
        """The file of a page; texts that are `known` stand in the shared file."""
        return dump_runs(runs for text, runs in self.annotate(html).items() if text not in known)

    @cached_property
    def _known(self) -> dict[tuple[str, ...], Mapping[str, Runs]]:
        return {}

    def _annotate_block(self, texts: tuple[str, ...]) -> Mapping[str, Runs]:
        """Reads a block as a whole, then cuts where its texts begin and end."""
        whole = "".join(texts)
        if not _KANJI.search(whole):
            return {}
        segments = self.reader.read(whole)
        found: dict[str, Runs] = {}
        start = first = 0
        for text in texts:
            end = start + len(text)
            after = bisect_left(segments, end, lo=first, key=lambda item: item.start)
            inner = [item.move(-start) for item in segments[first:after] if item.end <= end]
            if inner:
                bare = text.lstrip(BLANKS)
                runs = _cut_runs(bare.rstrip(BLANKS), inner, len(text) - len(bare))
                found.setdefault(bare.rstrip(BLANKS), runs)
            start, first = end, after
        return found


def dump_runs(texts: Iterable[Runs]) -> bytes:
    """The bytes of a file of furigana."""
    return json.dumps(list(texts), ensure_ascii=False, separators=(",", ":")).encode()


def _cut_runs(text: str, segments: list[Segment], cut: int) -> Runs:
    runs, done = [], 0
    for start, end, reading in segments:
        runs += [text[done : start - cut], text[start - cut : end - cut], reading]
        done = end - cut
    return [*runs, text[done:]]
