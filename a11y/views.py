"""A built site → the views to audit closely: few, but every part of every template is in one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

from faq.pages.page import Kind

_CLASS = re.compile(r'<([a-z][a-z0-9]*)(?:[^>]*?\sclass="([^"]*)")?')
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_DETAILS = re.compile(r'<details class="([^"]*)"')

NO_MATCH = "ゐゑゐゑゔゐゑ"

# State → the part of the page it needs, the button to press, the element that then appears.
_BUTTONS = {
    "furigana": ("data-reading-help", "[data-reading-help] button", "h1 rt"),
    "feedback": ("data-feedback", "[data-vote=no]", "[data-feedback-form]"),
}


@dataclass(frozen=True, slots=True)
class View:
    """One page in one state: `path` is the page's file below the site's folder.

    `fragment` begins with `#`. `prepare` brings the loaded page into the state. `scope` is the
    selector of the only part for axe to check in that state; the rest of the page has a view of
    its own.
    """

    path: str
    template: str
    state: str = ""
    fragment: str = ""
    prepare: Callable[[Page], None] | None = None
    scope: str = ""
    needs_scripts: bool = False

    @property
    def address(self) -> str:
        """The address to load, below the home page."""
        return self.path.removesuffix("index.html") + self.fragment

    @property
    def name(self) -> str:
        """The name in reports: the page's address (`/` for the home page) and the state."""
        plain = self.path.removesuffix("index.html") or "/"
        return f"{plain} [{self.state}]" if self.state else plain


def list_views(site: Path, templates: Mapping[str, str]) -> tuple[View, ...]:
    """Every page of a built site as loaded. `templates`: file below `site` → template."""
    return tuple(
        View(path, template)
        for path, template in sorted(templates.items())
        if (site / path).is_file()
    )


def choose_views(site: Path, templates: Mapping[str, str]) -> tuple[View, ...]:
    """For each template and language, the largest page and more until every part is covered.

    A part is a CSS class or a kind of element. Further views show these pages in other states:
    `details` open, buttons pressed, a search with results, without any, with suggestions. The
    same site always gives the same views.
    """
    pages = {view: (site / view.path).read_text("utf-8") for view in list_views(site, templates)}
    kinds: dict[tuple[str, str], list[View]] = {}
    for view, html in pages.items():
        kinds.setdefault((view.template, _read_language(html)), []).append(view)
    chosen = [
        view
        for _, views in sorted(kinds.items())
        for view in _cover_parts({view: pages[view] for view in views})
    ]
    return (
        *chosen,
        *_make_open_views(chosen, pages),
        *_make_button_views(chosen, pages),
        *_make_search_views(site, pages),
    )


def _read_language(html: str) -> str:
    found = _LANGUAGE.search(html)
    return found[1] if found else ""


def find_parts(html: str) -> frozenset[str]:
    """The kinds of elements and the CSS classes in a page."""
    found = _CLASS.findall(html)
    return frozenset(name for tag, classes in found for name in (tag, *classes.split()))


def _cover_parts(pages: Mapping[View, str]) -> Iterator[View]:
    """The largest page, then always the one with most parts not covered yet (greedy cover)."""
    parts = {view: find_parts(html) for view, html in pages.items()}
    missing = set().union(*parts.values())
    view = max(pages, key=lambda one: (len(pages[one]), one.path))
    while True:
        yield view
        missing -= parts[view]
        if not missing:
            return
        view = max(parts, key=lambda one: (len(parts[one] & missing), one.path))


def _make_open_views(chosen: list[View], pages: Mapping[View, str]) -> Iterator[View]:
    """The first page with each kind of `details`, all of them open."""
    seen: set[str] = set()
    for view in chosen:
        kinds = set(_DETAILS.findall(pages[view]))
        if kinds - seen:
            seen |= kinds
            yield View(view.path, view.template, "open", prepare=open_details)


def _make_button_views(chosen: list[View], pages: Mapping[View, str]) -> Iterator[View]:
    """The first FAQ with each of the buttons, pressed."""
    for state, (part, button, shown) in _BUTTONS.items():
        for view in chosen:
            if view.template == Kind.FAQ and part in pages[view]:
                prepare = partial(press_button, button=button, shown=shown)
                yield View(view.path, Kind.FAQ, state, prepare=prepare, needs_scripts=True)
                break


def _make_search_views(site: Path, pages: Mapping[View, str]) -> Iterator[View]:
    faqs = json.loads((site / "api" / "faq.json").read_text(encoding="utf-8"))["faqs"]
    if not faqs:
        return
    question = str(faqs[0]["question"])
    states = (
        ("results", f"#q={question}", wait_for_results, ""),
        ("none", f"#q={NO_MATCH}", wait_for_no_results, ""),
        ("suggestions", "", partial(open_suggestions, text=question[:2]), "[data-suggestions]"),
    )
    for view, html in pages.items():
        if view.template == Kind.SEARCH and _read_language(html) == "ja":
            for state, fragment, prepare, scope in states:
                yield View(view.path, Kind.SEARCH, state, fragment, prepare, scope, True)


def press_button(page: Page, *, button: str, shown: str) -> None:
    """Presses a button and waits for the element it shows; both are selectors."""
    page.locator(button).first.click()
    page.locator(shown).first.wait_for()


def open_details(page: Page) -> None:
    """Opens every `details` element."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def wait_for_results(page: Page) -> None:
    """Waits for the first search result and opens the filters."""
    page.locator("[data-search-list] a").first.wait_for()
    open_details(page)


def wait_for_no_results(page: Page) -> None:
    """Waits for the message that nothing was found."""
    page.locator("[data-search-none]").wait_for()


def open_suggestions(page: Page, text: str) -> None:
    """Types into the search box until there are suggestions, and selects the first."""
    page.locator("[data-search-input]").first.focus()
    page.keyboard.insert_text(text)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
