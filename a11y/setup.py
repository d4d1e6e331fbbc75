"""`python -m a11y.setup`: makes sure that every engine is there; exit code 2 where not."""

from __future__ import annotations

import sys

from a11y.engines import ENGINES
from a11y.journey import describe_failure, make_missing
from browsers.launch import ensure_browser, install_packages


def ensure_engines() -> list[str]:
    """Installs what is missing where it can; tells what is still missing, and the command."""
    ensure_browser()
    if wanted := [name for engine in ENGINES if not engine.is_there() for name in engine.packages]:
        install_packages(wanted)
    return [describe_failure(make_missing(engine)) for engine in ENGINES if not engine.is_there()]


if __name__ == "__main__":
    if missing := ensure_engines():
        print(*missing, sep="\n", file=sys.stderr)
        sys.exit(2)
