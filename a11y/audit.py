"""The audit: chosen pages in every width, scheme and with and without scripts; or every page.

Pages without scripts are loaded with scripting switched off in the engine (as a person would
have it), then switched on again for the auditing scripts alone: the page's own never ran, and what
it is without them stays. In a context without JavaScript axe could not wait for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page

from a11y.axe import read_axe_version, run_axe
from a11y.browser import open_browser
from a11y.ibm import run_ibm
from a11y.places import Place
from a11y.report import Check, Condition
from a11y.rules import SCHEMES, WIDTHS, Rule
from a11y.vnu import run_vnu

HEIGHT = 900
_COLORS: dict[str, tuple[Literal["light", "dark"], Literal["active", "none"]]] = {
    "light": ("light", "none"),
    "dark": ("dark", "none"),
    "forced": ("light", "active"),
}

Look = Callable[[BrowserContext, Place], list[Check]]


def audit_places(
    home: str, places: Sequence[Place], *, rules: Sequence[Rule], at: datetime, workers: int
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Looks at each place in every condition, by axe and by the rules that claim it.

    `home` is the served site's address; `at` the time it is to the pages' scripts. Gives the
    checks, and engine → version.
    """

    def look(context: BrowserContext, place: Place) -> list[Check]:
        checks = []
        for has_scripts in (True,) if place.needs_scripts else (True, False):
            for width in WIDTHS:
                with open_place(context, home, place, width, has_scripts=has_scripts) as page:
                    for scheme in SCHEMES:
                        condition = Condition(width, scheme, has_scripts)
                        checks.append(check_condition(page, place, condition, rules))
        return checks

    return _share_work(look, places, at=at, workers=workers)


def audit_pages(
    home: str, places: Sequence[Place], *, at: datetime, workers: int
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Every page once, at 1280 pixels in light colours, by axe and by IBM's engine."""

    def look(context: BrowserContext, place: Place) -> list[Check]:
        with open_place(context, home, place, WIDTHS[-1], has_scripts=True) as page:
            set_scheme(page, "light")
            violations, ran = run_axe(page)
            others, also_ran = run_ibm(page)
        condition = Condition(WIDTHS[-1], "light")
        found = (*violations, *others)
        return [Check(place.name, place.template, condition, ran | also_ran, found)]

    return _share_work(look, places, at=at, workers=workers)


def audit_files(site: Path, places: Sequence[Place]) -> tuple[Check, ...]:
    """Every page's HTML, by the Nu HTML Checker; raises `OSError` where it does not run."""
    found = run_vnu(site)
    names = {place.path: place for place in places}
    ran = frozenset({"vnu/error"})
    return tuple(
        Check(place.name, place.template, None, ran, tuple(found.get(path, ())))
        for path in sorted({*names, *found})
        for place in (names.get(path) or Place(path, ""),)
    )


def check_condition(page: Page, place: Place, condition: Condition, rules: Sequence[Rule]) -> Check:
    """Axe, then the rules that claim the condition, on a page that is open in its width."""
    set_scheme(page, condition.scheme)
    violations, ran = run_axe(page)
    claimed = [
        rule
        for rule in rules
        if condition.width in rule.widths and condition.scheme in rule.schemes
    ]
    for rule in claimed:
        violations += rule.find(page)
    ids = ran | {rule.id for rule in claimed}
    return Check(place.name, place.template, condition, ids, tuple(violations))


def set_scheme(page: Page, scheme: str) -> None:
    """Shows the page in the reader's colours, and waits until they are there."""
    color_scheme, forced_colors = _COLORS[scheme]
    page.emulate_media(color_scheme=color_scheme, forced_colors=forced_colors)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@contextmanager
def open_place(
    context: BrowserContext, home: str, place: Place, width: int, *, has_scripts: bool
) -> Iterator[Page]:
    """A fresh page with the place loaded, in its state."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    wanted = home + place.address
    if place.template == "redirect":  # it would leave; nothing else may be loaded in its stead
        page.route(
            lambda url: url != wanted and not url.startswith(f"{home}assets/"),
            lambda route: route.abort(),
        )
    engine = context.new_cdp_session(page)
    engine.send("Emulation.setScriptExecutionDisabled", {"value": not has_scripts})
    page.goto(wanted)
    engine.send("Emulation.setScriptExecutionDisabled", {"value": False})
    if place.prepare:
        place.prepare(page)
    try:
        yield page
    finally:
        page.close()


@contextmanager
def open_context(browser: Browser, at: datetime | None = None) -> Iterator[BrowserContext]:
    """A context that lets auditing scripts in; movements are off, so colours come at once."""
    context = browser.new_context(locale="ja-JP", bypass_csp=True, reduced_motion="reduce")
    if at:
        context.clock.set_fixed_time(at)
    try:
        yield context
    finally:
        context.close()


def _share_work(
    look: Look,
    places: Sequence[Place],
    *,
    at: datetime,
    workers: int,
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """The places in turn to as many browsers as there are workers; checks in their order."""

    def run_share(number: int) -> tuple[list[tuple[int, list[Check]]], dict[str, str]]:
        found = []
        with open_browser() as browser, open_context(browser, at) as context:
            for place_number in range(number, len(places), workers):
                found.append((place_number, look(context, places[place_number])))
            page = context.new_page()
            run_axe(page)
            return found, {"axe": read_axe_version(page), "Chromium": browser.version}

    with ThreadPoolExecutor(workers) as pool:
        shares = list(pool.map(run_share, range(workers)))
    ordered = sorted((item for found, _ in shares for item in found), key=lambda item: item[0])
    return tuple(check for _, checks in ordered for check in checks), shares[0][1]
