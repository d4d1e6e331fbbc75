"""Staging → release → switch. What was published before is served whole until the switch."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from faq.model.choices import Audience
from faq.model.problem import PublishError
from faq.publish.point import point_to
from faq.publish.releases import (
    Record,
    check_hold,
    end_hold,
    find_current,
    hold_builds,
    list_releases,
    locate_releases,
    name_release,
    read_record,
    remove_record,
    trace_back,
    write_record,
)

KEPT_RELEASES = 3
KEPT_ASSETS = 3
# What a server that runs as another user needs, whatever the umask of the job.
FOLDER_MODE = 0o755
FILE_MODE = 0o644
# A build that takes away this share of the public FAQs, in percent, looks like an accident.
LARGEST_LOSS = 30


def check_output(out: Path, *, audience: Audience, forbidden: Iterable[Path]) -> None:
    """Raises `PublishError` where writing to `out` would harm something; touches nothing."""
    real = out.parent.resolve() / out.name
    for folder in forbidden:
        if real == folder or real in folder.parents or folder in real.parents:
            raise PublishError("out_inside", out=out)
    if out.is_symlink() or not out.exists() or find_current(out):
        there = _read_build(out).get("audience")
        if there and there != audience:
            raise PublishError("out_other_audience", out=out, there=there, asked=audience)
        if out.is_symlink() and not locate_releases(out).is_dir() and out.exists():
            raise PublishError("out_foreign", out=out)
    elif not out.is_dir() or any(out.iterdir()):
        raise PublishError("out_foreign", out=out)


def check_loss(out: Path, *, faqs: int, at: datetime) -> None:
    """Raises `PublishError` where a site with this number of FAQs looks like an accident.

    FAQs that have reached their end are not counted as lost: they must go without being asked.
    """
    public = _count_public(out, at)
    if public is None and not faqs:
        raise PublishError("publishes_nothing")
    if public and 100 * (public - faqs) >= LARGEST_LOSS * public:
        raise PublishError("publishes_fewer", public=public, faqs=faqs)


def _count_public(out: Path, at: datetime) -> int | None:
    current = find_current(out)
    record = read_record(current) if current else None
    if record:
        return record.count_lasting(at=at)
    count = _read_build(out).get("faqs")
    return count if isinstance(count, int) else None


def _read_build(out: Path) -> dict[str, Any]:
    try:
        data = json.loads((out / "build.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def open_staging(out: Path) -> Path:
    """An empty folder beside the releases; what a killed build left there is cleared away."""
    releases = locate_releases(out)
    _make_folder(releases)
    for left in releases.glob("staging-*"):
        if not _is_alive(left):
            shutil.rmtree(left, ignore_errors=True)
    staging = releases / f"staging-{os.getpid()}"
    _make_folder(staging)
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
            _make_folder(Path(folder))
            made.add(folder)
        with open(path, "xb") as file:  # noqa: PTH123 - tens of thousands of files, Path.open costs
            file.write(data)
        os.chmod(path, FILE_MODE)  # noqa: PTH101
        count += 1
    return count


def switch_release(out: Path, staging: Path, *, record: Record, ends_hold: bool = False) -> Path:
    """Makes the staging folder the public release, in one step, and returns its folder.

    Raises `PublishError` where somebody rolled back in the meantime, unless it `ends_hold`.
    """
    _carry_assets(out, staging)
    _flush_files()
    if not ends_hold:
        check_hold(out)
    replaced = find_current(out)
    release = name_release(staging.parent, record.at)
    staging.rename(release)
    write_record(release, replace(record, follows=replaced.name if replaced else ""))
    point_to(out, release)
    if ends_hold:
        end_hold(out)
    _remove_old(release)
    return release


def roll_back(out: Path, release: Path, *, now: datetime, reason: str) -> None:
    """Makes an earlier release public again and holds builds back, in the order that is safe."""
    hold_builds(out, release, since=now, reason=reason)
    point_to(out, release)


def _flush_files() -> None:
    """Brings every file to the disk: after a power cut, the link never leads to empty files.

    For 3,240 pages one `sync` took 0.14 s, an `fsync` of each file 3.3 s.
    """
    if hasattr(os, "sync"):
        os.sync()


def _remove_old(release: Path) -> None:
    """Keeps the way back, and the newest: another build may be about to switch to one of these."""
    releases = list_releases(release.parent)
    kept = {*islice(trace_back(release), KEPT_RELEASES), *releases[-KEPT_RELEASES:]}
    for old in releases:
        if old not in kept:
            shutil.rmtree(old, ignore_errors=True)
            remove_record(old)


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
            for path in (target, *target.rglob("*")):
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def _make_folder(folder: Path) -> None:
    """Makes a folder and those above it; one that is there keeps the mode its owner gave it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(FOLDER_MODE)


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
