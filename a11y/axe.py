"""axe-core in a page: violations, and what axe could not decide by itself.

axe-core (MPL-2.0; never shipped) comes from `a11y/node_modules` where `npm ci` was run, with its
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
# What lay outside its scroller or the window could not be judged: it is asked again, in view.
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
  const tell = (kind) => found[kind].flatMap(({id, help, nodes}) => nodes.map((node) => ({
    rule: id,
    element: node.target.flat().join(" "),
    detail: [help, ...[...node.any, ...node.all, ...node.none].map(({message}) => message)]
      .slice(0, 2).join(": "),
  })));
  return {
    violations: tell("violations"),
    incomplete: tell("incomplete"),
    rules: ["passes", "violations", "incomplete", "inapplicable"].flatMap((kind) =>
      found[kind].map(({id}) => id)),
  };
}"""


@cache
def read_axe() -> str:
    """The script to put into a page once, before axe runs there."""
    own, texts = find_file(AXE), find_file(AXE_TEXTS)
    if own is None or texts is None:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    return f"{own.read_text('utf-8')};axe.configure({{locale: {texts.read_text('utf-8')}}});"


def run_axe(page: Page, *, scope: str = "") -> tuple[list[Violation], frozenset[str]]:
    """What axe finds (undecided ones are `is_open`), and the ids of all rules that ran.

    `scope`: a selector of the only part to look at; what it lies over is hidden for the while.
    In forced colours contrast is not judged: the colours are the reader's own, and axe compares
    one of ours with one of theirs. The page's own policy would keep the script out, so the
    context must have `bypass_csp`.
    """
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(read_axe())
    is_forced = page.evaluate("matchMedia('(forced-colors: active)').matches")
    options = {"tags": RULE_TAGS, "scope": scope, "isForced": is_forced}
    alone = f"body {{ visibility: hidden; }} {scope} {{ visibility: visible; }}" if scope else ""
    with add_style(page, alone):
        found: dict[str, Any] = page.evaluate(_RUN, options)
    violations = [
        Violation(f"axe/{item['rule']}", item["element"], item["detail"], is_open=is_open)
        for kind, is_open in (("violations", False), ("incomplete", True))
        for item in found[kind]
    ]
    return violations, frozenset(f"axe/{rule}" for rule in found["rules"])


def find_violations(page: Page) -> list[str]:
    """A line for each violation: rule, what is wrong, element; empty where all is well."""
    return [
        f"{violation.rule.removeprefix('axe/')}: {violation.detail}: {violation.element}"
        for violation in run_axe(page)[0]
        if not violation.is_open
    ]


def read_axe_version(page: Page) -> str:
    """The version of axe in a page that `run_axe` was called on."""
    return str(page.evaluate("axe.version"))
