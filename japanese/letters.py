"""Character classes for kanji, hiragana and katakana, and the conversion between the kana."""

from __future__ import annotations

# Bodies of character classes: re.compile(f"[{KANJI}]+").
KANJI = "々〆〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
HIRAGANA = "ぁ-ゖー"
KATAKANA = "ァ-ヺー"

_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_TO_KATAKANA = {hiragana: katakana for katakana, hiragana in _TO_HIRAGANA.items()}


def to_hiragana(text: str) -> str:
    """Katakana as hiragana; all other characters unchanged."""
    return text.translate(_TO_HIRAGANA)


def to_katakana(text: str) -> str:
    """Hiragana as katakana; all other characters unchanged."""
    return text.translate(_TO_KATAKANA)
