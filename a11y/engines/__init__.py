"""Browser engines behind one small interface, and which of them a journey runs in."""

from a11y.engines.chromium import CHROMIUM
from a11y.engines.firefox import FIREFOX
from a11y.engines.webkit import WEBKIT

__all__ = ["CHROMIUM", "ENGINES", "FIREFOX", "WEBKIT"]

ENGINES = (CHROMIUM, FIREFOX, WEBKIT)
