"""The files of a city's folder as JSON Schema (2020-12), for completion in editors.

A schema knows one file alone: that names and numbers exist elsewhere is for `check` to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from faq.exchange.city_files import CITY_FILES, CityFile, Form, find_file_text, find_key_text
from faq.exchange.schema_kinds import KINDS, RECORDS, Schema, take_many
from faq.model.fields import Field
from faq.model.problem import CommandError
from faq.read.lists import UNUSED_FIELDS
from faq.read.settings import CLASSIFICATIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schemas(files: Sequence[CityFile] = CITY_FILES) -> dict[str, str]:
    """File name → JSON text, for every file of a city's folder that is no CSV.

    Raises `CommandError` for a key that no text describes, or whose kind has no schema.
    """
    return {
        f"{file.schema}.json": json.dumps(make_schema(file), ensure_ascii=False, indent=2) + "\n"
        for file in files
        if file.schema
    }


def make_schema(file: CityFile) -> Schema:
    """The schema of one file."""
    about = find_file_text(file)
    head = {"$schema": DIALECT, "title": about["title"], "description": about["note"]}
    return head | _FORMS[file.form](file)


def _make_record(file: CityFile, fields: Sequence[Field], *, inside: str = "") -> Schema:
    """A record by its table: every key by its Japanese label and by its English name."""
    properties: Schema = {}
    for item in fields:
        schema = _make_property(file, item, inside=inside)
        properties[item.label] = schema
        properties.setdefault(item.name, schema)
    record: Schema = {
        "type": "object", "properties": properties, "additionalProperties": False,
    }  # fmt: skip
    if needed := [item for item in fields if item.required]:
        names = [dict.fromkeys((item.label, item.name)) for item in needed]
        record["allOf"] = [{"anyOf": [{"required": [n]} for n in pair]} for pair in names]
    return record


def _make_property(file: CityFile, item: Field, *, inside: str) -> Schema:
    about = find_key_text(file, item.name, inside=inside)
    if item.name in file.inner:
        inner = file.inner[item.name]
        is_same = inner == file.fields
        record = (
            {"$ref": "#/$defs/record"} if is_same else _make_record(file, inner, inside=item.name)
        )
        shape: Schema = {"type": "array", "items": record}
    elif item.kind in KINDS:
        shape = RECORDS.get((file.name, item.name), KINDS[item.kind])
    else:
        raise CommandError("definition_missing", section="faq/exchange/schema_kinds.py の KINDS",
                           name=item.kind)  # fmt: skip
    schema = {"description": about["note"]} | shape
    return schema if item.required and not item.may_be_empty else _allow_nothing(schema)


def _allow_nothing(schema: Schema) -> Schema:
    """The same, for a key that may be written without a value."""
    changed = dict(schema)
    if "enum" in schema:
        changed["enum"] = [*schema["enum"], None]
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        changed["type"] = [*kinds, "null"]
    return changed


def _make_classified(file: CityFile) -> Schema:
    items = {"type": ["array", "null"], "items": {"$ref": "#/$defs/record"}}
    return {
        "$defs": {"record": _make_record(file, file.fields)},
        "type": "object", "properties": dict.fromkeys(CLASSIFICATIONS, items),
        "additionalProperties": False,
    }  # fmt: skip


def _make_faqs(file: CityFile) -> Schema:
    record = {"$ref": "#/$defs/record"}
    return {
        "$defs": {"record": _make_record(file, file.fields)},
        "anyOf": [{"type": "array", "items": record}, record],
    }


# The program's groups that the city does without.
_UNUSED = {
    "type": "object", "additionalProperties": False,
    "properties": {word: take_many() for item in UNUSED_FIELDS for word in (item.label, item.name)},
}  # fmt: skip
_FORMS: Mapping[Form, Callable[[CityFile], Schema]] = {
    Form.RECORD: lambda file: _make_record(file, file.fields),
    Form.FRONT_MATTER: lambda file: _make_record(file, file.fields),
    Form.LIST: lambda file: {"type": "array", "items": _make_record(file, file.fields)},
    Form.FAQS: _make_faqs,
    Form.CLASSIFIED: _make_classified,
    Form.WORD_GROUPS: lambda _: {"type": "array", "items": {"anyOf": [take_many(), _UNUSED]}},
    Form.READINGS: lambda _: {
        "type": "object",
        "additionalProperties": {"type": ["string", "null"]},
    },
}
