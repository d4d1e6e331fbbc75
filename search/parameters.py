"""Every number that decides the ranking, in one file that `search.lab.learn` writes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

# A learned weight stays far below it.
LARGEST = 1000
DEFAULT_FILE = Path(__file__).parent / "parameters.json"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the index is weighted with, and what the browser ranks with.

    - `fields`: index field → (weight, length normalization b of BM25F)
    - `k1`: saturation of BM25F
    - `terms`: how many terms of a document are kept
    - `neighbours`: how many similar documents each document is linked to
    - `thesaurus`, `kanji`, `graph`: weights of synonyms, single kanji and similar documents; that
      of a typed word is 1
    - `costs`: of segmenting a query. `unknown` is that of a character that no known word covers,
      `reading` is added where kana are taken for the reading of a word with kanji
    - `rerank`: feature → weight; docs/search-format.md defines the features
    """

    fields: dict[str, tuple[float, float]]
    k1: float
    terms: int
    neighbours: int
    thesaurus: float
    kanji: float
    graph: float
    costs: dict[str, float]
    rerank: dict[str, float]

    def for_browser(self) -> dict[str, Any]:
        """The part of them that the manifest of the index carries."""
        names = ("thesaurus", "kanji", "graph", "costs", "rerank")
        return {name: getattr(self, name) for name in names}

    def with_values(self, **values: Any) -> Parameters:
        """A copy with some values replaced."""
        return replace(self, **values)


def read_parameters(path: Path = DEFAULT_FILE) -> Parameters:
    """Reads a file that `write_parameters` wrote; raises `ValueError` for any other."""
    return parse_parameters(path.read_bytes())


def parse_parameters(data: bytes) -> Parameters:
    """The parameters of such a file; raises `ValueError` where one is missing or out of bounds."""
    try:
        values = json.loads(data)
        fields = {name: (weight, b) for name, (weight, b) in values.pop("fields").items()}
        parameters = Parameters(fields=fields, **values)
        is_usable = _is_usable(parameters)
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not is_usable:
        raise ValueError("out of bounds")
    return parameters


def _is_usable(found: Parameters) -> bool:
    """Whether nothing can be divided by zero, and every name and number is there."""
    known = json.loads(DEFAULT_FILE.read_bytes())
    names = ("fields", "costs", "rerank")
    numbers = [found.k1, found.thesaurus, found.kanji, found.graph]
    numbers += [*found.costs.values(), *found.rerank.values()]
    return (
        all(getattr(found, name).keys() == known[name].keys() for name in names)
        and all(_is_within(n, -LARGEST, LARGEST) for n in numbers)
        and all(
            _is_within(w, 0, LARGEST) and _is_within(b, 0, 0.99) for w, b in found.fields.values()
        )
        and found.k1 > 0
        and all(type(n) is int and 0 < n < LARGEST for n in (found.terms, found.neighbours))
    )


def _is_within(number: object, least: float, most: float) -> bool:
    return type(number) in (int, float) and least <= number <= most  # type: ignore[operator]


def write_parameters(parameters: Parameters, path: Path) -> None:
    """Writes the parameters as indented JSON, in a fixed order."""
    data = json.dumps(asdict(parameters), ensure_ascii=False, indent=2)
    path.write_text(data + "\n", encoding="utf-8")
