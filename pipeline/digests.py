"""Digests of whatever a build depends on: values, the content's files, the program."""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from faq.read.files import list_files, read_file, resolve_path

SIZE = 16
ROOT = Path(__file__).parents[1]
# Where the program lies that makes sites, and the libraries that its output depends on.
ROOMS = ("faq", "furigana", "japanese", "pipeline", "search", "templates", "texts")
LIBRARIES = (
    "budoux", "jinja2", "jpholiday", "markdown-it-py", "markupsafe", "numpy", "openpyxl",
    "pagefind-bin", "pyyaml", "rcssmin", "sudachidict-core", "sudachipy",
)  # fmt: skip


def digest_value(value: object) -> bytes:
    """`SIZE` bytes that are the same for equal values, however they came to be.

    They consist of frozen dataclasses, named tuples, enums and Python's own types, without sets,
    whose order is accidental.
    """
    target = io.BytesIO()
    pickler = pickle.Pickler(target, protocol=5)
    pickler.fast = True  # what is met twice is written twice, as two equal values would be
    pickler.dump(value)
    return hashlib.blake2b(target.getvalue(), digest_size=SIZE).digest()


def digest_content(folder: Path) -> str:
    """A digest of all files of a content folder: names and bytes; raises `CellError`, `OSError`."""
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
