"""Releases beside the public folder: what each shows, the way back, a hold on builds.

`public.releases/` holds the release folders, beside each its record and its manifest, the hold if
there is one, and the spare. Only release folders are served. Records hold addresses and moments,
no text.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from faq.addresses import locate_faq, locate_text_page
from faq.model.content import Content
from faq.model.dates import format_moment
from faq.model.problem import PublishError

RECORD_FORMAT = 1
FAQ_PREFIX = "faq/"
NOTICE_PREFIX = "notices/"
# In a public folder that is no link but a copy: the name of the release it is a copy of.
COPY_MARK = ".release"


@dataclass(frozen=True, slots=True)
class Record:
    """What later decisions need of a release: every address it shows, with its exclusive end.

    `at` is the moment it was built for, `switched` when it became public by the clock,
    `follows` the name of the release it replaced.
    """

    at: datetime
    switched: datetime
    shown: Mapping[str, datetime | None]
    follows: str = ""

    def count_lasting(self, *, at: datetime) -> int:
        """How many of the FAQs have not reached their end at that moment."""
        ends = [end for address, end in self.shown.items() if address.startswith(FAQ_PREFIX)]
        return sum(end is None or at < end for end in ends)


@dataclass(frozen=True, slots=True)
class Rollback:
    """A rollback before it is made: where it leads, and the addresses it makes public again.

    `expired` are past their end, `withdrawn` have been taken off since, `next_end` is the first
    end still to come. Nothing is known of these where `is_recorded` is false.
    """

    release: Path
    is_recorded: bool = False
    expired: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    next_end: datetime | None = None


def list_shown(content: Content) -> dict[str, datetime | None]:
    """Address → end of every FAQ, page and notice; a notice goes by a digest of its title."""
    shown = {locate_faq(faq.id): faq.publish_until for faq in content.faqs}
    shown |= {locate_text_page(page.name): page.publish_until for page in content.pages}
    for notice in content.notices:
        digest = hashlib.sha256(notice.title.encode()).hexdigest()[:12]
        shown[f"{NOTICE_PREFIX}{digest}"] = notice.publish_until
    return shown


def locate_releases(out: Path) -> Path:
    """The folder of the releases of a public folder."""
    return out.parent.resolve() / f"{out.name}.releases"


def list_releases(releases: Path) -> list[Path]:
    """The release folders, in the order they were made."""
    return sorted((path for path in releases.glob("release-*") if path.is_dir()), key=_get_number)


def name_release(releases: Path, at: datetime) -> Path:
    """The folder of the next release."""
    last = max(map(_get_number, list_releases(releases)), default=0)
    return releases / f"release-{last + 1:06d}-{at:%Y%m%dT%H%M}"


def _get_number(release: Path) -> int:
    """The running number in a release's name."""
    part = release.name.split("-")[1:2]
    return int(part[0]) if part and part[0].isdigit() else 0


def find_current(out: Path) -> Path | None:
    """The release that is public: what the folder links to, or is a copy of."""
    current = out.resolve()
    if not out.is_symlink():
        try:
            current = locate_releases(out) / (out / COPY_MARK).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None
    return current if current in list_releases(locate_releases(out)) else None


def trace_back(release: Path | None) -> Iterator[Path]:
    """The release, the one it replaced, and so on: along what was public, not by number."""
    while release:
        yield release
        release = _find_previous(release)


def _find_previous(release: Path) -> Path | None:
    there = list_releases(release.parent)
    record = read_record(release)
    if record:
        return next((path for path in there if path.name == record.follows), None)
    older = [path for path in there if _get_number(path) < _get_number(release)]
    return older[-1] if older else None


def plan_rollback(out: Path, *, now: datetime) -> Rollback:
    """Looks where a rollback would lead; raises `PublishError` where it leads nowhere."""
    current, release = [*trace_back(find_current(out)), None, None][:2]
    if not current or not release:
        raise PublishError("no_release", out=out)
    then, since = read_record(release), read_record(current)
    if not then or not since:
        return Rollback(release)
    # The newer release may know of an earlier end.
    ends = {
        address: [moment for moment in (end, since.shown.get(address)) if moment]
        for address, end in then.shown.items()
    }
    expired = tuple(address for address, found in ends.items() if any(e <= now for e in found))
    gone = (address for address in ends if address not in since.shown)
    return Rollback(
        release,
        is_recorded=True,
        expired=expired,
        withdrawn=tuple(address for address in gone if address not in expired),
        next_end=min((e for found in ends.values() for e in found if e > now), default=None),
    )


def write_record(release: Path, record: Record) -> None:
    """Writes the record beside the release folder."""
    ends = {address: end.isoformat() if end else None for address, end in record.shown.items()}
    data = {
        "format": RECORD_FORMAT,
        "at": record.at.isoformat(),
        "switched": record.switched.isoformat(),
        "follows": record.follows,
        "shown": ends,
    }
    write_durably(_locate_record(release), _dump(data))


def read_record(release: Path) -> Record | None:
    """The record of a release; releases of older versions have none."""
    try:
        data = json.loads(_locate_record(release).read_bytes())
        return Record(
            at=datetime.fromisoformat(data["at"]),
            switched=datetime.fromisoformat(data["switched"]),
            shown={
                address: datetime.fromisoformat(end) if end else None
                for address, end in data["shown"].items()
            },
            follows=data["follows"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remove_lost_records(releases: Path) -> None:
    """Removes the records and manifests of releases that are gone."""
    for path in (*releases.glob("release-*.json"), *releases.glob("release-*.files")):
        if not path.with_suffix("").is_dir():
            path.unlink(missing_ok=True)


def hold_builds(out: Path, release: Path, *, since: datetime, reason: str) -> None:
    """Keeps builds from publishing over the release that was rolled back to."""
    data = {"release": release.name, "since": since.isoformat(), "reason": reason}
    write_durably(_locate_hold(out), _dump(data))


def check_hold(out: Path) -> None:
    """Raises `PublishError` where a rollback holds builds back."""
    path = _locate_hold(out)
    try:
        data = json.loads(path.read_bytes())
        since = format_moment(datetime.fromisoformat(data["since"]))
        values = {"since": since, "release": data["release"], "reason": data["reason"]}
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        raise PublishError("hold_unreadable", file=path) from None
    raise PublishError("held", **values)


def end_hold(out: Path) -> None:
    """Ends the hold, if there is one."""
    _locate_hold(out).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder survive a power cut."""
    if os.name == "nt":  # there, a folder cannot be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def locate_manifest(release: Path) -> Path:
    """The manifest beside a release."""
    return release.with_name(f"{release.name}.files")


def locate_spare(release: Path) -> Path:
    """What is left of an old release: only files that are in this, the public one, as well."""
    return release.with_name(f"spare-{release.name}")


def write_durably(path: Path, data: bytes) -> None:
    """Writes a file that is there whole or not at all, even after a power cut."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def _locate_record(release: Path) -> Path:
    return release.with_name(f"{release.name}.json")


def _locate_hold(out: Path) -> Path:
    return locate_releases(out) / "hold.json"


def _dump(data: Mapping[str, object]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
