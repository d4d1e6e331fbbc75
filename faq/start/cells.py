"""Cells of a foreign table: whether a field can read them, and how they are told of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from faq.model.problem import CellError
from faq.model.redirects import parse_old_address
from faq.read.raw import Raw
from faq.read.values import parse_value


def can_read(cell: str, kind: str) -> bool:
    """Whether a cell is of that kind of a field."""
    try:
        parse_value(Raw(cell, 0), kind)
    except CellError:
        return False
    return True


def make_replacer(pairs: Mapping[str, str]) -> Callable[[str], str]:
    """What makes of a text what the patterns, in order, make of it."""

    def change(text: str) -> str:
        for pattern, value in pairs.items():
            text = re.sub(pattern, value, text)
        return text

    return change


def are_old_addresses(cells: Sequence[str]) -> bool:
    """Each another page of one host, known by a number: the pages of the system before."""
    hosts = {urlsplit(cell).netloc for cell in cells}
    if len(hosts) != 1 or len(set(cells)) < len(cells) or len(cells) < 2:
        return False
    try:
        return all(re.search(r"\d", parse_old_address(cell).text) for cell in cells)
    except CellError:
        return False


def list_some(items: Sequence[object]) -> str:
    """The first few for a message."""
    shown = "、".join(shorten(str(item)) for item in items[:5])
    return shown if len(items) <= 5 else f"{shown} ほか"


def shorten(text: str) -> str:
    """A text on one line for a message, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 30 else line[:29] + "…"
