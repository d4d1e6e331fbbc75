"""Digests of whatever a build depends on: values, the content's files, the program."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from faq.model.digest import SIZE
from faq.model.tokens import ROOT
from faq.read.files import list_files, read_file, resolve_path

# Where the program lies that makes sites, and the libraries that its output depends on.
ROOMS = ("faq", "furigana", "japanese", "pipeline", "search", "templates", "texts")
LIBRARIES = (
    "budoux", "jinja2", "jpholiday", "markdown-it-py", "markupsafe", "numpy", "openpyxl",
    "pagefind-bin", "pyyaml", "rcssmin", "sudachidict-core", "sudachipy",
)  # fmt: skip


def digest_content(folder: Path) -> str:
    """A digest of all files of a content folder: names and bytes; raises `CellError`, `OSError`."""
    folder = resolve_path(folder)
    files, problems = list_files(folder)
    return _digest_files(folder, files, repr(problems), read=read_file)


def digest_program() -> str:
    """A digest of the program, of Python, and of the libraries that a site depends on."""
    files = sorted(
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    # Some installers leave links to files in place of files.
    return _digest_files(
        ROOT, files, sys.version, *map(_find_version, LIBRARIES), read=Path.read_bytes
    )


def _digest_files(
    folder: Path, files: Iterable[Path], *others: str, read: Callable[[Path], bytes]
) -> str:
    whole = hashlib.blake2b(digest_size=SIZE)
    for path in files:
        data = read(path)
        whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        whole.update(data)
    whole.update(repr(others).encode())
    return whole.hexdigest()


@cache  # it parses a file of the library's
def _find_version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library
