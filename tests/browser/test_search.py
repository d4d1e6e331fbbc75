"""The search box on every page and the search page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, UMIBE, Serve

BOX = "[data-search-input]"


@pytest.fixture
def box(page: Page, city: str) -> Page:
    """An FAQ's page with the search box in focus, and its module at work."""
    page.goto(f"{city}faq/1010/")
    page.locator(BOX).focus()
    expect(page.locator(BOX)).to_have_role("combobox")
    return page


def test_nothing_of_the_index_is_fetched_before_the_box_is_used(page: Page, city: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{city}faq/1010/")
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if "/search/" in url] == []
    with page.expect_request("**/search/lexicon-*"):
        page.locator(BOX).focus()


def test_words_and_questions_are_offered_while_typing(box: Page) -> None:
    box.keyboard.insert_text("そだい")
    expect(box.get_by_role("option", name="粗大ごみ", exact=True)).to_be_visible()
    expect(box.get_by_role("group", name="質問").get_by_role("option").first).to_contain_text(
        "粗大ごみ"
    )
    expect(box.locator(BOX)).to_have_attribute("aria-expanded", "true")


def test_an_offered_question_is_opened_by_the_keyboard(box: Page) -> None:
    box.keyboard.insert_text("りさいしょうめい")
    question = box.get_by_role("group", name="質問").get_by_role("option").first
    expect(question).to_be_visible()
    box.keyboard.press("ArrowUp")
    active = box.locator(BOX).get_attribute("aria-activedescendant")
    expect(box.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    box.keyboard.press("Enter")
    expect(box).to_have_url(re.compile(r"/faq/\d+/$"))


def test_an_offered_word_is_searched(box: Page) -> None:
    box.keyboard.insert_text("そだい")
    box.get_by_role("option", name="粗大ごみ", exact=True).click()
    expect(box.get_by_role("main").get_by_role("status")).to_contain_text("「粗大ごみ」の検索結果")


def test_escape_closes_the_offers_and_keeps_the_text(box: Page) -> None:
    box.keyboard.insert_text("そだい")
    expect(box.get_by_role("listbox")).to_be_visible()
    box.keyboard.press("Escape")
    expect(box.get_by_role("listbox")).to_be_hidden()
    expect(box.locator(BOX)).to_have_value("そだい")


def test_nothing_happens_while_an_input_method_composes(box: Page) -> None:
    keyboard = box.context.new_cdp_session(box)
    address = box.url
    for text in ("ｓ", "そ", "そだい"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    keyboard.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"},
    )
    box.evaluate("new Promise((resolve) => setTimeout(resolve, 300))")
    expect(box.get_by_role("listbox")).to_be_hidden()
    assert box.url == address
    keyboard.send("Input.insertText", {"text": "粗大ごみ"})
    expect(box.get_by_role("listbox")).to_be_visible()
    box.keyboard.press("Enter")
    expect(box.get_by_role("main").get_by_role("status")).to_contain_text("「粗大ごみ」の検索結果")


@pytest.mark.parametrize("path", ["search/", "faq/1010/"])
def test_a_script_that_comes_late_does_not_disturb_what_is_being_composed(
    context: BrowserContext, city: str, path: str
) -> None:
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search-box.js", hold)
    with page.expect_request("**/search-box.js"):
        page.goto(city + path)
    page.locator(BOX).focus()
    keyboard = context.new_cdp_session(page)
    composed = {"text": "そだい", "selectionStart": 3, "selectionEnd": 3}
    keyboard.send("Input.imeSetComposition", composed)
    for route in held:
        route.continue_()
    expect(page.locator(BOX)).to_have_role("combobox")
    keyboard.send("Input.insertText", {"text": "粗大ごみ"})
    expect(page.locator(BOX)).to_have_value("粗大ごみ")


def test_the_box_is_on_every_kind_of_page(page: Page, city: str) -> None:
    for path in (
        "",
        "fields/",
        "life/",
        "departments/",
        "kana/",
        "ranking/",
        "new/",
        "faq/1010/",
        "search/",
        "404.html",
    ):
        page.goto(city + path)
        expect(page.locator(BOX)).to_have_count(1)


def test_results_are_narrowed_and_the_fragment_holds_it(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=手続き")
    status = page.get_by_role("main").get_by_role("status")
    expect(status).to_contain_text("検索結果")
    before = int(re.findall(r"(\d+)件", status.text_content() or "")[0])
    page.get_by_label("担当課").select_option(index=1)
    expect(page).to_have_url(re.compile("department="))
    expect(status).not_to_contain_text(f"{before}件")
    page.reload()
    expect(page.get_by_label("担当課")).not_to_have_value("")
    page.go_back()
    expect(status).to_contain_text(f"{before}件")


def test_a_mended_query_is_said_with_the_way_back(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=マイナンバカード")
    expect(page.get_by_text("「マイナンバーカード」で検索しました")).to_be_visible()
    page.get_by_role("link", name="「マイナンバカード」のまま検索する").click()
    expect(page.get_by_text("「マイナンバーカード」で検索しました")).to_be_hidden()
    expect(page).to_have_url(re.compile("exact=1"))


def test_no_result_leads_on(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=ABCD")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("見つかりませんでした")
    main = page.get_by_role("main")
    for name in ("お問い合わせ", "五十音から探す", "担当課から探す", "届出・証明・戸籍"):
        expect(main.get_by_role("link", name=name).first).to_be_visible()


def test_near_words_are_offered_where_nothing_is_found(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=AEC")
    page.get_by_role("heading", name="もしかして").wait_for()
    page.get_by_role("main").get_by_role("link", name="aed").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("検索結果")


def test_found_words_are_marked_in_the_excerpt(page: Page, city: str) -> None:
    page.goto(f"{city}search/#q=住民票")
    expect(page.locator(".results-excerpt mark").first).to_contain_text("住民票")


ROBUST = {
    "転入届": "1001", "コンビニ交付": "1105", "国民健康保険料": "2035", "住民票の写し": "1010",
    "粗大ごみ": "5018", "粗大ゴミ": "5018", "子ども": "3015", "子供": "3015", "こども": "3015",
    "引越し": "1001", "引っ越し": "1001", "引越": "1001", "こくほ": "2034", "juminhyo": "1010",
    "ﾏｲﾅﾝﾊﾞｰ": "1109", "マイナンバカード": "1101", "住民表": "1010", "図書館はどこですか": "6019",
    "引っ越してきたのですがどんな手続きが必要ですか": "1001", "ごみ": "5001", "住民票：写し": "1010",
    "住民票" * 3334: "1010",
}  # fmt: skip


@pytest.fixture(scope="module")
def search_page(browser: Browser, city: str) -> Iterator[Page]:
    """The search page with the client at hand as `globalThis.search`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{city}search/")
    page.evaluate(
        """async () => {
          const { useSearch } = await import(document.querySelector("script[src$='start.js']").src.replace("start.js", "search.js"));
          globalThis.search = await useSearch(document.querySelector("form").dataset.index);
        }"""
    )
    yield page
    context.close()


def find(page: Page, query: str) -> list[str]:
    ids: list[str] = page.evaluate(
        "async (query) => (await globalThis.search.find(query)).results.map(({ id }) => id)", query
    )
    return ids


@pytest.mark.parametrize(("query", "wanted"), ROBUST.items())
def test_however_it_is_typed_the_answer_is_on_the_first_page(
    search_page: Page, query: str, wanted: str
) -> None:
    assert wanted in find(search_page, query)[:10]


@pytest.mark.parametrize(
    "group", [("引越し", "引っ越し"), ("粗大ごみ", "粗大ゴミ"), ("子供", "子ども", "こども")]
)
def test_spellings_of_one_word_find_the_same_first(
    search_page: Page, group: tuple[str, ...]
) -> None:
    firsts = {find(search_page, query)[0] for query in group}
    assert len(firsts) == 1


@pytest.mark.parametrize("query", ["問合せ", "問い合わせ"])
def test_words_of_every_page_are_found(search_page: Page, query: str) -> None:
    assert find(search_page, query) != []


def list_errors() -> list[tuple[str, str]]:
    """(word, the word with one error): a letter left out, doubled or moved, in every longer keyword."""
    words = sorted(
        {word for word in _read_keywords() if re.fullmatch(r"[ァ-ヶー]{5,}|[ぁ-ゖー]{5,}", word)}
    )
    errors = []
    for word in words:
        for place in range(1, len(word) - 1):
            errors.append((word, word[:place] + word[place + 1 :]))
            errors.append((word, word[:place] + word[place] + word[place:]))
            errors.append((word, word[:place] + word[place + 1] + word[place] + word[place + 2 :]))
    return [(word, error) for word, error in errors if error != word]


def _read_keywords() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in UMIBE.rglob("*.yml"))
    return set(re.findall(r"[ァ-ヶー]{5,}|[ぁ-ゖー]{5,}", text))


def test_typing_errors_find_what_the_word_finds(search_page: Page) -> None:
    errors = list_errors()
    step = max(len(errors) // 200, 1)
    chosen = errors[::step][:200]
    assert len(chosen) == 200
    found = search_page.evaluate(
        """async (pairs) => {
          const first = async (query, count) => (await globalThis.search.find(query)).results.slice(0, count).map(({ id }) => id);
          const rows = [];
          for (const [word, error] of pairs) {
            const [wanted] = await first(word, 1);
            rows.push(!wanted || (await first(error, 5)).includes(wanted));
          }
          return rows;
        }""",
        chosen,
    )
    assert sum(found) >= 160, sum(found)


def test_the_chunked_store_works_under_the_site_s_own_policy(
    page: Page, tmp_path: Path, folder: Path, serve: Serve
) -> None:
    reported: list[str] = []
    page.on("console", lambda message: reported.append(message.text))
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: 住民票が欲しい, 回答: 窓口で取れます, 状態: 承認済み, 分野: zei}\n"
        "- {番号: 2, 質問: ごみを捨てたい, 回答: 集積所へ, 状態: 承認済み}\n",
        encoding="utf-8",
    )
    with (folder / "site.yml").open("a", encoding="utf-8") as file:
        file.write("検索の置き場所: 分けて\n")
    build_site(BuildOptions(folder, tmp_path / "public", AT))
    address = serve(tmp_path / "public", "/")
    page.goto(f"{address}search/#q=じゅうみんひょう")
    expect(page.locator(".results-link")).to_have_text(["住民票が欲しい"])
    expect(page.locator(".results-excerpt")).to_have_text(["窓口で取れます"])
    assert reported == []
    assert "Pagefind" in (tmp_path / "public" / "licenses.txt").read_text(encoding="utf-8")
    page.goto(f"{address}faq/1/")
    page.locator(BOX).focus()
    page.keyboard.insert_text("ごみ")
    expect(page.get_by_role("option", name="ごみを捨てたい")).to_be_visible()
