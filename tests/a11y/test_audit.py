"""Every type of page is sound in a real browser; the full audit has more conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from a11y import audit
from a11y.audit import CONDITIONS, audit_views, check_view, open_context, open_view
from a11y.axe import run_axe
from a11y.report import Condition, group_findings
from a11y.rules import SCHEMES, WIDTHS, make_rules
from a11y.rules.language import collect_latin_words
from a11y.views import View, choose_views, find_parts
from a11y.vnu import collect_errors
from faq.pages import japanese
from faq.read.content import read_content
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, GOLDEN, GOLDEN_AT, UMIBE, Serve

# Each width, each scheme, with and without scripts: once. `build.py audit` has all eighteen.
SOME_CONDITIONS = (
    Condition(320, "forced"), Condition(768, "light"), Condition(1280, "dark", has_scripts=False),
)  # fmt: skip


def test_an_audit_covers_every_width_and_scheme_with_and_without_scripts() -> None:
    assert len(set(CONDITIONS)) == len(WIDTHS) * len(SCHEMES) * 2
    for conditions in (CONDITIONS, SOME_CONDITIONS):
        assert {condition.width for condition in conditions} == set(WIDTHS)
        assert {condition.scheme for condition in conditions} == set(SCHEMES)
        assert {condition.has_scripts for condition in conditions} == {True, False}


def find_on(
    views: Sequence[View], home: str, *, content: Path, at: datetime, conditions: list[Condition]
) -> Sequence[object]:
    """What an audit of the views finds."""
    words = frozenset(collect_latin_words(read_content(content)[0]))
    rules = make_rules(known_words=words)
    checks, _ = audit_views(home, views, rules=rules, at=at, workers=2, conditions=conditions)
    return group_findings(checks)


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[View, ...]]:
    """The example city with lists of several pages, and its views: some of each type of page."""
    out = tmp_path_factory.mktemp("paged") / "public"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(japanese, "PAGE_SIZE", 5)
        kinds = build_site(BuildOptions(UMIBE, out, AT, workers=2)).kinds
    views = choose_views(out, kinds)
    assert {view.template for view in views} == set(kinds.values())
    return out, views


@pytest.mark.parametrize("condition", SOME_CONDITIONS, ids=str)
def test_nothing_is_found_on_any_type_of_page_of_the_city(
    paged: tuple[Path, tuple[View, ...]], serve: Serve, condition: Condition
) -> None:
    out, views = paged
    home = serve(out, "/")
    assert find_on(views, home, content=UMIBE, at=AT, conditions=[condition]) == ()


def test_nothing_is_found_on_what_only_the_small_site_has(
    tmp_path: Path, serve: Serve, city_pages: dict[str, str]
) -> None:
    out, content = tmp_path / "public", GOLDEN / "content"
    kinds = build_site(BuildOptions(content, out, GOLDEN_AT, workers=2)).kinds
    known = {part for html in city_pages.values() for part in find_parts(html)}
    views = []
    for view in choose_views(out, kinds):
        if parts := find_parts((out / view.path).read_text("utf-8")) - known:
            views.append(view)
            known |= parts
    assert len(views) > 3
    home, conditions = serve(out, "/sub/"), [SOME_CONDITIONS[0]]
    assert find_on(views, home, content=content, at=GOLDEN_AT, conditions=conditions) == ()


def test_progress_is_reported_for_every_condition_once_its_views_are_checked(small: str) -> None:
    views = [View("404.html", "not-found"), View("search/index.html", "search", needs_scripts=True)]
    with_scripts, without = Condition(320, "light"), Condition(320, "light", has_scripts=False)
    reports: list[tuple[Condition, int, int]] = []
    checks, _ = audit_views(
        small, views, rules=(), at=GOLDEN_AT, workers=2, conditions=(with_scripts, without),
        progress=lambda *report: reports.append(report),
    )  # fmt: skip
    assert sorted(reports) == [(without, 1, 1), (with_scripts, 2, 2)]
    assert [(check.page, check.condition) for check in checks] == [
        ("404.html", with_scripts),
        ("search/", with_scripts),
        ("404.html", without),
    ]


def test_progress_of_a_long_condition_is_reported_on_the_way(
    small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PROGRESS_STEP", 2)
    reports: list[int] = []
    audit_views(
        small, [View("404.html", "not-found")] * 3, rules=(), at=GOLDEN_AT, workers=1,
        conditions=SOME_CONDITIONS[:1], progress=lambda *report: reports.append(report[1]),
    )  # fmt: skip
    assert reports == [2, 3]


def test_a_page_without_scripts_never_ran_its_own(browser: Browser, small: str) -> None:
    with open_context(browser) as context:
        for has_scripts in (True, False):
            condition = Condition(320, "light", has_scripts)
            with open_view(context, small, View("index.html", "home"), condition) as page:
                ran = page.get_by_role("combobox").count() > 0
                violations, rules = run_axe(page)
            assert (ran, violations) == (has_scripts, [])
            assert "axe/target-size" in rules


def test_axe_finds_planted_faults_and_what_it_cannot_decide(browser: Browser, small: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(small)
        page.evaluate(
            """() => {
              document.documentElement.removeAttribute("lang");
              document.querySelector("label").remove();
              for (const [text, style] of [["薄い字", "color: #bbb"],
                  ["絵の上の字", "background: linear-gradient(red, blue)"]]) {
                const line = document.createElement("p");
                line.textContent = text;
                line.style = style;
                document.querySelector("main").append(line);
              }
            }"""
        )
        violations, _ = run_axe(page)
    sure = {one.rule for one in violations if not one.is_open}
    assert {"axe/html-has-lang", "axe/label", "axe/color-contrast"} <= sure
    assert "axe/color-contrast" in {one.rule for one in violations if one.is_open}


def test_a_state_that_cannot_be_reached_is_a_finding(browser: Browser, small: str) -> None:
    view = View(
        "index.html", "home", "broken",
        prepare=lambda page: page.locator("#nowhere").wait_for(timeout=1),
    )  # fmt: skip
    with open_context(browser) as context:
        check = check_view(context, small, view, Condition(320, "light"), make_rules())
    assert [violation.rule for violation in check.violations] == ["state"]


def test_a_redirecting_page_stays_open_to_be_checked(browser: Browser, small: str) -> None:
    view = View("old/gomi.html", "redirect")
    with (
        open_context(browser) as context,
        open_view(context, small, view, Condition(1280, "light")) as page,
    ):
        page.wait_for_load_state("networkidle")
        assert page.url == small + view.address
        assert page.get_by_role("heading", level=1).is_visible()


def test_errors_of_the_html_checker_are_grouped_by_page_and_warnings_ignored(
    tmp_path: Path,
) -> None:
    url = (tmp_path / "faq" / "index.html").as_uri()
    messages: list[dict[str, str]] = [
        {"type": "error", "url": url, "message": "Bad.", "extract": "<p\n>", "lastLine": "3"},
        {"type": "info", "subType": "warning", "url": url, "message": "Blocked."},
    ]
    found = collect_errors(messages, tmp_path)
    assert list(found) == ["faq/index.html"]
    assert [violation.detail for violation in found["faq/index.html"]] == ["3:0 Bad."]
