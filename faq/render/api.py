"""The public API: every FAQ shown as JSON, and the schema of that file, both by field table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from faq.addresses import locate_faq
from faq.model.choices import Format
from faq.model.content import Faq, Translation
from faq.model.dates import format_moment
from faq.model.fields import FAQ_FIELDS, TRANSLATED, Field
from faq.model.links import Link
from faq.texts import EDITOR_TEXTS
from faq.window.select import Shown

API_FORMAT = 1


def make_api(shown: Shown, *, base: str) -> dict[str, Any]:
    """The API's only file; what a field lacks is left out."""
    rows = [_make_row(faq, base) for faq in shown.content.faqs]
    return {"format": API_FORMAT, "at": shown.at.isoformat(), "faqs": rows}


def _make_row(faq: Faq, base: str) -> dict[str, Any]:
    row: dict[str, Any] = {"url": base + locate_faq(faq.id)}
    for item in FAQ_FIELDS:
        value = getattr(faq, item.name)
        if item.in_api and value:
            row[item.name] = _ENCODERS[item.kind](value)
    return row


def _encode_links(links: Iterable[Link]) -> list[dict[str, str]]:
    return [{"label": link.label, "url": link.url} for link in links]


def _encode_translations(translations: Iterable[Translation]) -> dict[str, dict[str, str]]:
    return {
        item.language: {name: getattr(item, name) for name in TRANSLATED} for item in translations
    }


def _encode_end(end: datetime) -> str:
    return format_moment(end, is_end=True)


_ENCODERS: dict[str, Callable[[Any], Any]] = {
    "id": str,
    "line": str,
    "markup": str,
    "lines": list,
    "words": list,
    "references": list,
    "format": str,
    "links": _encode_links,
    "translations": _encode_translations,
    "end": _encode_end,
    "date": date.isoformat,
}


def make_api_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the API's file."""
    fields = [item for item in FAQ_FIELDS if item.in_api]
    row = {
        "type": "object",
        "properties": {"url": {"type": "string", "format": "uri"}}
        | {item.name: _describe(item) for item in fields},
        "required": ["url", *(i.name for i in fields if i.required and not i.may_be_empty)],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": EDITOR_TEXTS["definition"]["api_title"],
        "type": "object",
        "properties": {
            "format": {"const": API_FORMAT},
            "at": {"type": "string", "format": "date-time"},
            "faqs": {"type": "array", "items": row},
        },
        "required": ["format", "at", "faqs"],
    }


def _describe(item: Field) -> dict[str, Any]:
    text = EDITOR_TEXTS["fields"][item.name]["note"]
    return {"title": item.label, "description": text, **_SCHEMAS[item.kind]}


_TEXT = {"type": "string"}
_LIST = {"type": "array", "items": _TEXT}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "id": _TEXT,
    "line": _TEXT,
    "markup": _TEXT,  # in the FAQ's own format
    "format": {"enum": [str(item) for item in Format]},
    "lines": _LIST,
    "words": _LIST,
    "references": _LIST,
    "links": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"label": _TEXT, "url": _TEXT},
            "required": ["label", "url"],
        },
    },
    "translations": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "properties": dict.fromkeys(TRANSLATED, _TEXT),
            "required": list(TRANSLATED),
        },
    },
    "end": _TEXT,
    "date": {"type": "string", "format": "date"},
}
