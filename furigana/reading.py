"""Text → its kanji, each run of them with its reading, for furigana.

Sudachi reads; `readings.yml` tells what it gets wrong, and a city's own exceptions go before that.
What cannot be read for sure has no furigana: a wrong reading is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from sudachipy import Morpheme, SplitMode

from furigana.counter_words import KANJI, Counters, Segment, find_weekdays
from japanese.analyze import Analyzer
from japanese.letters import HIRAGANA, to_hiragana

READINGS = Path(__file__).parent / "readings.yml"

_KANJI_RUN = re.compile(f"[{KANJI}]+")
_PIECE = re.compile(f"[{KANJI}]+|[^{KANJI}]+")
_KANA = re.compile(f"[{HIRAGANA}]+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SENTENCE = re.compile(r"[^。\n]{1,4000}[。\n]?|[。\n]")
# Browsers of some years ago break no line within a reading's base.
_LONGEST_BASE = 4


@dataclass(frozen=True)
class ReadingTable:
    """What `readings.yml` tells; its head says what each part is."""

    words: Mapping[str, str]
    counters: Counters
    after_kanji: Mapping[str, str]

    def add_words(self, words: Mapping[str, str]) -> ReadingTable:
        """A table in which these replace the words of the same spelling."""
        return replace(self, words={**self.words, **words})


def load_readings(path: Path = READINGS) -> ReadingTable:
    """The built-in exceptions."""
    table = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    forms = {
        counter: re.findall(r"([^\d\s]+)(\d*)", line) for counter, line in table["counters"].items()
    }
    counters = Counters(forms, table["numbers"])
    return ReadingTable(table["words"], counters, table["after_kanji"])


def align_reading(spelling: str, reading: str) -> list[Segment] | None:
    """The kanji of a spelling with their parts of its reading; None where the two do not fit.

    The kana of the spelling stand in the reading, too: 受け付け, うけつけ → 受 う, 付 つ.
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
    """Reads texts by Sudachi and a table of exceptions; one serves a build and remembers words."""

    def __init__(self, table: ReadingTable, analyzer: Analyzer) -> None:
        self._counters = table.counters
        self._tokenizer = analyzer.open_tokenizer(SplitMode.C)
        self._words = _index_words(table.words)
        self._ends = {
            word: align_reading(word, reading) or [] for word, reading in table.after_kanji.items()
        }
        self._sentences: dict[str, list[Segment]] = {}
        self._tokens: dict[tuple[str, int], list[Segment]] = {}

    def read(self, text: str) -> list[Segment]:
        """The runs of kanji that can be read, in order; katakana, kana and Latin have none."""
        segments: list[Segment] = []
        start = 0
        # Sentences come again and again; and Sudachi refuses a very long text.
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
        borders = {token.begin() for token in tokens} | {len(text)}
        taken = bytearray(len(text))
        segments: list[Segment] = []
        for source in (
            self._find_words(text, borders),
            find_weekdays(text),
            self._counters.find(text, borders),
            self._read_tokens(text, tokens),
        ):
            for item in source:
                if not any(taken[item.start : item.end]):
                    taken[item.start : item.end] = b"\1" * (item.end - item.start)
                    segments.append(item)
        return sorted(item for item in segments if item.reading)

    def _find_words(self, text: str, borders: set[int]) -> Iterator[Segment]:
        """The exceptions that stand between borders of words.

        Longer ones may also stand between kanji and other letters, where Sudachi knows no word.
        """
        wide = borders.union(*(match.span() for match in _KANJI_RUN.finditer(text)))
        done = 0
        for start, letter in enumerate(text):
            if letter not in self._words or start not in wide or start < done:
                continue
            for word, segments in self._words[letter]:
                ends = wide if len(word) > 1 else borders
                is_whole = start in ends and start + len(word) in ends
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
                if surface in self._ends and _KANJI_RUN.match(text[begin - 1 : begin]):
                    segments = self._ends[surface]
                for item in segments:
                    yield item.move(begin)


def _index_words(words: Mapping[str, str]) -> dict[str, list[tuple[str, list[Segment]]]]:
    """First character → the words that begin with it, the longest first."""
    index: dict[str, list[tuple[str, list[Segment]]]] = {}
    for word, reading in sorted(words.items(), key=lambda item: -len(item[0])):
        fitted = align_reading(word, reading) if reading else [Segment(0, len(word), "")]
        if fitted is None:
            raise ValueError(f"{word}: {reading}")
        index.setdefault(word[0], []).append((word, fitted))
    return index


def _read_morpheme(token: Morpheme, surface: str) -> list[Segment]:
    """The word's kanji in short pieces, where the pieces are read as the whole is."""
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
