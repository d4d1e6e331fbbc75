"""What a city gives the search: words, their readings, and queries to test it with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that are searched as one."""

    words: tuple[str, ...]
    row: int = 0


@dataclass(frozen=True, slots=True)
class UserWord:
    """A word no dictionary has, and its reading in katakana."""

    word: str
    reading: str


@dataclass(frozen=True, slots=True)
class WordReading:
    """How the city reads a spelling, in katakana; empty: it has no furigana."""

    word: str
    reading: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class SearchTest:
    """A query, and the FAQs of which one must be among the first `within` results.

    `known` marks one that is known to fail: it is reported, and is no failure.
    """

    query: str
    ids: tuple[str, ...]
    within: int = 3
    style: str = ""
    known: bool = False
    row: int = 0
