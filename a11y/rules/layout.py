"""Rules that measure: reflow, larger text, wider spacing, targets for a finger."""

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
    """At 320 × 256 (1.4.10): what makes the page scroll sideways, and text that is cut off."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 256})
    try:
        return run_rule(page, "reflow", "wide") + run_rule(page, "reflow", "cut")
    finally:
        if size:
            page.set_viewport_size(size)


def find_large_text_overflow(page: Page) -> list[Violation]:
    """With text at 200 % (1.4.4): what makes the page scroll sideways, and text that is cut off."""
    with add_style(page, "html { font-size: 200% !important; }"):
        return run_rule(page, "text-size", "wide") + run_rule(page, "text-size", "cut")


def find_clipped_text(page: Page) -> list[Violation]:
    """With the spacing of 1.4.12: text that is cut off, lies on other text, or makes a scroll."""
    with add_style(page, TEXT_SPACING):
        return [
            violation
            for script in ("wide", "cut", "overlaps")
            for violation in run_rule(page, "text-spacing", script)
        ]


def find_small_targets(page: Page) -> list[Violation]:
    """Targets below 24 px (2.5.8) that neither stand in a sentence nor apart from all others."""
    return run_rule(page, "targets", "small")
