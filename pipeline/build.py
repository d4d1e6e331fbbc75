"""read → check → window → analyse → pages → staging → publish, each stage once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from faq.addresses import Address
from faq.model.choices import Audience
from faq.model.problem import Problem
from faq.pages.page import Kind
from faq.publish.releases import Record, check_hold, list_shown
from faq.publish.switch import (
    check_loss,
    check_output,
    discard_staging,
    open_staging,
    switch_release,
    write_files,
)
from faq.read.files import resolve_path
from faq.render.assets import ROOT
from pipeline.load import load_content
from pipeline.parallel import map_shares
from pipeline.search import build_search
from pipeline.site import compose_site
from search.carry import carry_excerpts

# Folders of the program: a site is never written into one, nor over them all.
OWN_FOLDERS = frozenset({
    "a11y", "bench", "browsers", "commands", "deploy", "docs", "faq", "furigana", "japanese",
    "pipeline", "preview", "search", "starter", "templates", "terminal", "tests", "texts",
})  # fmt: skip

# Takes the name of each stage as it begins.
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked for; `base_url` empty means the one in site.yml.

    `now` is the clock's moment for the release's record, `at` where there is none.
    `release_hold` publishes over a rollback, `allow_shrink` with far fewer FAQs than before.
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


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build wrote (`kinds`: page file → what it is), and the warnings on the way."""

    base_url: str
    faqs: int
    hidden: int
    pages: int
    next_change: datetime | None
    warnings: tuple[Problem, ...]
    kinds: Mapping[str, Kind]


def build_site(options: BuildOptions, *, report: Report = lambda _: None) -> BuildResult:
    """Builds and publishes a site.

    Raises `ContentError` on any error in the content, `PublishError` where it may not be
    published; the site that is public stays as it is.
    """
    report("read")
    check_target(options)
    loaded = load_content(options.content).require()
    shown = loaded.show(at=options.at, audience=options.audience)
    if not options.allow_shrink:
        check_loss(options.out, faqs=len(shown.content.faqs), at=options.at)
    report("search")
    search = build_search(loaded, shown.content, workers=options.workers)
    search |= carry_excerpts(options.out / Address.SEARCH, search)
    report("pages")
    base_url = options.base_url or shown.content.site.base_url
    site = compose_site(loaded, shown, folder=options.content, base_url=base_url, search=search)
    staging = open_staging(options.out)
    try:
        write_files(staging, site.files)
        map_shares(
            lambda share: write_files(staging, site.render(share)),
            site.pages,
            workers=options.workers,
        )
        report("publish")
        record = Record(options.at, options.now or options.at, list_shown(shown.content))
        switch_release(options.out, staging, record=record, ends_hold=options.release_hold)
    except BaseException:
        discard_staging(staging)
        raise
    return BuildResult(
        base_url=base_url,
        faqs=len(shown.content.faqs),
        hidden=len(loaded.content.faqs) - len(shown.content.faqs),
        pages=len(site.pages),
        next_change=shown.next_change,
        warnings=loaded.problems,
        kinds={page.file: page.kind for page in site.pages},
    )


def check_target(options: BuildOptions) -> None:
    """Raises `PublishError` where nothing may be written, or a rollback holds builds back."""
    own = [path for path in ROOT.iterdir() if path.is_dir() and path.name in OWN_FOLDERS]
    forbidden = [resolve_path(options.content), *own]
    check_output(options.out, audience=options.audience, forbidden=forbidden)
    if not options.release_hold:
        check_hold(options.out)
