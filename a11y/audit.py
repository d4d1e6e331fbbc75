"""The audit in Chromium: chosen views in every width, colour scheme, with and without scripts.

Pages without scripts are loaded with scripting disabled in the browser, as a user would do it.
Then it is enabled for the auditing scripts alone: the page's own never run, and the page remains
what it is without them. In a context created without JavaScript, axe would never finish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from a11y.axe import read_axe_version, run_axe
from a11y.engines import ENGINES
from a11y.engines.driver import WINDOW_HEIGHT, Engine
from a11y.ibm import run_ibm
from a11y.journey import describe_failure, run_journeys
from a11y.report import Check, Condition, Violation
from a11y.rules import SCHEMES, WIDTHS, Rule
from a11y.views import View
from a11y.vnu import run_vnu
from browsers.launch import open_browser
from faq.pages.page import Kind

STATE_RULE = "state"
JOURNEY_RULE = "journey"
PROGRESS_STEP = 100
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

Task = tuple[View, Condition]
Progress = Callable[[Condition, int, int], None]


def audit_views(
    home: str,
    views: Sequence[View],
    *,
    rules: Sequence[Rule],
    at: datetime,
    workers: int,
    conditions: Sequence[Condition] = CONDITIONS,
    progress: Progress = lambda *_: None,
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Checks each view in every condition, by axe and by the rules that support the condition.

    `home` is the address of the served site, `at` the time that pages' scripts see. `progress` is
    called, from any thread, with a condition, its checks done, and its checks in all: after every
    100th and after the last. Returns the checks, and tool → version; raises `FileNotFoundError`
    without a browser.
    """

    def check(context: BrowserContext, task: Task) -> Check:
        return check_view(context, home, *task, rules)

    tasks = [
        (view, condition)
        for condition in conditions
        for view in views
        if condition.has_scripts or not view.needs_scripts
    ]
    return _run_tasks(tasks, check, at=at, workers=workers, progress=progress)


def audit_pages(
    home: str,
    views: Sequence[View],
    *,
    at: datetime,
    workers: int,
    progress: Progress = lambda *_: None,
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Checks each view once, 1280 px wide in light colours, by axe and by IBM's checker.

    The arguments and the result are those of `audit_views`.
    """

    def check(context: BrowserContext, task: Task) -> Check:
        view, condition = task
        with open_view(context, home, view, condition) as page:
            violations, rules = run_axe(page)
            ibm_violations, ibm_rules = run_ibm(page)
        found = (*violations, *ibm_violations)
        return Check(view.name, view.template, condition, rules | ibm_rules, found)

    tasks = [(view, Condition(WIDTHS[-1], "light")) for view in views]
    return _run_tasks(tasks, check, at=at, workers=workers, progress=progress)


def audit_files(site: Path, views: Sequence[View]) -> tuple[Check, ...]:
    """Checks each page's HTML by the Nu HTML Checker; raises `OSError` where it does not run."""
    found = run_vnu(site)
    by_path = {view.path: view for view in views}
    rules = frozenset({"vnu/error"})
    return tuple(
        Check(view.name, view.template, None, rules, tuple(found.get(path, ())))
        for path in sorted({*by_path, *found})
        for view in (by_path.get(path) or View(path, ""),)
    )


def audit_journeys(
    home: str, *, query: str, engines: Sequence[Engine] = ENGINES
) -> tuple[Check, ...]:
    """Runs the keyboard journeys in each engine; a missing engine is a violation."""
    failures = run_journeys(home, query=query, engines=engines)
    rules = frozenset({JOURNEY_RULE})
    return tuple(
        Check(f"[{engine.name}]", "", None, rules, tuple(
            Violation(JOURNEY_RULE, engine.name, describe_failure(failure))
            for failure in failures if failure.engine == engine.name
        ))
        for engine in engines
    )  # fmt: skip


def check_view(
    context: BrowserContext, home: str, view: View, condition: Condition, rules: Sequence[Rule]
) -> Check:
    """Checks a freshly loaded view by axe, then by the rules that support the condition.

    A state that cannot be reached is a violation, and the only one.
    """
    supported = [
        rule
        for rule in rules
        if condition.width in rule.widths and condition.scheme in rule.schemes
    ]
    with open_view(context, home, view, condition) as page:
        try:
            if view.prepare:
                view.prepare(page)
        except PlaywrightTimeout:
            unreached = Violation(STATE_RULE, "html", view.state)
            return Check(view.name, view.template, condition, frozenset({STATE_RULE}), (unreached,))
        violations, axe_rules = run_axe(page, scope=view.scope)
        for rule in supported:
            violations += rule.find(page)
    ids = axe_rules | {rule.id for rule in supported} | {STATE_RULE}
    return Check(view.name, view.template, condition, ids, tuple(violations))


@contextmanager
def open_view(
    context: BrowserContext, home: str, view: View, condition: Condition
) -> Iterator[Page]:
    """A new page with the view loaded in the condition, but its state not prepared yet."""
    page = context.new_page()
    try:
        emulate_display(page, condition.width, condition.scheme)
        address = home + view.address
        if view.template == Kind.REDIRECT:
            # "No content" as the answer for the target keeps the redirecting page open.
            page.route(
                lambda url: url != address and not url.startswith(f"{home}assets/"),
                lambda route: route.fulfill(status=204),
            )
        session = context.new_cdp_session(page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": not condition.has_scripts})
        # Earlier checks in this context may have stored settings (furigana on, a vote).
        storage = {"origin": home.removesuffix("/"), "storageTypes": "local_storage"}
        session.send("Storage.clearDataForOrigin", storage)
        page.goto(address)
        session.send("Emulation.setScriptExecutionDisabled", {"value": False})
        if condition.has_scripts:
            page.wait_for_selector("html[data-started]", state="attached")
        yield page
    finally:
        page.close()


def emulate_display(page: Page, width: int, scheme: str) -> None:
    """Sets the viewport's width in CSS pixels, and the user's colour scheme."""
    color_scheme, forced_colors = _COLORS[scheme]
    page.set_viewport_size({"width": width, "height": WINDOW_HEIGHT})
    page.emulate_media(color_scheme=color_scheme, forced_colors=forced_colors)


@contextmanager
def open_context(browser: Browser, at: datetime | None = None) -> Iterator[BrowserContext]:
    """A context without motion that allows auditing scripts; `at` is the time its scripts see."""
    context = browser.new_context(locale="ja-JP", bypass_csp=True, reduced_motion="reduce")
    if at:
        context.clock.set_fixed_time(at)
    try:
        yield context
    finally:
        context.close()


def _run_tasks(
    tasks: Sequence[Task],
    check: Callable[[BrowserContext, Task], Check],
    *,
    at: datetime,
    workers: int,
    progress: Progress,
) -> tuple[tuple[Check, ...], dict[str, str]]:
    """Distributes the tasks over one browser per worker; the checks are in the order of tasks."""
    counter = _ProgressCounter(tasks, progress)

    def run_share(first: int) -> tuple[list[tuple[int, Check]], dict[str, str]]:
        checks = []
        with open_browser() as browser, open_context(browser, at) as context:
            for number in range(first, len(tasks), workers):
                checks.append((number, check(context, tasks[number])))
                counter.count(tasks[number][1])
            page = context.new_page()
            run_axe(page)
            return checks, {"axe": read_axe_version(page), "Chromium": browser.version}

    with ThreadPoolExecutor(workers) as pool:
        shares = list(pool.map(run_share, range(workers)))
    ordered = sorted((item for checks, _ in shares for item in checks), key=lambda item: item[0])
    return tuple(done for _, done in ordered), shares[0][1]


class _ProgressCounter:
    """Counts the checks done in each condition, from any thread."""

    def __init__(self, tasks: Sequence[Task], progress: Progress) -> None:
        self._totals = Counter(condition for _, condition in tasks)
        self._done: Counter[Condition] = Counter()
        self._lock = Lock()
        self._progress = progress

    def count(self, condition: Condition) -> None:
        with self._lock:
            self._done[condition] += 1
            done, total = self._done[condition], self._totals[condition]
            if done == total or done % PROGRESS_STEP == 0:
                self._progress(condition, done, total)
