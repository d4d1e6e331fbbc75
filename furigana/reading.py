"""Text → the runs of kanji in it with their readings, for furigana.

Sudachi gives the readings. A city's own exceptions take precedence over those of `readings.yml`,
and both over Sudachi. Where no reading is certain there is none: a wrong one is worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from sudachipy import Morpheme, SplitMode

from furigana.counter_words import CounterReader, find_weekdays
from furigana.segment import KANJI, Segment
from japanese.analyze import Analyzer
from japanese.letters import HIRAGANA, to_hiragana

READINGS = Path(__file__).parent / "readings.yml"

_KANJI_RUN = re.compile(f"[{KANJI}]+")
_PIECE = re.compile(f"[{KANJI}]+|[^{KANJI}]+")
_KANA = re.compile(f"[{HIRAGANA}]+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SENTENCE = re.compile(r"[^。\n]{1,4000}[。\n]?|[。\n]")
# Older browsers do not break a line within a ruby base; longer words are split where possible.
_LONGEST_BASE = 4


@dataclass(frozen=True)
class ReadingTable:
    """Exceptions to Sudachi's readings.

    `words`: spelling → reading, empty for no furigana; `counters`: counter words and numbers;
    `after_kanji`: like `words`, for a word that follows another kanji.
    """

    words: Mapping[str, str]
    counters: CounterReader
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
    counters = CounterReader(forms, table["numbers"])
    return ReadingTable(table["words"], counters, table["after_kanji"])


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
    does not fit its spelling.
    """

    def __init__(self, table: ReadingTable, analyzer: Analyzer) -> None:
        self._counters = table.counters
        self._tokenizer = analyzer.open_tokenizer(SplitMode.C)
        self._words = _index_words(table.words)
        self._after_kanji = {
            word: align_reading(word, reading) or [] for word, reading in table.after_kanji.items()
        }
        self._sentences: dict[str, list[Segment]] = {}
        self._tokens: dict[tuple[str, int], list[Segment]] = {}

    def read(self, text: str) -> list[Segment]:
        """The runs of kanji whose reading is certain, in order; all other text has no segment."""
        segments: list[Segment] = []
        start = 0
        # Many sentences are repeated, and Sudachi refuses a very long text.
        for sentence in _SENTENCE.findall(text):
            if sentence not in self._sentences:
                self._sentences[sentence] = self._read_sentence(sentence)
            segments += [item.move(start) for item in self._sentences[sentence]]
            start += len(sentence)
        return segments

    def _read_sentence(self, text: str) -> list[Segment]:
        if not _KANJI_RUN.search(text):
            return []
        text = text.translate(_DIGITS)
        tokens = list(self._tokenizer.tokenize(text))
        boundaries = {token.begin() for token in tokens} | {len(text)}
        taken = bytearray(len(text))
        segments: list[Segment] = []
        for source in (
            self._find_exceptions(text, boundaries),
            find_weekdays(text),
            self._counters.find(text, boundaries),
            self._read_tokens(text, tokens),
        ):
            for item in source:
                if not any(taken[item.start : item.end]):
                    taken[item.start : item.end] = b"\1" * (item.end - item.start)
                    segments.append(item)
        return sorted(item for item in segments if item.reading)

    def _find_exceptions(self, text: str, boundaries: set[int]) -> Iterator[Segment]:
        """The exceptions that begin and end at word boundaries, the longest at each place.

        Those of two or more characters may also begin and end where a run of kanji does: Sudachi
        may not know the word.
        """
        wide = boundaries.union(*(match.span() for match in _KANJI_RUN.finditer(text)))
        done = 0
        for start, letter in enumerate(text):
            if letter not in self._words or start not in wide or start < done:
                continue
            for word, segments in self._words[letter]:
                allowed = wide if len(word) > 1 else boundaries
                is_whole = start in allowed and start + len(word) in allowed
                if is_whole and text.startswith(word, start):
                    done = start + len(word)
                    yield from (item.move(start) for item in segments)
                    break

    def _read_tokens(self, text: str, tokens: Sequence[Morpheme]) -> Iterator[Segment]:
        for token in tokens:
            surface = token.surface()
            key = (surface, token.word_id())
            if key not in self._tokens or token.is_oov():
                self._tokens[key] = _read_morpheme(token, surface)
            if segments := self._tokens[key]:
                begin = token.begin()
                if surface in self._after_kanji and _KANJI_RUN.match(text[begin - 1 : begin]):
                    segments = self._after_kanji[surface]
                for item in segments:
                    yield item.move(begin)


def _index_words(words: Mapping[str, str]) -> dict[str, list[tuple[str, list[Segment]]]]:
    """First character → (word, its segments) of the words that begin with it, longest first."""
    index: dict[str, list[tuple[str, list[Segment]]]] = {}
    for word, reading in sorted(words.items(), key=lambda item: -len(item[0])):
        fitted = align_reading(word, reading) if reading else [Segment(0, len(word), "")]
        if fitted is None:
            raise ValueError(f"{word}: {reading}")
        index.setdefault(word[0], []).append((word, fitted))
    return index


def _read_morpheme(token: Morpheme, surface: str) -> list[Segment]:
    """The segments of a word, in shorter ones where its parts are read as they are in the whole."""
    if not _KANJI_RUN.search(surface):
        return []
    reading = to_hiragana(token.reading_form())
    if not _KANA.fullmatch(reading):
        return []
    for mode in (SplitMode.B, SplitMode.A):
        pieces = list(token.split(mode))
        readings = [to_hiragana(piece.reading_form()) for piece in pieces]
        longest = max((len(piece.surface()) for piece in pieces), default=len(surface))
        if len(surface) > _LONGEST_BASE >= longest and "".join(readings) == reading:
            aligned = [
                align_reading(piece.surface(), own)
                for piece, own in zip(pieces, readings, strict=True)
            ]
            return [
                item.move(piece.begin() - token.begin())
                for piece, items in zip(pieces, aligned, strict=True)
                for item in items or ()
            ]
    return align_reading(surface, reading) or []
