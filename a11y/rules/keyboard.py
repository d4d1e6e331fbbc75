"""Rules about the keyboard: every tab stop is reached, visible, not obscured, and no trap."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import get_result_handle, read_script, run_rule

_TO_START = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""


def find_invisible_focus(page: Page) -> list[Violation]:
    """Tab stops without a visible focus (2.4.7): no indicator, or contrast below 3:1."""
    page.evaluate(_TO_START)
    page.keyboard.press("Tab")
    return run_rule(page, "focus", "focus")


def find_tab_faults(page: Page) -> list[Violation]:
    """Presses Tab through the page: stops never reached, reached twice, or fully obscured.

    A stop that Tab does not leave is a trap (2.1.2) and ends the walk.
    """
    stops = get_result_handle(page, "stops")
    names: list[str] = page.evaluate(
        "(stops) => stops.map((stop) => stop.type === 'radio' ? stop.name : '')", stops
    )
    page.evaluate(_TO_START)
    order: list[int] = []
    obscured: set[int] = set()
    trapped: set[int] = set()
    before = -1
    for _ in range(2 * len(names) + 5):
        page.keyboard.press("Tab")
        step = page.evaluate(read_script("step"), stops)
        if step is None or (order and step[0] == order[0] and len(order) > 1):
            break
        stop, is_hit = step
        if stop >= 0 and stop == before:
            trapped.add(stop)
            break
        before = stop
        if stop < 0:  # not in `stops`: a box that scrolls gets the focus as well
            continue
        order.append(stop)
        if not is_hit:
            obscured.add(stop)
    # Tab reaches one radio button of a group.
    reached_groups = {names[stop] for stop in order if names[stop]}
    unreached = {
        stop
        for stop in range(len(names))
        if stop not in order and not trapped and names[stop] not in reached_groups
    }
    twice = {stop for stop in order if order.count(stop) > 1}
    details = {"trap": trapped, "unreached": unreached, "twice": twice, "obscured": obscured}
    return [
        violation
        for detail, faulty in details.items()
        if faulty
        for violation in run_rule(page, "keyboard", "add", [stops, sorted(faulty), detail])
    ]
