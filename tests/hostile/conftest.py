"""What the tests of this folder share: a limit in time, quick builds, and the sites of payloads."""

from __future__ import annotations

import functools
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

import faq.check.addresses
import faq.render.renderer
import pipeline.site
from faq.model.languages import load_locales
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT
from tests.hostile.corpus import ALL_PAYLOADS, PAYLOADS
from tests.hostile.inspection import list_kinds, read_page
from tests.hostile.sites import HARMLESS, find_refused, write_faqs, write_settings


class Limit(Protocol):
    """`with limit(seconds, "what is done"):` fails the test where it takes longer."""

    def __call__(self, seconds: float, what: str) -> AbstractContextManager[None]: ...


class TookTooLong(BaseException):
    """Not an `Exception`: no handler of the program's own may take it for one of its errors."""


@pytest.fixture
def limit() -> Limit:
    """Limits of time, so that a hang fails one test and not the suite; never nested."""

    @contextmanager
    def stop_after(seconds: float, what: str) -> Iterator[None]:
        def stop(*_: object) -> None:
            raise TookTooLong(f"{what}: more than {seconds} s")

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return stop_after


_load_locales = functools.cache(load_locales)


@pytest.fixture(autouse=True)
def quick_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of this folder's tests read the program's own texts once."""
    monkeypatch.setattr(pipeline.site, "load_locales", _load_locales)
    monkeypatch.setattr(faq.check.addresses, "load_locales", _load_locales)


@dataclass(frozen=True)
class Sites:
    """Published sites: an FAQ for each payload, and all payloads in the settings of one.

    `known` is all that the same sites consist of with harmless texts; `harmless` is one of these.
    """

    faqs: Path
    settings: Path
    harmless: Path
    known: frozenset[str]

    def list_pages(self) -> Iterator[tuple[str, str]]:
        """Path and HTML of every page of the hostile sites."""
        for site in (self.faqs, self.settings):
            for path in list_pages(site):
                yield str(path.relative_to(site.parent.resolve())), path.read_text(encoding="utf-8")


def list_pages(site: Path) -> list[Path]:
    """The pages of a published site."""
    return sorted(site.resolve().rglob("*.html"))


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The sites of payloads and of harmless texts, each built once."""

    def build(write: Callable[[Path], None]) -> Path:
        folder = tmp_path_factory.mktemp("hostile")
        write(folder / "content")
        build_site(BuildOptions(folder / "content", folder / "public", AT))
        return folder / "public"

    refused = find_refused(tmp_path_factory.mktemp("refused"), ALL_PAYLOADS)
    plain = [
        build(lambda folder: write_faqs(folder, HARMLESS)),
        build(lambda folder: write_settings(folder, HARMLESS, refused=HARMLESS["image"])),
    ]
    pages = (path.read_text(encoding="utf-8") for site in plain for path in list_pages(site))
    return Sites(
        faqs=build(lambda folder: write_faqs(folder, PAYLOADS, refused=refused)),
        settings=build(lambda folder: write_settings(folder, PAYLOADS, refused=refused)),
        harmless=plain[0],
        known=frozenset(kind for page in pages for kind in list_kinds(read_page(page))),
    )
