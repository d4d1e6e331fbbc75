"""The views to audit: few, the same every time, and with every part of every template."""

from __future__ import annotations

from pathlib import Path

import pytest

from a11y.views import View, choose_views, find_parts, list_views


@pytest.fixture(scope="module")
def templates(city_site: Path) -> dict[str, str]:
    """A substitute template for each of the city's pages: its first folder."""
    files = sorted(city_site.resolve().rglob("*.html"))
    paths = [path.relative_to(city_site.resolve()).as_posix() for path in files]
    return {path: path.partition("/")[0] for path in paths}


def test_every_template_and_every_part_of_its_pages_is_on_a_chosen_page(
    city_site: Path, templates: dict[str, str]
) -> None:
    parts: dict[str, set[str]] = {}
    chosen: dict[str, set[str]] = {}
    for found, views in (
        (parts, list_views(city_site, templates)),
        (chosen, choose_views(city_site, templates)),
    ):
        for view in views:
            html = (city_site / view.path).read_text(encoding="utf-8")
            found.setdefault(view.template, set()).update(find_parts(html))
    assert chosen == parts


def test_the_same_site_gives_the_same_views_and_far_fewer_than_pages(
    city_site: Path, templates: dict[str, str]
) -> None:
    names = [view.name for view in choose_views(city_site, templates)]
    assert names == [
        view.name for view in choose_views(city_site, dict(reversed(templates.items())))
    ]
    assert len(names) < len(templates) / 4


def test_what_is_shown_only_on_demand_is_a_view_too(
    city_site: Path, templates: dict[str, str]
) -> None:
    states = {view.state for view in choose_views(city_site, templates)}
    assert states >= {"", "open", "furigana", "feedback", "results", "none", "suggestions"}


def test_each_language_of_a_template_has_its_own_view(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "faq.json").write_text('{"faqs": []}', encoding="utf-8")
    for path, language in (("a.html", "ja"), ("b.html", "ja"), ("c.html", "en")):
        html = f'<html lang="{language}"><p class="x">'
        (tmp_path / path).write_text(html, encoding="utf-8")
    views = choose_views(tmp_path, dict.fromkeys(("a.html", "b.html", "c.html"), "faq"))
    assert [view.path for view in views] == ["c.html", "b.html"]


def test_a_name_has_the_state_but_no_file_and_an_address_has_the_fragment() -> None:
    assert View("index.html", "home").name == "/"
    assert View("faq/1/index.html", "faq", "open").name == "faq/1/ [open]"
    assert View("search/index.html", "search", "results", "#q=x").address == "search/#q=x"
