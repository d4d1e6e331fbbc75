"""Sudachi → terms: the one analysis behind index, lexicon, readings and, through them, queries.

Mode A (short units); the normalized form in hiragana is the term: 引越し and 引っ越し, ゴミ and
ごみ become one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sudachipy import Dictionary, SplitMode, Tokenizer

# Content words. Of the parts of speech left out, only these few change what is asked for.
_CONTENT = (
    "名詞",
    "動詞",
    "形容詞",
    "形状詞",
    "副詞",
    "接尾辞",
    "接頭辞",
    "代名詞",
    "連体詞",
    "感動詞",
)
_NUMERAL = "数詞"
_SYMBOLS = ("補助記号", "空白", "記号")
# Words of asking and of politeness: they stand in every question and tell nothing.
STOP_TERMS = frozenset(
    """
    する 為る 有る 居る 成る 出来る 下さる 頂く 貰う 遣る 呉れる 知る
    教える 思う 言う 御 何 何処 何時 何う 如何 どう どの どんな こと 事
    物 者 為 様 方 場合 時 所 此れ 其れ 此の 其の 無い 良い 宜しい
    願う 致す 申す 参る 伺う 御座る 欲しい 分かる 分る 聞く 尋ねる 的 等
    来る 行く 付く 就く 私 自分
    """.split()  # noqa: SIM905 - words read better without quotes
)
# Sudachi refuses a longer text; a break at a sentence costs no term.
_TEXT_LIMIT = 12_000
# Words come again and again; this many are remembered.
_MEMORY = 65_536
_KATAKANA_TO_HIRAGANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(0x30A1, 0x30F7)})


@dataclass(frozen=True, slots=True)
class Token:
    """One content word of a text: its term, how it was written, and how it is read (hiragana)."""

    term: str
    surface: str
    reading: str


def normalize_text(text: str) -> str:
    """The spelling that lexicon and query share: NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def to_hiragana(text: str) -> str:
    """Katakana as hiragana; all else as it is."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def analyze_text(text: str) -> list[Token]:
    """The content words of a text in order; stop words and marks are left out."""
    return [token for part in _split_text(normalize_text(text)) for token in _analyze_part(part)]


def read_text(text: str) -> str:
    """The reading of a whole text in hiragana; what has none stands as written."""
    parts = []
    for part in _split_text(unicodedata.normalize("NFKC", text)):
        for morpheme in _tokenizer().tokenize(part):
            if morpheme.part_of_speech()[0] not in _SYMBOLS:
                reading = morpheme.reading_form()
                parts.append(reading if _is_kana(reading) else morpheme.surface())
    return to_hiragana("".join(parts))


def _analyze_part(part: str) -> Iterator[Token]:
    for morpheme in _tokenizer().tokenize(part):
        if _is_content(morpheme.part_of_speech_id()):
            term = _make_term(morpheme.normalized_form())
            if term not in STOP_TERMS and _tells_something(term):
                yield Token(term, morpheme.surface(), _read_kana(morpheme.reading_form()))


@lru_cache(maxsize=_MEMORY)
def _tells_something(term: str) -> bool:
    """A single hiragana tells nothing; neither do marks."""
    return not re.fullmatch(r"[ぁ-ゖー]|[\W_]+", term)


@lru_cache(maxsize=_MEMORY)
def _make_term(normalized: str) -> str:
    return to_hiragana(normalized.lower())


@lru_cache(maxsize=_MEMORY)
def _read_kana(reading: str) -> str:
    return to_hiragana(reading) if _is_kana(reading) else ""


def _is_kana(text: str) -> bool:
    return bool(re.fullmatch(r"[ァ-ヺーぁ-ゖ]+", text))


def _split_text(text: str) -> Iterable[str]:
    if len(text) <= _TEXT_LIMIT:
        return (text,) if text.strip() else ()
    return (text[i : i + _TEXT_LIMIT] for i in range(0, len(text), _TEXT_LIMIT))


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


@cache
def _tokenizer() -> Tokenizer:
    return _dictionary().tokenizer(mode=SplitMode.A)


@cache
def _is_content(pos_id: int) -> bool:
    pos = _dictionary().pos_of(pos_id)
    return pos is not None and pos[0] in _CONTENT
