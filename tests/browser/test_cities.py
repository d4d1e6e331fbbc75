"""The faces of two cities in a real browser: readable in every scheme, whole on the narrowest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.violations import find_violations
from tests.conftest import CITIES, Serve

PAGES = {"minami": ("", "faq/101/"), "kitayama": ("", "faq/4/")}
BASES = {"minami": "/", "kitayama": "/faq/"}


@pytest.fixture(params=CITIES)
def pages(request: pytest.FixtureRequest, serve: Serve) -> list[str]:
    """The addresses of a city's home page and one of its answers."""
    site: Path = request.getfixturevalue(f"{request.param}_site")
    root = serve(site, BASES[request.param])
    return [root + page for page in PAGES[request.param]]


@pytest.mark.parametrize(
    "scheme", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
def test_axe_finds_nothing_on_home_and_answer(
    browser: Browser, pages: list[str], scheme: dict[str, Any]
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844}, **scheme)
    page = context.new_page()
    found = {}
    for address in pages:
        page.goto(address)
        found[address] = find_violations(page)
    context.close()
    assert {address: items for address, items in found.items() if items} == {}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_name_and_the_button_for_readings_stand_side_by_side(
    browser: Browser, pages: list[str], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(pages[1])
    button = page.locator("[data-reading-help] button")
    button.wait_for()
    name, beside = page.locator(".site-name").bounding_box(), button.bounding_box()
    assert name
    assert beside
    assert name["x"] + name["width"] <= beside["x"]
    assert name["y"] < beside["y"] + beside["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_nothing_of_a_city_s_face_is_blocked_or_missing(browser: Browser, pages: list[str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda item: faults.append(item.text) if item.type == "error" else None)
    page.on("response", lambda item: faults.append(item.url) if item.status >= 400 else None)
    for address in pages:
        page.goto(address, wait_until="networkidle")
    context.close()
    assert faults == []
