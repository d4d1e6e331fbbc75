"""Everyday word ↔ official word: which terms are searched besides those that were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from japanese.analyze import Analyzer, normalize_text
from japanese.letters import KANJI, to_hiragana


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Words of one meaning, and the term numbers searched for any of them.

    A document matches an alternative where it has all of its terms.
    """

    words: tuple[str, ...]
    alternatives: tuple[tuple[int, ...], ...]


def make_groups(
    thesaurus: Iterable[Sequence[str]], *, numbers: Mapping[str, int], analyzer: Analyzer
) -> tuple[list[SynonymGroup], dict[str, str]]:
    """The groups that match a document, and the readings of their words that hold unknown terms.

    `numbers`: term → its number. The browser cannot derive the reading of a word from its terms
    where one of them is not in the index.
    """
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
        # 燃えないごみ has the terms of 燃えるごみ: only the first of their groups searches them.
        found = [item for item in dict.fromkeys(found) if item not in claimed]
        if not found:
            continue
        claimed.update(found)
        groups.append(SynonymGroup(words, tuple(found)))
        for word in words:
            if any(term not in numbers for term in terms[word]):
                readings.update(_read_word(word, analyzer))
    return groups, readings


def _read_word(word: str, analyzer: Analyzer) -> dict[str, str]:
    """The word with its reading, unless the word is its own reading."""
    reading = analyzer.read(word)
    return {word: reading} if re.search(f"[{KANJI}]", word) and reading != word else {}


def clean_word(word: str) -> str:
    """A word as a line of the lexicon can hold it: normalized, without tabs and equals signs."""
    return re.sub(r"[\s=]+", " ", normalize_text(word)).strip()


def find_shadowed(thesaurus: Sequence[Sequence[str]]) -> list[tuple[int, str, int]]:
    """Words that are in two groups: (group number, word, number of the earlier group).

    A typed word can mean only one of them. Spellings in katakana and hiragana are one word.
    """
    claimed: dict[str, int] = {}
    shadowed = []
    for number, row in enumerate(thesaurus):
        for word in row:
            first = claimed.setdefault(to_hiragana(clean_word(word)), number)
            if first != number:
                shadowed.append((number, word, first))
    return shadowed
