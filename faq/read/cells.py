"""One cell → its text, its lines, its words: what every kind of cell begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from faq.model.near import hint_name
from faq.model.problem import CellError
from faq.model.urls import check_url
from faq.read.raw import FORBIDDEN, Raw, tidy_text

ChoiceT = TypeVar("ChoiceT")


def clean_text(text: str) -> str:
    """Text without blank ends; raises `CellError` for characters that no page may hold."""
    text = tidy_text(text)
    if found := FORBIDDEN.search(text):
        raise CellError("character_forbidden", name=f"U+{ord(found[0]):04X}")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def parse_line(raw: Raw) -> str:
    """The text on one line; raises `CellError` for a list or a record."""
    if not isinstance(raw.value, str):
        raise CellError("not_text")
    return " ".join(clean_text(raw.value).split())


def parse_text(raw: Raw) -> str:
    """The text with its line breaks; raises `CellError` for a list or a record."""
    if not isinstance(raw.value, str):
        raise CellError("not_text")
    return clean_text(raw.value)


def parse_lines(raw: Raw) -> tuple[str, ...]:
    """The lines of a text, or of each item of a list, without empty and repeated ones."""
    texts = (parse_text(item).split("\n") for item in raw.get_items())
    return drop_repeats(" ".join(line.split()) for lines in texts for line in lines)


def parse_words(raw: Raw) -> tuple[str, ...]:
    """The words of a list; any usual mark may be between them."""
    return drop_repeats(
        " ".join(word.split())
        for line in parse_lines(raw)
        for word in re.split(r"[、，,;；|｜]", line)
    )


def drop_repeats(items: Iterable[str]) -> tuple[str, ...]:
    """What is not empty, once each, in order."""
    return tuple(dict.fromkeys(item for item in items if item))


def split_bars(line: str) -> list[str]:
    """The parts of a line between `|`."""
    return [part.strip() for part in re.split(r"[|｜]", line)]


def parse_url(raw: Raw) -> str:
    """An address that a page may link to, or empty; raises `CellError`."""
    text = parse_line(raw)
    return check_url(text) if text else ""


def choose(raw: Raw, words: Mapping[str, ChoiceT], code: str) -> ChoiceT:
    """What the cell's word means; raises `CellError` of that code for any other word."""
    word = parse_line(raw)
    if word not in words:
        raise CellError(code, value=word, hint=hint_name(word, words))
    return words[word]
