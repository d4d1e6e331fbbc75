"""A release that is being made: what the public one has is taken over, the rest is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from faq.publish.manifest import FileRow, digest_data, read_published
from faq.publish.releases import Record, find_current, read_record
from faq.publish.staging import (
    discard_staging,
    open_staging,
    remove_files,
    reuse_files,
    write_files,
)

# Path and bytes.
File = tuple[str, bytes]


class NewRelease:
    """The staging folder with the rows of its files; it is discarded where an error ends the build.

    A file is taken over where its name and key (a digest of all that it is made from) are those of
    a file of the public release. `wanted` are the keys known before anything is made; other files
    of that release wait in the folder until they are asked for, and are gone after `finish`. A
    clean one takes nothing over.
    """

    def __init__(self, out: Path, *, wanted: Mapping[str, str], is_clean: bool = False) -> None:
        self.public = out
        self.folder = open_staging(out)
        published = None if is_clean else read_published(out)
        self._public = published.rows if published else {}
        self._there: dict[str, FileRow] = {}
        # Whether somebody touched a public file.
        self._is_damaged = False
        if published:
            keys = {name: wanted.get(name, row.key) for name, row in self._public.items()}
            self._there = reuse_files(published, self.folder, keys)
            same = (name for name, row in self._public.items() if keys[name] == row.key)
            self._is_damaged = any(name not in self._there for name in same)
        self._rows: dict[str, FileRow] = {}
        self._carried: list[File] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if error:
            self.discard()

    def discard(self) -> None:
        """Clears the folder away."""
        discard_staging(self.folder)

    def take(self, keys: Mapping[str, str]) -> bool:
        """Takes all of these files over, or none where one of them is not there."""
        if any(name not in self._there or self._there[name].key != keys[name] for name in keys):
            self._remove(keys)
            return False
        self._rows |= {name: self._there.pop(name) for name in keys}
        return True

    def take_folder(
        self, folder: str, *, name: str, key: str, others: Collection[str] = ()
    ) -> bool:
        """Takes all below a folder over, but for `others`, where its file `name` has the key.

        That file's key stands for all of them. False where one of them is not there any more.
        """
        names = [one for one in self._public if one.startswith(folder) and one not in others]
        if name not in names or self._public[name].key != key:
            return False
        return self.take({one: self._public[one].key for one in names})

    def write(self, files: Iterable[File], *, key: str = "") -> None:
        """Brings files in that are made from the same; without a key, each from its own bytes."""
        for name, data in files:
            own = key or digest_data(data)
            if not self.take({name: own}):
                self._rows |= write_files(self.folder, [(name, own, data)])

    def write_stamped(self, name: str, data: bytes, *, stamp: str) -> None:
        """Writes a file that holds the moment of the build; its key does not depend on that."""
        self._remove([name])
        key = digest_data(data.replace(stamp.encode(), b""))
        self._rows |= write_files(self.folder, [(name, key, data)])

    def add(self, rows: Mapping[str, FileRow]) -> None:
        """Takes note of files that other processes wrote."""
        self._rows |= rows

    def carry(self, files: Iterable[File]) -> None:
        """Brings in what is there for pages that are open, and is not taken over from this one."""
        self._carried += files

    def finish(self) -> Mapping[str, FileRow]:
        """Removes what nobody asked for; the rows of all files, but for those that are carried."""
        self._remove(list(self._there))
        write_files(self.folder, ((name, "", data) for name, data in self._carried))
        return self._rows

    def differs(self, record: Record) -> bool:
        """Whether it is another than the public release, but for the moment it is built for."""
        mine, public = (
            {name: row.key for name, row in rows.items()} for rows in (self._rows, self._public)
        )
        current = find_current(self.public)
        before = read_record(current) if current else None
        is_other = before is None or before.shown != record.shown
        return self._is_damaged or is_other or mine != public

    def _remove(self, names: Iterable[str]) -> None:
        there = [name for name in names if self._there.pop(name, None)]
        remove_files(self.folder, there)
