"""No payload becomes an element, an attribute, an address or a template: each stays a text."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import pipeline.load
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT
from tests.hostile.conftest import Sites, list_pages
from tests.hostile.corpus import ALL_PAYLOADS, PAYLOADS
from tests.hostile.inspection import find_faults, read_page
from tests.hostile.sites import HARMLESS, find_refused, join_line, write_faqs

ATOM = "{http://www.w3.org/2005/Atom}"


def test_no_page_holds_what_harmless_texts_do_not_bring(sites: Sites) -> None:
    faults = {path: found for path, html in sites.list_pages() if (found := find_faults(html, known=sites.known))}  # fmt: skip
    assert faults == {}


def test_no_page_runs_or_styles_anything_inline(sites: Sites) -> None:
    """The measure itself is clean: what harmless texts bring is no yardstick for these."""
    inline = [kind for kind in sites.known if kind.split()[-1].startswith(("style", "on"))]
    assert [kind for kind in inline if kind.startswith("attribute")] == []
    assert not {"script with text", "element iframe", "element style"} & sites.known


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("<iframe></iframe>", "element iframe"),
        ("<p onclick='x()'>", "attribute p onclick"),
        ("<p style='color:red'>", "attribute p style"),
        ("<a href='javascript:alert(1)'>", "leads scheme javascript"),
        ("<a href=' JaVa\tScript&colon;alert(1)'>", "leads scheme javascript"),
        ("<a href='data:text/html,x'>", "leads scheme data"),
        ("<a href='//evil.example/'>", "leads elsewhere without a scheme"),
        ("<a href='/\\evil.example/'>", "leads elsewhere without a scheme"),
        ("<img src='https://evil.example/x.png'>", "loads https://evil.example"),
        ("<form action='https://evil.example/'>", "loads https://evil.example"),
        ("<button formaction='javascript:x'>", "loads javascript://"),
        ("<link rel=stylesheet href='https://evil.example/x.css'>", "loads https://evil.example"),
        ("<script src='/images/x.js' type=module></script>", "script /images/x.js module"),
        ("<script>alert(1)</script>", "script with text"),
        ("<script type='application/ld+json'>{</script>", "script with text"),
        ("<meta http-equiv=refresh content='0; url=https://evil.example/'>", "orders 0; url=https://evil.example/"),
        ("<base href='https://evil.example/'>", "element base"),
        ("<p id=search>", "p id search"),
        ("<form name=search>", "form name search"),
        ("<main id=main></main>", "main twice"),
        ("<div data-module='../../evil'>", "div data-module ../../evil"),
    ],
)  # fmt: skip
def test_what_must_not_be_in_a_page_is_noticed(sites: Sites, planted: str, kind: str) -> None:
    page = (sites.harmless / "faq" / "1" / "index.html").read_text(encoding="utf-8")
    assert find_faults(page, known=sites.known) == []
    assert kind in find_faults(page.replace("</main>", f"{planted}</main>"), known=sites.known)


def test_every_payload_that_is_not_escaped_is_noticed(sites: Sites) -> None:
    page = (sites.harmless / "faq" / "1" / "index.html").read_text(encoding="utf-8")
    text = HARMLESS["markup"][0]
    payloads = [*PAYLOADS["text"], *PAYLOADS["closing"], *PAYLOADS["clobbering"]]
    missed = [p for p in payloads if not find_faults(page.replace(text, p), known=sites.known)]
    # Browsers take these for comments.
    assert missed == ["<!--", "<![CDATA[<svg onload=alert(1)>]]>"]


def test_the_heading_of_each_faq_is_the_payload(sites: Sites) -> None:
    for language in ("", "en/"):
        for number, payload in enumerate(ALL_PAYLOADS, 1):
            page = sites.faqs / language / "faq" / str(number) / "index.html"
            parts = read_page(page.read_text(encoding="utf-8"))
            assert parts.heading == join_line([payload])


def test_search_engines_read_each_question_as_it_was_written(sites: Sites) -> None:
    for number, payload in enumerate(ALL_PAYLOADS, 1):
        page = sites.faqs / "faq" / str(number) / "index.html"
        (text,) = read_page(page.read_text(encoding="utf-8")).data
        asked = json.loads(text)["@graph"][0]["mainEntity"][0]
        assert asked["name"] == join_line([payload])


def test_every_json_file_is_json_and_the_api_gives_the_payloads_back(sites: Sites) -> None:
    for site in (sites.faqs, sites.settings):
        for path in site.resolve().rglob("*.json"):
            json.loads(path.read_bytes())
    rows = json.loads((sites.faqs / "api" / "faq.json").read_bytes())["faqs"]
    assert [row["question"] for row in rows] == [join_line([payload]) for payload in ALL_PAYLOADS]


def test_the_feed_and_the_sitemap_are_xml_and_the_feed_gives_the_payloads_back(
    sites: Sites,
) -> None:
    feed = ElementTree.parse(sites.faqs / "feed.xml").getroot()  # noqa: S314 - our own file
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")}
    assert len(titles) > 20
    assert titles <= {join_line([payload]) for payload in ALL_PAYLOADS}
    for site in (sites.faqs, sites.settings):
        for name in ("feed.xml", "sitemap.xml"):
            ElementTree.parse(site / name)  # noqa: S314
            assert "<!DOCTYPE" not in (site / name).read_text(encoding="utf-8")


def test_a_payload_that_check_refuses_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    refused = find_refused(tmp_path, ALL_PAYLOADS)
    assert {"[x](javascript:alert(1))", "[x](//evil.example/)", "![x](//evil.example/x.png)"} <= set(refused)  # fmt: skip
    places = {problem.place.column for problems in refused.values() for problem in problems}
    assert places == {"回答"}


def test_what_check_refuses_would_be_harmless_on_a_page(
    sites: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = find_refused(tmp_path / "refused", ALL_PAYLOADS)
    write_faqs(tmp_path / "content", {"refused": tuple(refused)})
    monkeypatch.setattr(pipeline.load, "check_content", lambda _: [])
    build_site(BuildOptions(tmp_path / "content", tmp_path / "public", AT))
    pages = [path.read_text(encoding="utf-8") for path in list_pages(tmp_path / "public")]
    assert len(pages) > len(refused)
    assert [found for page in pages if (found := find_faults(page, known=sites.known))] == []
