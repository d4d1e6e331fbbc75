"""What a city shows of itself: its pictures, and what it puts before the program's own files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Where the pictures are below the folder of the assets.
PICTURE_FOLDER = "look/"
_MEDIA_TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
}  # fmt: skip
# How an override of a template names the original that it was made from.
_MARK = re.compile(r"\{#\s*shirube\s+([0-9a-f]{12})\s*#\}")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the site itself: `file` is its name there, `text` what it says in words.

    Width and height are in pixels, or in the units of an SVG, whose size only means its shape.
    """

    file: str
    data: bytes = field(repr=False)
    text: str = ""
    width: int = 0
    height: int = 0

    @property
    def address(self) -> str:
        """Its place below the folder of the assets."""
        return PICTURE_FOLDER + self.file

    @property
    def media_type(self) -> str:
        """What the file is, for HTML."""
        return _MEDIA_TYPES[self.file.rpartition(".")[2]]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the city puts before the program's own.

    - `templates`: name below `templates/` → source
    - `texts`: language → the sentences that differ, nested as in the program's file
    - `styles`: name → CSS, in the order of names, after the program's
    - `files`: name → bytes of what the styles use, fonts and images
    """

    templates: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    styles: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def has_fonts(self) -> bool:
        """Whether the styles have a font beside them."""
        return any(name.endswith(".woff2") for name in self.files)


def mark_original(source: str, *, digest: str) -> str:
    """A copy of a template that names its original."""
    return f"{{# shirube {digest} #}}\n{source}"


def find_mark(source: str) -> str:
    """The digest in the first line of an override, empty where there is none."""
    found = _MARK.match(source)
    return found[1] if found else ""
