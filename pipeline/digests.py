"""Digests of whatever a build depends on: values, the content's files, the program."""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from faq.read.files import list_files, read_file, resolve_path

SIZE = 16
ROOT = Path(__file__).parents[1]
# Where the program lies that makes sites, and the libraries that its output depends on.
ROOMS = ("faq", "furigana", "japanese", "pipeline", "search", "templates", "texts")
LIBRARIES = (
    "budoux", "jinja2", "jpholiday", "markdown-it-py", "markupsafe", "numpy", "openpyxl",
    "pagefind-bin", "pyyaml", "rcssmin", "sudachidict-core", "sudachipy",
)  # fmt: skip


class Digester:
    """Digests of values by what they hold; one serves a build and remembers the values it met.

    Equal values have equal digests, however they came to be. They consist of frozen dataclasses,
    named tuples, enums and Python's own types, without sets, whose order is accidental.
    """

    def __init__(self, remembered: tuple[type, ...] = ()) -> None:
        self._remembered = remembered
        self._known: dict[int, tuple[object, bytes]] = {}

    def digest(self, value: object) -> bytes:
        """`SIZE` bytes."""
        target = io.BytesIO()
        return _digest(_Pickler(target, self), target, value)

    def find(self, value: object) -> bytes | None:
        """The digest in place of a value that many others hold; None for any other."""
        if not isinstance(value, self._remembered):
            return None
        if id(value) not in self._known:
            target = io.BytesIO()
            # The value is kept with its digest: another one could get its id.
            self._known[id(value)] = value, _digest(pickle.Pickler(target, 5), target, value)
        return self._known[id(value)][1]


class _Pickler(pickle.Pickler):
    """Writes a digest in place of each value that is remembered."""

    def __init__(self, target: io.BytesIO, owner: Digester) -> None:
        super().__init__(target, protocol=5)
        self._owner = owner

    def persistent_id(self, value: Any) -> bytes | None:
        return self._owner.find(value)


def _digest(pickler: pickle.Pickler, target: io.BytesIO, value: object) -> bytes:
    pickler.fast = True  # writes a value again where it is met again, as equal values would be
    pickler.dump(value)
    return hashlib.blake2b(target.getvalue(), digest_size=SIZE).digest()


def digest_content(folder: Path) -> str:
    """A digest of every file of a content folder, by name and bytes; raises `CellError`, `OSError`."""
    folder = resolve_path(folder)
    files, problems = list_files(folder)
    return _digest_files(folder, files, repr(problems))


def digest_program() -> str:
    """A digest of the program, of Python, and of the libraries that a site depends on."""
    files = sorted(
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    return _digest_files(ROOT, files, sys.version, *map(_find_version, LIBRARIES))


def _digest_files(folder: Path, files: Iterable[Path], *others: str) -> str:
    whole = hashlib.blake2b(digest_size=SIZE)
    for path in files:
        data = read_file(path)
        whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        whole.update(data)
    whole.update(repr(others).encode())
    return whole.hexdigest()


def _find_version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library
