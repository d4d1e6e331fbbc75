"""Rules for other ways of seeing a page: on paper, and in the reader's own colours."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import run_rule


def find_unprinted_content(page: Page) -> list[Violation]:
    """On paper: closed answers that stay closed, outward links that do not tell their address."""
    page.emulate_media(media="print")
    try:
        return run_rule(page, "print", "unprinted")
    finally:
        page.emulate_media(media="screen")


def find_borderless_controls(page: Page) -> list[Violation]:
    """In forced colours: buttons and fields with nothing drawn around them (1.4.11)."""
    return run_rule(page, "controls", "borderless")
