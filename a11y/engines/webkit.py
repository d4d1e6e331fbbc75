"""WebKit, the engine of Safari, as GTK's MiniBrowser on a virtual display (Xvfb)."""

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
from a11y.engines.process import run_in_background
from a11y.engines.webdriver import WebDriverDriver

DRIVER = "WebKitWebDriver"
DISPLAY = "Xvfb"
# Debian has MiniBrowser in the folder of its architecture, others in libexec; below /usr.
BROWSER_PATHS = ("lib/*/webkit2gtk-4.*/MiniBrowser", "libexec/webkit2gtk-4.*/MiniBrowser")
DISPLAY_ARGUMENTS = ("-screen", "0", "1400x1000x24", "-nolisten", "tcp")


def find_webkit() -> tuple[str, str, str] | None:
    """The paths of driver, display server and browser; None unless all three are installed."""
    driver, display = shutil.which(DRIVER), shutil.which(DISPLAY)
    if not driver or not display:
        return None
    browsers = sorted(path for pattern in BROWSER_PATHS for path in Path("/usr").glob(pattern))
    return (driver, display, str(browsers[-1])) if browsers else None


@contextmanager
def start_webkit() -> Iterator[Driver]:
    """WebKit with a new, private profile; raises `FileNotFoundError` unless it is installed."""
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
    """The number of a new virtual display; Xvfb chooses it and writes it when it is ready."""
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as answer:
        command = [program, "-displayfd", str(write_end), *DISPLAY_ARGUMENTS]
        with run_in_background(command, pass_fds=[write_end]):
            os.close(write_end)
            yield int(answer.readline())


WEBKIT = Engine(
    "WebKit", ("webkit2gtk-driver", "xvfb"), lambda: find_webkit() is not None, start_webkit
)
