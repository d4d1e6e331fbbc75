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
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from a11y.axe import read_axe_version, run_axe
from a11y.engines import ENGINES
from a11y.engines.driver import Engine
from a11y.ibm import run_ibm
from a11y.journey import describe_failure, run_journeys
from a11y.places import Place
from a11y.report import Check, Condition, Violation
from a11y.rules import SCHEMES, WIDTHS, Rule
from a11y.vnu import run_vnu
from browsers.launch import open_browser

HEIGHT = 900
STATE_RULE = "state"
JOURNEY_RULE = "journey"
_COLORS: dict[str, tuple[Literal["light", "dark"], Literal["active", "none"]]] = {
    "light": ("light", "none"),
    "dark": ("dark", "none"),
    "forced": ("light", "active"),
}

CONDITIONS = tuple(
    Condition(width, scheme, has_scripts)
    for has_scripts in (True, False)
    for width in WIDTHS
    for scheme in SCHEMES
)

Look = Callable[[BrowserContext, Place], list[Check]]


def audit_places(
    home: str,
    places: Sequence[Place],
    *,
    rules: Sequence[Rule],
    at: datetime,
    workers: int,
    conditions: Sequence[Condition] = CONDITIONS,
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Looks at each place in every condition, by axe and by the rules that claim it.

    `home` is the served site's address; `at` the time it is to the pages' scripts. Gives the
    checks, and engine → version; raises `FileNotFoundError` where there is no browser.
    """

    def look(context: BrowserContext, place: Place) -> list[Check]:
        return [
            check_condition(context, home, place, condition, rules)
            for condition in conditions
            if condition.has_scripts or not place.needs_scripts
        ]

    return _share_work(look, places, at=at, workers=workers)


def audit_pages(
    home: str, places: Sequence[Place], *, at: datetime, workers: int
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Every page once, at 1280 pixels in light colours, by axe and by IBM's engine."""

    def look(context: BrowserContext, place: Place) -> list[Check]:
        condition = Condition(WIDTHS[-1], "light")
        with open_place(context, home, place, condition) as page:
            violations, ran = run_axe(page)
            others, also_ran = run_ibm(page)
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


def audit_journeys(
    home: str, *, query: str, engines: Sequence[Engine] = ENGINES
) -> tuple[Check, ...]:
    """A citizen's ways by keyboard alone, in each engine; a missing engine is a violation."""
    failures = run_journeys(home, query=query, engines=engines)
    ran = frozenset({JOURNEY_RULE})
    return tuple(
        Check(f"[{engine.name}]", "", None, ran, tuple(
            Violation(JOURNEY_RULE, engine.name, describe_failure(failure))
            for failure in failures if failure.engine == engine.name
        ))
        for engine in engines
    )  # fmt: skip


def check_condition(
    context: BrowserContext, home: str, place: Place, condition: Condition, rules: Sequence[Rule]
) -> Check:
    """Axe, then the rules that claim the condition, on the page freshly loaded in it."""
    claimed = [
        rule
        for rule in rules
        if condition.width in rule.widths and condition.scheme in rule.schemes
    ]
    with open_place(context, home, place, condition) as page:
        try:
            if place.prepare:
                place.prepare(page)
        except PlaywrightTimeout:
            missed = Violation(STATE_RULE, "html", place.state)
            return Check(place.name, place.template, condition, frozenset({STATE_RULE}), (missed,))
        violations, ran = run_axe(page, scope=place.scope)
        for rule in claimed:
            violations += rule.find(page)
    ids = ran | {rule.id for rule in claimed} | {STATE_RULE}
    return Check(place.name, place.template, condition, ids, tuple(violations))


@contextmanager
def open_place(
    context: BrowserContext, home: str, place: Place, condition: Condition
) -> Iterator[Page]:
    """A fresh page with the place loaded as the condition says; its state is not prepared."""
    page = context.new_page()
    try:
        show_page(page, condition.width, condition.scheme)
        wanted = home + place.address
        if place.template == "redirect":  # answered by "no content", it stays where it is
            page.route(
                lambda url: url != wanted and not url.startswith(f"{home}assets/"),
                lambda route: route.fulfill(status=204),
            )
        engine = context.new_cdp_session(page)
        engine.send("Emulation.setScriptExecutionDisabled", {"value": not condition.has_scripts})
        # What an earlier look left behind (furigana on, a vote) is not this one's.
        storage = {"origin": home.removesuffix("/"), "storageTypes": "local_storage"}
        engine.send("Storage.clearDataForOrigin", storage)
        page.goto(wanted)
        engine.send("Emulation.setScriptExecutionDisabled", {"value": False})
        if condition.has_scripts:
            page.wait_for_selector("html[data-started]", state="attached")
        yield page
    finally:
        page.close()


def show_page(page: Page, width: int, scheme: str) -> None:
    """Sets the width in pixels, and the colours the reader asks for."""
    color_scheme, forced_colors = _COLORS[scheme]
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=color_scheme, forced_colors=forced_colors)


@contextmanager
def open_context(browser: Browser, at: datetime | None = None) -> Iterator[BrowserContext]:
    """A context that lets auditing scripts in, with movements off; `at`: what its clocks say."""
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
