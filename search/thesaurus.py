"""Everyday word ↔ official word: which terms are searched besides those that were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from japanese.analyze import Analyzer, normalize_text
from japanese.letters import KANJI, to_hiragana


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one meaning, and what is searched for them: each alternative needs all its terms."""

    words: tuple[str, ...]
    alternatives: tuple[tuple[int, ...], ...]


def make_groups(
    thesaurus: Iterable[Sequence[str]], *, numbers: Mapping[str, int], analyzer: Analyzer
) -> tuple[list[Group], dict[str, str]]:
    """The groups that find something, and readings of words that hold terms not in `numbers`."""
    groups = []
    readings: dict[str, str] = {}
    claimed: set[tuple[int, ...]] = set()
    for row in thesaurus:
        words = tuple(dict.fromkeys(clean_word(word) for word in row))
        terms = {word: [token.term for token in analyzer.analyze(word)] for word in words}
        found = [
            tuple(dict.fromkeys(numbers[term] for term in wanted))
            for wanted in terms.values()
            if wanted and all(term in numbers for term in wanted)
        ]
        # 燃えないごみ has the terms of 燃えるごみ: what an earlier group searches is left to it.
        found = [item for item in dict.fromkeys(found) if item not in claimed]
        if not found:
            continue
        claimed.update(found)
        groups.append(Group(words, tuple(found)))
        for word in words:
            if any(term not in numbers for term in terms[word]):
                readings.update(_read_word(word, analyzer))
    return groups, readings


def _read_word(word: str, analyzer: Analyzer) -> dict[str, str]:
    """The word's reading where it says more than the word itself."""
    reading = analyzer.read(word)
    return {word: reading} if re.search(f"[{KANJI}]", word) and reading != word else {}


def clean_word(word: str) -> str:
    """A word as the index's lines can hold it: normalized, no tab, no equals sign."""
    return re.sub(r"[\s=]+", " ", normalize_text(word)).strip()


def find_shadowed(thesaurus: Sequence[Sequence[str]]) -> list[tuple[int, str, int]]:
    """(group number, word, number of the earlier group): a word that two groups claim.

    Only one of them can be meant where it is typed.
    """
    claimed: dict[str, int] = {}
    shadowed = []
    for number, row in enumerate(thesaurus):
        for word in row:
            first = claimed.setdefault(to_hiragana(clean_word(word)), number)
            if first != number:
                shadowed.append((number, word, first))
    return shadowed
