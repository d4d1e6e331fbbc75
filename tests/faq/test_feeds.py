"""Files for machines, parsed as machines parse them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from tests.conftest import GOLDEN_AT

BASE = "https://faq.tameshi.example.lg.jp/sub/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_address_of_the_sitemap_is_a_page(small_site: Path) -> None:
    root = ElementTree.parse(small_site / "sitemap.xml").getroot()  # noqa: S314 - our own file
    addresses = [element.text or "" for element in root.iter(f"{SITEMAP}loc")]
    assert len(addresses) == len(set(addresses))
    files = [small_site / address.removeprefix(BASE) / "index.html" for address in addresses]
    assert [file for file in files if not file.is_file()] == []
    assert f"{BASE}faq/101/" in addresses
    assert f"{BASE}faq/107/" not in addresses
    assert f"{BASE}search/" not in addresses


def test_the_feed_is_atom_with_the_latest_first(small_site: Path) -> None:
    root = ElementTree.parse(small_site / "feed.xml").getroot()  # noqa: S314 - our own file
    entries = root.findall(f"{ATOM}entry")
    stamps = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert all(datetime.fromisoformat(stamp).tzinfo for stamp in stamps)
    assert entries[0].findtext(f"{ATOM}id") == f"{BASE}faq/111/"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")


def test_the_api_holds_every_shown_faq_and_its_address(small_site: Path) -> None:
    data = json.loads((small_site / "api/faq.json").read_bytes())
    assert data["at"] == GOLDEN_AT.isoformat()
    assert [row["id"] for row in data["faqs"]] == [
        "104",
        "105",
        "111",
        "iroha",
        "101",
        "102",
        "103",
    ]
    assert data["faqs"][0]["url"] == f"{BASE}faq/104/"
    assert data["faqs"][0]["translations"]["en"]["answer"] == "Call us."


def test_structured_data_cannot_end_its_element(small_site: Path) -> None:
    page = (small_site / "faq/iroha/index.html").read_text(encoding="utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    data = json.loads(block[1])
    assert data["@graph"][0]["mainEntity"][0]["name"].startswith("<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_the_licences_name_the_dictionary_and_its_sources(small_site: Path) -> None:
    text = (small_site / "licenses.txt").read_text(encoding="utf-8")
    for name in ("SudachiDict", "UniDic", "NEologd", "Apache License"):
        assert name in text


def test_a_sample_says_so_on_every_page_and_keeps_crawlers_out(city_pages: dict[str, str]) -> None:
    for name, page in city_pages.items():
        assert ("Sample" if name.startswith("en/") else "見本") in page, name
        assert '<meta name="robots" content="noindex">' in page, name


def test_every_page_has_a_policy_and_nothing_inline(city_pages: dict[str, str]) -> None:
    for name, page in city_pages.items():
        assert page.index("Content-Security-Policy") < page.index("<title>"), name
        assert not re.search(
            r"<style|\sstyle=|\son\w+=|<script(?! type=\"(?:module\" src|application/(?:ld\+)?json))",
            page,
        ), name


def test_no_page_links_to_a_page_that_is_not_there(
    city_site: Path, city_pages: dict[str, str]
) -> None:
    links = {
        link.partition("#")[0]
        for page in city_pages.values()
        for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)
    }
    missing = [
        link
        for link in links
        if not (city_site / link.lstrip("/") / "index.html").is_file()
        and not (city_site / link.lstrip("/")).is_file()
    ]
    assert missing == []
    assert len(links) > 150
