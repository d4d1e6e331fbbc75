"""The version of the form that a city's folder is written in; `形式` in site.yml."""

from __future__ import annotations

# A folder that names none has the first. A step in commands/upgrade.py leads from each to the next.
FIRST_FORMAT = 1
CONTENT_FORMAT = 1


def check_format(version: int) -> str:
    """The code of the problem with a folder of this version; empty where it can be read."""
    if not FIRST_FORMAT <= version <= CONTENT_FORMAT:
        return "format_unknown"
    return "format_old" if version < CONTENT_FORMAT else ""
