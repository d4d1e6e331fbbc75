"""Values → the YAML files of a city's folder, with comments for those who go on to edit them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from faq.model.content import Category, Department
from faq.read.documents import YAML_NULLS
from faq.read.settings import SITE_FIELDS
from faq.texts import EDITOR_TEXTS

_TEXTS = EDITOR_TEXTS["init"]
# What YAML reads as it stands, within brackets as well.
_PLAIN = re.compile(r"[A-Za-z0-9ぁ-ヿ㐀-鿿々〆〇ー（）．＞][\w .・ー（）()＞/+-]*")


def write_map(entries: Mapping[str, Any], comments: Mapping[str, str], *, file: str) -> str:
    """map.yml: each key with what it is for, each column with why it was taken for that."""
    parts = [_TEXTS["map"]["head"].format(file=file)]
    for key, value in entries.items():
        lines = [f"# {_TEXTS['map'][key]}"]
        if isinstance(value, Mapping):
            lines += [f"{key}:", *_write_block(value, comments if key == "列" else {}, indent="  ")]
        elif key == "使わない列":
            lines += [f"{key}:", *(f"  - {write_value(n)}{_comment(comments, n)}" for n in value)]
        else:
            lines.append(f"{key}: {write_value(value)}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def write_categories(topics: Sequence[Category], life_events: Sequence[Category]) -> str:
    """categories.yml, in the order of the screen."""
    lines = [_TEXTS["categories_head"]]
    for key, items in (("行政分野", topics), ("ライフイベント", life_events)):
        if not items:
            continue
        lines.append(f"{key}:")
        for item in items:
            lines += [f"  - id: {item.id}", f"    名前: {write_value(item.name)}"]
            if item.children:
                lines.append("    下位:")
                lines += [
                    f"      - {{id: {child.id}, 名前: {write_value(child.name)}}}"
                    for child in item.children
                ]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def write_departments(departments: Sequence[Department]) -> str:
    """departments.yml: id, name and telephone; what else can be written stands above."""
    lines = [_TEXTS["departments_head"]]
    for item in departments:
        lines += [f"- id: {item.id}", f"  名前: {write_value(item.name)}"]
        lines += [f"  電話: {write_value(item.phone)}"] if item.phone else []
    return "\n".join(lines) + "\n"


def write_site(values: Mapping[str, str]) -> str:
    """site.yml with every setting there is: those in `values`, and the rest as comments."""
    lines = [_TEXTS["site_head"]]
    for item in SITE_FIELDS:
        about = EDITOR_TEXTS["files"]["site.yml"]["keys"][item.name]
        lines.append(f"# {about['note']}")
        if item.name in values:
            lines.append(f"{item.label}: {write_value(values[item.name])}")
        else:
            lines.append(f"# {item.label}: {about['example']}".rstrip())
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def write_value(value: object) -> str:
    """A value in YAML's short form; a text in quotes where it needs them."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value == value.strip() and value not in YAML_NULLS
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        pairs = (f"{write_value(key)}: {write_value(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(map(write_value, value)) + "]"
    return str(value)


def _write_block(
    record: Mapping[str, Any], comments: Mapping[str, str], *, indent: str
) -> Iterable[str]:
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield f"{indent}{write_value(key)}:"
            yield from _write_block(value, {}, indent=f"{indent}  ")
        else:
            one = value[0] if isinstance(value, list) and len(value) == 1 else value
            yield f"{indent}{write_value(key)}: {write_value(one)}{_comment(comments, key)}"


def _comment(comments: Mapping[str, str], key: str) -> str:
    return f"  # {comments[key]}" if comments.get(key) else ""
