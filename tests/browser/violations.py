"""Violations that axe is certain of, for pages outside the audit."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.axe import run_axe
from a11y.report import Violation


def find_violations(page: Page) -> list[Violation]:
    """What axe finds and can decide; the page's context must have `bypass_csp`."""
    return [violation for violation in run_axe(page)[0] if not violation.is_open]
