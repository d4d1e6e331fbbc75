"""The notices that every site must carry for what its index is made from."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

NOTICES = Path(__file__).parent / "notices"


def make_licenses() -> str:
    """`/licenses.txt`: the dictionary's name, version and licence, and those of its sources."""
    dictionary = distribution("sudachidict-core")
    head = (NOTICES / "head.txt").read_text(encoding="utf-8")
    apache = dictionary.read_text("licenses/LICENSE-2.0.txt") or ""
    return head.format(version=dictionary.version) + "\n" + apache
