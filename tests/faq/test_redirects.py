"""Where the old site's addresses lead: owned by an FAQ, a page, or redirects.csv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from faq.check.addresses import find_unshown_redirects
from faq.check.content import check_content
from faq.model.choices import Audience
from faq.model.problem import Problem
from faq.read.content import read_content
from pipeline.load import load_content
from tests.conftest import AT, Serve
from tests.faq.test_pages import build, read

FAQS = """\
- {番号: 1, 質問: いちの質問, 回答: a, 状態: 承認済み, 分野: [税金], 更新日: 2026-10-01,
   翻訳: {en: {質問: One, 回答: a}},
   旧アドレス: ['/detail.php?id=1', 'https://old.example.jp/one.html']}
- {番号: 2, 質問: にの質問, 回答: b, 状態: 承認済み, 旧アドレス: ['/detail.php?id=2&lang=ja', '/detail.php']}
- {番号: 3, 質問: さん, 回答: c, 状態: 下書き, 旧アドレス: [/three]}
- {番号: 4, 質問: よん, 回答: d, 状態: 承認済み, 公開終了: 2027-03-31, 旧アドレス: [/four]}
"""
PAGE = "---\n題名: この窓口について\n旧アドレス: [/about.html]\n---\n本文\n"
TABLE = """\
旧アドレス,新アドレス
/cat/tax/,/fields/zei/
/top.html,/
/new.asp?x=1,/fields/#main
/gone,/faq/3/
/official,https://www.shiken.example.lg.jp/a?b=$c
/?p=7,/faq/1/
/search/?q=a,/faq/1/
/en/?a=1,/faq/1/
/faq/2/?a=1,/faq/1/
/feed.xml?a=1,/faq/1/
"""


@pytest.fixture
def moved(folder: Path) -> Path:
    """A content folder with old addresses of every kind."""
    (folder / "faq" / "a.yml").write_text(FAQS, encoding="utf-8")
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "about.md").write_text(PAGE, encoding="utf-8")
    (folder / "redirects.csv").write_text(TABLE, encoding="cp932")
    return folder


@pytest.fixture
def home(moved: Path, tmp_path: Path, serve: Serve) -> str:
    """The address of its site."""
    return serve(build(moved, tmp_path), "/")


def find_target(page: str) -> list[str]:
    return re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', page)


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("one.html", "/faq/1/"), ("four/index.html", "/faq/4/"), ("about.html", "/pages/about/"),
        ("cat/tax/index.html", "/fields/zei/"), ("top.html", "/"),
        ("official/index.html", "https://www.shiken.example.lg.jp/a?b=$c"),
    ],
)  # fmt: skip
def test_a_page_at_the_old_address_leads_to_the_new_one(
    moved: Path, tmp_path: Path, file: str, target: str
) -> None:
    assert find_target(read(build(moved, tmp_path), file)) == [target]


def test_nothing_leads_to_what_is_not_public(moved: Path, tmp_path: Path) -> None:
    out = build(moved, tmp_path)
    assert not (out / "three").exists()
    assert not (out / "gone").exists()
    assert "/faq/3/" not in read(out, "redirects.map")


def test_a_page_of_the_sites_own_stays_where_only_its_query_is_an_old_one(
    moved: Path, tmp_path: Path
) -> None:
    out = build(moved, tmp_path)
    for page, words in (("search", "data-search-results"), ("en", 'lang="en"'), ("faq/2", "にの")):
        assert words in read(out, f"{page}/index.html")
    assert (out / "feed.xml").is_file()


def test_the_servers_map_has_every_old_address(moved: Path, tmp_path: Path) -> None:
    assert read(build(moved, tmp_path), "redirects.map").splitlines() == [
        '"/?p=7" "/faq/1/";',
        '"/about.html" "/pages/about/";',
        '"/about.html/" "/pages/about/";',
        '"/cat/tax" "/fields/zei/";',
        '"/cat/tax/" "/fields/zei/";',
        '"/detail.php" "/faq/2/";',
        '"/detail.php/" "/faq/2/";',
        '"/detail.php/?id=1" "/faq/1/";',
        '"/detail.php/?id=2&lang=ja" "/faq/2/";',
        '"/detail.php?id=1" "/faq/1/";',
        '"/detail.php?id=2&lang=ja" "/faq/2/";',
        '"/en/?a=1" "/faq/1/";',
        '"/en?a=1" "/faq/1/";',
        '"/faq/2/?a=1" "/faq/1/";',
        '"/faq/2?a=1" "/faq/1/";',
        '"/feed.xml/?a=1" "/faq/1/";',
        '"/feed.xml?a=1" "/faq/1/";',
        '"/four" "/faq/4/";',
        '"/four/" "/faq/4/";',
        '"/new.asp/?x=1" "/fields/#main";',
        '"/new.asp?x=1" "/fields/#main";',
        '"/official" "https://www.shiken.example.lg.jp/a?b=%24c";',
        '"/official/" "https://www.shiken.example.lg.jp/a?b=%24c";',
        '"/one.html" "/faq/1/";',
        '"/one.html/" "/faq/1/";',
        '"/search/?q=a" "/faq/1/";',
        '"/search?q=a" "/faq/1/";',
        '"/top.html" "/";',
        '"/top.html/" "/";',
    ]


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("detail.php?id=1", "faq/1/"),
        ("detail.php/?lang=ja&id=2&page=3", "faq/2/"),
        ("new.asp?x=1", "fields/#main"),
    ],
)
def test_an_address_with_a_query_leads_on_in_the_browser(
    home: str, browser: Browser, asked: str, reached: str
) -> None:
    page = browser.new_page()
    page.goto(home + asked)
    expect(page).to_have_url(home + reached)
    page.close()


def test_a_query_that_is_unknown_leads_to_the_search(home: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{home}new.asp?x=9")
    expect(page.locator("html[data-started]")).to_be_attached()
    page.get_by_role("main").get_by_role("link", name="検索").click()
    expect(page).to_have_url(f"{home}search/")
    page.close()


def test_a_redirect_to_what_has_nothing_to_show_now_is_reported(moved: Path) -> None:
    loaded = load_content(moved)
    shown = loaded.show(at=AT, audience=Audience.CITIZEN)
    found = find_unshown_redirects(loaded.content, shown.redirects)
    assert [str(one) for one in found] == [
        "content/redirects.csv 5行目 新アドレス: （注意）新アドレス「/faq/3/」には、いま見せるものが"
        "ないので、この行は働きません。公開されると働きます。急ぐときは、ほかの新アドレスを書いてください"
    ]


def find_problems(folder: Path, table: str) -> list[Problem]:
    (folder / "redirects.csv").write_text(table, encoding="utf-8")
    content, problems = read_content(folder)
    return [*problems, *check_content(content)]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("/a,/faq/999/", "redirect_unknown", "新アドレス"),
        ("/a,/fields/nai/", "redirect_unknown", "新アドレス"),
        ("/a,javascript:alert(1)", "url_bad", "新アドレス"),
        ("/a,", "value_missing", "新アドレス"),
        ("/../a,/", "old_address_bad", "旧アドレス"),
        ("/one.html,/", "old_address_twice", "旧アドレス"),
        ("/about.html,/", "old_address_twice", "旧アドレス"),
        ("/search/,/", "old_address_reserved", "旧アドレス"),
    ],
)
def test_a_row_that_cannot_be_is_reported_with_its_place(
    moved: Path, row: str, code: str, column: str
) -> None:
    problems = find_problems(moved, f"旧アドレス,新アドレス\n/fine,/\n{row}\n")
    (problem,) = (one for one in problems if one.place.file.endswith("redirects.csv"))
    place = problem.place
    assert (problem.code, place.file, place.row) == (code, "content/redirects.csv", 3)
    assert place.column == column
