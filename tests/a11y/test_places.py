"""Which pages are looked at closely: few, the same every time, and every part is on one."""

from __future__ import annotations

from pathlib import Path

import pytest

from a11y.places import Place, choose_places, find_parts, list_pages


@pytest.fixture(scope="module")
def templates(city_site: Path) -> dict[str, str]:
    """Stand-in templates of the city's pages: the first folder of each."""
    files = sorted(city_site.resolve().rglob("*.html"))
    paths = [path.relative_to(city_site.resolve()).as_posix() for path in files]
    return {path: path.partition("/")[0] for path in paths}


def test_every_template_and_every_part_of_its_pages_is_on_a_chosen_page(
    city_site: Path, templates: dict[str, str]
) -> None:
    parts: dict[str, set[str]] = {}
    chosen: dict[str, set[str]] = {}
    for found, places in (
        (parts, list_pages(city_site, templates)),
        (chosen, choose_places(city_site, templates)),
    ):
        for place in places:
            html = (city_site / place.path).read_text(encoding="utf-8")
            found.setdefault(place.template, set()).update(find_parts(html))
    assert chosen == parts


def test_the_same_site_gives_the_same_places_and_far_fewer_than_pages(
    city_site: Path, templates: dict[str, str]
) -> None:
    names = [place.name for place in choose_places(city_site, templates)]
    assert names == [
        place.name for place in choose_places(city_site, dict(reversed(templates.items())))
    ]
    assert len(names) < len(templates) / 5


def test_what_shows_only_when_asked_for_is_looked_at_too(
    city_site: Path, templates: dict[str, str]
) -> None:
    states = {place.state for place in choose_places(city_site, templates)}
    assert states >= {"", "open", "furigana", "feedback", "results", "none", "suggestions"}


def test_a_language_of_its_own_is_a_type_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "faq.json").write_text('{"faqs": []}', encoding="utf-8")
    for path, language in (("a.html", "ja"), ("b.html", "ja"), ("c.html", "en")):
        html = f'<html lang="{language}"><p class="x">'
        (tmp_path / path).write_text(html, encoding="utf-8")
    places = choose_places(tmp_path, dict.fromkeys(("a.html", "b.html", "c.html"), "faq"))
    assert [place.path for place in places] == ["c.html", "b.html"]


def test_an_address_is_told_without_the_file_and_with_the_state() -> None:
    assert Place("index.html", "home").name == "/"
    assert Place("faq/1/index.html", "faq", "open").name == "faq/1/ [open]"
    assert Place("search/index.html", "search", "results", "#q=x").address == "search/#q=x"
