"""The surfaces and readings with which the browser cuts a query into terms.

A query needs no dictionary of the language, only the words that occur: the longest entry that
fits is taken at each place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.analyze import analyze_text, normalize_text, to_hiragana

# Shorter readings fit inside too many other words.
MIN_READING = 3
_KANJI = re.compile("[々〇一-鿿]")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`terms` in the order of their numbers; `entries` from a spelling to term numbers.

    An entry of several numbers stands for any of them (words read alike); `phrases` maps the
    words of the thesaurus to the alternatives that are searched with them, each a list of numbers.
    """

    terms: tuple[str, ...]
    entries: Mapping[str, tuple[int, ...]]
    phrases: Mapping[str, tuple[tuple[int, ...], ...]]


def make_lexicon(
    spellings: Iterable[tuple[str, str, str]],
    *,
    terms: Iterable[str],
    thesaurus: Iterable[Sequence[str]] = (),
) -> Lexicon:
    """The lexicon of the spellings that occurred; thesaurus groups nothing matches are left out."""
    ordered = tuple(sorted(terms))
    numbers = {term: number for number, term in enumerate(ordered)}
    entries: dict[str, set[int]] = {}
    readings: dict[str, set[int]] = {}
    # In order: where two words claim one spelling, the first has it, in every run.
    for term, surface, reading in sorted(spellings):
        number = numbers[term]
        entries.setdefault(term, set()).add(number)
        if len(surface) > 1 or not _HIRAGANA.fullmatch(surface):
            entries.setdefault(surface, set()).add(number)
        if len(reading) >= MIN_READING:
            readings.setdefault(reading, set()).add(number)
    for reading, found in readings.items():
        entries.setdefault(reading, found)
    for surface in list(entries):
        for variant in list_short_spellings(surface):
            entries.setdefault(variant, entries[surface])
    for surface in [surface for surface in entries if re.search(r"[ァ-ヶ]", surface)]:
        entries.setdefault(to_hiragana(surface), entries[surface])
    return Lexicon(
        ordered,
        {spelling: tuple(sorted(found)) for spelling, found in sorted(entries.items())},
        _make_phrases(thesaurus, numbers),
    )


def list_short_spellings(surface: str) -> list[str]:
    """A word of two kanji or more with fewer kana, as people write it: 引越し and 引越."""
    if len(_KANJI.findall(surface)) < 2:
        return []
    inner = re.sub(rf"(?<={_KANJI.pattern})[ぁ-ん]+(?={_KANJI.pattern})", "", surface)
    return [spelling for spelling in (inner, re.sub("[ぁ-ん]", "", inner)) if spelling != surface]


def _make_phrases(
    thesaurus: Iterable[Sequence[str]], numbers: Mapping[str, int]
) -> dict[str, tuple[tuple[int, ...], ...]]:
    phrases: dict[str, tuple[tuple[int, ...], ...]] = {}
    for group in thesaurus:
        alternatives = []
        for word in group:
            found = [numbers.get(token.term) for token in analyze_text(word)]
            if found and None not in found:
                alternatives.append(tuple(number for number in found if number is not None))
        if alternatives:
            for word in group:
                phrases[normalize_text(word)] = tuple(dict.fromkeys(alternatives))
    return dict(sorted(phrases.items()))


def encode_lexicon(lexicon: Lexicon) -> bytes:
    """JSON: spellings front-coded (shared letters with the one before, then the rest)."""
    spellings: list[str] = []
    numbers: list[int | list[int]] = []
    previous = ""
    for spelling, found in lexicon.entries.items():
        shared = 0
        while (
            shared < min(len(previous), len(spelling), 35) and previous[shared] == spelling[shared]
        ):
            shared += 1
        spellings.append(_DIGITS[shared] + spelling[shared:])
        numbers.append(found[0] if len(found) == 1 else list(found))
        previous = spelling
    data = {
        "spellings": "\n".join(spellings),
        "numbers": numbers,
        "terms": len(lexicon.terms),
        "phrases": {
            word: [list(item) for item in found] for word, found in lexicon.phrases.items()
        },
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
