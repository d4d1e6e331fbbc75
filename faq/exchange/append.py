"""New records at the end of a list in a YAML file; all that is there stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from faq.read.documents import read_yaml
from faq.read.raw import Raw, TableError

_ENCODINGS = ("utf-8", "cp932")
_BOM = "\ufeff"
Record = Mapping[str, str]


class AppendError(ValueError):
    """The file is written in a form that nothing can be added to without touching the rest."""


def append_records(data: bytes, records: Sequence[Record], *, keys: Sequence[str] = ()) -> bytes:
    """The file with the records at the end of its list; of a mapping, of the first key it has.

    A key that is not there is added, by its first name. Raises `AppendError` where the result
    would not read as what was there and the records, nor in the file's own encoding.
    """
    text, encoding = _decode(data)
    wanted = _add(_read(text), records, keys)
    whole = _insert(text, records, keys)
    if _read(whole) != wanted:
        raise AppendError
    try:
        return whole.encode(encoding)
    except UnicodeEncodeError:
        raise AppendError from None


def _decode(data: bytes) -> tuple[str, str]:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise AppendError


def _read(text: str) -> Any:
    """What the file says, as its readers take it; None where it says nothing."""
    try:
        documents = read_yaml(text.removeprefix(_BOM), file="")
    except TableError:
        raise AppendError from None
    if len(documents) > 1:
        raise AppendError
    return _plain(documents[0]) if documents else None


def _plain(raw: Raw) -> Any:
    if isinstance(raw.value, list):
        return [_plain(item) for item in raw.value]
    if isinstance(raw.value, dict):
        return {name: _plain(item) for name, item in raw.value.items()}
    return raw.value


def _add(content: Any, records: Sequence[Record], keys: Sequence[str]) -> Any:
    """What the file should say with the records."""
    added = [dict(record) for record in records]
    if content and not isinstance(content, dict if keys else list):
        raise AppendError
    if not keys:
        return [*(content or []), *added]
    content = content or {}
    key = next((key for key in keys if key in content), keys[0])
    return {**content, key: [*(content.get(key) or []), *added]}


def _insert(text: str, records: Sequence[Record], keys: Sequence[str]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"(?<=\n)(?!\Z)", text) if text else []
    root = yaml.compose(text.removeprefix(_BOM), Loader=yaml.CSafeLoader)
    place, indent, head = len(lines), 0, []
    if keys:
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value in keys), None)
        if found is None:
            head, indent = [f"{keys[0]}:"], 2
        else:
            name, root = found
            indent = name.start_mark.column + 2
            place = name.start_mark.line + 1
    if isinstance(root, yaml.SequenceNode):
        if root.flow_style:
            _drop_empty_list(lines, root)
        else:
            place, indent = _find_end(lines, root), root.start_mark.column
    if lines and not lines[place - 1].endswith("\n"):
        lines[place - 1] += newline
    added = head + [line for item in records for line in _write(item, indent)]
    lines[place:place] = [line + newline for line in added]
    return "".join(lines)


def _drop_empty_list(lines: list[str], node: yaml.SequenceNode) -> None:
    """Takes an empty `[]` out: the list goes on below it."""
    start, end = node.start_mark, node.end_mark
    if node.value or start.line != end.line:
        raise AppendError
    line = lines[start.line]
    lines[start.line] = line[: start.column].rstrip() + line[end.column :]


def _find_end(lines: list[str], node: yaml.SequenceNode) -> int:
    """The line after the list's last one, without the blank lines and comments below it."""
    end = min(node.end_mark.line + bool(node.end_mark.column), len(lines))
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _write(record: Record, indent: int) -> list[str]:
    marks = ["- ", *["  "] * (len(record) - 1)]
    return [
        f"{' ' * indent}{mark}{name}: {_quote(value)}"
        for mark, (name, value) in zip(marks, record.items(), strict=True)
    ]


def _quote(value: str) -> str:
    """The value plain where it reads as itself, else between quotes."""
    try:
        documents = read_yaml(f"- x: {value}", file="")
    except TableError:
        documents = []
    plain = [_plain(document) for document in documents]
    return value if plain == [[{"x": value}]] else json.dumps(value, ensure_ascii=False)
