"""Two cities unlike each other, each with the face that its own folder gives it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from faq.model.colours import measure_contrast, parse_colour
from faq.model.problem import select_errors
from faq.model.tokens import DARK, LIGHT, PAIRS, read_tokens
from pipeline.load import load_content
from tests.conftest import CITIES

COLOURS = {"minami": "#00696b", "kitayama": "#8b1a1a"}
_ROOT = re.compile(r":root\{([^}]*)\}")
_TOKEN = re.compile(r"--([a-z-]+):(#[0-9a-f]{6})")


def read_home(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def read_style(site: Path) -> str:
    return next(site.glob("assets/*/site.css")).read_text(encoding="utf-8")


def find_tokens(style: str) -> dict[str, dict[str, str]]:
    """The last colour of each token in a style sheet as it is published, by scheme."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    before_print = style.partition("@media print")[0]
    for found in _ROOT.finditer(before_print):
        is_dark = before_print[: found.start()].endswith("dark){")
        (dark if is_dark else light).update(_TOKEN.findall(found[1]))
    return {LIGHT: light, DARK: light | dark}


@pytest.fixture(params=CITIES)
def built(request: pytest.FixtureRequest) -> tuple[str, Path]:
    """The name of a city, and its site."""
    site: Path = request.getfixturevalue(f"{request.param}_site")
    return request.param, site


@pytest.mark.parametrize("city", CITIES)
def test_there_is_no_error_in_a_city(city: str) -> None:
    assert select_errors(load_content(CITIES[city]).problems) == []


def test_the_city_s_colour_is_the_accent_of_the_published_style(built: tuple[str, Path]) -> None:
    name, site = built
    assert find_tokens(read_style(site))[LIGHT]["accent"] == COLOURS[name]


def test_each_pair_of_the_published_style_can_be_read(built: tuple[str, Path]) -> None:
    for scheme, published in find_tokens(read_style(built[1])).items():
        colours = read_tokens()[scheme] | {
            name: parse_colour(value) for name, value in published.items()
        }
        faults = [
            (scheme, front, ground)
            for front, ground, needed in PAIRS
            if measure_contrast(colours[front], colours[ground]) < needed
        ]
        assert faults == []


def test_a_pair_that_cannot_be_read_is_found_in_a_style() -> None:
    planted = find_tokens(":root{--link:#767676}@media (x:dark){:root{--link:#eeeeee}}")
    assert planted == {LIGHT: {"link": "#767676"}, DARK: {"link": "#eeeeee"}}


def test_every_picture_of_a_page_is_published(built: tuple[str, Path]) -> None:
    site = built[1]
    pictures = re.findall(r'"[^"]*/(assets/[^"]*/look/[^"]*)"', read_home(site))
    assert {Path(item).stem for item in pictures} >= {"favicon", "share"}
    assert [item for item in pictures if not (site / item).is_file()] == []


def test_a_logo_with_words_and_the_rest_of_the_name_are_the_name(minami_site: Path) -> None:
    head = read_home(minami_site).partition('class="site-name"')[2].partition("</a>")[0]
    assert 'alt="みなみ浜町"' in head
    assert head.endswith("</span>")
    assert "よくある" in head.partition("<img")[2]


def test_a_city_without_a_logo_has_its_name_and_no_picture(kitayama_site: Path) -> None:
    head = read_home(kitayama_site).partition('class="site-name"')[2].partition("</a>")[0]
    assert "<img" not in head
    assert "<svg" not in head
    assert "東北山川村" in head


def test_the_icon_is_the_first_letter_of_the_city_in_its_colour(kitayama_site: Path) -> None:
    icon = next(kitayama_site.glob("assets/*/look/favicon.svg")).read_text(encoding="utf-8")
    assert 'fill="#8b1a1a"' in icon
    assert ">東</text>" in icon


@pytest.mark.parametrize("file", ["index.html", "404.html", "search/index.html"])
def test_the_character_is_where_somebody_needs_a_friend(minami_site: Path, file: str) -> None:
    assert "look/character.svg" in (minami_site / file).read_text(encoding="utf-8")


def test_the_character_is_not_beside_an_answer(minami_site: Path) -> None:
    assert "character" not in (minami_site / "faq/101/index.html").read_text(encoding="utf-8")


def test_the_footer_has_the_city_s_lines(minami_site: Path) -> None:
    foot = read_home(minami_site).partition("<footer")[2]
    assert '<a href="https://www.minamihama.example.lg.jp/access/">役場への行き方</a>' in foot
    assert "© みなみ浜町" in foot


@pytest.mark.parametrize(("city", "font"), [("minami", "Mincho"), ("kitayama", "Kyokasho")])
def test_the_typeface_is_one_that_readers_have(
    request: pytest.FixtureRequest, city: str, font: str
) -> None:
    style = read_style(request.getfixturevalue(f"{city}_site"))
    assert font in style.partition("--font:")[2]
    assert "@font-face" not in style


def test_the_village_s_template_sentence_and_style_are_in_place(kitayama_site: Path) -> None:
    home = read_home(kitayama_site)
    assert "village-phone" in home
    assert "東北山川村は実在しません" in home
    assert read_style(kitayama_site).endswith(".village-phone .site-footer-number{font-size:2rem}")


def test_no_page_of_a_city_names_another_or_the_program(built: tuple[str, Path]) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in built[1].rglob("*.html"))
    assert not re.search("しるべ|shirube|signpost", pages, re.IGNORECASE)
