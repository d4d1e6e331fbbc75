"""Rules about language and markup: languages, headings, English words, inline code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import run_rule

# Latin words that are Japanese by now, or names; in lower case.
ALLOWED_WORDS = frozenset({
    "faq", "pdf", "fax", "json", "atom", "line", "sms", "url", "pc", "csv", "html", "qr", "id",
})  # fmt: skip


def find_language_faults(page: Page) -> list[Violation]:
    """A missing or invalid `lang` (3.1.1), and text in a language not marked as such (3.1.2)."""
    return run_rule(page, "language", "languages")


def find_heading_faults(page: Page) -> list[Violation]:
    """Not exactly one h1, `main` not beginning with it, a skipped level, an empty heading."""
    return run_rule(page, "headings", "headings")


def find_english_words(page: Page, *, known: frozenset[str] = frozenset()) -> list[Violation]:
    """English words on a Japanese page, except `known` ones (lower case): the city's own."""
    return run_rule(page, "english", "english", sorted(ALLOWED_WORDS | known))


def find_inline_code(page: Page) -> list[Violation]:
    """Scripts and styles in the page itself, which its Content-Security-Policy disables."""
    return run_rule(page, "inline", "inline")


def collect_latin_words(value: object) -> Iterator[str]:
    """The Latin words, in lower case, in a value's texts and in those of all it contains."""
    if isinstance(value, str):
        yield from re.findall(r"[a-z][a-z']+", value.lower())
    elif is_dataclass(value):
        for item in fields(value):
            yield from collect_latin_words(getattr(value, item.name))
    elif isinstance(value, Mapping):
        yield from collect_latin_words(tuple(value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        for item in value:
            yield from collect_latin_words(item)
