"""Rules about layout: reflow, larger text, wider spacing, size of targets."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import add_style, run_rule

# WCAG 2.2, 1.4.12.
TEXT_SPACING = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }
"""


def find_sideways_scroll(page: Page) -> list[Violation]:
    """At 320 × 256 px (1.4.10): elements that make the page scroll sideways, and clipped text."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 256})
    try:
        return run_rule(page, "reflow", "wide") + run_rule(page, "reflow", "clipped")
    finally:
        if size:
            page.set_viewport_size(size)


def find_large_text_overflow(page: Page) -> list[Violation]:
    """With text at 200 % (1.4.4): elements that make the page scroll sideways, and clipped text."""
    with add_style(page, "html { font-size: 200% !important; }"):
        return run_rule(page, "text-size", "wide") + run_rule(page, "text-size", "clipped")


def find_clipped_text(page: Page) -> list[Violation]:
    """With the spacing of 1.4.12: text that is clipped, overlaps, or makes the page scroll."""
    with add_style(page, TEXT_SPACING):
        return [
            violation
            for script in ("wide", "clipped", "overlaps")
            for violation in run_rule(page, "text-spacing", script)
        ]


def find_small_targets(page: Page) -> list[Violation]:
    """Targets below 24 px (2.5.8) that are neither in a sentence nor far enough from others."""
    return run_rule(page, "targets", "small")
