"""The protocol between a journey and a browser engine: keys in; addresses, roles, names out.

Roles and names are those the engine itself exposes to a screen reader, never derived from the
HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

WINDOW_HEIGHT = 900  # CSS pixels

# Name → JavaScript expression for the element, or null.
ELEMENTS = {
    # In the list of a combobox, a screen reader follows the active descendant.
    "focus": """(() => {
      const active = document.activeElement;
      return document.getElementById(active?.getAttribute("aria-activedescendant")) ?? active;
    })()""",
    "heading": "document.querySelector('h1')",
    "field": "document.querySelector('form[role=search] input')",
    "status": """[...document.querySelectorAll('[role=status]')]
      .find((element) => element.textContent.trim()) ?? null""",
    "live": """[...document.querySelectorAll('[aria-live=polite]')]
      .find((element) => element.textContent.trim()) ?? null""",
}
# The address once the page is loaded and its scripts have started; empty before.
ADDRESS = """document.readyState === 'complete' && 'started' in document.documentElement.dataset
  ? location.href : ''"""


@dataclass(frozen=True, slots=True)
class ExposedElement:
    """An element as the engine exposes it to assistive technology; empty where there is none.

    `text` is the value of a form field, of other elements their text.
    """

    role: str = ""
    name: str = ""
    text: str = ""


class Driver(Protocol):
    """One window of one engine."""

    def set_width(self, width: int) -> None:
        """Sets the width of the window, in CSS pixels; its height is about `WINDOW_HEIGHT`."""

    def open(self, address: str) -> None:
        """Loads the address; returns after its load event."""

    def press(self, key: str) -> None:
        """Presses a key, named as in the DOM (`Tab`, `ArrowDown`); returns once it is handled."""

    def type_text(self, text: str) -> None:
        """Types text into the element with the focus."""

    def go_back(self) -> None:
        """Goes back one page, as Alt+ArrowLeft does."""

    def read_address(self) -> str:
        """Returns the address, percent-decoded; empty while the page is loading."""

    def read_element(self, name: str) -> ExposedElement:
        """Returns one of `ELEMENTS`; an empty one where the page has none."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: its name, its Debian packages, and how to start it.

    `is_installed` does not start it. `start` raises `FileNotFoundError` where it is missing.
    """

    name: str
    packages: tuple[str, ...]
    is_installed: Callable[[], bool]
    start: Callable[[], AbstractContextManager[Driver]]
