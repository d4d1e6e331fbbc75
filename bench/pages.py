"""Writes the pages of a content without search and furigana: what Hugo does. For `bench.build`.

Usage: python -m bench.pages CONTENT OUT
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from faq.model.choices import Audience
from faq.model.dates import JST
from faq.pages.page import Page
from faq.publish.staging import open_staging, write_files
from pipeline.cache import Cache
from pipeline.load import load_content
from pipeline.parallel import Workers
from pipeline.site import Maker, Site

AT = datetime(2026, 11, 21, tzinfo=JST)
PAGES_PER_SHARE = 64


@dataclass(frozen=True, slots=True)
class Tools:
    """What every process has."""

    maker: Maker
    staging: Path


def main() -> None:
    """The command line."""
    content, out = map(Path, sys.argv[1:])
    loaded = load_content(content).require()
    shown = loaded.show(at=AT, audience=Audience.CITIZEN)
    site = Site(loaded, shown, folder=content, base_url=shown.content.site.base_url, cache=Cache())
    shares = [
        site.pages[start : start + PAGES_PER_SHARE]
        for start in range(0, len(site.pages), PAGES_PER_SHARE)
    ]
    tools = Tools(site.maker, open_staging(out))
    with Workers(tools, count=os.cpu_count() or 1, items=len(site.pages)) as running:
        list(running.start(write_share, shares))


def write_share(tools: Tools, pages: list[Page]) -> None:
    """Renders and writes pages."""

    def render() -> Iterator[tuple[str, str, bytes]]:
        for page in pages:
            yield page.file, "", tools.maker.renderers[page.language].render(page)

    write_files(tools.staging, render())


if __name__ == "__main__":
    main()
