"""A page that stays open while new releases come, and while there is no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from faq.render.assets import CLIENT
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, Serve

BOX = "[data-search-input]"
FAILED = "検索のデータを読み込めませんでした"
STORES = ("まとめて", "分けて")


@dataclass(frozen=True)
class City:
    """A served city; `publish` makes a release of the FAQs with these numbers."""

    address: str
    publish: Callable[[Iterable[int], str], None]


@pytest.fixture(params=STORES)
def open_city(request: pytest.FixtureRequest, tmp_path: Path, folder: Path, serve: Serve) -> City:
    """A city of 30 FAQs in either store, at its first release."""
    with (folder / "site.yml").open("a", encoding="utf-8") as file:
        file.write(f"検索の置き場所: {request.param}\n")

    def publish(numbers: Iterable[int], edition: str) -> None:
        rows = (
            f"- {{番号: {n}, 質問: ごみ{n}の質問, 回答: ごみ{n}の答え{edition}, 状態: 承認済み}}\n"
            for n in numbers
        )
        (folder / "faq" / "a.yml").write_text("".join(rows), encoding="utf-8")
        build_site(BuildOptions(folder, tmp_path / "public", AT))

    publish(range(1, 31), "初版")
    return City(serve(tmp_path / "public", "/"), publish)


def open_search_page(page: Page, city: City) -> None:
    """The search page with the index loaded."""
    page.goto(f"{city.address}search/")
    with page.expect_response("**/lexicon-*"):
        page.locator(BOX).focus()
    page.wait_for_load_state("networkidle")


def submit(page: Page, query: str) -> None:
    page.locator(BOX).fill(query)
    page.keyboard.press("Enter")


def list_results(page: Page) -> list[tuple[str, str]]:
    """(number in the question, number and edition in the answer) of every result on the page."""
    titles = page.locator(".results-link").all_inner_texts()
    excerpts = page.locator(".results-excerpt").all_inner_texts()
    return [
        (re.sub(r"\D", "", title), excerpt.removeprefix("ごみ").replace("の答え", " "))
        for title, excerpt in zip(titles, excerpts, strict=True)
    ]


def test_a_search_after_a_release_shows_the_new_release(page: Page, open_city: City) -> None:
    open_search_page(page, open_city)
    open_city.publish([900, *range(1, 31)], "二版")
    submit(page, "ごみ")
    expect(page.locator(".results-item")).to_have_count(10)
    assert [text for number, text in list_results(page) if text != f"{number} 二版"] == []
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("31件")


def test_more_results_after_a_release_repeat_none_and_belong_to_their_questions(
    page: Page, open_city: City
) -> None:
    open_search_page(page, open_city)
    submit(page, "ごみ")
    expect(page.locator(".results-item")).to_have_count(10)
    open_city.publish([900, 901, *range(1, 31)], "二版")
    more = page.get_by_role("button", name="さらに表示する")
    more.click()
    expect(page.locator(".results-item")).to_have_count(20)
    more.click()
    expect(page.locator(".results-item")).to_have_count(30)
    more.click()
    expect(page.locator(".results-item")).to_have_count(32)
    expect(more).to_be_hidden()
    results = list_results(page)
    assert len({number for number, _ in results}) == 32
    assert {text for number, text in results[:10]} == {f"{n} 初版" for n, _ in results[:10]}
    assert {text for number, text in results[10:]} == {f"{n} 二版" for n, _ in results[10:]}


@pytest.mark.parametrize("open_city", ["まとめて"], indirect=True)
def test_after_a_release_that_only_adds_the_index_is_not_loaded_again(
    page: Page, open_city: City
) -> None:
    open_search_page(page, open_city)
    open_city.publish([900, *range(1, 31)], "初版")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    submit(page, "ごみ")
    expect(page.locator(".results-item")).to_have_count(10)
    fetched = [url.rsplit("/", 1)[1] for url in asked if "/search/" in url]
    assert [name for name in fetched if not name.startswith("excerpts-")] == []


def test_questions_are_still_offered_after_a_release(page: Page, open_city: City) -> None:
    open_search_page(page, open_city)
    open_city.publish(range(1, 31), "二版")
    page.keyboard.insert_text("ごみ")
    expect(page.get_by_role("group", name="質問").get_by_role("option")).to_have_count(4)


def test_without_asking_again_an_open_page_finds_nothing(page: Page, open_city: City) -> None:
    source = (CLIENT / "search.js").read_text(encoding="utf-8")
    planted = source.replace("return answer(await open(first));", "throw new Error();")
    assert planted != source
    page.route(
        "**/search/client/search.js",
        lambda route: route.fulfill(body=planted, content_type="text/javascript"),
    )
    open_search_page(page, open_city)
    open_city.publish(range(1, 31), "二版")
    submit(page, "ごみ")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(FAILED)


def test_an_outage_is_reported_and_the_next_search_succeeds(page: Page, open_city: City) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    open_search_page(page, open_city)
    page.route("**/search/**", refuse)
    submit(page, "ごみ")
    status = page.get_by_role("main").get_by_role("status")
    expect(status).to_contain_text(FAILED)
    page.unroute("**/search/**", refuse)
    submit(page, "ごみの質問")
    expect(status).to_contain_text("30件")
    expect(page.locator(".results-item")).to_have_count(10)


def test_a_button_for_more_that_fails_says_so_and_may_be_pressed_again(
    page: Page, open_city: City
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    open_search_page(page, open_city)
    submit(page, "ごみ")
    expect(page.locator(".results-item")).to_have_count(10)
    open_city.publish(range(1, 31), "二版")
    page.route("**/search/**", refuse)
    more = page.get_by_role("button", name="さらに表示する")
    more.click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(FAILED)
    page.unroute("**/search/**", refuse)
    more.click()
    expect(page.locator(".results-item")).to_have_count(20)


def test_a_module_that_could_not_be_had_is_asked_for_again(page: Page, open_city: City) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/search/client/search.js", refuse)
    page.goto(f"{open_city.address}search/#q=ごみ")
    status = page.get_by_role("main").get_by_role("status")
    expect(status).to_contain_text(FAILED)
    page.unroute("**/search/client/search.js", refuse)
    submit(page, "ごみの質問")
    expect(status).to_contain_text("30件")
