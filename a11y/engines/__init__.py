"""The browser engines that a journey runs in, behind one protocol (`driver.Driver`)."""

from a11y.engines.chromium import CHROMIUM
from a11y.engines.firefox import FIREFOX
from a11y.engines.webkit import WEBKIT

__all__ = ["CHROMIUM", "ENGINES", "FIREFOX", "WEBKIT"]

ENGINES = (CHROMIUM, FIREFOX, WEBKIT)
