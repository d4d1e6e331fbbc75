"""Old releases are removed when the new one is public, one of them but for what it shares with it.

What is left of that one is the spare, from which the next release is made: nothing in it is not
public as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from faq.publish.manifest import FileRow, is_untouched, read_published
from faq.publish.releases import (
    list_releases,
    locate_spare,
    remove_lost_records,
    trace_back,
)
from faq.publish.staging import FOLDER_MODE

KEPT_RELEASES = 3


def remove_old(out: Path) -> None:
    """Removes the releases that nothing leads back to, and what an interrupted removal left.

    Those before the public one are kept, and the newest: another build may be about to switch to
    one of these. Not to be called while the same process builds.
    """
    published = read_published(out)
    if not published:
        return
    releases = list_releases(published.release.parent)
    kept = {*islice(trace_back(published.release), KEPT_RELEASES), *releases[-KEPT_RELEASES:]}
    spare = locate_spare(published.release)
    spares = [path for path in spare.parent.glob("spare-*") if path != spare]
    for old in (*reversed(releases), *spares):
        if old not in kept:
            _remove(old, spare=spare, rows=published.rows)
    remove_lost_records(published.release.parent)


def _remove(old: Path, *, spare: Path, rows: Mapping[str, FileRow]) -> None:
    """Removes a folder, or makes the spare of it where there is none yet."""
    # One rename takes it away from every other build; the next one ends what is interrupted here.
    gone = old.with_name(f"staging-{old.name}-{os.getpid()}")
    try:
        old.rename(gone)
        if rows and not spare.exists():
            _keep_files(str(gone), rows)
            gone.rename(spare)
    except OSError:
        pass  # of another user, or just taken by another build
    shutil.rmtree(gone, ignore_errors=True)


def _keep_files(folder: str, rows: Mapping[str, FileRow], *, prefix: str = "") -> bool:
    """Removes every file that is not one of the rows; whether the folder still holds any."""
    # Only its owner may: what another user made cannot be recycled.
    os.chmod(folder, FOLDER_MODE)  # noqa: PTH101
    with os.scandir(folder) as found:
        entries = list(found)
    holds = False
    for entry in entries:
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if _keep_files(entry.path, rows, prefix=f"{name}/"):
                holds = True
            else:
                os.rmdir(entry.path)  # noqa: PTH106
        elif name in rows and is_untouched(entry.path, rows[name]):
            holds = True
        else:
            os.unlink(entry.path)  # noqa: PTH108
    return holds
