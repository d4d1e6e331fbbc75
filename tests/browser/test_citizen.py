"""A citizen finds an answer: by search, by category, without scripts, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import GOLDEN_AT, Serve


def search(page: Page, address: str, query: str) -> list[str]:
    """Types a query into the home page's box and returns the results' titles, best first."""
    page.goto(address)
    page.get_by_role("combobox", name="質問や言葉を入力してください").fill(query)
    page.get_by_role("button", name="検索する").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("検索結果")
    return page.locator(".results-link").all_text_contents()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("粗大ごみ", "粗大ごみを捨てたい"),
        ("会社をクビになったので国民健康保険料を安くしてほしい", "解雇や倒産で"),
        ("年金手帳を無くしてしまったのですが、どうしたらいいでしょうか", "年金手帳をなくしました"),
        ("民生委員さんはお給料をもらっているのですか？", "民生委員は給料を"),
        ("ジュウミンゼイ", "住民税"),
        ("りさいしょうめいしょ", "り災証明書"),
        ("ｺﾝﾋﾞﾆで課税証明書", "課税証明書をコンビニ"),
    ],
)
def test_a_word_or_a_whole_sentence_finds_the_answer_among_the_first_three(
    page: Page, city: str, query: str, expected: str
) -> None:
    titles = search(page, city, query)
    assert any(expected in title for title in titles[:3]), titles[:5]


def test_a_result_leads_to_the_answer_and_back_to_the_results(page: Page, city: str) -> None:
    titles = search(page, city, "粗大ごみ")
    page.get_by_role("link", name=titles[0]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])
    expect(page.get_by_role("heading", name="回答", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("「粗大ごみ」の検索結果")
    assert page.locator(".results-link").first.text_content() == titles[0]


def test_the_query_stays_out_of_what_the_server_sees(page: Page, city: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    search(page, city, "秘密の言葉と住民税")
    assert [url for url in requests if "秘密" in url or "%E7%A7%98" in url.partition("#")[0]] == []


def test_a_number_typed_leads_to_its_faq_and_back_leads_home(page: Page, city: str) -> None:
    page.goto(city)
    page.get_by_role("combobox").fill("５０１８")
    page.get_by_role("button", name="検索する").click()
    expect(page).to_have_url(re.compile("/faq/5018/$"))
    page.go_back()
    expect(page).to_have_url(city)


def test_what_is_not_found_is_said_with_another_way(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=ﾇﾇﾇヌヌヌxyzzy")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("見つかりませんでした")
    expect(page.get_by_role("link", name="五十音から探す").last).to_be_visible()


def test_a_query_of_hostile_markup_is_only_text(page: Page, city: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(f'{city}search/#q="><img src=x onerror=alert(1)>住民税')
    expect(page.locator(".results-link").first).to_be_visible()
    assert page.locator("main img").count() == 0
    assert dialogs == []


def test_a_title_of_hostile_markup_is_only_text_in_the_results(page: Page, small: str) -> None:
    page.goto(f"{small}search/#q=文字")
    expect(page.locator(".results-link").first).to_contain_text("<script>alert(1)</script>")


def test_more_results_are_shown_when_asked_for(page: Page, city: str) -> None:
    search(page, city, "手続き")
    shown = page.locator(".results-item").count()
    page.get_by_role("button", name="さらに表示する").click()
    expect(page.locator(".results-link").nth(shown)).to_be_focused()


def test_a_result_whose_window_ended_while_the_page_lay_open_is_not_shown(
    page: Page, tmp_path: Path, folder: Path, serve: Serve
) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 消える質問, 回答: あ, 状態: 承認済み, 公開終了: 2027-04-30}\n"
        "- {番号: 2, 質問: 残る質問, 回答: あ, 状態: 承認済み}\n",
        encoding="utf-8",
    )
    build_site(BuildOptions(folder, tmp_path / "public", GOLDEN_AT))
    address = serve(tmp_path / "public", "/")
    for now, expected in (("2027-04-30T23:59:59+09:00", 2), ("2027-05-01T00:00:00+09:00", 1)):
        page.clock.set_fixed_time(now)
        page.goto("about:blank")
        page.goto(f"{address}search/#q=質問")
        expect(page.get_by_role("main").get_by_role("status")).to_contain_text(f"{expected}件")


def test_search_goes_on_when_a_release_replaced_the_index_under_an_open_page(
    page: Page, tmp_path: Path, folder: Path, serve: Serve
) -> None:
    out = tmp_path / "public"
    faq = folder / "faq" / "a.yml"
    faq.write_text("- {番号: 1, 質問: はじめの質問, 回答: あ, 状態: 承認済み}\n", encoding="utf-8")
    build_site(BuildOptions(folder, out, GOLDEN_AT))
    address = serve(out, "/")
    page.goto(f"{address}search/")
    stale = (out / "search" / "index.json").read_bytes()
    faq.write_text("- {番号: 1, 質問: つぎの質問, 回答: あ, 状態: 承認済み}\n", encoding="utf-8")
    build_site(BuildOptions(folder, out, GOLDEN_AT))
    served = iter([stale])
    page.route(
        "**/search/index.json",
        lambda route: (
            route.fulfill(body=body) if (body := next(served, None)) else route.continue_()
        ),
    )
    page.evaluate("location.hash = 'q=質問'")
    expect(page.locator(".results-link")).to_have_text(["つぎの質問"])


def test_an_answer_is_found_by_field_and_by_life_event(page: Page, city: str) -> None:
    page.goto(city)
    page.get_by_role("link", name="国民健康保険・年金").click()
    page.get_by_role("main").get_by_role("link", name="国民年金", exact=True).click()
    page.get_by_role("link", name="年金手帳をなくしました").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("年金手帳")
    trail = page.get_by_role("navigation", name="現在の場所").get_by_role("link")
    assert trail.all_text_contents() == ["ホーム", "分野から探す", "国民健康保険・年金", "国民年金"]
    page.goto(city)
    page.get_by_role("link", name="お悔やみ").click()
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()


def test_everything_can_be_read_without_scripts(browser: Browser, city: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(city)
    page.get_by_text("メニュー", exact=True).click()
    page.get_by_role("link", name="五十音から探す").first.click()
    page.get_by_role("link", name="か", exact=True).click()
    page.get_by_role("main").get_by_role("link").nth(3).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(city)
    page.get_by_role("textbox").fill("秘密の言葉")
    page.get_by_role("button", name="検索する").click()
    expect(page).to_have_url(re.compile(r"/search/\??$"))
    expect(page.get_by_role("heading", name="検索を使わずに探す")).to_be_visible()
    context.close()


def test_an_answer_is_reached_by_keyboard_alone(page: Page, city: str) -> None:
    page.goto(city)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("[data-search-input]")).to_be_focused()
    page.keyboard.insert_text("児童手当")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("検索結果")
    first = page.locator(".results-link").first
    page.locator("[data-search-input]").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="回答", exact=True)).to_be_visible()


def test_a_query_sent_before_the_module_of_the_box_is_here_is_not_lost(
    page: Page, city: str
) -> None:
    page.route("**/search-box.js", lambda route: route.abort())
    page.goto(city)
    page.locator("[data-search-input]").fill("児童手当")
    page.unroute("**/search-box.js")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("「児童手当」の検索結果")


def test_the_contact_link_carries_the_number_and_the_question(page: Page, small: str) -> None:
    page.goto(f"{small}faq/101/")
    link = page.get_by_role("main").get_by_role("link", name="お問い合わせフォーム")
    address = link.get_attribute("href") or ""
    assert "faq=101&q=%E5%BC%95%E3%81%A3%E8%B6%8A" in address


def test_an_old_address_leads_to_the_faq(page: Page, small: str) -> None:
    page.goto(f"{small}old/gomi.html")
    expect(page).to_have_url(f"{small}faq/104/")


def test_no_page_asks_another_host_or_breaks_its_own_policy(page: Page, city: str) -> None:
    foreign: list[str] = []
    reported: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(city) else foreign.append(r.url))
    page.on("console", lambda message: reported.append(message.text))
    for path in ("", "faq/2032/", "search/#q=住民税", "kana/shi/", "faq/2040/", "404.html"):
        page.goto(city + path)
        page.wait_for_load_state("networkidle")
    assert foreign == []
    assert reported == []
    assert page.context.cookies() == []


def test_the_policy_stops_what_it_does_not_name(page: Page, city: str) -> None:
    page.goto(city)
    blocked = page.evaluate(
        """() => new Promise((resolve) => {
          addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
          const image = document.createElement("img");
          image.src = "https://elsewhere.example/x.png";
          document.body.append(image);
        })"""
    )
    assert blocked == "img-src"
