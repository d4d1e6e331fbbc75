"""Every number that decides the ranking, in one file that `search.lab.learn` writes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

DEFAULT_FILE = Path(__file__).parent / "parameters.json"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the index is weighed with, and what the browser ranks with.

    - `fields`: field → (weight, length normalisation b)
    - `k1`: saturation
    - `terms`: how many of a document's terms are kept
    - `neighbours`: how many documents each is linked with
    - `thesaurus`, `kanji`, `graph`: weights against the words that were typed
    - `costs`: of cutting a query: an unknown letter, kana as the reading of a word with kanji
    - `rerank`: feature → weight, as docs/search-format.md tells them
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
        """What the browser needs of them."""
        names = ("thesaurus", "kanji", "graph", "costs", "rerank")
        return {name: getattr(self, name) for name in names}

    def with_values(self, **values: Any) -> Parameters:
        """The same but for some values."""
        return replace(self, **values)


def read_parameters(path: Path = DEFAULT_FILE) -> Parameters:
    """Reads a file that `write_parameters` wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    fields = {name: (weight, b) for name, (weight, b) in data.pop("fields").items()}
    return Parameters(fields=fields, **data)


def write_parameters(parameters: Parameters, path: Path) -> None:
    """Writes them, readable and in a fixed order."""
    data = json.dumps(asdict(parameters), ensure_ascii=False, indent=2)
    path.write_text(data + "\n", encoding="utf-8")
