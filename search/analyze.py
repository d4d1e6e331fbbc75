"""Sudachi → terms: the one analysis behind index, lexicon, thesaurus, readings and suggestions.

Mode A (short units); the normalized form in hiragana is the term: 引越し and 引っ越し, ゴミ and
ごみ become one. The words left out are told too, so that the browser can step over them.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import sudachipy
from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

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
_INFLECTED = ("動詞", "形容詞")
_NUMERAL = "数詞"
_SYMBOLS = ("補助記号", "空白", "記号")
# Words of asking and of politeness: they stand in every question and tell nothing.
STOP_TERMS = frozenset(
    """
    する 為る 有る 居る 成る 出来る 下さる 頂く 貰う 遣る 呉れる 知る
    教える 思う 言う 御 何 何処 何時 何う 如何 どう どの どんな こと 事
    物 者 為 様 方 場合 時 所 此れ 其れ 此の 其の 無い 良い 宜しい
    願う 致す 申す 参る 伺う 御座る 欲しい 分かる 分る 聞く 尋ねる 的 等
    来る 行く 付く 就く つく 私 自分 いつ どこ どちら 誰 どなた どのような よう
    """.split()  # noqa: SIM905 - words read better without quotes
)
# Sudachi refuses a longer text; a break at a sentence costs no term.
_TEXT_LIMIT = 12_000
# Words come again and again; this many are remembered.
_MEMORY = 65_536
_KATAKANA_TO_HIRAGANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(0x30A1, 0x30F7)})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: how it was written and is read (hiragana, empty where unknown).

    `base` is the dictionary form as written (引越す for 引越し); `term` is empty for a word that is
    not searched: particles, endings, words of asking.
    """

    term: str
    surface: str
    reading: str
    base: str


def normalize_text(text: str) -> str:
    """The spelling that lexicon and query share: NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def to_hiragana(text: str) -> str:
    """Katakana as hiragana; all else as it is."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def analyze_text(text: str) -> list[Token]:
    """The content words of a text in order; stop words and marks are left out."""
    return [token for token in scan_text(text) if token and token.term]


def scan_text(text: str) -> list[Token | None]:
    """Every word of a text in order, the unsearched with an empty term; None stands for marks."""
    return [token for part in _split_text(normalize_text(text)) for token in _scan_part(part)]


def normalize_words(text: str) -> str:
    """The normal forms of all words of a text in hiragana, joined; marks and blanks are dropped.

    Spellings that the search treats as one (引越 and 引っ越し) become equal.
    """
    return "".join(
        _make_term(morpheme.normalized_form())
        for part in _split_text(normalize_text(text))
        for morpheme in _tokenizer().tokenize(part)
        if morpheme.part_of_speech()[0] not in _SYMBOLS
    )


def read_text(text: str) -> str:
    """The reading of a whole text in hiragana; what has none stands as written."""
    parts = []
    for part in _split_text(unicodedata.normalize("NFKC", text)):
        for morpheme in _tokenizer().tokenize(part):
            if morpheme.part_of_speech()[0] not in _SYMBOLS:
                reading = morpheme.reading_form()
                parts.append(reading if _is_kana(reading) else morpheme.surface())
    return to_hiragana("".join(parts))


def _scan_part(part: str) -> Iterator[Token | None]:
    for morpheme in _tokenizer().tokenize(part):
        surface = morpheme.surface()
        # Words of the dictionary come again and again, and asking Sudachi is what costs.
        key = (morpheme.word_id(), surface)
        if key not in _known_tokens or morpheme.is_oov():
            if len(_known_tokens) > _MEMORY:
                _known_tokens.clear()
            _known_tokens[key] = _make_token(morpheme, surface)
        yield _known_tokens[key]


def _make_token(morpheme: Morpheme, surface: str) -> Token | None:
    kind = _classify(morpheme.part_of_speech_id())
    if kind is _Kind.MARK:
        return None
    term = _make_term(morpheme.normalized_form()) if kind is not _Kind.FUNCTION else ""
    if not term or term in STOP_TERMS or not _tells_something(term):
        return Token("", surface, "", "")
    # A number's reading (いつ for 五) would be taken for other words.
    reading = "" if kind is _Kind.NUMBER else _read_kana(morpheme.reading_form())
    inflects = kind is _Kind.INFLECTED
    return Token(term, surface, reading, morpheme.dictionary_form() if inflects else surface)


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


def use_words(words: Sequence[tuple[str, str]]) -> None:
    """From now on words of (spelling, katakana reading) are words, too.

    A build sets its own before it analyses anything; no words restore the plain dictionary.
    Raises `ValueError` where Sudachi refuses them.
    """
    if tuple(words) == (_own_words[0] if _own_words else ()):
        return  # loading the dictionary costs, and taking words in takes seconds
    _own_words[:] = [tuple(words)]
    _known_tokens.clear()
    for cached in (_dictionary, _tokenizer, _classify):
        cached.cache_clear()
    try:
        _dictionary()
    except Exception as error:  # Sudachi's own error type is not told
        _own_words.clear()
        raise ValueError(str(error)) from None


_known_tokens: dict[tuple[int, str], Token | None] = {}
_own_words: list[tuple[tuple[str, str], ...]] = []
# Sudachi's columns: ids and cost of an ordinary proper noun, low enough to win over its parts.
_WORD_ROW = "{word},4786,4786,-2000,{word},名詞,固有名詞,一般,*,*,*,{reading},{word},*,A,*,*,*"


@cache
def _dictionary() -> Dictionary:
    words = _own_words[0] if _own_words else ()
    if not words:
        return Dictionary(dict="core")
    with tempfile.TemporaryDirectory() as folder:
        source, built = Path(folder, "words.csv"), Path(folder, "user.dic")
        with source.open("w", encoding="utf-8", newline="") as file:
            for word, reading in words:
                known = {"word": normalize_text(word), "reading": reading}
                csv.writer(file).writerow(c.format(**known) for c in _WORD_ROW.split(","))
        system = files("sudachidict_core") / "resources" / "system.dic"
        sudachipy.sudachipy.build_user_dic(str(system), [str(source)], str(built))
        return Dictionary(dict="core", config=json.dumps({"userDict": [str(built)]}))


@cache
def _tokenizer() -> Tokenizer:
    return open_tokenizer(SplitMode.A)


def open_tokenizer(mode: SplitMode) -> Tokenizer:
    """A tokenizer over the dictionary and the words in use now; `use_words` does not reach it."""
    return _dictionary().tokenizer(mode=mode)


class _Kind(Enum):
    CONTENT = auto()
    INFLECTED = auto()
    NUMBER = auto()
    FUNCTION = auto()
    MARK = auto()


@cache
def _classify(pos_id: int) -> _Kind:
    pos = _dictionary().pos_of(pos_id) or ("",) * 6
    if pos[0] in _SYMBOLS:
        return _Kind.MARK
    if pos[1] == _NUMERAL:
        return _Kind.NUMBER
    if pos[0] in _INFLECTED:
        return _Kind.INFLECTED
    return _Kind.CONTENT if pos[0] in _CONTENT else _Kind.FUNCTION
