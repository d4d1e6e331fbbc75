"""How often each term occurs in each field of each document, as columns of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.documents import INDEX_FIELDS

# Integers of any size.
Integers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """The counts of some documents, in columns of the smallest type that holds them.

    - `terms`: sorted; a term's place among them is its number
    - `sizes`: for each document (row) and field of `INDEX_FIELDS` (column) how many terms it has
    - `numbers`, `counts`: for each of those, one after the other, its number, and how often it
      occurs there
    """

    terms: tuple[str, ...]
    sizes: Integers
    numbers: Integers
    counts: Integers


def count_terms(documents: Iterable[Mapping[str, Iterable[str]]]) -> TermCounts:
    """The counts of documents, given for each of them index field → its terms.

    `KeyError` for a field that is none of `INDEX_FIELDS`.
    """
    known: dict[str, int] = {}
    sizes: list[list[int]] = []
    numbers: list[int] = []
    counts: list[int] = []
    for document in documents:
        found = {name: Counter[str]() for name in INDEX_FIELDS}
        for name, terms in document.items():
            if name not in found:
                raise KeyError(name)
            found[name] = Counter(terms)
        for counter in found.values():
            numbers += [known.setdefault(term, len(known)) for term in counter]
            counts += counter.values()
        sizes.append([len(counter) for counter in found.values()])
    return _sort_terms(
        known,
        sizes=np.array(sizes, dtype=np.int64).reshape(-1, len(INDEX_FIELDS)),
        numbers=np.array(numbers, dtype=np.int64),
        counts=np.array(counts, dtype=np.int64),
    )


def join_counts(shares: Sequence[TermCounts]) -> TermCounts:
    """The counts of the documents of consecutive shares."""
    known: dict[str, int] = {}
    columns = shares or [count_terms([])]
    numbers = [
        np.array([known.setdefault(term, len(known)) for term in share.terms], dtype=np.int32)[
            share.numbers
        ]
        for share in columns
    ]
    return _sort_terms(
        known,
        sizes=np.concatenate([share.sizes for share in columns]),
        numbers=np.concatenate(numbers),
        counts=np.concatenate([share.counts for share in columns]),
    )


def _sort_terms(
    known: Mapping[str, int], *, sizes: Integers, numbers: Integers, counts: Integers
) -> TermCounts:
    """The columns with the numbers of the sorted terms, for those by which they are `known`."""
    terms = tuple(sorted(known))
    places = np.empty(len(terms), dtype=np.int32)
    places[[known[term] for term in terms]] = np.arange(len(terms))
    return TermCounts(
        terms, shrink_integers(sizes), shrink_integers(places[numbers]), shrink_integers(counts)
    )


def shrink_integers(numbers: Integers) -> Integers:
    """The same numbers, none of them negative, in the smallest type that holds them."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
