"""Every type of page, in a real browser: axe, reflow, text size, headings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from a11y.axe import find_violations

PAGE_TYPES = {
    "home": "", "fields": "fields/", "category": "fields/zeikin/", "leaf": "fields/hoken-kokuho/",
 "departments": "departments/", "department": "departments/gomi/",
    "faq": "faq/2032/", "long question": "faq/2038/", "wide table": "faq/2007/",
    "translated": "faq/5018/", "search": "search/", "results": "search/#q=住民税",
    "no result": "search/#q=ﾇﾇﾇxyzzy", "ranking": "ranking/", "new": "new/", "kana": "kana/",
    "letter": "kana/shi/", "text": "pages/about/", "withdrawn": "faq/2040/", "404": "404.html",
    "other language": "en/", "answer in it": "en/faq/1018/", "languages": "languages/",
}  # fmt: skip
SMALL_TYPES = {
    "notice": "",
    "empty": "fields/aki/",
    "image": "faq/105/",
}


def open_pages(city: str, small: str) -> list[tuple[str, str]]:
    pages = [(name, city + path) for name, path in PAGE_TYPES.items()]
    return pages + [(name, small + path) for name, path in SMALL_TYPES.items()]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_on_any_type_of_page(
    browser: Browser, city: str, small: str, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    found = {}
    for name, address in open_pages(city, small):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if violations := find_violations(page):
            found[name] = violations
    context.close()
    assert found == {}


def test_axe_sees_a_planted_fault(browser: Browser, city: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(city)
    page.evaluate(
        """() => {
          document.documentElement.removeAttribute("lang");
          document.querySelector("label").remove();
          const small = document.createElement("p");
          small.textContent = "薄い字";
          small.style.color = "#bbb";
          document.querySelector("main").append(small);
        }"""
    )
    rules = {line.partition(":")[0] for line in find_violations(page)}
    context.close()
    assert {"html-has-lang", "label", "color-contrast"} <= rules


def measure_overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_no_page_scrolls_sideways_at_320_pixels(
    browser: Browser, city: str, small: str, text_size: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 256})
    page = context.new_page()
    wide = {}
    for name, address in open_pages(city, small):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.add_style_tag(content=f"html {{ font-size: {text_size}; }}")
        if (overflow := measure_overflow(page)) > 0:
            wide[name] = overflow
    context.close()
    assert wide == {}


def test_a_planted_wide_element_is_seen(browser: Browser, city: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(city)
    page.add_style_tag(content="main { min-width: 400px; }")
    overflow = measure_overflow(page)
    context.close()
    assert overflow > 0


def test_headings_leave_out_no_level_and_the_first_is_the_page_title(
    page: Page, city: str, small: str
) -> None:
    for name, address in open_pages(city, small):
        page.goto(address)
        levels = page.locator("main :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
            "items => items.map((item) => Number(item.tagName[1]))"
        )
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), (name, levels)
