"""axe-core in a page: violations, and what axe could not decide.

axe-core (MPL-2.0; never shipped) comes from `a11y/node_modules` if `npm ci` was run, with its
Japanese messages; else from the package axe-playwright-python.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from a11y.node import AXE, AXE_TEXTS, find_file
from a11y.report import Violation
from a11y.rules.inpage import add_style

RULE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# axe cannot measure contrast outside the visible area: such elements are scrolled there and rerun.
_RUN = """async ({tags, scope, isForced}) => {
  const found = await axe.run(scope || document, {
    runOnly: {type: "tag", values: tags},
    rules: {"target-size": {enabled: true}, "color-contrast": {enabled: !isForced}},
    resultTypes: ["violations", "incomplete"],
  });
  const undecided = found.incomplete.filter(({id}) => id === "color-contrast");
  found.incomplete = found.incomplete.filter(({id}) => id !== "color-contrast");
  for (const {target} of undecided.flatMap(({nodes}) => nodes)) {
    const element = document.querySelector(target.at(-1));
    element.scrollIntoView({block: "center", inline: "center"});
    const again = await axe.run(element, {runOnly: ["color-contrast"]});
    found.violations.push(...again.violations);
    found.incomplete.push(...again.incomplete);
  }
  scrollTo(0, 0);
  const listNodes = (kind) => found[kind].flatMap(({id, help, nodes}) => nodes.map((node) => ({
    rule: id,
    element: node.target.flat().join(" "),
    detail: [help, ...[...node.any, ...node.all, ...node.none].map(({message}) => message)]
      .slice(0, 2).join(": "),
  })));
  return {
    violations: listNodes("violations"),
    incomplete: listNodes("incomplete"),
    rules: ["passes", "violations", "incomplete", "inapplicable"].flatMap((kind) =>
      found[kind].map(({id}) => id)),
  };
}"""


@cache
def read_axe() -> str:
    """The script to run once in a page before axe does."""
    own, texts = find_file(AXE), find_file(AXE_TEXTS)
    if own is None or texts is None:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    return f"{own.read_text('utf-8')};axe.configure({{locale: {texts.read_text('utf-8')}}});"


def run_axe(page: Page, *, scope: str = "") -> tuple[list[Violation], frozenset[str]]:
    """Violations (`is_open` where axe could not decide), and the ids of all rules that ran.

    `scope`: a selector of the only part to check; the rest is hidden meanwhile, as the part may
    lie over it. In forced colours contrast is not checked: axe would compare a colour of ours with
    one of the user's. The page's Content-Security-Policy blocks the script unless the context has
    `bypass_csp`.
    """
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(read_axe())
    is_forced = page.evaluate("matchMedia('(forced-colors: active)').matches")
    options = {"tags": RULE_TAGS, "scope": scope, "isForced": is_forced}
    css = f"body {{ visibility: hidden; }} {scope} {{ visibility: visible; }}" if scope else ""
    with add_style(page, css):
        found: dict[str, Any] = page.evaluate(_RUN, options)
    violations = [
        Violation(f"axe/{item['rule']}", item["element"], item["detail"], is_open=is_open)
        for kind, is_open in (("violations", False), ("incomplete", True))
        for item in found[kind]
    ]
    return violations, frozenset(f"axe/{rule}" for rule in found["rules"])


def read_axe_version(page: Page) -> str:
    """The version of axe, in a page on which `run_axe` was called."""
    return str(page.evaluate("axe.version"))
