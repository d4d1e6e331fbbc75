"""Numbers in a text → how what is counted is read: 3本 ぼん, 2人 ふたり, （月） げつ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from japanese import letters

# ヶ is read as a kanji is: 3ヶ月, 鳩ヶ谷.
KANJI = f"ヶ{letters.KANJI}"

_NUMERALS = "一二三四五六七八九十百千万"
_NUMERAL_DIGITS = str.maketrans(_NUMERALS, "1234567890000")
_NUMBERS = {
    tens + ones: f"{10 * ten + one}"
    for ten, tens in enumerate(("", "十", "二十", "三十"))
    for one, ones in enumerate(("", *"一二三四五六七八九"))
}
_AFTER_COUNTER = {"間": "かん", "分": "ぶん", "目": "め", "前": "まえ", "後": "ご"}
# 2、3日 and 2～3人 are read as neither of the two.
_RANGE_END = re.compile(r"\d[、・,~〜～-]$")
_WEEKDAYS = {
    "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち",
    "祝": "しゅく",
}  # fmt: skip
_WEEKDAY_CHAIN = re.compile(
    rf"(?<=[（(])[月火水木金土日祝](?=[）)])"
    rf"|(?<![{KANJI}\d])[月火水木金土日祝](?:[・、,~〜～-][月火水木金土日祝])+(?![{KANJI}])"
)


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


def find_weekdays(text: str) -> Iterator[Segment]:
    """（月） and 月・水・金: days of the week, not a month, water or gold."""
    for match in _WEEKDAY_CHAIN.finditer(text):
        for place in range(*match.span()):
            if text[place] in _WEEKDAYS:
                yield Segment(place, place + 1, _WEEKDAYS[text[place]])


class Counters:
    """Reads counters: `forms` are their readings with the last digits each comes after.

    The first form is the common one. `numbers` are read as one with their counter; digits are half
    width.
    """

    def __init__(
        self, forms: Mapping[str, Sequence[tuple[str, str]]], numbers: Mapping[str, str]
    ) -> None:
        self._forms = forms
        self._numbers = numbers
        names = "|".join(sorted(forms, key=len, reverse=True))
        after = "".join(_AFTER_COUNTER)
        self._pattern = re.compile(
            rf"(\d[\d,.，．]*|[{_NUMERALS}]+)({names})(?!曜)([{after}](?!後))?"
        )

    def find(self, text: str, borders: Collection[int]) -> Iterator[Segment]:
        """The counters that end where a word does; `borders` are where words begin and end."""
        for match in self._pattern.finditer(text):
            number, counter, after = match.groups()
            start, end = match.span(2)
            if number[0] in _NUMERALS and not {match.start(), start}.issubset(borders):
                continue  # a word of its own: 一部, 三重
            if after and match.end() in borders:
                yield Segment(end, end + 1, _AFTER_COUNTER[after])
            elif end not in borders:
                continue
            whole = (_NUMBERS.get(number) or number) + counter
            if whole in self._numbers:
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
        return "" if _RANGE_END.search(before) else self._numbers[whole]

    def _read_counter(self, number: str, counter: str, rest: str) -> str:
        forms = self._forms[counter]
        if counter == "分" and re.match(r"の\d", rest):
            return "ぶん"
        if len(forms) > 1 and number.endswith(("000", "千", "万")):
            return ""
        last = number[-1].translate(_NUMERAL_DIGITS)
        special = (reading for reading, digits in forms if last in digits)
        return next(special, forms[0][0])
