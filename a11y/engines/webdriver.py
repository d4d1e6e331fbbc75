"""Any engine that speaks WebDriver, through Selenium."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from a11y.engines.driver import ADDRESS, ELEMENTS, WINDOW_HEIGHT, ExposedElement

KEYS = {
    "Tab": Keys.TAB,
    "Enter": Keys.ENTER,
    "Space": Keys.SPACE,
    "ArrowDown": Keys.ARROW_DOWN,
    "Escape": Keys.ESCAPE,
}
_READ = "const found = {element}; return found && [found, found.value ?? found.textContent.trim()]"


class WebDriverDriver:
    """The window of a WebDriver session."""

    def __init__(self, session: WebDriver) -> None:
        self._session = session

    def set_width(self, width: int) -> None:
        self._session.set_window_size(width, WINDOW_HEIGHT)

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

    def read_element(self, name: str) -> ExposedElement:
        try:
            found: Any = self._session.execute_script(_READ.format(element=ELEMENTS[name]))
            if not found:
                return ExposedElement()
            element, text = found
            return ExposedElement(element.aria_role, element.accessible_name, text)
        except (NoSuchElementException, StaleElementReferenceException):
            return ExposedElement()  # the page changed in between
