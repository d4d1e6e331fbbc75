"""Shirube as it is installed: the rooms of the program lie in this folder, below one name.

In the repository they lie beside this folder, and `build.py` is run from there.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Runs the program of `build.py` and gives its exit code."""
    # The rooms import each other by their own names. Only this process sees them: what is
    # installed claims no name but `shirube`.
    sys.path.insert(0, str(Path(__file__).parent))
    from build import main as run  # noqa: PLC0415

    return run()
