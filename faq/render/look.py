"""The city's colour, typeface, pictures and styles → what goes among the assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from markupsafe import escape

from faq.model.choices import Typeface
from faq.model.colours import format_colour, parse_colour
from faq.model.content import Content
from faq.model.look import Picture
from faq.model.site import Site
from faq.model.tokens import DARK, LIGHT, derive_tokens, read_tokens
from faq.render.share import SIZE, draw_share_image

# Fonts that Windows, macOS, iOS, Android and Linux come with; none is fetched.
FONTS = {
    Typeface.MINCHO: (
        '"Noto Serif JP", "Noto Serif CJK JP", "Hiragino Mincho ProN", "BIZ UDPMincho", '
        '"Yu Mincho", serif'
    ),
    Typeface.TEXTBOOK: (
        '"UD Digi Kyokasho NP-R", "UD Digi Kyokasho NP", "YuKyokasho", "Klee", "BIZ UDPGothic", '
        '"Noto Sans JP", "Noto Sans CJK JP", "Hiragino Maru Gothic ProN", sans-serif'
    ),
}
_ICON = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" \
fill="{colour}"/><text x="16" y="23" font-size="20" font-weight="700" font-family="sans-serif" \
text-anchor="middle" fill="#fff">{letter}</text></svg>
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What a city adds to the assets: tokens after the program's own, CSS after all, files."""

    tokens: str = ""
    styles: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def complete_look(content: Content) -> Content:
    """The content with the pictures that its city has not given, from its name and its colour."""
    site = content.site
    brand = find_brand(site)
    if not site.favicon:
        icon = _ICON.format(colour=brand, letter=escape(site.city[:1]))
        site = replace(site, favicon=Picture("favicon.svg", icon.encode(), "", 32, 32))
    if not site.share_image:
        drawn = draw_share_image(parse_colour(brand))
        site = replace(site, share_image=Picture("share.png", drawn, "", *SIZE))
    return replace(content, site=site)


def make_look(content: Content) -> Look:
    """What the city's settings and overrides add to the assets."""
    site, own = content.site, content.overrides
    pictures = (site.logo, site.favicon, site.share_image, site.character)
    files = {picture.address: picture.data for picture in pictures if picture}
    return Look(write_tokens(site), "\n".join(own.styles.values()), files | dict(own.files))


def find_brand(site: Site) -> str:
    """The city's colour, or the program's own accent, as `#rrggbb`."""
    return site.colour or format_colour(read_tokens()[LIGHT]["accent"])


def write_tokens(site: Site) -> str:
    """The tokens that differ from the program's, as CSS."""
    css = ""
    if site.typeface in FONTS:
        css += f":root{{--font:{FONTS[site.typeface]}}}\n"
    if site.colour:
        for scheme, tokens in derive_tokens(parse_colour(site.colour)).items():
            lines = "".join(f"--{name}:{format_colour(value)};" for name, value in tokens.items())
            rule = f":root{{{lines}}}\n"
            css += f"@media (prefers-color-scheme:dark){{{rule}}}\n" if scheme == DARK else rule
    return css
