"""What a build is asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from faq.model.choices import Audience
from faq.model.problem import Problem


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked for; `base_url` empty means the one in site.yml.

    `now` is the clock's moment for the release's record, `at` where there is none.
    `release_hold` publishes over a rollback, `allow_shrink` with far fewer FAQs than before.
    `cache` is the folder of what one build leaves to the next; without one, each begins anew.
    """

    content: Path
    out: Path
    at: datetime
    audience: Audience = Audience.CITIZEN
    base_url: str = ""
    workers: int = 1
    now: datetime | None = None
    release_hold: bool = False
    allow_shrink: bool = False
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a site at `base_url` holds (`kinds`: page file → what it is), and its warnings.

    Where nothing has changed nothing was published, and the content was not read: its warnings are
    the `known_warnings` that an earlier build reported.
    """

    base_url: str
    faqs: int
    hidden: int
    pages: int
    next_change: datetime | None
    warnings: tuple[Problem, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    is_unchanged: bool = False
    known_warnings: int = 0
