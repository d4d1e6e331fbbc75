"""Notices: where they are, what an emergency changes, and that it goes away by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import GOLDEN, GOLDEN_AT, Serve

NOTICES = """\
- 題名: 断水のお知らせ
  重さ: お知らせ
  公開開始: 2027-04-01
- 題名: 避難所を開いています
  重さ: 緊急
  電話: 000-1111-2222
  リンク: [防災のページ | https://www.tameshi.example.lg.jp/bosai/, ごみの質問 | /fields/gomi/]
  公開開始: 2027-04-01 08:00
  公開終了: 2027-04-04 08:00
"""


@pytest.fixture(scope="module")
def emergency_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("emergency")
    shutil.copytree(GOLDEN / "content", folder / "content")
    (folder / "content" / "notices.yml").write_text(NOTICES, encoding="utf-8")
    build_site(BuildOptions(folder / "content", folder / "public", GOLDEN_AT))
    return folder / "public"


@pytest.fixture(scope="module")
def emergency(emergency_site: Path, serve: Serve) -> str:
    return serve(emergency_site, "/sub/")


def test_a_notice_is_on_every_page(page: Page, small: str) -> None:
    for path in ("", "faq/101/", "kana/", "search/", "404.html"):
        page.goto(small + path)
        expect(page.get_by_role("article", name="大雨についてのお知らせ")).to_be_visible()


def test_an_emergency_is_before_all_else_with_dial_and_pages(page: Page, emergency: str) -> None:
    page.clock.set_fixed_time("2027-04-01T09:00:00+09:00")
    for path in ("", "faq/101/", "search/", "404.html"):
        page.goto(emergency + path)
        notice = page.get_by_role("article", name="避難所を開いています")
        expect(notice).to_be_visible()
        expect(notice.locator("time")).to_have_attribute("datetime", "2027-04-01T08:00:00+09:00")
        expect(notice.get_by_role("link", name="000-1111-2222")).to_have_attribute(
            "href", "tel:00011112222"
        )
        expect(notice.get_by_role("link", name="ごみの質問")).to_have_attribute(
            "href", "/sub/fields/gomi/"
        )
        order = page.locator("article, header").evaluate_all("all => all.map(e => e.className)")
        assert order[:3] == ["notice", "notice", "site-header"], path
        assert page.locator("article").first.get_attribute("data-level") == "emergency"


def test_a_notice_that_is_no_emergency_is_after_the_header(page: Page, small: str) -> None:
    page.goto(small)
    order = page.locator("article, header").evaluate_all("all => all.map(e => e.className)")
    assert order[:2] == ["site-header", "notice"]


def test_the_home_page_of_an_emergency_is_light_and_leads_everywhere(
    page: Page, emergency: str
) -> None:
    page.goto(emergency)
    main = page.get_by_role("main")
    for name in ("分野から探す", "ライフイベントから探す", "担当課から探す", "五十音から探す"):
        expect(main.get_by_role("link", name=name)).to_be_visible()
    expect(main.get_by_role("textbox").or_(main.get_by_role("combobox"))).to_be_visible()
    assert page.locator(".category-card").count() == 0


def test_an_emergency_goes_away_by_itself_while_the_page_is_open(
    page: Page, emergency: str
) -> None:
    page.clock.install(time="2027-04-04T07:59:00+09:00")
    page.goto(emergency)
    notice = page.get_by_role("article", name="避難所を開いています")
    expect(notice).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(notice).to_have_count(0)
    expect(page.get_by_text("簡単な画面にしています")).to_be_hidden()
    expect(page.get_by_role("article", name="断水のお知らせ")).to_be_visible()


def test_a_build_after_the_end_has_no_trace_of_the_emergency(
    emergency_site: Path, tmp_path: Path
) -> None:
    content = emergency_site.parent / "content"
    later = GOLDEN_AT.replace(day=4)
    build_site(BuildOptions(content, tmp_path / "public", later))
    pages = [path.read_text("utf-8") for path in (tmp_path / "public").resolve().rglob("*.html")]
    assert not any("避難所を開いています" in page or "簡単な画面" in page for page in pages)
