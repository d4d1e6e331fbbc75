"""`python -m a11y.setup`: installs the browser engines; exit code 2 where one is missing still."""

from __future__ import annotations

import sys

from a11y.engines import ENGINES
from a11y.journey import describe_failure, make_missing_failure
from browsers.launch import ensure_browser, install_packages


def ensure_engines() -> list[str]:
    """Installs missing engines where it can; a line for each that is missing still."""
    ensure_browser()
    if wanted := [
        name for engine in ENGINES if not engine.is_installed() for name in engine.packages
    ]:
        install_packages(wanted)
    return [
        describe_failure(make_missing_failure(engine))
        for engine in ENGINES
        if not engine.is_installed()
    ]


if __name__ == "__main__":
    if missing := ensure_engines():
        print(*missing, sep="\n", file=sys.stderr)
        sys.exit(2)
