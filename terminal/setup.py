"""What must be there before anything else is imported: a new enough Python, and all packages.

Nothing but the standard library is used here, and nothing that an old Python does not know.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

OLDEST_PYTHON = (3, 11)
# As they are imported; pyproject.toml has them by the names they are installed by.
PACKAGES = (
    "budoux", "click", "jinja2", "jpholiday", "markdown_it", "numpy",
    "openpyxl", "pagefind_bin", "rcssmin", "rich", "sudachidict_core", "sudachipy", "yaml",
)  # fmt: skip
TEXTS = Path(__file__).parent.parent / "texts" / "editor.yml"


def require_packages(
    packages: Iterable[str] = PACKAGES, *, version: tuple[int, ...] = tuple(sys.version_info[:2])
) -> None:
    """Ends the program with a sentence and code 2 where Python is too old or a package missing."""
    if version < OLDEST_PYTHON:
        needed, found = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
        _stop("python_old", needed=needed, found=found)
    if missing := [name for name in packages if find_spec(name) is None]:
        _stop("packages_missing", name=missing[0], count=len(missing))


def _stop(code: str, **values: object) -> None:
    text = _find_text("error") + _find_text(code).format(python=sys.executable, **values)
    print(text, file=sys.stderr)
    sys.exit(2)


def _find_text(code: str) -> str:
    """A text of `cli`, from its one line: the reader of YAML may be what is missing."""
    lines = TEXTS.read_text(encoding="utf-8").split("\n")
    line = next(line for line in lines if line.startswith(f"  {code}: "))
    return line.partition(": ")[2].strip('"')
