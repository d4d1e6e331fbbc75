"""Names → ids for addresses: short romaji of their readings, each given once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable

from faq.model.redirects import WINDOWS_NAMES
from japanese.romaji import to_romaji

# Text → the readings of its words in kana; a symbol's is empty.
ReadWords = Callable[[str], tuple[str, ...]]
# An id has 32 characters at most: room is left for what tells two apart.
_LONGEST = 20
_LONGEST_ID = 32
# The end of a department's name says nothing that others do not say as well.
_DIVISION = re.compile(r"(?<=..)課\Z")
_LATIN = re.compile("([A-Za-z0-9]+)")


def make_id(
    name: str, *, read_words: ReadWords, used: Collection[str], parent: str = "", spare: str
) -> str:
    """The romaji of a name's reading, cut between words, unlike all `used`.

    One that is used already comes after its parent's id, or gets a number. `spare` begins it
    where the reading gives no letter to begin with.
    """
    stem = _shorten(_read_parts(_DIVISION.sub("", name), read_words))
    if not stem[:1].isalpha() or len(stem) < 2:
        stem = f"{spare}-{stem}".rstrip("-")
    if stem in used and parent:
        stem = f"{parent}-{stem}"[:_LONGEST_ID].rstrip("-")
    found, count = stem, 1
    while found in used or WINDOWS_NAMES.fullmatch(found):
        count += 1
        found = f"{stem[: _LONGEST_ID - 4]}-{count}"
    return found


def _read_parts(name: str, read_words: ReadWords) -> Iterable[str]:
    for part in _LATIN.split(unicodedata.normalize("NFKC", name)):
        yield from (part,) if _LATIN.fullmatch(part) else read_words(part)


def _shorten(words: Iterable[str]) -> str:
    """The words written together, a hyphen where a symbol was, as many as there is room for."""
    text = gap = ""
    for word in words:
        romaji = to_romaji(word)
        if not romaji:
            gap = "-" if text else ""
            continue
        if text and len(text) + len(gap) + len(romaji) > _LONGEST:
            break
        text += gap + romaji
        gap = ""
    return text[:_LONGEST]
