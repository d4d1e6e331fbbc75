"""Old addresses: those that can be kept are; the others are refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.addresses import find_address_fault
from faq.check import check_content
from faq.languages import load_interfaces, select_tags
from faq.read import read_content
from tests.faq.test_pages import build

LANGUAGES = select_tags(load_interfaces())


def find_fault(address: str) -> str:
    return find_address_fault(address, ids={"1001", "iroha"}, languages=LANGUAGES)


@pytest.mark.parametrize(
    "address",
    ["/faq/detail/123.html", "/faq/show/123", "/faq/x/y", "faq/detail", "/faq/999/", "/app/top",
     "/app/answer/2", "/index.php", "/old/1.html", "/qa/category/3/", "/a.b/c"],
)  # fmt: skip
def test_an_address_of_an_old_site_can_be_kept(address: str) -> None:
    assert find_fault(address) == ""


@pytest.mark.parametrize(
    ("address", "code"),
    [
        *((name, "old_address_steering") for name in (
            "/.htaccess", "/a/.htaccess", "/_redirects", "/_headers", "/_log/x", "/web.config",
            "/a/Web.Config", "/CNAME", "/.well-known/x", "/vercel.json")),
        *((name, "old_address_windows") for name in (
            "/con/x", "/aux.html", "/a/NUL", "/com1.txt", "/lpt9", "/a./b", "/a.")),
        *((name, "old_address_reserved") for name in (
            "/faq", "/faq/", "/faq/1001/", "/faq/1001/x.html", "/faq/IROHA/a", "/ruby.json",
            "/404.ruby.json", "/old/index.ruby.json", "/search/", "/Search/x", "/index.html", "/",
            "/en/x", "/sitemap-2.xml", "/404.html", "/faq/index.html")
         if name != "/"),
        *((name, "old_address_bad") for name in (
            "/", "//x", "/a//b", "/../x", "/a/./b", "/a?b=1", "/日本", "/a b", "https://x.example/a")),
        ("/" + "a" * 300, "old_address_long"),
        ("/a" * 90, "old_address_long"),
    ],
)  # fmt: skip
def test_an_address_that_would_do_harm_is_refused_with_its_reason(address: str, code: str) -> None:
    assert find_fault(address) == code


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
        ("/foo", "/FOO", ["old_address_clash"]),
        ("/a/x.html", "/A/x.html", ["old_address_clash"]),
        ("/a.b", "/a.b/c", ["old_address_clash"]),
        ("/a.b/c", "/a.b", ["old_address_clash"]),
        ("/a.b/c/d.html", "/a.b", ["old_address_clash"]),
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
    claimed = {"old", "owatta"}  # by the golden content's own old addresses
    names = {path.name for site in (city_site, small_site) for path in site.iterdir()} - claimed
    pages = {path.name for site in (city_site, small_site) for path in (site / "faq").iterdir()}
    addresses = [*names, *(f"faq/{name}" for name in pages)]
    free = [one for one in addresses
            if not find_address_fault(f"/{one}", ids=pages, languages=LANGUAGES)]  # fmt: skip
    assert free == []
