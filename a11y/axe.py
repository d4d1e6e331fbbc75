"""axe-core in a page: what it calls a violation, told in a line each.

The script comes with the package axe-playwright-python (axe-core, MPL-2.0; never shipped).
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

RULE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """async (tags) => axe.run(document, {
  runOnly: {type: "tag", values: tags},
  rules: {"target-size": {enabled: true}},
  resultTypes: ["violations"],
})"""


def find_violations(page: Page) -> list[str]:
    """Rule, what it asks, and the elements that break it; empty where all is well.

    The page's own policy would keep the script out, so the context must have `bypass_csp`.
    """
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(_RUN, list(RULE_TAGS))
    return [
        f"{item['id']}: {item['help']}: " + " ".join(str(node["target"]) for node in item["nodes"])
        for item in found["violations"]
    ]
