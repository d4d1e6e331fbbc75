"""Makes a release the public folder: by a link, or by a copy where the system makes no links.

`public` is a link to a folder in `public.releases/`. A release becomes public by one `rename` of
that link, which a server sees either before or after, never between. Windows lets few people make
links and replaces none in one step, and some network drives have none: there `public` is a copy.
It is absent for a moment at each switch, so it is for looking at and not for serving citizens.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from faq.publish.releases import COPY_MARK, find_current, locate_releases, sync_folder


def point_to(out: Path, release: Path) -> None:
    """Makes a release public; `out` is a link to it, or else a copy of it."""
    link = out.with_name(f".{out.name}.{os.getpid()}")
    link.unlink(missing_ok=True)
    if _make_link(link, release.relative_to(out.parent.resolve())):
        if out.is_dir() and not out.is_symlink():
            _clear_away(out)
        link.replace(out)
    else:
        _put_copy(out, release)
    sync_folder(out.parent)


def _make_link(link: Path, target: Path) -> bool:
    """Whether the link was made."""
    if os.name == "nt":
        return False
    try:
        link.symlink_to(target, target_is_directory=True)
    except OSError:
        return False
    return True


def _put_copy(out: Path, release: Path) -> None:
    # Named as stagings are: a later build clears away what a killed one left.
    copy, old = (locate_releases(out) / f"staging-{part}{os.getpid()}" for part in ("", "old-"))
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(release, copy)
    (copy / COPY_MARK).write_text(release.name, encoding="utf-8")
    if has_old := out.is_symlink() or out.exists():
        out.rename(old)
    try:
        copy.rename(out)
    except OSError:
        if has_old:
            old.rename(out)
        raise
    if old.is_symlink():
        old.unlink()
    else:
        shutil.rmtree(old, ignore_errors=True)


def _clear_away(out: Path) -> None:
    """Removes a copy of a release, or an empty folder; anything else stays, with an error."""
    if find_current(out):
        shutil.rmtree(out)
    else:
        out.rmdir()
