"""YAML → records of raw values, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from faq.model.problem import Place, make_error
from faq.read.raw import Raw, TableError

# No content needs more; each level costs a frame of the interpreter's stack.
DEEPEST = 30
YAML_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(text: str, *, file: str) -> list[Raw]:
    """The documents of a YAML file, every scalar kept as the text that was written.

    Raises `TableError` for broken YAML, a key given twice, aliases (they grow without end), and
    what is nested deeper than `DEEPEST`.
    """
    # Events and not nodes: PyYAML builds nodes by recursion in C, which deep nesting crashes.
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    try:
        starts = (event for event in events if isinstance(event, yaml.DocumentStartEvent))
        documents = [_read_node(events, next(events), file=file, depth=0) for _ in starts]
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else 0
        raise TableError(make_error(Place(file, row), "yaml_broken")) from None
    except yaml.reader.ReaderError as error:  # its position counts bytes
        row = text.encode()[: error.position].count(b"\n") + 1
        name = f"U+{error.character:04X}"
        raise TableError(make_error(Place(file, row), "character_forbidden", name=name)) from None
    except yaml.YAMLError:
        raise TableError(make_error(Place(file), "yaml_broken")) from None
    return [document for document in documents if document.value != ""]


def _read_node(events: Iterator[Any], event: Any, *, file: str, depth: int) -> Raw:
    row = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        raise TableError(make_error(Place(file, row), "yaml_alias"))
    if isinstance(event, yaml.ScalarEvent):
        is_null = not event.style and event.value in YAML_NULLS
        return Raw("" if is_null else event.value, row)
    if depth == DEEPEST:
        raise TableError(make_error(Place(file, row), "yaml_deep", limit=DEEPEST))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_read_node(events, event, file=file, depth=depth + 1))
        return Raw(items, row)
    record: dict[str, Raw] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        name = _read_node(events, event, file=file, depth=depth + 1).value
        key = name.strip() if isinstance(name, str) else "?"
        line = event.start_mark.line + 1
        if key in record:
            raise TableError(make_error(Place(file, line, key), "key_twice"))
        value = _read_node(events, next(events), file=file, depth=depth + 1)
        record[key] = Raw(value.value, line)
    return Raw(record, row)
