"""In a real browser no payload runs, draws or asks for anything, even where no policy stops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect

from tests.conftest import Serve
from tests.hostile.conftest import Sites
from tests.hostile.corpus import ALL_PAYLOADS, PAYLOADS

BOX = "[data-search-input]"
# What no template has: only a payload can have brought it.
DRAWN = "main :is(iframe, object, embed, video, audio, math, base, style, form[action*=evil], dialog[open], marquee, plaintext), [onerror], [onload], [onfocus], [ontoggle]"
TYPED = [
    p for name in ("text", "attribute", "template", "json", "fragment") for p in PAYLOADS[name]
]


@dataclass
class Probe:
    """What a page did that its own scripts do not do."""

    origin: str
    done: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("dialog", self._note_dialog)
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self.done.append(f"error {error}"))

    def _note_dialog(self, dialog: Dialog) -> None:
        self.done.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.origin):
            self.done.append(f"request {request.url}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose policy is not heeded: what it would stop is seen to happen."""
    context = browser.new_context(bypass_csp=True, locale="ja-JP")
    yield context.new_page()
    context.close()


@pytest.fixture
def address(sites: Sites, serve: Serve) -> str:
    """Where the site with an FAQ for each payload is served."""
    return serve(sites.faqs, "/")


def test_the_probe_sees_payloads_that_are_taken_for_markup(page: Page) -> None:
    probe = Probe("https://control.invalid/")
    probe.watch(page)
    body = "<!doctype html><title>x</title>" + "\n".join(PAYLOADS["text"][:20])
    page.route(
        "https://control.invalid/", lambda route: route.fulfill(content_type="text/html", body=body)
    )
    page.route("https://evil.example/**", lambda route: route.abort())
    page.goto("https://control.invalid/")
    page.wait_for_load_state("networkidle")
    assert "dialog 1" in probe.done
    assert "request https://evil.example/x.js" in probe.done
    assert page.locator(":is([onerror], [onload])").count() > 0


@pytest.mark.parametrize("path", ["", "departments/d1/", "kana/other/", "en/"])
def test_nothing_of_a_payload_happens_on_a_page(page: Page, address: str, path: str) -> None:
    look_at(page, address, path)


@pytest.mark.parametrize("path", ["", "survey/", "pages/about/"])
def test_nothing_of_the_settings_happens_on_a_page(
    page: Page, sites: Sites, serve: Serve, path: str
) -> None:
    look_at(page, serve(sites.settings, "/"), path)


@pytest.mark.parametrize("group", ["text", "attribute", "json", "template", "clobbering"])
def test_nothing_of_a_payload_happens_on_its_own_page(page: Page, address: str, group: str) -> None:
    look_at(page, address, f"faq/{ALL_PAYLOADS.index(PAYLOADS[group][0]) + 1}/")


def look_at(page: Page, address: str, path: str) -> None:
    probe = Probe(address)
    probe.watch(page)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert probe.done == []
    assert page.locator(DRAWN).count() == 0


def test_payloads_are_only_text_as_results_and_as_queries(page: Page, address: str) -> None:
    probe = Probe(address)
    probe.watch(page)
    page.goto(f"{address}search/#q=住民票")
    expect(page.locator(".results-link").first).to_be_visible()
    items, more = page.locator(".results-item"), page.get_by_role("button", name="さらに表示する")
    while more.is_visible():
        shown = items.count()
        more.click()
        expect(items).not_to_have_count(shown)
    assert items.count() == len(ALL_PAYLOADS)
    for payload in TYPED:
        page.evaluate("(query) => { location.hash = `q=${query}`; }", quote(payload))
        expect(page.locator(BOX)).to_have_value(payload.strip())
    page.locator(BOX).fill("住民")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.locator(DRAWN).count() == 0
    assert page.locator("main img, .results script").count() == 0
    assert probe.done == []
