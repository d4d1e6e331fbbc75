"""Whether the public release is what a build would make, without making it."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any

from faq.model.dates import JST
from faq.model.problem import CellError
from faq.publish.manifest import is_untouched, read_published
from faq.publish.releases import find_current
from pipeline.cache import Cache
from pipeline.digests import digest_content
from pipeline.options import BuildOptions, BuildResult

NOTE = "public"


def digest_inputs(options: BuildOptions) -> str:
    """A digest of all that a site is made from but program and clock; empty where it has none."""
    try:
        return f"{digest_content(options.content)} {options.audience} {options.base_url}"
    except (CellError, OSError):  # a file that came or went: the build will say so
        return ""


def find_unchanged(options: BuildOptions, *, cache: Cache, inputs: str) -> BuildResult | None:
    """What the build that made the public release said, where another would make the same.

    That is from the moment it was built for until the next change, or the end of its day: pages may
    show what the day decides. A release of which somebody touched a file has to be made again.
    """
    note = _read_note(cache)
    if not inputs or note.get("inputs") != inputs or options.release_hold:
        return None
    public = read_published(options.out)
    start, end = (datetime.fromisoformat(note[name]) for name in ("at", "until"))
    if not public or public.release.name != note["release"] or not start <= options.at < end:
        return None
    if not all(is_untouched(f"{public.release}/{name}", row) for name, row in public.rows.items()):
        return None
    return BuildResult(
        base_url=note["base_url"],
        faqs=note["faqs"],
        hidden=note["hidden"],
        pages=note["pages"],
        next_change=datetime.fromisoformat(note["next"]) if note["next"] else None,
        is_unchanged=True,
        known_warnings=note["warnings"],
    )


def make_note(result: BuildResult, *, options: BuildOptions, inputs: str) -> str:
    """What `find_unchanged` will go by, of a release that has just become public."""
    current = find_current(options.out)
    midnight = datetime.combine(options.at.astimezone(JST).date() + timedelta(1), time(), JST)
    until = min(midnight, result.next_change or midnight)
    return json.dumps({
        "inputs": inputs,
        "release": current.name if current else "",
        "at": options.at.isoformat(),
        "until": until.isoformat(),
        "next": result.next_change.isoformat() if result.next_change else "",
        "base_url": result.base_url,
        "faqs": result.faqs,
        "hidden": result.hidden,
        "pages": result.pages,
        "warnings": len(result.warnings),
    })  # fmt: skip


def _read_note(cache: Cache) -> dict[str, Any]:
    try:
        note = json.loads(cache.read_note(NOTE))
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}
