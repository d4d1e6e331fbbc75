"""Kanji, hiragana and katakana: one class of letters and one fold for all that need them."""

from __future__ import annotations

# Bodies of character classes of regular expressions.
KANJI = "々〆〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
HIRAGANA = "ぁ-ゖー"
KATAKANA = "ァ-ヺー"

_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_TO_KATAKANA = {hiragana: katakana for katakana, hiragana in _TO_HIRAGANA.items()}


def to_hiragana(text: str) -> str:
    """Katakana as hiragana; all else as it is."""
    return text.translate(_TO_HIRAGANA)


def to_katakana(text: str) -> str:
    """Hiragana as katakana; all else as it is."""
    return text.translate(_TO_KATAKANA)
