"""Files → a staging folder: what is unchanged is taken from the public release, the rest written.

Releases share their files: a name in several of them is one file (a hard link). So nothing may
ever be written into a file that is there; it is removed, and another put in its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from faq.publish.manifest import FileRow, Published, is_untouched, make_row
from faq.publish.releases import locate_releases, locate_spare

# What a server that runs as another user needs, whatever the umask of the job.
FOLDER_MODE = 0o755
FILE_MODE = 0o644


def open_staging(out: Path) -> Path:
    """An empty folder beside the releases; what a killed build left there is cleared away."""
    releases = locate_releases(out)
    make_folder(str(releases))
    for left in releases.glob("staging-*"):
        if not _is_alive(left):
            shutil.rmtree(left, ignore_errors=True)
    staging = releases / f"staging-{os.getpid()}"
    make_folder(str(staging))
    return staging


def discard_staging(staging: Path) -> None:
    """Clears away a release that did not come to be."""
    shutil.rmtree(staging, ignore_errors=True)


def reuse_files(
    published: Published, staging: Path, wanted: Mapping[str, str]
) -> dict[str, FileRow]:
    """Takes over from the public release what is `wanted` (name → key) of it, with the same key.

    The staging folder is empty before, and holds exactly the files of the rows that are returned
    after; the other names are left to be written. A file that somebody touched is not taken over.
    """
    source = published.release
    same = {name: row for name, row in published.rows.items() if wanted.get(name) == row.key}
    found = _recycle_spare(published, staging, same)
    reused: dict[str, FileRow] = {}
    made: set[str] = set()
    for name, row in same.items():
        if name in found:
            reused[name] = row
        elif is_untouched(f"{source}/{name}", row):
            target = _locate_file(staging, name, made)
            is_linked = link_file(f"{source}/{name}", target)
            reused[name] = row if is_linked else make_row(target, row.key)
    return reused


def write_files(staging: Path, files: Iterable[tuple[str, str, bytes]]) -> dict[str, FileRow]:
    """Writes files (name, key, data) below the staging folder and returns their rows by name.

    Processes may write into one folder at once, each its own names. A name that is there already
    raises `FileExistsError`.
    """
    made: set[str] = set()
    rows: dict[str, FileRow] = {}
    for name, key, data in files:
        path = _locate_file(staging, name, made)
        with open(path, "xb") as file:  # noqa: PTH123 - tens of thousands of files, Path.open costs
            file.write(data)
        os.chmod(path, FILE_MODE)  # noqa: PTH101
        rows[name] = make_row(path, key)
    return rows


def remove_files(staging: Path, names: Iterable[str]) -> None:
    """Removes files below the staging folder, and the folders that have become empty."""
    for name in names:
        _remove_file(staging, f"{staging}/{name}")


def link_file(source: str, target: str) -> bool:
    """Makes a file one with another; a copy with its times and mode where that cannot be.

    Returns whether it is one: some systems have no hard links, others none to files of others.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
        return False
    return True


def make_folder(folder: str) -> None:
    """Makes a folder and those above it; one that is there keeps the mode its owner gave it."""
    try:
        try:
            os.mkdir(folder)  # noqa: PTH102
        except FileNotFoundError:
            make_folder(os.path.dirname(folder))  # noqa: PTH120
            os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return
    os.chmod(folder, FOLDER_MODE)  # noqa: PTH101


def _recycle_spare(published: Published, staging: Path, same: Mapping[str, FileRow]) -> set[str]:
    """Makes the spare the staging folder and removes what is not `same`; the names that remain.

    What they share is neither made nor removed again: at 30,390 FAQs that takes 0.3 s, in place of
    3 s to link it all into an empty folder and 8 s to remove the old one.
    """
    if not published.rows:  # what the spare holds is not known
        return set()
    try:
        staging.rmdir()  # not every system renames onto an empty folder
        locate_spare(published.release).rename(staging)
    except OSError:
        make_folder(str(staging))
        return set()
    found: set[str] = set()
    for name in published.rows:
        path = f"{staging}/{name}"
        if name in same and is_untouched(path, same[name]):
            found.add(name)
        else:
            _remove_file(staging, path)
    return found


def _remove_file(staging: Path, path: str) -> None:
    """Removes a file if it is there, and the folders that have become empty."""
    with suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)  # noqa: PTH108
        for folder in Path(path).parents:
            if folder == staging or not _remove_empty(folder):
                break


def _remove_empty(folder: Path) -> bool:
    """Whether the folder was empty, and is gone; without a list of what is in it."""
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _locate_file(staging: Path, name: str, made: set[str]) -> str:
    """The path of a file, in a folder that is there; `made` saves looking for it twice."""
    path = f"{staging}/{name}"
    folder = path.rpartition("/")[0]
    if folder not in made:
        make_folder(folder)
        made.add(folder)
    return path


def _is_alive(staging: Path) -> bool:
    pid = staging.name.rpartition("-")[2]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    if os.name == "nt":  # there, signal 0 would end the other build
        return True
    try:
        os.kill(int(pid), 0)
    except OSError:
        return False
    return True
