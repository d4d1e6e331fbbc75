"""An engine that speaks WebDriver, through Selenium."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from a11y.engines.driver import ADDRESS, PLACES, Seen

KEYS = {
    "Tab": Keys.TAB,
    "Enter": Keys.ENTER,
    "Space": Keys.SPACE,
    "ArrowDown": Keys.ARROW_DOWN,
    "Escape": Keys.ESCAPE,
}
HEIGHT = 900
_LOOK = "const found = {place}; return found && [found, found.value ?? found.textContent.trim()]"


class WebDriverDriver:
    """The window of a WebDriver session."""

    def __init__(self, session: WebDriver) -> None:
        self._session = session

    def set_width(self, width: int) -> None:
        self._session.set_window_size(width, HEIGHT)

    def open(self, address: str) -> None:
        self._session.get(address)

    def press(self, key: str) -> None:
        self.type_text(KEYS[key])

    def type_text(self, text: str) -> None:
        ActionChains(self._session).send_keys(text).perform()

    def go_back(self) -> None:
        self._session.back()

    def read_address(self) -> str:
        return unquote(self._session.execute_script(f"return {ADDRESS}") or "")

    def look_at(self, place: str) -> Seen:
        try:
            found: Any = self._session.execute_script(_LOOK.format(place=PLACES[place]))
            if not found:
                return Seen()
            element, text = found
            return Seen(element.aria_role, element.accessible_name, text)
        except (NoSuchElementException, StaleElementReferenceException):
            return Seen()  # gone while we looked: a page that is just changing
