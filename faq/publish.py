"""Staging → release → switch. What was published before is served whole until the switch.

`public` is a link to a folder in `public.releases/`. A release is written beside the others and
becomes public by one `rename`, which a server sees either before or after, never between.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from faq.choices import Audience
from faq.problem import CommandError

KEPT_RELEASES = 3
KEPT_ASSETS = 3


class PublishError(CommandError):
    """The output cannot be used."""


def check_output(out: Path, *, audience: Audience, forbidden: Iterable[Path]) -> None:
    """Raises `PublishError` where writing to `out` would harm something; touches nothing."""
    real = out.parent.resolve() / out.name
    for folder in forbidden:
        if real == folder or real in folder.parents or folder in real.parents:
            raise PublishError("out_inside", out=out)
    if out.is_symlink() or not out.exists():
        there = _read_audience(out)
        if there and there != audience:
            raise PublishError("out_other_audience", out=out, there=there, asked=audience)
        if out.is_symlink() and not _releases(out).is_dir() and out.exists():
            raise PublishError("out_foreign", out=out)
    elif not out.is_dir() or any(out.iterdir()):
        raise PublishError("out_foreign", out=out)


def _read_audience(out: Path) -> str:
    try:
        data = json.loads((out / "build.json").read_bytes())
        return str(data["audience"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def open_staging(out: Path) -> Path:
    """An empty folder beside the releases; what a killed build left there is cleared away."""
    releases = _releases(out)
    releases.mkdir(parents=True, exist_ok=True)
    for left in releases.glob("staging-*"):
        if not _is_alive(left):
            shutil.rmtree(left, ignore_errors=True)
    staging = releases / f"staging-{os.getpid()}"
    staging.mkdir()
    return staging


def discard_staging(staging: Path) -> None:
    """Clears away a release that did not come to be."""
    shutil.rmtree(staging, ignore_errors=True)


def write_files(staging: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Writes files below the staging folder and returns how many."""
    made: set[str] = set()
    count = 0
    for name, data in files:
        path = f"{staging}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        with open(path, "xb") as file:  # noqa: PTH123 - ten thousands of files, Path.open costs
            file.write(data)
        count += 1
    return count


def switch_release(out: Path, staging: Path, *, at: datetime) -> Path:
    """Makes the staging folder the public release, in one step, and returns its folder."""
    releases = staging.parent
    _carry_assets(out, staging)
    release = _name_release(releases, at)
    staging.rename(release)
    _point(out, release)
    for old in sorted(_list_releases(releases), key=_number)[:-KEPT_RELEASES]:
        if old != release:
            shutil.rmtree(old, ignore_errors=True)
    return release


def roll_back(out: Path) -> Path:
    """Makes the release before the public one public again; raises `PublishError` without one."""
    releases = _list_releases(_releases(out))
    current = out.resolve()
    older = [item for item in releases if _number(item) < _number(current)]
    if current not in releases or not older:
        raise PublishError("no_release", out=out)
    release = max(older, key=_number)
    _point(out, release)
    return release


def _point(out: Path, release: Path) -> None:
    if out.is_dir() and not out.is_symlink():
        out.rmdir()
    link = out.with_name(f".{out.name}.{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(release.relative_to(out.parent.resolve()), target_is_directory=True)
    link.replace(out)


def _carry_assets(out: Path, staging: Path) -> None:
    """Pages that readers have open still ask for the assets they came with: only code is kept."""
    old = out / "assets"
    folders = (
        sorted(old.iterdir(), key=lambda path: path.stat().st_mtime_ns) if old.is_dir() else []
    )
    for folder in folders[-KEPT_ASSETS:]:
        target = staging / "assets" / folder.name
        if not target.exists():
            shutil.copytree(folder, target)


def _releases(out: Path) -> Path:
    return out.parent.resolve() / f"{out.name}.releases"


def _list_releases(releases: Path) -> list[Path]:
    return [path for path in releases.glob("release-*") if path.is_dir()]


def _name_release(releases: Path, at: datetime) -> Path:
    last = max((_number(path) for path in _list_releases(releases)), default=0)
    return releases / f"release-{last + 1:06d}-{at:%Y%m%dT%H%M}"


def _number(release: Path) -> int:
    part = release.name.split("-")[1:2]
    return int(part[0]) if part and part[0].isdigit() else 0


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
