"""Terms with their spellings and readings → the lexicon, by which the browser segments a query.

It is no dictionary of the language: it has only the words that occur in the documents, the function
words that a query skips (particles, endings, phrases of asking), and how often each occurs. The
frequencies give the costs; the browser takes the least-cost path through the query (Viterbi).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from japanese.analyze import Token
from japanese.letters import HIRAGANA, KANJI, to_hiragana
from search.thesaurus import SynonymGroup

# Function words that occur less often are accidents of the analysis.
LEAST_FUNCTION_COUNT = 3
# The words of function-words.txt count as if each had occurred at least this often.
LISTED_COUNT = 16
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HIRAGANA = re.compile(f"[{HIRAGANA}]+")
_KANJI = re.compile(f"[{KANJI}]")
_ENDING = re.compile(f"[{HIRAGANA}]*$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some texts → how often they occur.

    `content_words` are those that are searched, each its term, surface, reading and base with tabs
    between, which none of them can contain; `function_words` are the surfaces of the others.
    """

    content_words: dict[str, int]
    function_words: dict[str, int]


class VocabularyBuilder:
    """Gathers the vocabulary of many texts; two adjacent function words count as one more word."""

    def __init__(self) -> None:
        self._tokens: Counter[Token] = Counter()
        self._pairs: Counter[str] = Counter()

    def add(self, tokens: Sequence[Token | None]) -> None:
        """Adds the words of one text; None (punctuation) separates words."""
        self._tokens.update(token for token in tokens if token)
        for one, other in pairwise(tokens):
            if one and other and not one.term and not other.term:
                self._pairs[one.surface + other.surface] += 1

    def build(self) -> Vocabulary:
        """The vocabulary of all texts so far."""
        content_words: dict[str, int] = {}
        function_words = dict(self._pairs)
        for token, count in self._tokens.items():
            if token.term:
                word = "\t".join((token.term, token.surface, token.reading, token.base))
                content_words[word] = count
            else:
                word = token.surface
                function_words[word] = function_words.get(word, 0) + count
        return Vocabulary(content_words, function_words)


def merge_vocabularies(vocabularies: Iterable[Vocabulary]) -> Vocabulary:
    """One vocabulary with the words of all."""
    merged = Vocabulary({}, {})
    for item in vocabularies:
        _add_counts(merged.content_words, item.content_words)
        _add_counts(merged.function_words, item.function_words)
    return merged


def _add_counts(total: dict[str, int], counts: Mapping[str, int]) -> None:
    for word, count in counts.items():
        total[word] = total.get(word, 0) + count


@cache
def load_function_words() -> frozenset[str]:
    """The words of function-words.txt: how people ask, whether or not a document says so."""
    path = Path(__file__).parent / "words" / "function-words.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


def select_function_words(vocabulary: Vocabulary) -> dict[str, int]:
    """The words that a query skips → how often they occur.

    Besides the listed ones they are those of the documents that occur often enough and are more
    often a function word than a content word.
    """
    listed = load_function_words()
    chosen = dict.fromkeys(listed, LISTED_COUNT)
    searched: Counter[str] = Counter()
    for word, count in vocabulary.content_words.items():
        searched[word.split("\t")[1]] += count
    for word, count in vocabulary.function_words.items():
        if word in listed:
            chosen[word] = max(count, LISTED_COUNT)
        elif (
            count >= LEAST_FUNCTION_COUNT
            and (len(word) < 3 or count >= LEAST_FUNCTION_COUNT * 2)
            and searched[word] < count
        ):
            chosen[word] = count
    return chosen


def encode_lexicon(
    terms: Sequence[str],
    vocabulary: Vocabulary,
    *,
    groups: Sequence[SynonymGroup] = (),
    readings: Mapping[str, str] | None = None,
    suggestions: Sequence[str] = (),
) -> bytes:
    """Text of four parts with blank lines between; docs/search-format.md defines every line.

    `readings`: word of a group → its reading, where the terms do not give it; `suggestions` are
    words offered while typing.
    """
    spelled: dict[str, list[list[str]]] = {term: [] for term in terms}
    for word in vocabulary.content_words:
        term, *spelling = word.split("\t")
        if term in spelled:
            spelled[term].append(spelling)
    known = readings or {}
    parts = [
        [_encode_term(term, spelled[term]) for term in terms],
        _encode_function_words(select_function_words(vocabulary)),
        [_encode_group(group, known) for group in groups],
        [_encode_word(word, known) for word in suggestions],
    ]
    return "\n\n".join("\n".join(part) for part in parts).encode()


def _encode_term(term: str, spellings: Iterable[Sequence[str]]) -> str:
    """`term;stem=reading:ending,ending;…`; the browser joins each stem with its endings."""
    stems: dict[tuple[str, str], set[str]] = {}
    for surface, reading, base in spellings:
        ending = _find_shared_ending(surface, reading)
        stem, stem_reading = surface.removesuffix(ending), reading.removesuffix(ending)
        if to_hiragana(stem) == stem_reading:
            stem_reading = ""  # kana are their own reading
        if not ending and not stem_reading and len(stem) == 1 and _HIRAGANA.fullmatch(stem):
            continue  # a single kana would match everywhere
        endings = stems.setdefault((stem, stem_reading), set())
        endings.add(ending)
        if ending and base.startswith(stem):
            endings.add(base[len(stem) :])
    items = [term]
    for (stem, stem_reading), endings in sorted(stems.items()):
        if not stem_reading and endings == {""} and to_hiragana(stem) == term:
            continue
        end = "" if endings == {""} else ":" + ",".join(sorted(endings))
        items.append(stem + (f"={stem_reading}" if stem_reading else "") + end)
    return ";".join(items)


def _find_shared_ending(surface: str, reading: str) -> str:
    """The hiragana at the end of a word with kanji, where its reading ends with them too."""
    match = _ENDING.search(surface)
    ending = match.group() if match and _KANJI.search(surface) else ""
    return ending if reading.endswith(ending) else ""


def _encode_function_words(counts: Mapping[str, int]) -> list[str]:
    """A line for each power of two of the count: the exponent, then the words."""
    rows: dict[int, list[str]] = {}
    for word, count in counts.items():
        rows.setdefault(count.bit_length() - 1, []).append(word)
    return [f"{exponent} {' '.join(sorted(words))}" for exponent, words in sorted(rows.items())]


def _encode_group(group: SynonymGroup, readings: Mapping[str, str]) -> str:
    numbers = ("+".join(map(_encode_base36, item)) for item in group.alternatives)
    return "\t".join([",".join(numbers), *(_encode_word(word, readings) for word in group.words)])


def _encode_word(word: str, readings: Mapping[str, str]) -> str:
    return f"{word}={readings[word]}" if word in readings else word


def _encode_base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
