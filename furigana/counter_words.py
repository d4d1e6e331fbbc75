"""Text → readings of its counter words (助数詞) and weekdays: 3本 ぼん, 2人 ふたり, （月） げつ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from furigana.segment import KANJI, Segment

_NUMERALS = "一二三四五六七八九十百千万"
_NUMERAL_DIGITS = str.maketrans(_NUMERALS, "1234567890000")
_NUMBERS = {
    tens + ones: f"{10 * ten + one}"
    for ten, tens in enumerate(("", "十", "二十", "三十"))
    for one, ones in enumerate(("", *"一二三四五六七八九"))
}
# Suffixes of a counter word.
_AFTER_COUNTER = {"間": "かん", "分": "ぶん", "目": "め", "前": "まえ", "後": "ご"}
# What precedes the end of a range: 2、3日 is not read みっか.
_RANGE_END = re.compile(r"\d[、・,~〜～-]$")
_WEEKDAYS = {
    "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち",
    "祝": "しゅく",
}  # fmt: skip
# Most sentences have none, which these show quickly.
_MAY_BE_WEEKDAY = re.compile("[月火水木金土日祝][）)・、,~〜～-]")
_MAY_BE_NUMBER = re.compile(rf"[\d{_NUMERALS}]")
_WEEKDAY_CHAIN = re.compile(
    rf"(?<=[（(])[月火水木金土日祝](?=[）)])"
    rf"|(?<![{KANJI}\d])[月火水木金土日祝](?:[・、,~〜～-][月火水木金土日祝])+(?![{KANJI}])"
)


def find_weekdays(text: str) -> Iterator[Segment]:
    """The weekdays in （月） and 月・水・金; elsewhere these kanji mean moon, water or gold."""
    if not _MAY_BE_WEEKDAY.search(text):
        return
    for match in _WEEKDAY_CHAIN.finditer(text):
        for place in range(*match.span()):
            if text[place] in _WEEKDAYS:
                yield Segment(place, place + 1, _WEEKDAYS[text[place]])


class CounterReader:
    """Finds the readings of counter words, which depend on the number before them.

    - `forms`: counter word → its readings, each with the last digits of the numbers that take it;
      the first one is that of all other numbers
    - `numbers`: number and counter word that have one reading together (2人 ふたり)

    Digits are half-width.
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

    def find(self, text: str, boundaries: Collection[int]) -> Iterator[Segment]:
        """The counter words that end where a word ends; `boundaries` are the places between words.

        `text` has half-width digits.
        """
        if not _MAY_BE_NUMBER.search(text):
            return
        for match in self._pattern.finditer(text):
            number, counter, after = match.groups()
            start, end = match.span(2)
            if number[0] in _NUMERALS and not {match.start(), start}.issubset(boundaries):
                continue  # a word of its own: 一部, 三重
            if after and match.end() in boundaries:
                yield Segment(end, end + 1, _AFTER_COUNTER[after])
            elif end not in boundaries:
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
            # ついたち after a month; elsewhere いちにち is as common.
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
