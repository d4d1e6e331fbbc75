"""Vote, reasons, survey and contact: what leaves, what is announced, what never leaves."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

THANKS = "ありがとうございました。"


def watch_facts(page: Page) -> list[tuple[str, dict[str, str]]]:
    """The facts that the page asks the server to note, as they come."""
    reported: list[tuple[str, dict[str, str]]] = []

    def note(address: str) -> None:
        parts = urlsplit(address)
        if "/_log/" in parts.path:
            values = parse_qs(parts.query, keep_blank_values=True)
            reported.append((parts.path.split("/_log/")[1], {k: v[0] for k, v in values.items()}))

    page.on("request", lambda request: note(request.url))
    return reported


def test_a_vote_is_sent_and_announced(page: Page, city: str) -> None:
    reported = watch_facts(page)
    page.goto(f"{city}faq/2032/")
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    box.get_by_role("button", name="はい").click()
    expect(box.get_by_role("status")).to_contain_text(THANKS)
    expect(box.get_by_role("button", name="はい")).to_have_attribute("aria-pressed", "true")
    box.get_by_role("button", name="はい").click()
    assert reported == [("vote", {"faq": "2032", "vote": "yes"})]


def test_reasons_are_asked_on_no_and_sent(page: Page, city: str) -> None:
    reported = watch_facts(page)
    page.goto(f"{city}faq/2032/")
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    expect(box.get_by_role("button", name="送る")).to_be_hidden()
    box.get_by_role("button", name="いいえ").click()
    box.get_by_role("checkbox", name="説明が分かりにくい").check()
    box.get_by_role("checkbox", name="そのほか").check()
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(THANKS)
    expect(box.get_by_role("button", name="いいえ")).to_be_focused()
    assert reported == [
        ("vote", {"faq": "2032", "vote": "no"}),
        ("reason", {"faq": "2032", "reason": "hard,other"}),
    ]


def test_without_a_receiver_the_form_for_contact_takes_texts(page: Page, city: str) -> None:
    page.goto(f"{city}faq/2032/")
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    box.get_by_role("button", name="いいえ").click()
    expect(box.get_by_role("textbox")).to_have_count(0)
    address = box.get_by_role("link", name="お問い合わせフォーム").get_attribute("href") or ""
    assert parse_qs(urlsplit(address).query)["faq"] == ["2032"]
    page.goto(f"{city}survey/")
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    expect(
        page.get_by_role("main").get_by_role("link", name="お問い合わせフォーム")
    ).to_be_visible()


def test_a_blocked_request_is_reported_and_may_be_tried_again(page: Page, city: str) -> None:
    page.route("**/_log/**", lambda route: route.abort())
    page.goto(f"{city}faq/2032/")
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    box.get_by_role("button", name="はい").click()
    expect(box.get_by_role("status")).to_contain_text("送れませんでした")
    page.unroute("**/_log/**")
    box.get_by_role("button", name="はい").click()
    expect(box.get_by_role("status")).to_contain_text(THANKS)


@pytest.fixture
def withheld(browser: Browser) -> BrowserContext:
    context = browser.new_context(locale="ja-JP")
    context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true})"
    )
    return context


def test_nothing_leaves_under_global_privacy_control(withheld: BrowserContext, city: str) -> None:
    page = withheld.new_page()
    reported = watch_facts(page)
    page.goto(f"{city}faq/2032/")
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    for name in ("はい", "いいえ"):
        box.get_by_role("button", name=name).click()
        expect(box.get_by_role("status")).to_contain_text("何も送りませんでした")
    expect(box.get_by_role("button", name="送る")).to_be_hidden()
    page.goto(f"{city}survey/")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("何も送りませんでした")
    expect(page.get_by_role("button", name="送る")).to_be_hidden()
    withheld.close()
    assert reported == []


def test_the_survey_sends_levels_and_thanks(page: Page, city: str) -> None:
    reported = watch_facts(page)
    page.goto(f"{city}survey/")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(
        "まだ何も選ばれていません"
    )
    overall = page.get_by_role("group", name="全体の満足度")
    assert overall.get_by_role("radio").count() == 5
    overall.get_by_role("radio", name="やや満足").check()
    page.get_by_role("group", name="答えの詳しさ").get_by_role("radio", name="やや不満").check()
    improve = page.get_by_role("group", name="よくしてほしいところ")
    improve.get_by_role("checkbox", name="画面の見やすさ").check()
    improve.get_by_role("checkbox", name="答えの詳しさ").check()
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(THANKS)
    expect(page.get_by_role("main").get_by_role("status")).to_be_focused()
    assert reported == [("survey", {"overall": "4", "item3": "2", "improve": "3,4"})]


def test_without_javascript_nothing_is_offered_that_does_not_work(
    browser: Browser, city: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{city}faq/2032/")
    expect(page.get_by_text("この回答は役に立ちましたか")).to_be_hidden()
    expect(page.get_by_label("お困りのこと")).to_be_hidden()
    expect(page.get_by_role("link", name="お問い合わせフォーム")).to_be_visible()
    page.goto(f"{city}survey/")
    expect(page.get_by_text("お電話でお聞かせください")).to_be_visible()
    expect(page.get_by_role("button", name="送る")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("path", ["contact/", "faq/6052/"])
def test_what_was_typed_shows_candidates_before_form_and_chat_and_is_not_sent(
    page: Page, city: str, path: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(city + path)
    page.get_by_label("お困りのこと").fill("粗大ごみを捨てたい")
    expect(page.get_by_text("近い質問が5件あります。")).to_be_visible()
    ways = page.locator("[data-contact]")
    expect(
        ways.get_by_role("link", name="粗大ごみを捨てたい。申し込みの方法を教えてください")
    ).to_be_visible()
    expect(ways.get_by_role("link", name="お問い合わせフォーム")).to_be_visible()
    expect(ways.get_by_role("link", name="チャットで質問する")).to_be_visible()
    assert not [address for address in asked if "%E7%B2%97%E5%A4%A7" in address]


def test_the_form_takes_number_and_title_over_and_none_where_there_is_none(
    page: Page, city: str
) -> None:
    form = page.get_by_role("link", name="お問い合わせフォーム")
    page.goto(f"{city}faq/2032/")
    address = urlsplit(form.get_attribute("href") or "")
    assert parse_qs(address.query) == {
        "faq": ["2032"],
        "title": ["国民健康保険料は、いつ、どこで納めますか"],
    }
    page.goto(f"{city}contact/")
    assert urlsplit(form.get_attribute("href") or "").query == ""


def test_candidates_that_cannot_be_loaded_leave_the_doors_open(page: Page, city: str) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/search/index.json*", refuse)
    page.goto(f"{city}contact/")
    page.get_by_label("お困りのこと").fill("粗大ごみ")
    expect(page.get_by_text("検索のデータを読み込めませんでした")).to_be_visible()
    expect(page.get_by_role("link", name="お問い合わせフォーム")).to_be_visible()
