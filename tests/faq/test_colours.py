"""One colour of the city becomes tokens that can be read, or is refused with one that can."""

from __future__ import annotations

from itertools import product

import pytest

from faq.model.colours import (
    BLACK,
    WHITE,
    format_colour,
    measure_contrast,
    mix,
    parse_colour,
    set_lightness,
)
from faq.model.tokens import (
    DARK,
    LIGHT,
    PAIRS,
    derive_tokens,
    find_misfits,
    find_passing,
    read_tokens,
)

GRID = [0, 64, 128, 192, 255]


# The ratios are those of the WCAG's own formula, as published for these greys and colours.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59),
     ("#ffffff", "#767676", 4.54), ("#ff0000", "#000000", 5.25)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert measure_contrast(parse_colour(one), parse_colour(other)) == pytest.approx(
        ratio, abs=5e-3
    )


@pytest.mark.parametrize("text", ["#fff", "red", "#12345g", "123456", "#1234567"])
def test_only_six_digits_are_a_colour(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse_colour(text)


def test_a_colour_is_written_as_it_was_read() -> None:
    assert format_colour(parse_colour("#0A5c8f")) == "#0a5c8f"


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert [mix(BLACK, WHITE, share) for share in (0, 0.5, 1)] == [BLACK, (128, 128, 128), WHITE]


def test_a_lighter_colour_keeps_its_hue() -> None:
    assert set_lightness((128, 0, 0), 0.75) == (255, 128, 128)


def test_every_pair_names_tokens_that_there_are() -> None:
    names = {name for front, ground, _ in PAIRS for name in (front, ground)}
    assert names <= read_tokens()[LIGHT].keys() & read_tokens()[DARK].keys()


def test_the_tokens_of_the_program_itself_can_be_read() -> None:
    for tokens in read_tokens().values():
        ratios = {
            (front, ground): (measure_contrast(tokens[front], tokens[ground]), needed)
            for front, ground, needed in PAIRS
        }
        assert {pair: found for pair, found in ratios.items() if found[0] < found[1]} == {}


def test_each_derived_token_is_one_of_the_program_in_both_schemes() -> None:
    derived = derive_tokens((0, 105, 107))
    assert derived[LIGHT].keys() == derived[DARK].keys() <= read_tokens()[LIGHT].keys()


def test_the_nearest_passing_colour_of_any_colour_passes() -> None:
    for colour in product(GRID, repeat=3):
        red, green, blue = colour
        assert list(find_misfits(find_passing((red, green, blue)))) == [], colour


def test_a_colour_that_passes_is_its_own_nearest() -> None:
    assert find_passing((0, 105, 107)) == (0, 105, 107)


def test_a_pale_colour_is_a_misfit_as_text_on_the_page() -> None:
    found = {(item.scheme, item.front, item.ground) for item in find_misfits((255, 212, 61))}
    assert (LIGHT, "link-hover", "page") in found
    assert (LIGHT, "on-accent", "accent") in found
