"""Chromium through Playwright; what it tells a screen reader, through the DevTools protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from playwright.sync_api import Error, Page

from a11y.engines.driver import ADDRESS, PLACES, Driver, Engine, Seen
from browsers.launch import is_browser_there, open_browser

HEIGHT = 900
# HTML-AAM gives a summary no role: other engines tell none, Chromium a word of its own.
OWN_ROLES = {"DisclosureTriangle": ""}
_TEXT = "function () { return this.value ?? this.textContent.trim() }"


class ChromiumDriver:
    """A page, and the DevTools session in which Chromium tells its accessibility tree."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tools = page.context.new_cdp_session(page)

    def set_width(self, width: int) -> None:
        self._page.set_viewport_size({"width": width, "height": HEIGHT})

    def open(self, address: str) -> None:
        self._page.goto(address)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type_text(self, text: str) -> None:
        self._page.keyboard.type(text)

    def go_back(self) -> None:
        self._page.go_back()

    def read_address(self) -> str:
        try:
            return unquote(self._page.evaluate(ADDRESS))
        except Error:
            return ""  # asked between two pages

    def look_at(self, place: str) -> Seen:
        try:
            found = self._tools.send("Runtime.evaluate", {"expression": PLACES[place]})["result"]
            if "objectId" not in found:
                return Seen()
            element = {"objectId": found["objectId"]}
            told = self._tools.send(
                "Accessibility.getPartialAXTree", element | {"fetchRelatives": False}
            )["nodes"][0]
            text = self._tools.send(
                "Runtime.callFunctionOn", element | {"functionDeclaration": _TEXT}
            )["result"]["value"]
        except Error:
            return Seen()  # gone while we looked: a page that is just changing
        role = told.get("role", {}).get("value", "")
        return Seen(OWN_ROLES.get(role, role), told.get("name", {}).get("value", ""), text)


@contextmanager
def start_chromium() -> Iterator[Driver]:
    """Chromium with a new, private profile; raises `FileNotFoundError` where there is none."""
    with open_browser() as browser:
        context = browser.new_context(locale="ja-JP")
        yield ChromiumDriver(context.new_page())


CHROMIUM = Engine("Chromium", ("chromium",), is_browser_there, start_chromium)
