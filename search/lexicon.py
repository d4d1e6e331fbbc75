"""The surfaces and readings with which the browser cuts a query into terms.

A query needs no dictionary of the language, only the words that occur, those that are stepped
over (particles, endings), and how often each does: the cheapest way to cut the query wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from japanese.analyze import Token
from japanese.letters import HIRAGANA, KANJI, to_hiragana

# A word stepped over must have occurred this often; rarer ones are accidents of the analysis.
FUNCTION_COUNT = 3
# The written-out list (how people ask) counts as if each had occurred so often.
LISTED_COUNT = 16
# Base 36 names a term in the file.
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HIRAGANA = re.compile(f"[{HIRAGANA}]+")
_KANJI = re.compile(f"[{KANJI}]")
_ENDING = re.compile(f"[{HIRAGANA}]*$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some texts: (term, surface, reading, base), and counts of unsearched words."""

    spellings: frozenset[tuple[str, str, str, str]]
    functions: Counter[str]
    contents: Counter[str]

    def select(self, terms: Collection[str]) -> Vocabulary:
        """The same without the spellings of other terms."""
        kept = frozenset(item for item in self.spellings if item[0] in terms)
        return Vocabulary(kept, self.functions, self.contents)


class WordCollector:
    """Gathers the vocabulary of many texts; unsearched neighbours count as one word, too."""

    def __init__(self) -> None:
        self._tokens: Counter[Token] = Counter()
        self._pairs: Counter[str] = Counter()

    def add(self, tokens: Sequence[Token | None]) -> None:
        """The words of one text."""
        self._tokens.update(token for token in tokens if token)
        for one, other in pairwise(tokens):
            if one and other and not one.term and not other.term:
                self._pairs[one.surface + other.surface] += 1

    def finish(self) -> Vocabulary:
        """What was gathered."""
        spellings = set()
        functions = Counter(self._pairs)
        contents: Counter[str] = Counter()
        for token, count in self._tokens.items():
            if token.term:
                spellings.add((token.term, token.surface, token.reading, token.base))
                contents[token.surface] += count
            else:
                functions[token.surface] += count
        return Vocabulary(frozenset(spellings), functions, contents)


def merge_words(vocabularies: Iterable[Vocabulary]) -> Vocabulary:
    """One vocabulary of many."""
    spellings: set[tuple[str, str, str, str]] = set()
    functions: Counter[str] = Counter()
    contents: Counter[str] = Counter()
    for item in vocabularies:
        spellings |= item.spellings
        functions.update(item.functions)
        contents.update(item.contents)
    return Vocabulary(frozenset(spellings), functions, contents)


@cache
def list_function_words() -> frozenset[str]:
    """How people ask: words to step over whether or not the texts hold them."""
    path = Path(__file__).parent / "function-words.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


def select_functions(vocabulary: Vocabulary) -> dict[str, int]:
    """Words to step over → how often; what is rather a content word is not among them."""
    listed = list_function_words()
    chosen = dict.fromkeys(listed, LISTED_COUNT)
    for word, count in vocabulary.functions.items():
        if word in listed:
            chosen[word] = max(count, LISTED_COUNT)
        elif (
            count >= FUNCTION_COUNT
            and (len(word) < 3 or count >= FUNCTION_COUNT * 2)
            and vocabulary.contents[word] < count
        ):
            chosen[word] = count
    return chosen


def encode_lexicon(
    terms: Sequence[str],
    vocabulary: Vocabulary,
    *,
    groups: Sequence[tuple[Sequence[str], Sequence[Sequence[int]]]] = (),
    readings: Mapping[str, str] | None = None,
    words: Sequence[str] = (),
) -> bytes:
    """Text of four parts, blank lines between; docs/search-format.md tells it line by line.

    `groups` are thesaurus words and the alternatives searched for them, by term number; `readings`
    tells how words are read that the terms cannot spell; `words` are offered while typing.
    """
    spelled: dict[str, set[tuple[str, str, str]]] = {term: set() for term in terms}
    for term, surface, reading, base in vocabulary.spellings:
        spelled[term].add((surface, reading, base))
    known = readings or {}
    parts = [
        [_encode_term(term, spelled[term]) for term in terms],
        _encode_functions(select_functions(vocabulary)),
        [_encode_group(members, found, known) for members, found in groups],
        [_encode_word(word, known) for word in words],
    ]
    return "\n\n".join("\n".join(part) for part in parts).encode()


def _encode_term(term: str, spellings: Iterable[tuple[str, str, str]]) -> str:
    """`term;stem=reading:ending,ending;…`: the browser puts stem and endings together."""
    stems: dict[tuple[str, str], set[str]] = {}
    for surface, reading, base in spellings:
        ending = _share_ending(surface, reading)
        stem, sound = _cut(surface, ending), _cut(reading, ending)
        # Kana are their own reading; a single one would be found everywhere.
        if to_hiragana(stem) == sound:
            sound = ""
        if not ending and not sound and len(stem) == 1 and _HIRAGANA.fullmatch(stem):
            continue
        endings = stems.setdefault((stem, sound), set())
        endings.add(ending)
        if ending and base.startswith(stem):
            endings.add(base[len(stem) :])
    items = [term]
    for (stem, sound), endings in sorted(stems.items()):
        if not sound and endings == {""} and to_hiragana(stem) == term:
            continue
        end = "" if endings == {""} else ":" + ",".join(sorted(endings))
        items.append(stem + (f"={sound}" if sound else "") + end)
    return ";".join(items)


def _share_ending(surface: str, reading: str) -> str:
    """The hiragana at the end of a word with kanji, which its reading repeats."""
    match = _ENDING.search(surface)
    ending = match.group() if match and _KANJI.search(surface) else ""
    return ending if reading.endswith(ending) else ""


def _cut(text: str, ending: str) -> str:
    return text[: len(text) - len(ending)]


def _encode_functions(functions: Mapping[str, int]) -> list[str]:
    """A line for each power of two of the count: the power, then the words."""
    rows: dict[int, list[str]] = {}
    for word, count in functions.items():
        rows.setdefault(count.bit_length() - 1, []).append(word)
    return [f"{power} {' '.join(sorted(words))}" for power, words in sorted(rows.items())]


def _encode_group(
    members: Sequence[str], found: Sequence[Sequence[int]], readings: Mapping[str, str]
) -> str:
    numbers = ("+".join(map(name_term, item)) for item in found)
    return "\t".join([",".join(numbers), *(_encode_word(word, readings) for word in members)])


def _encode_word(word: str, readings: Mapping[str, str]) -> str:
    return f"{word}={readings[word]}" if word in readings else word


def name_term(number: int) -> str:
    """A term's number in base 36."""
    name = ""
    while True:
        number, digit = divmod(number, 36)
        name = _DIGITS[digit] + name
        if not number:
            return name
