"""The nearest of the names there are, for a word that is none of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from faq.texts import EDITOR_TEXTS
from japanese.letters import to_hiragana

HINTS: dict[str, str] = EDITOR_TEXTS["hints"]
# Shares of common letters: a name worth asking about, and one that is most likely a slip.
NEAR, SLIP = 0.6, 0.8
# Written in more than one way in the names of offices and of tasks.
_SPELLINGS = (
    (re.compile("障がい|障碍"), "障害"),
    (re.compile("子ども|子供"), "こども"),
    (re.compile("高齢者?"), "高齢者"),
    (re.compile("[ヶヵ]|(?<=[一-鿿])[ケカ](?=[一-鿿])"), "が"),
    (re.compile("および|及び|ならびに|並びに"), ""),
)
_OLD_LETTERS = str.maketrans(
    "齋齊斎髙﨑邊邉澤廣國櫻濱學區會縣圖舘冨嶋龍藏壽榮惠澁瀧條眞靜萬與藝醫總證辨辯瓣",
    "斉斉斉高崎辺辺沢広国桜浜学区会県図館富島竜蔵寿栄恵渋滝条真静万与芸医総証弁弁弁",
)
# What may be missing at the end of a name without its being another.
_ENDINGS = re.compile("(?<=..)(?:担当課|担当|課|係)$")
_NUMERALS = re.compile(r"[0-9一二三四五六七八九十]+")


def find_near(word: str, names: Iterable[str], *, least: float = NEAR) -> str:
    """The name most like the word, or empty; `least` is the share of letters in common, 0 to 1.

    Spellings of one name (障がい福祉課, 障害福祉) are alike wholly.
    """
    folded = fold_name(word)
    best, nearest = least, ""
    for name in names:
        likeness = _compare(folded, fold_name(name))
        # A day is never a misspelt text: 質問日 is not 質問.
        if likeness >= best and word.endswith("日") == name.endswith("日"):
            best, nearest = likeness, name
            if likeness == 1:
                break
    return nearest


def is_slip(word: str, name: str) -> bool:
    """Whether one is most likely the other mistyped; different numbers are meant to differ."""
    if _NUMERALS.findall(word) != _NUMERALS.findall(name):
        return False
    return _compare(fold_name(word), fold_name(name)) >= SLIP


def fold_name(name: str) -> str:
    """The name without what writers vary: width, kana, old letters, marks, the ending 課."""
    text = unicodedata.normalize("NFKC", name).translate(_OLD_LETTERS)
    for pattern, usual in _SPELLINGS:
        text = pattern.sub(usual, text)
    text = re.sub(r"[\W_ー]+", "", to_hiragana(text)).lower()
    return _ENDINGS.sub("", text)


def hint_name(word: str, names: Iterable[str], *, synonyms: Mapping[str, str] | None = None) -> str:
    """A sentence that asks whether the nearest name is meant, or empty.

    `synonyms` leads from words that offices use to the name of theirs here.
    """
    near = (synonyms or {}).get(word) or find_near(word, names)
    return HINTS["near"].format(name=near) if near else ""


def _compare(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR else 0.0
