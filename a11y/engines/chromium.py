"""Chromium through Playwright; its accessibility tree through the DevTools protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from playwright.sync_api import Error, Page

from a11y.engines.driver import ADDRESS, ELEMENTS, WINDOW_HEIGHT, Driver, Engine, ExposedElement
from browsers.launch import is_browser_installed, open_browser

# HTML-AAM gives `summary` no role; other engines expose none, Chromium this one of its own.
OWN_ROLES = {"DisclosureTriangle": ""}
_TEXT = "function () { return this.value ?? this.textContent.trim() }"


class ChromiumDriver:
    """A page, and the DevTools session that gives its accessibility tree."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tools = page.context.new_cdp_session(page)

    def set_width(self, width: int) -> None:
        self._page.set_viewport_size({"width": width, "height": WINDOW_HEIGHT})

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
            return ""  # between two pages

    def read_element(self, name: str) -> ExposedElement:
        try:
            found = self._tools.send("Runtime.evaluate", {"expression": ELEMENTS[name]})["result"]
            if "objectId" not in found:
                return ExposedElement()
            element = {"objectId": found["objectId"]}
            node = self._tools.send(
                "Accessibility.getPartialAXTree", element | {"fetchRelatives": False}
            )["nodes"][0]
            text = self._tools.send(
                "Runtime.callFunctionOn", element | {"functionDeclaration": _TEXT}
            )["result"]["value"]
        except Error:
            return ExposedElement()  # the page changed in between
        role, label = (node.get(key, {}).get("value", "") for key in ("role", "name"))
        return ExposedElement(OWN_ROLES.get(role, role), label, text)


@contextmanager
def start_chromium() -> Iterator[Driver]:
    """Chromium with a new, private profile; raises `FileNotFoundError` without one."""
    with open_browser() as browser:
        context = browser.new_context(locale="ja-JP")
        yield ChromiumDriver(context.new_page())


CHROMIUM = Engine("Chromium", ("chromium",), is_browser_installed, start_chromium)
