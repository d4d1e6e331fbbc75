"""Text → its kanji, each run of them with its reading, for furigana.

Sudachi reads; `readings.yml` tells what it gets wrong, and a city's own exceptions go before that.
What cannot be read for sure has no furigana: a wrong reading is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import yaml
from sudachipy import Morpheme, SplitMode, Tokenizer

from search.analyze import open_tokenizer, to_hiragana

READINGS = Path(__file__).parent / "readings.yml"
KANJI = "々〆〇ヶ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"

_KANJI_RUN = re.compile(f"[{KANJI}]+")
_PIECE = re.compile(f"[{KANJI}]+|[^{KANJI}]+")
_KANA = re.compile("[ぁ-ゖー]+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# Sudachi refuses a longer text; no block of a page is so long but by mistake.
_TEXT_LIMIT = 12_000
# Browsers of some years ago break no line within a reading's base.
_LONGEST_BASE = 4
_NUMERALS = "一二三四五六七八九十百千万"
_NUMERAL_DIGITS = str.maketrans(_NUMERALS, "1234567890000")
_NUMBERS = {
    tens + ones: f"{10 * ten + one}"
    for ten, tens in enumerate(("", "十", "二十", "三十"))
    for one, ones in enumerate(("", *"一二三四五六七八九"))
}
_AFTER_COUNTER = {"間": "かん", "分": "ぶん", "目": "め", "前": "まえ", "後": "ご"}
_WEEKDAYS = {
    "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち",
    "祝": "しゅく",
}  # fmt: skip
_WEEKDAY_CHAIN = re.compile(
    rf"(?<=[（(])[月火水木金土日祝](?=[）)])"
    rf"|(?<![{KANJI}\d])[月火水木金土日祝](?:[・、,~〜～-][月火水木金土日祝])+(?![{KANJI}])"
)
# 2、3日 and 2～3人 are read as neither of the two.
_RANGE_END = re.compile(r"\d[、・,~〜～-]$")


class Segment(NamedTuple):
    """A place in a text, from `start` to before `end`, and its reading in hiragana.

    Empty where it is known that none can be told.
    """

    start: int
    end: int
    reading: str

    def move(self, by: int) -> Segment:
        """The same segment, further on in a text."""
        return Segment(self.start + by, self.end + by, self.reading)


@dataclass(frozen=True)
class ReadingTable:
    """What `readings.yml` tells; its head says what each part is."""

    words: Mapping[str, str]
    counters: Mapping[str, Sequence[tuple[str, str]]]
    numbers: Mapping[str, str]
    after_kanji: Mapping[str, str]

    def add_words(self, words: Mapping[str, str]) -> ReadingTable:
        """A table in which these replace the words of the same spelling."""
        return replace(self, words={**self.words, **words})


def load_readings(path: Path = READINGS) -> ReadingTable:
    """The built-in exceptions."""
    table = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    table["counters"] = {
        counter: re.findall(r"([^\d\s]+)(\d*)", forms)
        for counter, forms in table["counters"].items()
    }
    return ReadingTable(**table)


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


@dataclass(frozen=True)
class Reader:
    """Reads texts by Sudachi and a table of exceptions; one serves a build and remembers words."""

    table: ReadingTable

    def read(self, text: str) -> list[Segment]:
        """The runs of kanji that can be read, in order; katakana, kana and Latin have none."""
        if not _KANJI_RUN.search(text):
            return []
        text = text[:_TEXT_LIMIT].translate(_DIGITS)
        tokens = list(self._tokenizer.tokenize(text))
        borders = {token.begin() for token in tokens} | {len(text)}
        taken = bytearray(len(text))
        segments: list[Segment] = []
        for source in (
            self._find_words(text, borders),
            _find_weekdays(text),
            self._find_numbers(text, borders),
            self._read_tokens(text, tokens),
        ):
            for item in source:
                if not any(taken[item.start : item.end]):
                    taken[item.start : item.end] = b"\1" * (item.end - item.start)
                    segments.append(item)
        return sorted(item for item in segments if item.reading)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return open_tokenizer(SplitMode.C)

    @cached_property
    def _known(self) -> dict[tuple[int, str], list[Segment]]:
        return {}

    @cached_property
    def _words(self) -> dict[str, list[tuple[str, list[Segment]]]]:
        """First character → the words that begin with it, the longest first."""
        words: dict[str, list[tuple[str, list[Segment]]]] = {}
        for word, reading in sorted(self.table.words.items(), key=lambda item: -len(item[0])):
            fitted = align_reading(word, reading) if reading else [Segment(0, len(word), "")]
            if fitted is None:
                raise ValueError(f"{word}: {reading}")
            words.setdefault(word[0], []).append((word, fitted))
        return words

    @cached_property
    def _counters(self) -> re.Pattern[str]:
        names = "|".join(sorted(self.table.counters, key=len, reverse=True))
        after = "".join(_AFTER_COUNTER)
        return re.compile(rf"(\d[\d,.，．]*|[{_NUMERALS}]+)({names})(?!曜)([{after}](?!後))?")

    def _find_words(self, text: str, borders: set[int]) -> Iterator[Segment]:
        """The exceptions that stand between borders of words.

        Longer ones may also stand between kanji and other letters, where Sudachi knows no word.
        """
        runs = {place for match in _KANJI_RUN.finditer(text) for place in match.span()}
        done = 0
        for start in sorted(borders | runs):
            if start < done or start == len(text):
                continue
            for word, segments in self._words.get(text[start], ()):
                ends = borders if len(word) == 1 else borders | runs
                is_whole = start in ends and start + len(word) in ends
                if is_whole and text.startswith(word, start):
                    done = start + len(word)
                    yield from (item.move(start) for item in segments)
                    break

    def _find_numbers(self, text: str, borders: set[int]) -> Iterator[Segment]:
        for match in self._counters.finditer(text):
            number, counter, after = match.groups()
            start, end = match.span(2)
            if number[0] in _NUMERALS and not borders.issuperset((match.start(), start)):
                continue  # a word of its own: 一部, 三重
            if after and match.end() in borders:
                yield Segment(end, end + 1, _AFTER_COUNTER[after])
            elif end not in borders:
                continue
            whole = (_NUMBERS.get(number) or number) + counter
            if whole in self.table.numbers:
                yield Segment(match.start(), end, self._read_whole(whole, match))
            else:
                yield Segment(start, end, self._read_counter(number, counter, text[end:]))
            if number[0] in _NUMERALS:  # its sound depends on the counter
                yield Segment(match.start(), start, "")

    def _read_whole(self, whole: str, match: re.Match[str]) -> str:
        before = match.string[: match.start()]
        if whole == "1日":
            # The first of a month, or a day's length; else it may be either.
            return "ついたち" if before.endswith("月") else ""
        return "" if _RANGE_END.search(before) else self.table.numbers[whole]

    def _read_counter(self, number: str, counter: str, rest: str) -> str:
        forms = self.table.counters[counter]
        if counter == "分" and re.match(r"の\d", rest):
            return "ぶん"
        if len(forms) > 1 and number.endswith(("000", "千", "万")):
            return ""
        last = number[-1].translate(_NUMERAL_DIGITS)
        special = (reading for reading, digits in forms if last in digits)
        return next(special, forms[0][0])

    def _read_tokens(self, text: str, tokens: Sequence[Morpheme]) -> Iterator[Segment]:
        for token in tokens:
            surface, begin = token.surface(), token.begin()
            key = (token.word_id(), surface)
            if key not in self._known or token.is_oov():
                self._known[key] = _read_morpheme(token, surface)
            other = self.table.after_kanji.get(surface)
            if other and begin and _KANJI_RUN.match(text[begin - 1]):
                yield from (item.move(begin) for item in align_reading(surface, other) or ())
            else:
                yield from (item.move(begin) for item in self._known[key])


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


def _find_weekdays(text: str) -> Iterator[Segment]:
    """（月） and 月・水・金: days of the week, not a month, water or gold."""
    for match in _WEEKDAY_CHAIN.finditer(text):
        for place in range(*match.span()):
            if text[place] in _WEEKDAYS:
                yield Segment(place, place + 1, _WEEKDAYS[text[place]])
