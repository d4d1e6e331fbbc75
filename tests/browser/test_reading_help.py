"""Furigana on and off: what is loaded, what assistive technology gets, what is put back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from a11y.rules.layout import find_sideways_scroll
from tests.browser.violations import find_violations

BUTTON = "ふりがな"


def turn_on(page: Page) -> None:
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("h1 rt").first).to_be_visible()


def read_names(page: Page) -> list[tuple[str, str]]:
    """Role and name of all that has a name in Chromium's own accessibility tree, but for texts."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    named = [
        (n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"]
    ]
    return [item for item in named if item[0] not in ("StaticText", "InlineTextBox") and item[1]]


def read_texts(page: Page) -> str:
    """All static texts of Chromium's accessibility tree, in the tree's order, in one."""
    session = page.context.new_cdp_session(page)
    nodes = {n["nodeId"]: n for n in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    parts: list[str] = []

    def walk(node: dict[str, Any]) -> None:
        if node.get("role", {}).get("value") == "StaticText" and not node["ignored"]:
            parts.append(node["name"]["value"])
        for child in node.get("childIds", []):
            if child in nodes:
                walk(nodes[child])

    walk(next(node for node in nodes.values() if "parentId" not in node))
    return re.sub(r"\s", "", "".join(parts))


def test_nothing_of_it_is_loaded_before_it_is_asked_for(page: Page, city: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{city}faq/2032/")
    page.wait_for_load_state("networkidle")
    assert [url for url in requests if "ruby" in url] == []
    turn_on(page)
    loaded = [url.removeprefix(city) for url in requests if "ruby" in url]
    assert loaded == ["ruby.json", "faq/2032/index.ruby.json"]


def test_the_reading_is_over_its_kanji_and_okurigana_stays_beside(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2032/")
    turn_on(page)
    heading = page.get_by_role("heading", level=1)
    assert [rt.text_content() for rt in heading.locator("rt").all()][-1] == "おさ"
    assert heading.locator("ruby").last.evaluate("ruby => ruby.nextSibling.data") == "めますか"


def test_assistive_technology_gets_the_same_names_and_texts(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2032/")
    page.wait_for_selector("html[data-started]", state="attached")
    names, texts = read_names(page), read_texts(page)
    turn_on(page)
    assert read_names(page) == names
    assert read_texts(page) == texts
    assert "国民健康保険料は、いつ、どこで納めますか" in texts


def test_a_reading_that_is_not_hidden_is_seen(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2032/")
    page.wait_for_selector("html[data-started]", state="attached")
    names, texts = read_names(page), read_texts(page)
    turn_on(page)
    page.evaluate(
        "document.querySelectorAll('rt').forEach((rt) => rt.removeAttribute('aria-hidden'))"
    )
    assert read_names(page) != names
    page.evaluate("document.querySelectorAll('rt').forEach((rt) => rt.replaceWith(rt.textContent))")
    assert read_texts(page) != texts


def test_turned_off_the_very_same_nodes_be_again(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2032/")
    page.wait_for_selector("html[data-started]", state="attached")
    before = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          globalThis.nodes = [];
          while (walker.nextNode()) { globalThis.nodes.push(walker.currentNode); }
          return document.body.innerHTML;
        }"""
    )
    turn_on(page)
    assert not page.evaluate("globalThis.nodes.every((node) => node.isConnected)")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("rt")).to_have_count(0)
    assert page.evaluate("document.body.innerHTML") == before
    assert page.evaluate("globalThis.nodes.every((node) => node.isConnected)")


def test_the_choice_holds_for_the_next_page_and_so_does_its_end(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2032/")
    turn_on(page)
    page.goto(f"{city}fields/")
    expect(page.locator("h1 rt").first).to_be_visible()
    button = page.get_by_role("button", name=BUTTON)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("rt")).to_have_count(0)


def test_titles_found_by_the_search_have_furigana_too(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=住民票")
    expect(page.locator(".results-link").first).to_be_visible()
    title = page.locator(".results-link").first.text_content()
    turn_on(page)
    first = page.locator(".results-link").first
    expect(first.locator("rt").first).to_be_visible()
    page.locator("[data-search-input]").fill("粗大ごみ")
    page.locator("[data-search-input]").press("Enter")
    expect(first.locator("rt", has_text="そだい").first).to_be_visible()
    assert first.text_content() != title


def test_where_nothing_can_be_stored_the_page_at_hand_still_has_it(page: Page, city: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    page.goto(f"{city}faq/2032/")
    turn_on(page)


def test_readings_that_cannot_be_had_are_reported_and_may_be_asked_for_again(
    page: Page, city: str
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/*ruby.json", refuse)
    page.goto(f"{city}faq/2032/")
    button = page.get_by_role("button", name=BUTTON)
    button.click()
    expect(
        page.get_by_role("banner")
        .get_by_role("status")
        .filter(has_text="ふりがなを読み込めませんでした")
    ).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "国民健康保険料は、いつ、どこで納めますか"
    )
    page.unroute("**/*ruby.json")
    turn_on(page)
    expect(page.get_by_text("ふりがなを読み込めませんでした")).to_have_count(0)


def test_without_scripts_there_is_no_button(browser: Browser, city: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(city)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    context.close()


@pytest.mark.parametrize("path", ["", "faq/2032/", "404.html", "fields/zeikin/", "contact/"])
def test_every_text_with_kanji_is_in_the_files(page: Page, city: str, path: str) -> None:
    page.goto(city + path)
    turn_on(page)
    left = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) {
            const node = walker.currentNode;
            const passed = "ruby, script, textarea, select, [data-reading-help], [lang]:not([lang|='ja'])";
            if (/^[一-龠]{2,}$/u.test(node.data.trim()) && !node.parentElement.closest(passed)) {
              texts.push(node.data.trim());
            }
          }
          return texts;
        }"""
    )
    assert left == []


@pytest.mark.parametrize("path", ["", "faq/2032/", "faq/2038/", "departments/gomi/", "search/"])
@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_with_furigana_no_page_scrolls_sideways_at_320_pixels(
    browser: Browser, city: str, path: str, text_size: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(city + path)
    turn_on(page)
    page.add_style_tag(content=f"html {{ font-size: {text_size}; }}")
    assert find_sideways_scroll(page) == []
    context.close()


def test_axe_finds_nothing_with_furigana_on(browser: Browser, city: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 375, "height": 800})
    page = context.new_page()
    found = {}
    for path in ("", "faq/2032/"):
        page.goto(city + path)
        if not page.locator("rt").count():
            turn_on(page)
        if violations := find_violations(page):
            found[path] = violations
        page.get_by_role("button", name=BUTTON).click()
    context.close()
    assert found == {}


def test_pressed_is_reported_without_colours(browser: Browser, city: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(city)
    button = page.get_by_role("button", name=BUTTON)
    expect(button.locator("svg")).to_be_hidden()
    button.click()
    expect(button.locator("svg")).to_be_visible()
    context.close()


def test_lines_of_a_title_end_between_phrases(page: Page, city: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{city}faq/2032/")
    lines = page.get_by_role("heading", level=1).evaluate(
        """(heading) => {
          const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
          const tops = new Map();
          while (walker.nextNode()) {
            const range = document.createRange();
            for (let place = 0; place < walker.currentNode.length; place += 1) {
              range.setStart(walker.currentNode, place);
              range.setEnd(walker.currentNode, place + 1);
              const top = Math.round(range.getBoundingClientRect().top);
              tops.set(top, (tops.get(top) ?? "") + range.toString());
            }
          }
          return [...tops.values()];
        }"""
    )
    assert lines == ["国民健康保険料は、いつ、", "どこで納めますか"]


def test_the_files_hold_texts_in_pieces_of_three(city_site: Path) -> None:
    for path in city_site.resolve().rglob("*ruby.json"):
        assert all(len(runs) % 3 == 1 for runs in json.loads(path.read_bytes())), path
