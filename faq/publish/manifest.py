"""The manifest beside a release: of every file what it was made from, and how it was left.

The next release shares a file that is to be made from the same again, as long as nobody has
touched it. A manifest holds addresses, digests and numbers, no text.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from faq.publish.releases import find_current, locate_manifest, write_durably

MANIFEST_FORMAT = 1


class FileRow(NamedTuple):
    """A file of a release: a digest of what it is made from, and how it was left there.

    `stamp` has size, mtime in nanoseconds, mode and inode. The inode tells a file from another
    that was written in the same moment with the same size.
    """

    key: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Published:
    """The public release and its rows by the names of files; no rows where there is no manifest."""

    release: Path
    rows: Mapping[str, FileRow]

    def has_just(self, wanted: Mapping[str, str]) -> bool:
        """Whether it was made of these files (name → key) and no others; looks at no file."""
        rows = self.rows
        return len(rows) == len(wanted) and all(
            name in rows and rows[name].key == key for name, key in wanted.items()
        )


def digest_data(data: bytes) -> str:
    """The key of a file that is made from nothing but these bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def make_row(path: str, key: str) -> FileRow:
    """The row of a file as it lies there now."""
    stat = os.lstat(path)
    return FileRow(key, f"{stat.st_size} {stat.st_mtime_ns} {stat.st_mode:o} {stat.st_ino}")


def is_untouched(path: str, row: FileRow) -> bool:
    """Whether the file is there as the row says; a file that was put in its place is not."""
    try:
        return make_row(path, row.key) == row
    except OSError:
        return False


def read_published(out: Path) -> Published | None:
    """The public release, if there is one."""
    release = find_current(out)
    return Published(release, read_manifest(release)) if release else None


def write_manifest(release: Path, rows: Mapping[str, FileRow]) -> None:
    """Writes the manifest beside the release folder."""
    # No path holds a NUL.
    fields = chain.from_iterable((name, *row) for name, row in rows.items())
    data = "\0".join([str(MANIFEST_FORMAT), str(len(rows)), *fields])
    write_durably(locate_manifest(release), data.encode("utf-8", "surrogateescape"))


def read_manifest(release: Path) -> dict[str, FileRow]:
    """The rows by the names of files; none where the manifest is absent, broken or of another form.

    The order is that of `write_manifest`.
    """
    try:
        data = locate_manifest(release).read_bytes().decode("utf-8", "surrogateescape")
        form, count, *fields = data.split("\0")
        names, keys, stamps = (fields[start::3] for start in range(3))
        rows = dict(zip(names, map(FileRow, keys, stamps), strict=True))
        return rows if (int(form), int(count)) == (MANIFEST_FORMAT, len(rows)) else {}
    except (OSError, ValueError):
        return {}
