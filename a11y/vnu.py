"""The Nu HTML Checker: every page of a folder in one run of Java."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from a11y.node import NODE_MODULES, VNU
from a11y.report import Violation


def run_vnu(folder: Path) -> dict[str, list[Violation]]:
    """File below the folder → its errors; raises `OSError` where the checker does not run.

    Warnings do not count: the checker warns of the pages' own Content-Security-Policy, as it
    reads files and not what a server sends.
    """
    folder = folder.resolve()
    command = ["java", "-jar", str(NODE_MODULES / VNU), "--skip-non-html", "--format", "json"]
    done = subprocess.run(  # noqa: S603 - fixed program, own folder
        [*command, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise OSError(done.stderr.strip()[:300] or f"java: {done.returncode}") from None
    return collect_errors(messages, folder)


def collect_errors(messages: Iterable[dict[str, str]], folder: Path) -> dict[str, list[Violation]]:
    """The checker's messages → file below the folder → its errors as violations."""
    found: dict[str, list[Violation]] = {}
    for message in messages:
        if message["type"] == "info":
            continue
        path = Path(unquote(urlsplit(message.get("url", "")).path))
        name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
        position = f"{message.get('lastLine', 0)}:{message.get('lastColumn', 0)}"
        extract = " ".join(message.get("extract", "").split())
        violation = Violation("vnu/error", extract or position, f"{position} {message['message']}")
        found.setdefault(name, []).append(violation)
    return found
