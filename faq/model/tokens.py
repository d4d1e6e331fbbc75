"""The city's one colour → the tokens of the style sheet that follow it, and whether they are read.

Everything else comes from `templates/foundation/1-tokens.css`, which is read for the colours that
those of the city stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from faq.model.colours import (
    BLACK,
    WHITE,
    Colour,
    measure_contrast,
    mix,
    parse_colour,
    set_lightness,
)

# The program's folder: rooms, templates and texts lie in it.
ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
TOKENS_FILE = TEMPLATES / "foundation" / "1-tokens.css"
LIGHT, DARK = "light", "dark"
# WCAG 2.2: 1.4.3 for texts, 1.4.11 for parts.
TEXT, PART = 4.5, 3.0
# What the dark scheme's accent reaches on the page, as the program's own does about.
_DARK_ACCENT = 8.0
_STEPS = 200
_PLAIN = ("page", "panel", "panel-strong")
_COLOURED = ("caution-panel", "alarm-panel", "success-panel")
# Foreground, background and the contrast ratio they need, in both colour schemes.
PAIRS = (
    *((front, ground, TEXT) for front in ("text", "text-soft") for ground in _PLAIN),
    *((front, ground, TEXT)
      for front in ("link", "link-hover", "link-visited", "accent")
      for ground in (*_PLAIN, *_COLOURED)),
    *(("on-accent", ground, TEXT) for ground in ("accent", "accent-hover", "accent-active")),
    *((front, ground, PART)
      for front in ("focus-line", "field-line", "accent-hover", "alarm") for ground in _PLAIN),
)  # fmt: skip
_BLOCK = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6}|var\(--([a-z0-9-]+)\));")

Tokens = Mapping[str, Colour]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Two tokens of a colour scheme whose contrast `ratio` is below the one `needed`."""

    scheme: str
    front: str
    ground: str
    ratio: float
    needed: float


def derive_tokens(brand: Colour) -> dict[str, dict[str, Colour]]:
    """The tokens that follow the city's colour, by scheme and name."""
    page = read_tokens()[DARK]["page"]
    light = {
        "accent": brand,
        "accent-hover": mix(brand, BLACK, 0.22),
        "accent-active": mix(brand, BLACK, 0.45),
        "on-accent": WHITE,
        "link": mix(brand, BLACK, 0.22),
        "link-hover": brand,
        "panel-strong": mix(brand, WHITE, 0.92),
    }
    accent = next(
        lighter
        for step in range(_STEPS + 1)
        if measure_contrast(lighter := set_lightness(brand, step / _STEPS), page) >= _DARK_ACCENT
    )
    dark = {
        "accent": accent,
        "accent-hover": mix(accent, WHITE, 0.35),
        "accent-active": mix(accent, WHITE, 0.7),
        "on-accent": mix(brand, BLACK, 0.6),
        "link": accent,
        "link-hover": mix(accent, WHITE, 0.55),
        "panel-strong": mix(page, mix(brand, accent, 0.4), 0.22),
    }
    return {LIGHT: light, DARK: dark}


def find_misfits(brand: Colour) -> Iterator[Misfit]:
    """The pairs of tokens whose contrast is too low with that brand colour."""
    for scheme, derived in derive_tokens(brand).items():
        tokens = {**read_tokens()[scheme], **derived}
        for front, ground, needed in PAIRS:
            ratio = measure_contrast(tokens[front], tokens[ground])
            if ratio < needed:
                yield Misfit(scheme, front, ground, ratio, needed)


def find_passing(brand: Colour) -> Colour:
    """The lightest colour of the same hue, from this one to black, without a misfit."""
    darker = (mix(brand, BLACK, step / _STEPS) for step in range(_STEPS + 1))
    return next(colour for colour in darker if not any(find_misfits(colour)))


@cache
def read_tokens() -> dict[str, dict[str, Colour]]:
    """The colours of the program's own tokens, by scheme and name."""
    blocks = _BLOCK.findall(TOKENS_FILE.read_text(encoding="utf-8"))
    light = _read_block(blocks[0], {})
    return {LIGHT: light, DARK: _read_block(blocks[1], light)}


def _read_block(block: str, before: Tokens) -> dict[str, Colour]:
    tokens = dict(before)
    for name, value, other in _TOKEN.findall(block):
        tokens[name] = tokens[other] if other else parse_colour(value)
    return tokens
