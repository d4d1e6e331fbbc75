"""Colours as numbers: mixed, and compared as WCAG 2.2 does."""

from __future__ import annotations

import colorsys
import re

# Red, green, blue, each from 0 to 255.
Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_WRITTEN = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)


def parse_colour(text: str) -> Colour:
    """`#rrggbb` as a colour; raises `ValueError` for anything else."""
    if not (found := _WRITTEN.fullmatch(text)):
        raise ValueError(text)
    red, green, blue = (int(part, 16) for part in found.groups())
    return red, green, blue


def format_colour(colour: Colour) -> str:
    """The colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour between two; `share` of the other, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def set_lightness(colour: Colour, lightness: float) -> Colour:
    """The colour of the same hue and saturation that is as light as said, from 0 to 1."""
    hue, _, saturation = colorsys.rgb_to_hls(*(value / 255 for value in colour))
    red, green, blue = (
        round(part * 255) for part in colorsys.hls_to_rgb(hue, lightness, saturation)
    )
    return red, green, blue


def measure_contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21, whichever colour comes first."""
    dark, light = sorted((_measure_luminance(one), _measure_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _measure_luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
