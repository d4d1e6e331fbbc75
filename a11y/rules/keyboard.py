"""Rules of the keyboard: each stop is reached, can be seen, hides under nothing, lets go."""

from __future__ import annotations

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.inpage import hold_result, read_script, run_rule

_TO_START = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""


def find_invisible_focus(page: Page) -> list[Violation]:
    """Stops whose focus cannot be seen (2.4.7): no mark, or one below 3:1 against its ground."""
    page.evaluate(_TO_START)
    page.keyboard.press("Tab")
    return run_rule(page, "focus", "focus")


def find_broken_walk(page: Page) -> list[Violation]:
    """Walks through the page by Tab: stops never reached, reached twice, or hidden by another.

    A stop that the walk does not leave is a trap (2.1.2); there it ends.
    """
    stops = hold_result(page, "stops")
    names: list[str] = page.evaluate(
        "(stops) => stops.map((stop) => stop.type === 'radio' ? stop.name : '')", stops
    )
    page.evaluate(_TO_START)
    order: list[int] = []
    hidden: set[int] = set()
    trapped: set[int] = set()
    before = -1
    for _ in range(2 * len(names) + 5):
        page.keyboard.press("Tab")
        step = page.evaluate(read_script("step"), stops)
        if step is None or (order and step[0] == order[0] and len(order) > 1):
            break
        place, is_hit = step
        if place >= 0 and place == before:
            trapped.add(place)
            break
        before = place
        if place < 0:  # a box that scrolls by itself is a stop too
            continue
        order.append(place)
        if not is_hit:
            hidden.add(place)
    reached_groups = {names[place] for place in order if names[place]}
    never = {
        place
        for place in range(len(names))
        if place not in order and not trapped and names[place] not in reached_groups
    }
    twice = {place for place in order if order.count(place) > 1}
    details = {"trap": trapped, "unreached": never, "twice": twice, "obscured": hidden}
    return [
        violation
        for detail, places in details.items()
        if places
        for violation in run_rule(page, "keyboard", "add", [stops, sorted(places), detail])
    ]
