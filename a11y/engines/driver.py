"""What a journey asks of a browser engine: keys in; addresses, roles and names out.

Roles and names are the engine's own, as it hands them to a screen reader, never our reading of
the HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

# Where the eye of a screen reader is: JavaScript expressions that give one element, or null.
PLACES = {
    # Of a list under a combobox, what is read is the active descendant.
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
# The address, once all of the page and its scripts is there; empty before.
ADDRESS = """document.readyState === 'complete' && 'started' in document.documentElement.dataset
  ? location.href : ''"""


@dataclass(frozen=True, slots=True)
class Seen:
    """An element as the engine tells it; `text` is the value of a field, else what it contains."""

    role: str = ""
    name: str = ""
    text: str = ""


class Driver(Protocol):
    """One window of one engine; keys are named as in the DOM (`Tab`, `ArrowDown`)."""

    def set_width(self, width: int) -> None:
        """Makes the window so many CSS pixels wide."""

    def open(self, address: str) -> None:
        """Goes to the address and waits for its load."""

    def press(self, key: str) -> None:
        """Presses and releases one key; returns after the page has handled it."""

    def type_text(self, text: str) -> None:
        """Types into what has the focus."""

    def go_back(self) -> None:
        """One page back, as Alt+ArrowLeft does."""

    def read_address(self) -> str:
        """The address, decoded; empty while the page is loading."""

    def look_at(self, place: str) -> Seen:
        """What is at one of `PLACES`; an empty `Seen` where nothing is."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: its name, Debian's packages of it, and how to start it.

    `is_there` tells whether it is installed, without starting it.
    """

    name: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]
    start: Callable[[], AbstractContextManager[Driver]]
