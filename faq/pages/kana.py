"""The index by reading (五十音): the letter of each entry, and their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from faq.pages.page import FaqLink
from japanese.letters import to_hiragana

# Rows of the 五十音 table; the slugs are parts of addresses and never change.
KANA_LETTERS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("あ", "a"), ("い", "i"), ("う", "u"), ("え", "e"), ("お", "o")),
    (("か", "ka"), ("き", "ki"), ("く", "ku"), ("け", "ke"), ("こ", "ko")),
    (("さ", "sa"), ("し", "shi"), ("す", "su"), ("せ", "se"), ("そ", "so")),
    (("た", "ta"), ("ち", "chi"), ("つ", "tsu"), ("て", "te"), ("と", "to")),
    (("な", "na"), ("に", "ni"), ("ぬ", "nu"), ("ね", "ne"), ("の", "no")),
    (("は", "ha"), ("ひ", "hi"), ("ふ", "fu"), ("へ", "he"), ("ほ", "ho")),
    (("ま", "ma"), ("み", "mi"), ("む", "mu"), ("め", "me"), ("も", "mo")),
    (("や", "ya"), ("ゆ", "yu"), ("よ", "yo")),
    (("ら", "ra"), ("り", "ri"), ("る", "ru"), ("れ", "re"), ("ろ", "ro")),
    (("わ", "wa"), ("を", "wo"), ("ん", "n")),
)
OTHER_SLUG = "other"
_SLUGS = {letter: slug for row in KANA_LETTERS for letter, slug in row}
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")


class IndexEntry(NamedTuple):
    """A question, or a keyword with the FAQs it leads to; `reading` is in hiragana."""

    reading: str
    label: str
    faqs: tuple[FaqLink, ...]
    is_keyword: bool


def fold_kana(reading: str) -> str:
    """The reading for sorting: no voicing marks, no small letters, no katakana."""
    hiragana = to_hiragana(reading)
    plain = unicodedata.normalize("NFD", hiragana).replace("\u3099", "").replace("\u309a", "")
    return plain.translate(_SMALL).replace("ー", "")


def group_by_letter(entries: Iterable[IndexEntry]) -> dict[str, tuple[str, list[IndexEntry]]]:
    """Slug → letter and its entries by reading; only letters that have some, in table order."""
    groups: dict[str, list[IndexEntry]] = {}
    for entry in sorted(entries, key=lambda e: (fold_kana(e.reading), e.reading, e.label)):
        slug = _SLUGS.get(fold_kana(entry.reading)[:1], OTHER_SLUG)
        groups.setdefault(slug, []).append(entry)
    order = [*_SLUGS.items(), ("", OTHER_SLUG)]
    return {slug: (letter, groups[slug]) for letter, slug in order if slug in groups}
