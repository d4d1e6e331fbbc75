"""Kinds of cells → what JSON Schema says of them, as the readers of `faq.read.values` take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from faq.model.choices import (
    AUDIENCE_WORDS,
    FLAG_WORDS,
    FORMAT_WORDS,
    NOTICE_LEVEL_WORDS,
    PLACEMENT_WORDS,
    PRESENCE_WORDS,
    STATUS_WORDS,
    STORE_WORDS,
    TYPEFACE_WORDS,
)
from faq.model.fields import FAQ_LABELS, TRANSLATED
from faq.model.languages import LANGUAGE_PATTERN
from faq.read.setting_values import PICTURE_KEYS
from faq.read.values import ID_PATTERN

Schema = dict[str, Any]
# What a plain value in YAML may be taken for; Shirube reads all of them as they are written.
_SCALARS = ["string", "number", "boolean"]


def _one(**more: Any) -> Schema:
    """One value."""
    return {"type": _SCALARS, **more}


def take_many(**each: Any) -> Schema:
    """One value or a list: a pattern is for each of them."""
    return {"type": [*_SCALARS, "array"], "items": _one(**each), **each}


def _choose(words: Sequence[object]) -> Schema:
    return {"enum": list(words)}


_ID = {
    "type": ["string", "integer"], "pattern": f"^(?:{ID_PATTERN.pattern})$",
    "minimum": 1, "maximum": 999_999,
}  # fmt: skip
_LANGUAGES = {"pattern": f"^(?:{LANGUAGE_PATTERN.pattern})$"}
_HTTPS = {"type": "string", "pattern": "^https?://"}
_DATE = {"type": ["string", "integer"], "pattern": "[0-9０-９元]"}
_LINES = take_many(pattern="[|｜]")
_TEXTS = {"type": "object", "additionalProperties": _one()}
_NAMES = {**_TEXTS, "propertyNames": _LANGUAGES}
# By the kind of the field, as the readers take it.
KINDS: dict[str, Schema] = {
    "id": _ID, "line": _one(), "markup": _one(), "text": _one(), "word": _one(), "kana": _one(),
    "lines": take_many(), "words": take_many(), "reference": _one(), "references": take_many(),
    "url": {"type": "string", "pattern": "^(?:https?://|/|#|mailto:|tel:)"},
    "site_address": _HTTPS, "contact": _one(), "receiver": _HTTPS,
    "script": _HTTPS, "hosts": take_many(pattern="^https?://"),
    "service_template": {"type": "string", "pattern": r"^https://.*\{(?:lang|url)\}"},
    "target_languages": take_many(), "names": _NAMES,
    "old_address": _one(), "addresses": take_many(),
    "target": {"type": "string", "pattern": "^(?:/|https?:)"},
    "links": _LINES, "sources": take_many(),
    "translations": {
        "type": "object", "propertyNames": _LANGUAGES,
        "additionalProperties": {
            "type": "object", "additionalProperties": False,
            "properties": {
                word: _one() for name in TRANSLATED for word in (FAQ_LABELS[name], name)
            },
        },
    },
    "audience": {"type": ["string", "array"], "items": _choose([*AUDIENCE_WORDS])},
    "status": _choose([*STATUS_WORDS]), "level": _choose([*NOTICE_LEVEL_WORDS]),
    "entrance": _choose([*PLACEMENT_WORDS]), "store": _choose([*STORE_WORDS]),
    "format": _choose([*FORMAT_WORDS]),
    "formats": {
        "type": ["string", "object"], "additionalProperties": _choose([*FORMAT_WORDS]),
    },
    "presence": _choose([*PRESENCE_WORDS]), "typeface": _choose([*TYPEFACE_WORDS]),
    "picture": {"type": ["string", "object"], "propertyNames": _choose([*PICTURE_KEYS]),
                "additionalProperties": _one()},
    "colour": {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}, "footer": take_many(),
    "flag": _choose([*filter(None, FLAG_WORDS), True, False]),
    "date": _DATE, "deadline": _DATE, "start": _DATE, "end": _DATE,
    "hours": take_many(pattern="[ 　]"),
    "number": {"type": ["integer", "string"], "pattern": "[0-9０-９]", "minimum": 0},
    "raw": {},
}  # fmt: skip
# By file and key, where the value is a record of any names.
RECORDS: dict[tuple[str, str], Schema] = {
    ("rankings/views.yml", "views"): {
        "type": "object", "additionalProperties": KINDS["number"],
    },
    ("map.yml", "columns"): {"type": "object", "additionalProperties": take_many()},
    ("map.yml", "constants"): _TEXTS,
    ("map.yml", "separators"): _TEXTS,
    ("map.yml", "values"): {"type": "object", "additionalProperties": {"type": "object"}},
    ("map.yml", "replacements"): {"type": "object", "additionalProperties": _TEXTS},
}  # fmt: skip
