"""Values by digest, kept from one build to the next in a file beside the output.

A value is found by the digest of all that it was made from, so it cannot be out of date. The file
holds what the last build used and nothing else: what is no longer shown is gone from it with the
build that notices. It is thrown away where it is broken, another version's, or where somebody else
could have written it, since its values are unpickled.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import shutil
import sqlite3
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

ValueT = TypeVar("ValueT")

FILE_NAME = "cache.sqlite"
TEMPLATES_NAME = "templates"
# Seconds to wait for another build that is saving.
_PATIENCE = 10
_CHECK_SIZE = 8
# Where the classes of cached values are from: a pickle could name any function.
_ROOMS = ("faq.", "search.", "datetime", "collections")
_FUNCTIONS = frozenset({
    ("faq.markup.text", "_restore"),
    ("numpy", "dtype"), ("numpy", "ndarray"), ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.numeric", "_frombuffer"), ("array", "_array_reconstructor"), ("array", "array"),
})  # fmt: skip
_TABLES = """
create table notes (name text primary key, value text) without rowid;
create table entries (shelf text, key blob, value blob, primary key (shelf, key)) without rowid;
"""


class Shelf:
    """The cached values of one kind; what was found or put stays in memory until `keep`."""

    def __init__(self, stored: Iterable[tuple[bytes, bytes]]) -> None:
        self._stored = dict(stored)
        self._values: dict[bytes, Any] = {}
        self._used: set[bytes] = set()

    def get(self, key: bytes, /) -> Any:
        """The value, or None where there is none, or a broken one."""
        if key not in self._values:
            if key not in self._stored:
                return None
            try:
                self._values[key] = _unpack(key, self._stored[key])
            except (ValueError, TypeError, AttributeError, pickle.UnpicklingError):
                del self._stored[key]
                return None
        self._used.add(key)
        return self._values[key]

    def put(self, key: bytes, value: object, /) -> None:
        """Has a value ready for later builds, if this one keeps it."""
        self._values[key] = value
        self._used.add(key)

    def list_used(self) -> list[tuple[bytes, Any]]:
        """What was found or put since values were kept last."""
        return [(key, self._values[key]) for key in self._used]

    def keep(self, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """Forgets all but the keys; gives what has to be stored of them."""
        self._used.clear()
        self._values = {key: self._values[key] for key in keys if key in self._values}
        new = {
            key: _pack(key, value) for key, value in self._values.items() if key not in self._stored
        }
        self._stored |= new
        self._stored = {key: self._stored[key] for key in keys if key in self._stored}
        return new


class Cache:
    """The shelves of one output, by name; without a folder they last as long as the process.

    `version` names all that values depend on besides their keys: program and libraries. A folder
    that others may write into is not used.
    """

    def __init__(self, folder: Path | None = None, *, version: str = "") -> None:
        self._folder = folder if folder and _is_private(folder) else None
        self.version = version
        self._shelves: dict[str, Shelf] = {}
        self._made: dict[str, tuple[object, Any]] = {}
        if self.read_note("version") != version:
            self.discard()

    def require_version(self, version: str) -> None:
        """Forgets everything, unless it is of that version."""
        if version != self.version:
            self.version = version
            self.discard()

    def open_shelf(self, name: str) -> Shelf:
        """The values of a kind."""
        if name not in self._shelves:
            rows = self._read("select key, value from entries where shelf = ?", name)
            self._shelves[name] = Shelf(rows)
        return self._shelves[name]

    def remember(self, name: str, key: object, make: Callable[[], ValueT]) -> ValueT:
        """The value made last under the name if its key was equal; it is kept in memory only."""
        if self._made.get(name, (None,))[0] != key:
            self._made[name] = (key, make())
        value: ValueT = self._made[name][1]
        return value

    def open_templates(self) -> Path | None:
        """A folder for compiled templates of this version."""
        if not self._folder:
            return None
        folder = self._folder / TEMPLATES_NAME
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        return folder

    def read_note(self, name: str) -> str:
        """What a build noted for the next, or nothing."""
        rows = self._read("select value from notes where name = ?", name)
        return str(rows[0][0]) if rows else ""

    def save(self, kept: Mapping[str, Collection[bytes]], *, notes: Mapping[str, str]) -> None:
        """Stores these keys of the shelves and nothing else, all at once.

        Where that fails all is removed: the next build begins anew.
        """
        new = {name: self.open_shelf(name).keep(keys) for name, keys in kept.items()}
        if self._folder:
            try:
                self._store(self._folder, kept, new, notes)
            except (sqlite3.Error, OSError):
                self.discard()

    def discard(self) -> None:
        """Removes what is stored, and forgets what was read of it."""
        self._shelves = {}
        self._made = {}
        if self._folder:
            for path in self._folder.glob(f"{FILE_NAME}*"):
                with suppress(OSError):
                    path.unlink()
            shutil.rmtree(self._folder / TEMPLATES_NAME, ignore_errors=True)

    def _read(self, query: str, value: str) -> list[tuple[Any, ...]]:
        file = self._folder and self._folder / FILE_NAME
        if not file or not file.is_file():
            return []
        try:
            with closing(sqlite3.connect(file, timeout=_PATIENCE)) as database:
                return database.execute(query, (value,)).fetchall()
        except sqlite3.Error:
            self.discard()
            return []

    def _store(
        self,
        folder: Path,
        kept: Mapping[str, Collection[bytes]],
        new: Mapping[str, Mapping[bytes, bytes]],
        notes: Mapping[str, str],
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / FILE_NAME
        is_new = not file.exists()
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as database, database:
            if is_new:
                file.chmod(0o600)
                database.executescript(_TABLES)
            database.execute("pragma secure_delete = on")  # what was removed is overwritten
            database.execute(
                "create temp table kept (shelf text, key blob, primary key (shelf, key))"
            )
            for name, keys in kept.items():
                rows = ((name, key) for key in keys)
                database.executemany("insert or ignore into kept values (?, ?)", rows)
            database.execute(
                "delete from entries where not exists (select 1 from kept "
                "where kept.shelf = entries.shelf and kept.key = entries.key)"
            )
            for name, values in new.items():
                added = ((name, key, value) for key, value in values.items())
                database.executemany("insert or replace into entries values (?, ?, ?)", added)
            pairs = {**notes, "version": self.version}.items()
            database.executemany("insert or replace into notes values (?, ?)", pairs)


def _is_private(folder: Path) -> bool:
    """Whether nobody else may write into the folder, or it is not there yet."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if os.name == "nt":  # what others may do there is not in the mode; a user's folders are theirs
        return folder.is_dir()
    return (
        stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022
    )


class _Unpickler(pickle.Unpickler):
    """Makes nothing but values of this program."""

    def find_class(self, module: str, name: str) -> Any:
        # A name with a dot would lead through a module to all that it imports.
        if "." not in name and (module.startswith(_ROOMS) or (module, name) in _FUNCTIONS):
            found = super().find_class(module, name)
            is_own = isinstance(found, type) and found.__module__ == module
            if is_own or (module, name) in _FUNCTIONS:
                return found
        raise ValueError(f"{module}.{name}")


def _pack(key: bytes, value: object) -> bytes:
    blob = pickle.dumps(value, protocol=5)
    return _sum_up(key, blob) + blob


def _unpack(key: bytes, packed: bytes) -> Any:
    blob = packed[_CHECK_SIZE:]
    if packed[:_CHECK_SIZE] != _sum_up(key, blob):
        raise ValueError("a cached value is not what was stored")
    return _Unpickler(io.BytesIO(blob)).load()


def _sum_up(key: bytes, blob: bytes) -> bytes:
    return hashlib.blake2b(blob, digest_size=_CHECK_SIZE, key=key).digest()
