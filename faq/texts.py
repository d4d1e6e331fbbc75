"""Every Japanese text that people see, from `texts/`: one file for citizens, one for editors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

# The language of the site itself; pages in others lie below their tag.
JAPANESE = "ja"
TEXTS_FOLDER = Path(__file__).parent.parent / "texts"


def load_texts(name: str) -> dict[str, Any]:
    """The texts of `texts/<name>.yml`, nested as in the file."""
    text = (TEXTS_FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def merge_texts(texts: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The texts with those of the city in their place, key by key at every depth."""
    merged = dict(texts)
    for key, value in own.items():
        merged[key] = merge_texts(texts[key], value) if isinstance(value, Mapping) else value
    return merged


EDITOR_TEXTS = load_texts("editor")
