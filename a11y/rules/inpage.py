"""What the rules share: scripts run inside a page, and styles for a while.

A script of `scripts/` is the body of a function: after `helpers.js`, with `argument`.
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
    """A script as a function's source; what it returns, else what it added with `add`."""
    helpers, script = ((SCRIPTS / f"{one}.js").read_text("utf-8") for one in ("helpers", name))
    return f"(argument) => {{ {helpers} {script} return found; }}"


def run_rule(page: Page, rule: str, script: str, argument: Any = None) -> list[Violation]:
    """The faults that a script adds, each once."""
    found = page.evaluate(read_script(script), argument)
    return [
        Violation(rule, element, detail) for element, detail in dict.fromkeys(map(tuple, found))
    ]


def hold_result(page: Page, script: str) -> JSHandle:
    """A handle of what a script returns, to be given to further scripts."""
    return page.evaluate_handle(read_script(script))


@contextmanager
def add_style(page: Page, css: str) -> Iterator[None]:
    """A style sheet beside the page's own for a while; no element is added for it."""
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
