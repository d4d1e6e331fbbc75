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
    rf"[{KANJI}・]\0[{KANJI}・]|よく\0ある|[（(「『【〔［\[]\0|\0[）)」』】〕］\]、。，．・？！?!ー～〜]"
)
_JAPANESE = re.compile(f"[{HIRAGANA}]")


def split_phrases(text: str) -> list[str]:
    """The phrases of a Japanese text; together they are the text."""
    if not _JAPANESE.search(text):
        return [text]
    marked = "\0".join(_load_parser().parse(text))
    while found := _NO_BREAK.search(marked):
        marked = marked[: found.start()] + found[0].replace("\0", "") + marked[found.end() :]
    return marked.split("\0")


@lru_cache(maxsize=65_536)
def mark_phrases(text: str, names: tuple[str, ...] = ()) -> Markup:
    """The text as HTML in which lines end between phrases only, where they are short enough.

    The names are kept whole, and from being translated.
    """
    phrases = split_phrases(text)
    if any(name in text for name in names):
        loose = ("\0?".join(map(re.escape, name)) for name in names)
        whole = re.compile("|".join(loose))
        marked = whole.sub(lambda found: found[0].replace("\0", ""), "\0".join(phrases))
        phrases = marked.split("\0")
    pieces = [Markup(protect_names(phrase, names)) for phrase in phrases]  # noqa: S704 - escaped
    if len(pieces) < 2:
        return pieces[0]
    return Markup('<span class="phrases">{}</span>').format(Markup("<wbr>").join(pieces))


@cache
def _load_parser() -> Parser:
    return load_default_japanese_parser()
