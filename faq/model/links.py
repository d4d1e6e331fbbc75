"""What several kinds of records hold: a link, and names by language."""

from __future__ import annotations

from dataclasses import dataclass

# Names in other languages: pairs of a BCP 47 tag and the name.
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link shown as a button."""

    label: str
    url: str
