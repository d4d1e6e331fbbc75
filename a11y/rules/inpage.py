"""Running a rule's script inside a page, and applying a style sheet temporarily.

A file of `scripts/` is the body of a function with the parameter `argument`, after `helpers.js`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import JSHandle, Page

from a11y.report import Violation

SCRIPTS = Path(__file__).parent / "scripts"


@cache
def read_script(name: str) -> str:
    """The source of a script's function; it returns the faults added with `add` by default."""
    helpers, script = ((SCRIPTS / f"{one}.js").read_text("utf-8") for one in ("helpers", name))
    return f"(argument) => {{ {helpers} {script} return found; }}"


def run_rule(page: Page, rule: str, script: str, argument: Any = None) -> list[Violation]:
    """The faults that a script adds with `add`, without duplicates."""
    found = page.evaluate(read_script(script), argument)
    return [
        Violation(rule, element, detail) for element, detail in dict.fromkeys(map(tuple, found))
    ]


def get_result_handle(page: Page, script: str) -> JSHandle:
    """A handle of what a script returns, to pass to other scripts."""
    return page.evaluate_handle(read_script(script))


@contextmanager
def add_style(page: Page, css: str) -> Iterator[None]:
    """Applies a style sheet during the block, without adding an element to the page."""
    sheet = page.evaluate_handle(
        """(css) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets.push(sheet);
          return sheet;
        }""",
        css,
    )
    try:
        yield
    finally:
        page.evaluate(
            """(sheet) => {
              const left = document.adoptedStyleSheets.filter((one) => one !== sheet);
              document.adoptedStyleSheets = left;
            }""",
            sheet,
        )
