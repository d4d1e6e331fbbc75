"""WebKit, the engine of Safari, as GTK's MiniBrowser on a display of its own (Xvfb)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from a11y.engines.driver import Driver, Engine
from a11y.engines.process import run_beside
from a11y.engines.webdriver import WebDriverDriver

DRIVER = "WebKitWebDriver"
DISPLAY = "Xvfb"
# Debian puts MiniBrowser into the folder of its architecture, others into libexec.
BROWSER_PLACES = ("lib/*/webkit2gtk-4.*/MiniBrowser", "libexec/webkit2gtk-4.*/MiniBrowser")
SCREEN = "1400x1000x24"


def find_webkit() -> tuple[str, str, str] | None:
    """The paths of driver, display and browser; None where one of them is not there."""
    driver, display = shutil.which(DRIVER), shutil.which(DISPLAY)
    if not driver or not display:
        return None
    browsers = sorted(path for place in BROWSER_PLACES for path in Path("/usr").glob(place))
    return (driver, display, str(browsers[-1])) if browsers else None


@contextmanager
def start_webkit() -> Iterator[Driver]:
    """WebKit with a new, private profile; raises `FileNotFoundError` where a part is missing."""
    found = find_webkit()
    if found is None:
        raise FileNotFoundError(DRIVER)
    driver, display, browser = found
    options = Options()
    options.binary_location = browser
    options.add_argument("--automation")
    options.ignore_local_proxy_environment_variables()  # the driver is on this machine
    with _open_display(display) as number:
        environment = {**os.environ, "DISPLAY": f":{number}", "GDK_BACKEND": "x11"}
        session = webdriver.WebKitGTK(options, Service(driver, env=environment))
        try:
            yield WebDriverDriver(session)
        finally:
            session.quit()


@contextmanager
def _open_display(program: str) -> Iterator[int]:
    """A display nobody sees; Xvfb takes a free number and writes it once it is ready."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as answer:
        command = [program, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
        with run_beside(command, pass_fds=[writing]):
            os.close(writing)
            yield int(answer.readline())


WEBKIT = Engine(
    "WebKit", ("webkit2gtk-driver", "xvfb"), lambda: find_webkit() is not None, start_webkit
)
