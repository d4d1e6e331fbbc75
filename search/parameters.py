"""Every number that decides the ranking, in one file that `search.lab.learn` writes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

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
    """Reads a file that `write_parameters` wrote.

    Raises `OSError`, or `ValueError`, `TypeError`, `KeyError` or `AttributeError` for another file.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    fields = {name: (weight, b) for name, (weight, b) in data.pop("fields").items()}
    return Parameters(fields=fields, **data)


def write_parameters(parameters: Parameters, path: Path) -> None:
    """Writes the parameters as indented JSON, in a fixed order."""
    data = json.dumps(asdict(parameters), ensure_ascii=False, indent=2)
    path.write_text(data + "\n", encoding="utf-8")
