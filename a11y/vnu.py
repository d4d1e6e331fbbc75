"""The Nu HTML Checker over a folder: every page of the site in one run of Java."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from a11y.node import NODE_MODULES, VNU
from a11y.report import Violation


def run_vnu(folder: Path) -> dict[str, list[Violation]]:
    """Errors of every HTML file below a folder, by its path; raises `OSError` without Java.

    Warnings do not count: the checker warns of our own policy because it looks at files, not at
    what a server sends.
    """
    folder = folder.resolve()
    command = ["java", "-jar", str(NODE_MODULES / VNU), "--skip-non-html", "--format", "json"]
    done = subprocess.run(  # noqa: S603 - our own jar, our own folder
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
    """The checker's errors as violations, by the file's path below the folder."""
    found: dict[str, list[Violation]] = {}
    for message in messages:
        if message["type"] == "info":
            continue
        path = Path(unquote(urlsplit(message.get("url", "")).path))
        name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
        place = f"{message.get('lastLine', 0)}:{message.get('lastColumn', 0)}"
        extract = " ".join(message.get("extract", "").split())
        violation = Violation("vnu/error", extract or place, f"{place} {message['message']}")
        found.setdefault(name, []).append(violation)
    return found
