"""Headings broken between phrases (文節), where a line must end."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from budoux import Parser, load_default_japanese_parser
from markupsafe import Markup

from faq.markup.html import protect_names
from japanese.letters import HIRAGANA, KANJI

# The parser also parts long rows of kanji, often within a word, brackets from what they hold, and
# the words that most of these sites are named by.
_NO_BREAK = re.compile(
    rf"(?<=[{KANJI}・])\0(?=[{KANJI}・])|(?<=よく)\0(?=ある)|(?<=[（(「『【〔［\[])\0"
    r"|\0(?=[）)」』】〕］\]、。，．・？！?!ー～〜])"
)
_JAPANESE = re.compile(f"[{HIRAGANA}]")


def split_phrases(text: str) -> list[str]:
    """The phrases of a Japanese text; together they are the text."""
    return _mark_breaks(text).split("\0")


@lru_cache(maxsize=65_536)
def mark_phrases(text: str, names: tuple[str, ...] = ()) -> Markup:
    """The text as HTML in which lines end between phrases only, where they are short enough.

    The names are kept whole, and from being translated.
    """
    marked = _mark_breaks(text)
    if any(name in text for name in names):
        loose = ("\0?".join(map(re.escape, name)) for name in names)
        whole = re.compile("|".join(loose))
        marked = whole.sub(lambda found: found[0].replace("\0", ""), marked)
    phrases = protect_names(marked, names)
    if "\0" in phrases:
        broken = phrases.replace("\0", "<wbr>")
        phrases = f'<span class="phrases">{broken}</span>'
    return Markup(phrases)  # noqa: S704 - escaped


def _mark_breaks(text: str) -> str:
    """The text with a null character between its phrases."""
    if not _JAPANESE.search(text):
        return text
    return _NO_BREAK.sub("", "\0".join(_load_parser().parse(text)))


@cache
def _load_parser() -> Parser:
    return load_default_japanese_parser()
