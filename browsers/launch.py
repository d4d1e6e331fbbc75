"""Which browser to drive: Playwright's own, else the system's, else Debian's package as root.

`python -m browsers.launch` makes sure there is one: exit code 2, and the command to run, where not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from faq.texts import EDITOR_TEXTS

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
# A closed network must not make a start wait; root and containers have no sandbox to offer.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_browser(playwright: Playwright) -> str | None:
    """The path of Playwright's own Chromium or the system's; None where neither is there."""
    own = Path(playwright.chromium.executable_path)
    if own.is_file():
        return str(own)
    return next((path for name in SYSTEM_NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium; raises `FileNotFoundError` where there is none."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            raise FileNotFoundError(EDITOR_TEXTS["cli"]["no_browser"])
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, chromium_sandbox=not is_root
        )
        try:
            yield browser
        finally:
            browser.close()


def ensure_browser() -> bool:
    """Gets a browser in the order of the module's contract; False where none can be had."""
    if is_browser_there():
        return True
    _try_run([sys.executable, "-m", "playwright", "install", "chromium"])
    if is_browser_there():
        return True
    install_packages(DEBIAN_PACKAGES)
    return is_browser_there()


def install_packages(names: Sequence[str]) -> None:
    """Tries to install Debian's packages; does nothing where we are not its root."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _try_run(["apt-get", "update", "-q"])
        _try_run(["apt-get", "install", "-y", *names])


def is_browser_there() -> bool:
    """Whether there is a Chromium to start."""
    with sync_playwright() as playwright:
        return find_browser(playwright) is not None


def _try_run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=False, timeout=600, stdin=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    if not ensure_browser():
        print(EDITOR_TEXTS["cli"]["no_browser"], file=sys.stderr)
        sys.exit(2)
