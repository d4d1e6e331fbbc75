"""Each of our rules finds its planted faults, in every width and scheme it runs in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from a11y.audit import emulate_display, open_context
from a11y.engines.driver import WINDOW_HEIGHT
from a11y.report import Violation
from a11y.rules import Rule, make_rules

RULES = {rule.id: rule for rule in make_rules()}
CLEAN_PAGE = "404.html"


def add_element(html: str) -> str:
    """A script that puts an element with the id `planted` at the end of `main`."""
    return f"document.querySelector('main > *').insertAdjacentHTML('beforeend', `{html}`)"


def add_style(css: str) -> str:
    """A script that adds a style sheet."""
    return f"""{{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`{css}`);
      document.adoptedStyleSheets.push(sheet);
    }}"""


# Rule → fault → (script that plants it, part of the selector of the element to report).
FAULTS = {
    "inline": {
        "a style attribute": (add_element('<p id="planted" style="color: red">赤</p>'), "#planted"),
        "a style element": (add_element('<style id="planted"></style>'), "#planted"),
        "an event attribute": (add_element('<p id="planted" onclick="x()">押す</p>'), "#planted"),
        "a script": (add_element('<script id="planted">1;</script>'), "#planted"),
    },
    "language": {
        "no language": ("document.documentElement.removeAttribute('lang')", "html"),
        "no such language": (add_element('<p id="planted" lang="x_y">字</p>'), "#planted"),
        "Korean in Japanese": (add_element('<p id="planted">한국어</p>'), "#planted"),
        "Japanese in Nepali": (add_element('<p id="planted" lang="ne">日本語のままの文</p>'), "#planted"),
        "an English sentence": (
            add_element('<p id="planted">You can get a copy at the city office.</p>'), "#planted",
        ),
    },
    "headings": {
        "a skipped level": (add_element('<h4 id="planted">深い見出し</h4>'), "#planted"),
        "a second h1": (add_element('<h1 id="planted">二つ目</h1>'), "#planted"),
        "no h1": ("document.querySelector('h1').remove()", "body"),
        "an empty heading": (add_element('<h2 id="planted"> </h2>'), "#planted"),
    },
    "english": {
        "a text": (add_element('<p id="planted">Loading</p>'), "#planted"),
        "a name for screen readers": (
            add_element('<nav id="planted" aria-label="Pagination"></nav>'), "#planted",
        ),
        "a title": ("document.title = 'Not found'", "html"),
    },
    "targets": {
        "two small links side by side": (
            add_element('<ul><li><a id="planted" href="/1">一</a></li><li><a href="/2">二</a></li></ul>')
            + ";" + add_style("#planted, #planted ~ *, li:has(#planted) { font-size: 10px; line-height: 1; }"),
            "#planted",
        ),
    },
    "controls": {
        "a button with only a background": (
            add_element('<button id="planted" type="button">送る</button>')
            + ";" + add_style("#planted { border: 0; background: #00f; color: #fff; }"),
            "#planted",
        ),
    },
    "reflow": {
        "an element of a fixed width": (
            add_element('<p id="planted">広い</p>') + ";" + add_style("#planted { width: 400px; }"),
            "#planted",
        ),
        "a text that scrolls by itself": (
            add_element('<div id="planted"><p>とても長い文がここにあります。とても長い文です。</p></div>')
            + ";" + add_style("#planted { overflow-x: auto; } #planted p { width: 60rem; }"),
            "#planted",
        ),
        "a text that is clipped": (
            add_element('<p id="planted">とても長い文がここにあります。とても長い文です。</p>')
            + ";" + add_style("#planted { white-space: nowrap; overflow: hidden; }"),
            "#planted",
        ),
    },
    "text-size": {
        "an element that grows beyond the page": (
            add_element('<p id="planted">広い</p>') + ";" + add_style("#planted { width: calc(60rem + 20vw); }"),
            "#planted",
        ),
        "a text in a box of a fixed height": (
            add_element('<p id="planted">一行</p>')
            + ";" + add_style("#planted { height: 30px; line-height: 1.5; font-size: 1rem; overflow: hidden; }"),
            "#planted",
        ),
    },
    "text-spacing": {
        "a text in a box of a fixed height": (
            add_element('<p id="planted">一行</p>')
            + ";" + add_style("#planted { height: 1.1em; line-height: 1; overflow: hidden; }"),
            "#planted",
        ),
        "a text that runs over the next": (
            add_element('<p id="before">一行<br>二行<br>三行<br>四行</p><p id="planted">次の文</p>')
            + ";" + add_style("#before { height: 4.6em; line-height: 1.15; } p#planted, p#before { margin: 0 !important; }"),
            "#planted",
        ),
    },
    "print": {
        "a closed answer": (
            add_element('<details id="planted"><summary>質問</summary><p>回答</p></details>')
            + ";" + add_style("@media print { #planted::details-content { content-visibility: hidden !important; } }"),
            "#planted",
        ),
        "a link without its address": (
            add_element('<a id="planted" href="https://www.example.lg.jp/">市のページ</a>')
            + ";" + add_style("@media print { #planted::after { content: none !important; } }"),
            "#planted",
        ),
    },
    "focus": {
        "no indicator at all": (
            add_element('<a id="planted" href="/1">リンク</a>')
            + ";" + add_style("#planted:focus { outline: none; box-shadow: none; }"),
            "#planted",
        ),
        "an indicator in the colour of the background": (
            add_element('<a id="planted" href="/1">リンク</a>')
            + ";" + add_style(
                "main { background: rgb(255 255 255); forced-color-adjust: none; }"
                "#planted:focus { outline: 2px solid rgb(250 250 250); box-shadow: none; }"
            ),
            "#planted",
        ),
    },
    "keyboard": {
        "a trap": (
            add_element('<button id="planted" type="button">罠</button>')
            + "; document.querySelector('#planted').addEventListener('keydown', (key) => key.preventDefault())",
            "#planted",
        ),
        "a stop that is skipped": (
            add_element('<button type="button">前</button><button id="planted" type="button">次</button><a href="/1" id="after">後</a>')
            + "; document.querySelector('#planted').addEventListener('focus', () => document.querySelector('#after').focus())",
            "#planted",
        ),
        "a stop under another element": (
            add_element('<p id="over"><a id="planted" href="/1">下のリンク</a><span id="lid"></span></p>')
            + ";" + add_style("#over { position: relative; } #lid { position: absolute; inset: -1rem; background: #ccc; }"),
            "#planted",
        ),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_context(browser) as context:
        yield context.new_page()


def find_faults(page: Page, address: str, rule: Rule, *, plant: str = "") -> list[Violation]:
    page.goto(address)
    if plant:
        page.evaluate(f"() => {{ {plant} }}")
    return rule.find(page)


def test_every_rule_has_a_planted_fault() -> None:
    assert set(FAULTS) == set(RULES)


@pytest.mark.parametrize(
    ("rule", "width", "scheme"),
    [
        pytest.param(rule, width, scheme, id=f"{rule.id}-{width}-{scheme}")
        for rule in RULES.values()
        for width in rule.widths
        for scheme in rule.schemes
    ],
)
def test_a_rule_finds_nothing_on_a_clean_page_and_each_planted_fault(
    page: Page, small: str, rule: Rule, width: int, scheme: str
) -> None:
    emulate_display(page, width, scheme)
    address = small + CLEAN_PAGE
    assert find_faults(page, address, rule) == []
    missed = [
        name
        for name, (script, element) in FAULTS[rule.id].items()
        if not any(
            element in violation.element
            for violation in find_faults(page, address, rule, plant=script)
        )
    ]
    assert missed == []


def test_a_rule_leaves_the_page_as_it_was(page: Page, small: str) -> None:
    emulate_display(page, 320, "light")
    page.goto(small + CLEAN_PAGE)
    page.wait_for_selector("html[data-started]", state="attached")
    before = page.evaluate("document.body.outerHTML")
    for rule in RULES.values():
        rule.find(page)
    assert page.evaluate("document.body.outerHTML") == before
    assert page.viewport_size == {"width": 320, "height": WINDOW_HEIGHT}
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
