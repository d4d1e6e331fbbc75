"""Finding and starting Chromium: Playwright's own, else the system's, else Debian's package.

`python -m browsers.launch` installs one where it can; exit code 2, and the command to run, where
it cannot.
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
# A start must not wait for a network that may be closed.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_browser(playwright: Playwright) -> str | None:
    """The path of Playwright's own Chromium or the system's; None without either."""
    own = Path(playwright.chromium.executable_path)
    if own.is_file():
        return str(own)
    return next((path for name in SYSTEM_NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium; raises `FileNotFoundError` where none is installed."""
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            raise FileNotFoundError(EDITOR_TEXTS["cli"]["no_browser"])
        # Chromium's sandbox does not work for root, as in most containers.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, chromium_sandbox=not is_root
        )
        try:
            yield browser
        finally:
            browser.close()


def ensure_browser() -> bool:
    """Installs Playwright's Chromium or Debian's unless there is one; False where both fail."""
    if is_browser_installed():
        return True
    _try_run([sys.executable, "-m", "playwright", "install", "chromium"])
    if is_browser_installed():
        return True
    install_packages(DEBIAN_PACKAGES)
    return is_browser_installed()


def install_packages(names: Sequence[str]) -> None:
    """Tries to install Debian packages; does nothing without root or apt-get."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _try_run(["apt-get", "update", "-q"])
        _try_run(["apt-get", "install", "-y", *names])


def is_browser_installed() -> bool:
    """Whether `open_browser` has a Chromium to start."""
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
