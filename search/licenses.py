"""The licence notices that every site must carry for the data its index is made from."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

NOTICES = Path(__file__).parent / "notices"


def make_licenses(*, chunked: bool = False) -> str:
    """The text of `/licenses.txt`: name, version and licence of the dictionary and of its sources.

    `chunked` adds the licence of Pagefind, whose script such a site ships.
    """
    dictionary = distribution("sudachidict-core")
    head = (NOTICES / "head.txt").read_text(encoding="utf-8").format(version=dictionary.version)
    parts = [head, dictionary.read_text("licenses/LICENSE-2.0.txt") or ""]
    if chunked:
        notice = (NOTICES / "pagefind.txt").read_text(encoding="utf-8")
        parts.append(notice.format(version=distribution("pagefind-bin").version))
    return "\n".join(parts)
