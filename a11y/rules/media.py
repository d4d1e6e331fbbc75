"""Rules about media: print, and forced colours."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import run_rule


def find_unprinted_content(page: Page) -> list[Violation]:
    """In print: closed answers that stay closed, external links that do not show their address."""
    page.emulate_media(media="print")
    try:
        return run_rule(page, "print", "unprinted")
    finally:
        page.emulate_media(media="screen")


def find_borderless_controls(page: Page) -> list[Violation]:
    """In forced colours: buttons and form fields without border or outline (1.4.11)."""
    return run_rule(page, "controls", "borderless")
