"""Text → the runs of kanji in it with their readings, for furigana.

Sudachi gives the readings. A city's own exceptions take precedence over those of `readings.yml`,
and both over Sudachi. Where no reading is certain there is none: a wrong one is worse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from furigana.counter_words import CounterReader, find_weekdays
from furigana.segment import KANJI, Segment
from japanese.analyze import SENTENCE, Analyzer, Part, Word
from japanese.letters import HIRAGANA, to_hiragana

READINGS = Path(__file__).parent / "readings.yml"

_KANJI_RUN = re.compile(f"[{KANJI}]+")
_PIECE = re.compile(f"[{KANJI}]+|[^{KANJI}]+")
_KANA = re.compile(f"[{HIRAGANA}]+")
_WIDE_DIGIT = re.compile("[０-９]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# What is kept: navigation and the like is repeated on every page, words everywhere.
_SENTENCES = 8_192
_WORDS = 65_536
# Older browsers do not break a line within a ruby base; longer words are split where possible.
_LONGEST_BASE = 4


@dataclass(frozen=True)
class ReadingTable:
    """Exceptions to Sudachi's readings.

    - `words`: spelling → reading, empty for no furigana
    - `counters`, `numbers`: the `forms` and `numbers` of a `CounterReader`
    - `after_kanji`: like `words`, for a word that follows another kanji
    """

    words: Mapping[str, str]
    counters: Mapping[str, Sequence[tuple[str, str]]]
    numbers: Mapping[str, str]
    after_kanji: Mapping[str, str]

    def add_words(self, words: Mapping[str, str]) -> ReadingTable:
        """A copy with these words, which replace those of the same spelling."""
        return replace(self, words={**self.words, **words})


def load_readings(path: Path = READINGS) -> ReadingTable:
    """The exceptions in a file like `readings.yml`, whose head explains its parts."""
    table = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    forms = {
        counter: re.findall(r"([^\d\s]+)(\d*)", line) for counter, line in table["counters"].items()
    }
    return ReadingTable(table["words"], forms, table["numbers"], table["after_kanji"])


def align_reading(spelling: str, reading: str) -> list[Segment] | None:
    """Splits a reading among the runs of kanji in its spelling; None where the two do not fit.

    They fit where the reading has the kana of the spelling: 受け付け, うけつけ → 受 う, 付 つ.
    """
    pieces = [(match.start(), match[0]) for match in _PIECE.finditer(spelling)]
    segments = []
    at = 0
    for number, (start, piece) in enumerate(pieces):
        if not _KANJI_RUN.match(piece):
            if not reading.startswith(to_hiragana(piece), at):
                return None
            at += len(piece)
            continue
        after = to_hiragana(pieces[number + 1][1]) if number + 1 < len(pieces) else ""
        is_last = number + 2 >= len(pieces)
        end = len(reading) - len(after) if is_last else reading.find(after, at + 1)
        if end <= at:
            return None
        segments.append(Segment(start, start + len(piece), reading[at:end]))
        at = end
    return segments if at == len(reading) else None


class Reader:
    """Finds the readings of kanji, by Sudachi and a table of exceptions.

    One serves a whole build and caches sentences and words. Raises `ValueError` where an exception
    does not fit its spelling. Pickled, it is made again.
    """

    def __init__(self, table: ReadingTable, analyzer: Analyzer) -> None:
        self._table = table
        self._analyzer = analyzer
        self._counters = CounterReader(table.counters, table.numbers)
        self._exceptions = _index_words(table.words)
        self._after_kanji = {
            word: align_reading(word, reading) or [] for word, reading in table.after_kanji.items()
        }
        longest_first = sorted(table.words, key=len, reverse=True)
        self._exception = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._read_word = lru_cache(_WORDS)(_read_word)
        self._read_sentence = lru_cache(_SENTENCES)(self._find_segments)

    def __reduce__(self) -> tuple[Any, ...]:
        return Reader, (self._table, self._analyzer)

    def read(self, text: str) -> list[Segment]:
        """The runs of kanji whose reading is certain, in order; all other text has no segment."""
        if not _KANJI_RUN.search(text):
            return []
        segments: list[Segment] = []
        for sentence in SENTENCE.finditer(text):
            found = self._read_sentence(sentence[0])
            start = sentence.start()
            segments += [item.move(start) for item in found] if start else found
        return segments

    def _find_segments(self, text: str) -> list[Segment]:
        if not _KANJI_RUN.search(text):
            return []
        words = self._analyzer.find_words(_normalize_widths(text))
        if _WIDE_DIGIT.search(text):
            text = text.translate(_DIGITS)
        places = list(accumulate((len(word.surface) for word in words), initial=0))
        boundaries = set(places)
        special = [
            *self._find_exceptions(text, boundaries),
            *find_weekdays(text),
            *self._counters.find(text, boundaries),
        ]
        segments = self._read_words(text, zip(places, words, strict=False))
        if special:
            segments = _select_free([*special, *segments], len(text))
        return [item for item in segments if item.reading]

    def _find_exceptions(self, text: str, boundaries: set[int]) -> Iterator[Segment]:
        """The exceptions that begin and end at word boundaries, the longest at each place.

        Those of two or more characters may also begin and end where a run of kanji does: Sudachi
        may not know the word.
        """
        wide: set[int] = set()
        place = 0
        while match := self._exception.search(text, place):
            wide = wide or boundaries.union(*(run.span() for run in _KANJI_RUN.finditer(text)))
            start = match.start()
            place = start + 1
            for word, segments in self._exceptions[text[start]] if start in wide else ():
                allowed = wide if len(word) > 1 else boundaries
                is_whole = start in allowed and start + len(word) in allowed
                if is_whole and text.startswith(word, start):
                    place = start + len(word)
                    yield from (item.move(start) for item in segments)
                    break

    def _read_words(self, text: str, words: Iterable[tuple[int, Word]]) -> list[Segment]:
        found = []
        for begin, word in words:
            if segments := self._read_word(word):
                if word.surface in self._after_kanji and _KANJI_RUN.match(text[begin - 1 : begin]):
                    segments = self._after_kanji[word.surface]
                # Most of what is made here; a method call would take as long again.
                for start, end, reading in segments:
                    found.append(Segment(begin + start, begin + end, reading))
        return found


def _normalize_widths(text: str) -> str:
    """NFKC, in which the search reads a text too, as far as each character keeps its place."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(map(_normalize_character, text))


@cache
def _normalize_character(character: str) -> str:
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character


def _select_free(segments: Iterable[Segment], length: int) -> list[Segment]:
    """The segments that overlap none before them, in order of place."""
    taken = bytearray(length)
    free = []
    for item in segments:
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\1" * (item.end - item.start)
            free.append(item)
    return sorted(free)


def _index_words(words: Mapping[str, str]) -> dict[str, list[tuple[str, list[Segment]]]]:
    """First character → (word, its segments) of the words that begin with it, longest first."""
    index: dict[str, list[tuple[str, list[Segment]]]] = {}
    for word, reading in sorted(words.items(), key=lambda item: -len(item[0])):
        fitted = align_reading(word, reading) if reading else [Segment(0, len(word), "")]
        if fitted is None:
            raise ValueError(f"{word}: {reading}")
        index.setdefault(word[0], []).append((word, fitted))
    return index


def _read_word(word: Word) -> list[Segment]:
    """The segments of a word, in shorter ones where its parts are read as they are in the whole."""
    surface, reading = word.surface, word.reading
    if not _KANJI_RUN.search(surface) or not _KANA.fullmatch(reading):
        return []
    if len(surface) > _LONGEST_BASE:
        for parts in word.splits:
            longest = max(len(part.surface) for part in parts)
            if longest <= _LONGEST_BASE and "".join(part.reading for part in parts) == reading:
                return list(_join_parts(parts))
    return align_reading(surface, reading) or []


def _join_parts(parts: Iterable[Part]) -> Iterator[Segment]:
    start = 0
    for part in parts:
        for item in align_reading(part.surface, part.reading) or ():
            yield item.move(start)
        start += len(part.surface)
