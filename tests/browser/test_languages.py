"""The language menu, and pages that an outside service rewrites, in a real browser."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import GOLDEN, GOLDEN_AT, Serve

# What translation and reading services do: their own HTML, styles and requests, and every text
# put into new elements.
STAND_IN = """
const bar = document.createElement("div");
bar.innerHTML = '<p style="color: rgb(1, 2, 3)" id="service-bar">Translated</p>';
document.body.prepend(bar);
fetch(new URL("/words.json", document.currentScript.src))
  .then((answer) => answer.json())
  .then(({ mark }) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      texts.push(walker.currentNode);
    }
    for (const text of texts) {
      const keeps = text.parentElement.closest('[translate="no"], script, style');
      if (text.data.trim() && !keeps) {
        const font = document.createElement("font");
        const inner = document.createElement("font");
        inner.textContent = mark + text.data;
        font.append(inner);
        text.replaceWith(font);
      }
    }
    document.documentElement.lang = "en-x-mtfrom-ja";
    bar.firstChild.dataset.done = "yes";
  });
"""


class OtherOrigin(SimpleHTTPRequestHandler):
    """Files for any origin, as services send them."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Nothing."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a local substitute for a service."""
    folder = tmp_path_factory.mktemp("service")
    (folder / "service.js").write_text(STAND_IN, encoding="utf-8")
    (folder / "words.json").write_text('{"mark": "¡"}', encoding="utf-8")
    handler = partial(OtherOrigin, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory, service: str, serve: Serve) -> str:
    """The address of the golden site with the substitute named in its site.yml."""
    folder = tmp_path_factory.mktemp("rewritten")
    shutil.copytree(GOLDEN / "content", folder / "content")
    with (folder / "content" / "site.yml").open("a", encoding="utf-8") as site:
        site.write(f"外部サービス: [{{名前: 試し, スクリプト: '{service}/service.js'}}]\n")
    build_site(BuildOptions(folder / "content", folder / "public", GOLDEN_AT))
    return serve(folder / "public", "/sub/")


def record_violations(page: Page) -> list[str]:
    """What the policy refuses from now on, by its directive."""
    found: list[str] = []

    def note(directive: str) -> None:
        found.append(directive)

    page.expose_function("noteViolation", note)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>"
        " noteViolation(effectiveDirective))"
    )
    return found


def test_a_named_service_rewrites_the_page_and_the_policy_refuses_nothing(
    page: Page, rewritten: str
) -> None:
    refused = record_violations(page)
    page.goto(f"{rewritten}faq/104/")
    expect(page.locator("#service-bar[data-done]")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.get_by_role("heading", level=1)).to_have_text("¡粗大ごみは¡どう出しますか")
    expect(page.locator(".site-footer-city")).to_have_text("ためし市")
    assert refused == []


def test_without_the_setting_the_same_service_is_refused(
    page: Page, small: str, service: str
) -> None:
    refused = record_violations(page)
    tag = f'<script src="{service}/service.js" defer></script></head>'
    page.route(
        "**/faq/104/",
        lambda route: route.fulfill(body=route.fetch().text().replace("</head>", tag)),
    )
    page.goto(f"{small}faq/104/")
    expect(page.get_by_role("heading", level=1)).to_have_text("粗大ごみはどう出しますか")
    assert page.locator("#service-bar").count() == 0
    assert refused == ["script-src-elem"]


def test_the_search_works_on_a_page_whose_texts_were_replaced(page: Page, rewritten: str) -> None:
    page.goto(rewritten)
    expect(page.locator("#service-bar[data-done]")).to_be_visible()
    page.get_by_role("combobox").press_sequentially("粗大")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".results-link").first).to_have_attribute("href", "/sub/faq/104/")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("検索結果")
    page.get_by_role("combobox").fill("画像")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".results-link").first).to_have_attribute("href", "/sub/faq/105/")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_leads_to_the_same_question_in_english_and_back(
    browser: Browser, city: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{city}faq/5018/")
    page.get_by_text("Language / 言語").click()
    menu = page.get_by_role("navigation", name="言語の選択")
    menu.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{city}en/faq/5018/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("bulky items")
    page.get_by_role("article").get_by_role("link", name="日本語").click()
    expect(page).to_have_url(f"{city}faq/5018/")
    context.close()


def test_a_page_that_is_not_translated_leads_to_what_is(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2056/")
    page.locator(".language-menu-button").press("Enter")
    menu = page.get_by_role("navigation", name="言語の選択")
    menu.get_by_role("link", name="English", exact=True).press("Enter")
    expect(page).to_have_url(f"{city}en/")
    page.get_by_role("link", name="Is there a place where I can get advice").click()
    expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_visible()


def test_the_menu_leads_to_a_service_that_is_given_the_pages_own_address(
    page: Page, city: str
) -> None:
    page.goto(f"{city}faq/2056/")
    page.get_by_text("Language / 言語").click()
    menu = page.get_by_role("navigation", name="言語の選択")
    own = "https%3A%2F%2Ffaq.city.umibe.example.lg.jp%2Ffaq%2F2056%2F"
    link = f"https://translate.google.com/translate?sl=ja&tl=vi&u={own}"
    expect(menu.get_by_role("link", name="Tiếng Việt")).to_have_attribute("href", link)
    menu.get_by_role("link", name="ほかの言語").click()
    spanish = f"https://translate.google.com/translate?sl=ja&tl=es&u={own}"
    expect(page.get_by_role("link", name="Español スペイン語")).to_have_attribute("href", spanish)
    assert page.locator(".languages-link").count() >= 100


def test_the_list_of_languages_takes_only_pages_of_the_site(page: Page, city: str) -> None:
    home = "https%3A%2F%2Ffaq.city.umibe.example.lg.jp%2F"
    for hostile in ("@evil.example/", "../../x&u=https://evil.example/", "%2F..", "a b"):
        page.goto("about:blank")
        page.goto(f"{city}languages/#{hostile}")
        link = page.get_by_role("link", name="Español")
        expect(link).to_have_attribute("href", re.compile(f"tl=es&u={re.escape(home)}$"))


def test_the_home_page_in_english_lists_what_is_translated_and_nothing_in_japanese(
    page: Page, city: str
) -> None:
    page.goto(f"{city}en/")
    expect(page.locator(".faq-list-link")).to_have_count(8)
    assert page.locator(":lang(ja)").filter(has_text="課").count() == 0


def test_a_build_at_another_moment_has_no_translation_that_is_not_public(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(GOLDEN / "content", content)
    faqs = content / "faq" / "a.yml"
    text = faqs.read_text(encoding="utf-8")
    future = "翻訳: {en: {質問: Secret?, 回答: Secret.}}, 公開開始: 2027-05-01, "
    faqs.write_text(text.replace("公開開始: 2027-05-01, ", future), encoding="utf-8")
    out = tmp_path / "public"
    for moment, exists in ((GOLDEN_AT, False), (GOLDEN_AT.replace(month=5), True)):
        build_site(BuildOptions(content, out, moment))
        assert (out / "en" / "faq" / "106" / "index.html").exists() is exists
        assert ("Secret" in (out / "en" / "index.html").read_text(encoding="utf-8")) is exists
