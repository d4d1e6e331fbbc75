"""Everyday word ↔ official word: which terms are searched besides those that were typed.

The program's own groups, `words/thesaurus.yml`, hold for any municipality; a city's add to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from faq.model.content import Content
from japanese.analyze import Analyzer, normalize_text
from japanese.letters import KANJI, to_hiragana

THESAURUS_FILE = Path(__file__).parent / "words" / "thesaurus.yml"


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Words of one meaning, and the term numbers searched for any of them.

    A document matches an alternative where it has all of its terms.
    """

    words: tuple[str, ...]
    alternatives: tuple[tuple[int, ...], ...]


class GroupWord(NamedTuple):
    """The terms of a word, and its reading; empty where the word is its own."""

    terms: tuple[str, ...]
    reading: str


@cache
def load_thesaurus() -> tuple[tuple[str, ...], ...]:
    """The words of each of the program's own groups."""
    rows = yaml.load(THESAURUS_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(tuple(word.strip() for word in row.split("、")) for row in rows)


def collect_thesaurus(content: Content) -> list[tuple[str, ...]]:
    """All groups a city's site is searched with: its own and the program's."""
    return merge_thesaurus(
        [group.words for group in content.thesaurus],
        unused=[word for group in content.unused_words for word in group.words],
    )


def merge_thesaurus(
    own: Iterable[Sequence[str]] = (), *, unused: Iterable[str] = ()
) -> list[tuple[str, ...]]:
    """The city's groups, joined by the program's that share a word, then the program's others.

    A word stays in the group where the city put it. Of the program's groups those with an `unused`
    word are left out.
    """
    merged = [tuple(words) for words in own]
    claimed: dict[str, int] = {}
    for number, words in enumerate(merged):
        for word in words:
            claimed.setdefault(fold_word(word), number)
    left_out = {fold_word(word) for word in unused}
    for words, folded in zip(load_thesaurus(), _fold_thesaurus(), strict=True):
        if left_out.intersection(folded):
            continue
        joined = next((claimed[key] for key in folded if key in claimed), None)
        if joined is None:
            merged.append(words)
        else:
            pairs = zip(words, folded, strict=True)
            merged[joined] += tuple(word for word, key in pairs if key not in claimed)
    return merged


def find_group(word: str) -> tuple[str, ...]:
    """The program's group that has the word, empty where none has."""
    key = fold_word(word)
    pairs = zip(load_thesaurus(), _fold_thesaurus(), strict=True)
    return next((words for words, folded in pairs if key in folded), ())


@cache
def _fold_thesaurus() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold_word(word) for word in words) for words in load_thesaurus())


def analyse_words(groups: Iterable[Sequence[str]], *, analyzer: Analyzer) -> dict[str, GroupWord]:
    """Each word of the groups, as a line of the lexicon holds it, with its terms and reading.

    They depend on the words and the analyzer only, and can be kept.
    """
    words = {clean_word(word) for group in groups for word in group}
    return {word: _analyse_word(word, analyzer) for word in sorted(words)}


def _analyse_word(word: str, analyzer: Analyzer) -> GroupWord:
    terms = tuple(token.term for token in analyzer.analyze(word))
    reading = analyzer.read(word) if re.search(f"[{KANJI}]", word) else word
    return GroupWord(terms, "" if reading == word else reading)


def make_groups(
    thesaurus: Iterable[Sequence[str]],
    *,
    numbers: Mapping[str, int],
    known: Mapping[str, GroupWord],
) -> tuple[list[SynonymGroup], dict[str, str]]:
    """The groups that match a document, and the readings of their words that hold unknown terms.

    `numbers`: term → its number; `known`: the words of the thesaurus, by `analyse_words`. The
    browser cannot derive the reading of a word from its terms where one of them is not in the
    index.
    """
    groups = []
    readings: dict[str, str] = {}
    claimed: set[tuple[int, ...]] = set()
    for row in thesaurus:
        words = tuple(dict.fromkeys(clean_word(word) for word in row))
        found = [
            tuple(dict.fromkeys(numbers[term] for term in known[word].terms))
            for word in words
            if known[word].terms and all(term in numbers for term in known[word].terms)
        ]
        # 燃えないごみ has the terms of 燃えるごみ: only the first of their groups searches them.
        found = [item for item in dict.fromkeys(found) if item not in claimed]
        if not found:
            continue
        claimed.update(found)
        groups.append(SynonymGroup(words, tuple(found)))
        for word in words:
            if known[word].reading and any(term not in numbers for term in known[word].terms):
                readings[word] = known[word].reading
    return groups, readings


def clean_word(word: str) -> str:
    """A word as a line of the lexicon can hold it: normalized, without tabs and equals signs."""
    return re.sub(r"[\s=]+", " ", normalize_text(word)).strip()


def fold_word(word: str) -> str:
    """A word as it is compared: spellings in katakana and hiragana are one."""
    return to_hiragana(clean_word(word))


def find_shadowed(thesaurus: Sequence[Sequence[str]]) -> list[tuple[int, str, int]]:
    """Words that are in two groups: (group number, word, number of the earlier group).

    A typed word can mean only one of them.
    """
    claimed: dict[str, int] = {}
    shadowed = []
    for number, row in enumerate(thesaurus):
        for word in row:
            first = claimed.setdefault(fold_word(word), number)
            if first != number:
                shadowed.append((number, word, first))
    return shadowed
