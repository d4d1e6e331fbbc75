"""The files of a content folder: plain files only, none followed elsewhere, each bounded in size.

Whoever may write content must not be able to publish what lies outside it, nor to stop a build
with a device or a pipe. Every file of a content folder is listed and read here.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from faq.model.problem import CellError, Place, Problem, make_error

MEGABYTE = 1_000_000
# More than any office's file of that kind holds; a larger one was saved under a wrong name.
SIZE_LIMITS = {
    ".csv": 200 * MEGABYTE,
    ".tsv": 200 * MEGABYTE,
    ".xlsx": 50 * MEGABYTE,
    ".xlsm": 50 * MEGABYTE,
    ".yml": 20 * MEGABYTE,
    ".yaml": 20 * MEGABYTE,
    ".md": 2 * MEGABYTE,
}
DEFAULT_LIMIT = 20 * MEGABYTE
# Control characters, marks that turn the direction of a text, and bytes that are no UTF-8.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# A link that is opened is an error, and opening a pipe does not wait for its other end.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def list_files(folder: Path) -> tuple[tuple[Path, ...], list[Problem]]:
    """The files below a folder in order of path, and a problem for each entry that is refused.

    Hidden entries (their name begins with a dot) are passed over. Refused are symbolic links,
    pipes, devices, what cannot be read, names that cannot be shown, and files over their
    `SIZE_LIMITS`.
    """
    files = []
    problems = []

    def refuse(path: Path, code: str, **values: object) -> None:
        inner = _UNPRINTABLE.sub(_escape, path.relative_to(folder).as_posix())
        name = f"{folder.name}/{inner}"
        problems.append(make_error(Place(name), code, **values))

    def refuse_folder(error: OSError) -> None:
        refuse(Path(error.filename), "file_unreadable", detail=error.strerror)

    for root, folders, names in os.walk(folder, onerror=refuse_folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in tuple(folders):
            if (path := Path(root, name)).is_symlink():
                refuse(path, "file_is_link")
            elif _UNPRINTABLE.search(name):
                refuse(path, "file_name_bad")
                folders.remove(name)
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            try:
                check_file(path)
            except CellError as error:
                refuse(path, error.code, **error.values)
            else:
                files.append(path)
    return tuple(sorted(files)), problems


def resolve_path(path: Path) -> Path:
    """The path without links; where one leads to itself, that link."""
    return Path(os.path.realpath(path))


def check_file(path: Path) -> None:
    """Raises `CellError` where the entry may not be read; opens nothing."""
    if _UNPRINTABLE.search(path.name):
        raise CellError("file_name_bad")
    try:
        status = path.lstat()
    except OSError as error:
        raise CellError("file_unreadable", detail=error.strerror) from None
    _check_status(path, status)
    if not os.access(path, os.R_OK):
        raise CellError("file_unreadable", detail=os.strerror(errno.EACCES))


def read_file(path: Path, *, size: int = -1) -> bytes:
    """The bytes of a plain file within its limit; raises `CellError` for any other entry.

    With `size` only so many bytes from its beginning.
    What the path names may have changed since it was listed, so the opened file is looked at.
    """
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
    except FileNotFoundError:
        raise CellError("file_missing") from None
    except OSError as error:
        code = "file_is_link" if path.is_symlink() else "file_unreadable"
        raise CellError(code, detail=error.strerror) from None
    try:
        _check_status(path, os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(size)
    except OSError as error:
        raise CellError("file_unreadable", detail=error.strerror) from None
    finally:
        os.close(descriptor)


def find_limit(path: Path) -> int:
    """The most bytes a file of that name may have."""
    return SIZE_LIMITS.get(path.suffix.lower(), DEFAULT_LIMIT)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _check_status(path: Path, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise CellError("file_is_link")
    if not stat.S_ISREG(status.st_mode):
        raise CellError("file_is_special")
    if status.st_size > (limit := find_limit(path)):
        sizes = {"size": status.st_size / MEGABYTE, "limit": limit // MEGABYTE}
        raise CellError("file_too_large", **sizes)
