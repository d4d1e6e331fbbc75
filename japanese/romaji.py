"""Kana → Hepburn romaji in plain ASCII: what a Japanese reader expects in an address."""

from __future__ import annotations

import re

from japanese.letters import to_hiragana

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
    "t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ", "m": "まみむめも", "r": "らりるれろ",
}  # fmt: skip
_LETTERS = {
    letter: consonant + vowel
    for consonant, letters in _ROWS.items()
    for letter, vowel in zip(letters, "aiueo", strict=True)
} | {
    "し": "shi", "じ": "ji", "ち": "chi", "つ": "tsu", "ぢ": "ji", "づ": "zu", "ふ": "fu",
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n",
    "ゔ": "vu", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o",
    "ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ゎ": "wa",
}  # fmt: skip
_SMALL = {
    "ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o",
}  # fmt: skip


def to_romaji(kana: str) -> str:
    """Hepburn without marks, long vowels written short: とうきょう → tokyo, まっちゃ → matcha.

    What is no kana is left out, but for ASCII letters and digits, which become lower case.
    """
    parts: list[str] = []
    doubled = False
    for letter in to_hiragana(kana):
        if letter == "っ":
            doubled = True
            continue
        if letter in _SMALL and parts and parts[-1].endswith(("i", "u", "e")):
            parts[-1] = _join_small(parts[-1], _SMALL[letter])
            continue
        romaji = _LETTERS.get(letter, letter.lower() if re.match("[A-Za-z0-9]", letter) else "")
        if doubled and romaji[:1] not in "aiueon":
            romaji = ("t" if romaji.startswith("ch") else romaji[0]) + romaji
        doubled = False
        parts.append(romaji)
    return re.sub("ou|oo", "o", "".join(parts)).replace("uu", "u")


def _join_small(before: str, small: str) -> str:
    """きょ → kyo, しゃ → sha, ふぁ → fa, てぃ → ti."""
    stem = before[:-1]
    if small.startswith("y"):
        return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)
    return stem + small
