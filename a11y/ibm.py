"""IBM's accessibility-checker-engine in a page: a second opinion beside axe.

Only certain failures count: FAIL of a VIOLATION of WCAG 2.2. What it calls potential or manual
is a list of questions for people, the same on every page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from a11y.node import IBM, find_file
from a11y.report import Violation

_RUN = """async () => {
  const {results} = await new ace.Checker().check(document, ["WCAG_2_2"]);
  const failed = results.filter(({value: [level, outcome]}) =>
    level === "VIOLATION" && outcome === "FAIL");
  return {
    rules: [...new Set(results.map(({ruleId}) => ruleId))],
    failed: failed.map(({ruleId, path, message}) => [ruleId, path.dom, message]),
  };
}"""


@cache
def read_ibm() -> str:
    """The script to run once in a page; raises `FileNotFoundError` where it is not installed."""
    if script := find_file(IBM):
        return script.read_text(encoding="utf-8")
    raise FileNotFoundError(IBM)


def run_ibm(page: Page) -> tuple[list[Violation], frozenset[str]]:
    """Certain failures (elements as XPath), and the ids of all rules in the checker's report."""
    page.evaluate(read_ibm())
    found: dict[str, Any] = page.evaluate(_RUN)
    violations = [Violation(f"ibm/{rule}", path, text) for rule, path, text in found["failed"]]
    return violations, frozenset(f"ibm/{rule}" for rule in found["rules"])
