"""Old addresses: those that can be kept are; the others are refused before anything is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from faq.addresses import is_reserved, locate_file
from faq.check.content import check_content
from faq.model.choices import Audience
from faq.model.languages import load_locales, select_tags
from faq.model.problem import CellError
from faq.model.redirects import parse_old_address
from faq.model.site_map import list_addresses
from faq.read.content import read_content
from faq.window.select import select_window
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, GOLDEN, GOLDEN_AT
from tests.faq.test_pages import build

LANGUAGES = select_tags(load_locales())


def find_fault(folder: Path, address: str) -> str:
    """The code of what is wrong with an old address of FAQ 1001; empty where nothing is."""
    (folder / "faq" / "a.yml").write_text(
        f"- {{番号: 1001, 質問: い, 回答: a, 旧アドレス: ['{address}']}}\n"
        "- {番号: iroha, 質問: ろ, 回答: b}\n",
        encoding="utf-8",
    )
    content, problems = read_content(folder)
    problems += check_content(content)
    codes = [one.code for one in problems if one.code.startswith("old_address")]
    return codes[0] if codes else ""


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/faq/detail/123.html", "faq/detail/123.html"), ("/faq/show/123", "faq/show/123/"),
        ("faq/detail", "faq/detail/"), ("/faq/999/", "faq/999/"), ("/index.php", "index.php/"),
        ("/a.b/c", "a.b/c/"), ("/old/index.html", "old/"), ("/old/1.HTM", "old/1.HTM/"),
        ("https://www.city.example.lg.jp/qa/3.html", "qa/3.html"),
        ("http://old.example.jp:8080/qa/", "qa/"), ("/faq/detail.php?id=12&lang=ja",
         "faq/detail.php/"), ("https://old.example.jp/?p=12", ""), ("/search/?q=a", "search/"),
    ],
)  # fmt: skip
def test_an_address_of_an_old_site_can_be_kept(folder: Path, address: str, page: str) -> None:
    assert find_fault(folder, address) == ""
    assert parse_old_address(address).address == page


@pytest.mark.parametrize(
    ("address", "code"),
    [
        *((name, "old_address_steering") for name in (
            "/.htaccess", "/a/.htaccess", "/_redirects", "/_headers", "/_log/x", "/web.config",
            "/a/Web.Config", "/CNAME", "/.well-known/x", "/vercel.json", "/_redirects?a=1")),
        *((name, "old_address_windows") for name in (
            "/con/x", "/aux.html", "/a/NUL", "/com1.txt", "/lpt9", "/a./b", "/a.")),
        *((name, "old_address_reserved") for name in (
            "/faq", "/faq/", "/faq/1001/", "/faq/1001/x.html", "/faq/IROHA/a", "/ruby.json",
            "/404.ruby.json", "/old/index.ruby.json", "/search/", "/Search/x", "/index.html",
            "/en/x", "/sitemap-2.xml", "/404.html", "/faq/index.html", "/redirects.map",
            "https://old.example.jp/search/")),
        *((name, "old_address_bad") for name in (
            "/", "//x", "/a//b", "/../x", "/a/./b", "/a?", "/日本", "/a b", "/a#b", "/a?b c",
            "https://x.example", "https://x.example/", "https://x@y.example/a", "ftp://x/a")),
        ("/" + "a" * 300, "old_address_long"),
        ("/a" * 90, "old_address_long"),
    ],
)  # fmt: skip
def test_an_address_that_would_do_harm_is_refused_with_its_reason(
    folder: Path, address: str, code: str
) -> None:
    assert find_fault(folder, address) == code


def find_codes(folder: Path, first: str, second: str) -> list[str]:
    (folder / "faq" / "a.yml").write_text(
        f"- {{番号: 1, 質問: い, 回答: a, 旧アドレス: ['{first}']}}\n"
        f"- {{番号: 2, 質問: ろ, 回答: b, 旧アドレス: ['{second}']}}\n",
        encoding="utf-8",
    )
    content, problems = read_content(folder)
    problems += check_content(content)
    found = [one for one in problems if one.code.startswith("old_address")]
    assert [one.place.row for one in found] == [2] * len(found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("/foo", "/foo/", ["old_address_twice"]),
        ("/foo", "/foo/index.html", ["old_address_twice"]),
        ("/foo?a=1", "/foo?a=1", ["old_address_twice"]),
        ("https://a.example/foo", "/foo", ["old_address_twice"]),
        ("/foo", "/FOO", ["old_address_clash"]),
        ("/a/x.html", "/A/x.html", ["old_address_clash"]),
        ("/a.html", "/a.html/c", ["old_address_clash"]),
        ("/a.html/c", "/a.html", ["old_address_clash"]),
        ("/a.html/c/d.html", "/a.html", ["old_address_clash"]),
        ("/a.b", "/a.b/c", []),
        ("/foo?a=1", "/foo?a=2", []),
        ("/foo?a=1", "/foo", []),
        ("/foo/1", "/foo", []),
        ("/foo/a", "/FOO/b", []),
    ],
)
def test_two_addresses_that_cannot_be_files_side_by_side_are_refused(
    folder: Path, first: str, second: str, codes: list[str]
) -> None:
    assert find_codes(folder, first, second) == codes


def test_the_manuals_own_example_leads_to_the_faq(folder: Path, tmp_path: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: a, 状態: 承認済み,"
        " 旧アドレス: [/faq/detail/123.html, /foo, /foo/index.html]}\n",
        encoding="utf-8",
    )
    out = build(folder, tmp_path)
    page = (out / "faq/detail/123.html").read_text(encoding="utf-8")
    assert 'href="/faq/1/"' in page
    assert (out / "foo/index.html").is_file()


def test_no_name_at_the_top_of_a_built_site_can_be_claimed(
    city_site: Path, small_site: Path
) -> None:
    claimed = {"old", "owatta", "qa"}  # by the old addresses of the two contents
    names = {path.name for site in (city_site, small_site) for path in site.iterdir()} - claimed
    free = [name for name in names if not is_reserved(name, languages=LANGUAGES, ids=())]
    assert free == []


def test_an_old_address_is_read_in_time_that_grows_as_its_length() -> None:
    with pytest.raises(CellError):
        parse_old_address("/a" * 100_000 + "?" + "b" * 100_000 + "日")


@pytest.mark.parametrize("at", [AT, GOLDEN_AT], ids=["now", "later"])
def test_every_address_that_a_redirect_may_lead_to_is_a_file(at: datetime, tmp_path: Path) -> None:
    content, _ = read_content(GOLDEN / "content")
    out = tmp_path / "public"
    build_site(BuildOptions(GOLDEN / "content", out, at, allow_shrink=True))
    shown = select_window(content, at=at, audience=Audience.CITIZEN, normalize=str)
    wanted = [
        out / locate_file(address)
        for address in list_addresses(shown.content, sections=shown.sections)
    ]
    assert [path for path in wanted if not path.is_file()] == []


def test_two_pages_cannot_own_the_same_query_of_a_page_of_the_site(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: a, 旧アドレス: ['/search/?q=a']}\n"
        "- {番号: 2, 質問: ろ, 回答: b, 旧アドレス: ['/search/?q=a']}\n",
        encoding="utf-8",
    )
    content, _ = read_content(folder)
    assert "old_address_twice" in [one.code for one in check_content(content)]
