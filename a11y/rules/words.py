"""Rules of the words and the markup: languages, headings, English, code in attributes."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import run_rule

# Latin words that are Japanese by now, or names; in lower case.
ALLOWED_WORDS = frozenset({
    "faq", "pdf", "fax", "json", "atom", "line", "sms", "url", "pc", "csv", "html", "qr", "id",
})  # fmt: skip


def find_language_faults(page: Page) -> list[Violation]:
    """A missing or invalid `lang` (3.1.1), and text in letters or words of another one (3.1.2)."""
    return run_rule(page, "language", "languages")


def find_heading_faults(page: Page) -> list[Violation]:
    """One h1, first of `main`; no level left out; no empty heading."""
    return run_rule(page, "headings", "headings")


def find_english_words(page: Page, *, known: frozenset[str] = frozenset()) -> list[Violation]:
    """English words in a Japanese interface, but for what the city itself writes (`known`)."""
    return run_rule(page, "english", "english", sorted(ALLOWED_WORDS | known))


def find_inline_code(page: Page) -> list[Violation]:
    """Scripts and styles in the page itself: the policy keeps them from working."""
    return run_rule(page, "inline", "inline")
