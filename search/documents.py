"""What the search knows of an FAQ: the texts that are searched, and what a result shows."""

from __future__ import annotations

from dataclasses import dataclass

LEAD_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Document:
    """One FAQ as the search sees it.

    - `texts`: index field → the text searched in it
    - `title`, `excerpt`, `updated` (ISO date, or empty): shown in a result
    - `facets`: facet → the names the FAQ belongs to; a result shows the first of each
    - `until`: end of publication in seconds since 1970, 0 for none. The browser drops a document
      after it, so that a page left open shows nothing that has ended.
    """

    id: str
    texts: dict[str, str]
    title: str
    excerpt: str = ""
    facets: dict[str, tuple[str, ...]] | None = None
    updated: str = ""
    until: int = 0


def split_answer(answer: str) -> tuple[str, str]:
    """The lead of an answer, which says what it is about, and the rest.

    They are two index fields of different weight; either may be empty.
    """
    return answer[:LEAD_LENGTH], answer[LEAD_LENGTH:]
