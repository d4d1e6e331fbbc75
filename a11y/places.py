"""Which pages of a site to look at closely, and in which states: few, and every part is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

_CLASS = re.compile(r'<([a-z][a-z0-9]*)(?:[^>]*?\sclass="([^"]*)")?')
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_FOLDS = re.compile(r'<details class="([^"]*)"')

NOTHING_FOUND = "ゐゑゐゑゔゐゑ"

# State → the part it belongs to, what is pressed there, what shows then.
_PRESSED = {
    "furigana": ("data-reading-help", "[data-reading-help] button", "h1 rt"),
    "feedback": ("data-feedback", "[data-vote=no]", "[data-feedback-form]"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page (its file below the site's folder) in a state.

    `fragment` begins with `#`; `prepare` brings the loaded page into the state, in which axe is
    to look at `scope` alone (what lies under it, it saw on the page as loaded).
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
        """The address below the home page, to be loaded."""
        return self.path.removesuffix("index.html") + self.fragment

    @property
    def name(self) -> str:
        """What reports call it: the address (`/` for the home page), and the state."""
        plain = self.path.removesuffix("index.html") or "/"
        return f"{plain} [{self.state}]" if self.state else plain


def list_pages(site: Path, templates: Mapping[str, str]) -> tuple[Place, ...]:
    """Every page of a built site. `templates`: file below `site` → template."""
    return tuple(
        Place(path, template)
        for path, template in sorted(templates.items())
        if (site / path).is_file()
    )


def choose_places(site: Path, templates: Mapping[str, str]) -> tuple[Place, ...]:
    """Of each template and language the largest page, then more until each part was on one.

    A part is a CSS class or a kind of element. Then the states that a page has besides: folds
    open, a search with results, without, with suggestions. The same site gives the same places.
    """
    pages = {place: (site / place.path).read_text("utf-8") for place in list_pages(site, templates)}
    kinds: dict[tuple[str, str], list[Place]] = {}
    for place, html in pages.items():
        kinds.setdefault((place.template, _read_language(html)), []).append(place)
    chosen = [
        place
        for _, places in sorted(kinds.items())
        for place in _cover({place: pages[place] for place in places})
    ]
    return (
        *chosen,
        *_open_folds(chosen, pages),
        *_press_buttons(chosen, pages),
        *_make_search_states(site, pages),
    )


def _read_language(html: str) -> str:
    found = _LANGUAGE.search(html)
    return found[1] if found else ""


def find_parts(html: str) -> frozenset[str]:
    """The kinds of elements and the CSS classes in a page."""
    found = _CLASS.findall(html)
    return frozenset(name for tag, classes in found for name in (tag, *classes.split()))


def _cover(pages: Mapping[Place, str]) -> Iterator[Place]:
    """Greedily: the largest page, then the one with most that is new, until nothing is."""
    parts = {place: find_parts(html) for place, html in pages.items()}
    first = max(pages, key=lambda place: (len(pages[place]), place.path))
    left = set().union(*parts.values())
    place = first
    while True:
        yield place
        left -= parts[place]
        if not left:
            return
        place = max(parts, key=lambda one: (len(parts[one] & left), one.path))


def _open_folds(chosen: list[Place], pages: Mapping[Place, str]) -> Iterator[Place]:
    """The pages on which a kind of `details` stands first, with all of them open."""
    seen: set[str] = set()
    for place in chosen:
        folds = set(_FOLDS.findall(pages[place]))
        if folds - seen:
            seen |= folds
            yield Place(place.path, place.template, "open", prepare=open_folds)


def _press_buttons(chosen: list[Place], pages: Mapping[Place, str]) -> Iterator[Place]:
    """The first FAQ with each of the buttons, pressed."""
    for state, (part, button, shown) in _PRESSED.items():
        for place in chosen:
            if place.template == "faq" and part in pages[place]:
                prepare = partial(press_button, button=button, shown=shown)
                yield Place(place.path, "faq", state, prepare=prepare, needs_scripts=True)
                break


def _make_search_states(site: Path, pages: Mapping[Place, str]) -> Iterator[Place]:
    faqs = json.loads((site / "api" / "faq.json").read_text(encoding="utf-8"))["faqs"]
    if not faqs:
        return
    question = str(faqs[0]["question"])
    states = (
        ("results", f"#q={question}", wait_for_results, ""),
        ("none", f"#q={NOTHING_FOUND}", wait_for_none, ""),
        ("suggestions", "", partial(open_suggestions, text=question[:2]), "[data-suggestions]"),
    )
    for place, html in pages.items():
        if place.template == "search" and _read_language(html) == "ja":
            for state, fragment, prepare, scope in states:
                yield Place(place.path, "search", state, fragment, prepare, scope, True)


def press_button(page: Page, *, button: str, shown: str) -> None:
    """Presses a button, and waits for what it brings."""
    page.locator(button).first.click()
    page.locator(shown).first.wait_for()


def open_folds(page: Page) -> None:
    """Opens every `details` that shows."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def wait_for_results(page: Page) -> None:
    """Waits until the search shows what it found, and unfolds the narrowing."""
    page.locator("[data-search-list] a").first.wait_for()
    open_folds(page)


def wait_for_none(page: Page) -> None:
    """Waits until the search says that it found nothing."""
    page.locator("[data-search-none]").wait_for()


def open_suggestions(page: Page, text: str) -> None:
    """Types into the search box until it offers something, and goes to the first offer."""
    page.locator("[data-search-input]").first.focus()
    page.keyboard.insert_text(text)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
