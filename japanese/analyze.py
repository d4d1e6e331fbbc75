"""Text → terms, by Sudachi: one analysis for index, lexicon, thesaurus, readings and suggestions.

A term is the normalized form of a word (mode A, short units) in hiragana: 引越し and 引っ越し, ゴミ
and ごみ become one. Words that are not searched are returned too, as the browser has to skip them.
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
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import sudachipy
from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from japanese.letters import HIRAGANA, KATAKANA, to_hiragana

# Parts of speech that are searched.
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
# Words of asking and of politeness, which any question may have.
STOP_TERMS = frozenset(
    """
    する 為る 有る 居る 成る 出来る 下さる 頂く 貰う 遣る 呉れる 知る
    教える 思う 言う 御 何 何処 何時 何う 如何 どう どの どんな こと 事
    物 者 為 様 方 場合 時 所 此れ 其れ 此の 其の 無い 良い 宜しい
    願う 致す 申す 参る 伺う 御座る 欲しい 分かる 分る 聞く 尋ねる 的 等
    来る 行く 付く 就く つく 私 自分 いつ どこ どちら 誰 どなた どのような よう
    """.split()  # noqa: SIM905 - words read better without quotes
)
# Characters; Sudachi refuses a text of more than 49,149 bytes.
_TEXT_LIMIT = 12_000
# Words are repeated; this many results are cached.
_CACHE_SIZE = 65_536


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    - `term`: what is searched; empty for particles, endings, words of asking
    - `surface`: the word as written, normalized
    - `reading`: in hiragana; empty where unknown, and for numbers and words that are not searched
    - `base`: the dictionary form of the surface (引越す for 引越し)
    """

    term: str
    surface: str
    reading: str
    base: str


def normalize_text(text: str) -> str:
    """The form in which lexicon and query are compared: NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


class Analyzer:
    """Sudachi with a city's own words; one serves a whole build and caches the words it met.

    `words` are spellings with their readings in katakana. Raises `ValueError` where Sudachi
    refuses one of them.
    """

    def __init__(self, words: Iterable[tuple[str, str]] = ()) -> None:
        self._dictionary = _open_dictionary(tuple(words))
        self._tokenizer = self._dictionary.tokenizer(mode=SplitMode.A)
        self._tokens: dict[tuple[int, str], Token | None] = {}
        self._kinds: dict[int, _Kind] = {}

    def open_tokenizer(self, mode: SplitMode) -> Tokenizer:
        """A tokenizer of another mode over the same dictionary and words."""
        return self._dictionary.tokenizer(mode=mode)

    def analyze(self, text: str) -> list[Token]:
        """The words of a text that are searched, in order."""
        return [token for token in self.scan(text) if token and token.term]

    def scan(self, text: str) -> list[Token | None]:
        """Every word of a text in order; unsearched words have an empty term, symbols are None."""
        return [self._find_token(item) for item in self._tokenize(normalize_text(text))]

    def normalize(self, text: str) -> str:
        """The normalized forms of all words of a text in hiragana, joined, without symbols.

        Spellings that the search treats as one (引越 and 引っ越し) become equal.
        """
        return "".join(
            _make_term(item.normalized_form())
            for item in self._tokenize(normalize_text(text))
            if item.part_of_speech()[0] not in _SYMBOLS
        )

    def read(self, text: str) -> str:
        """The reading of a text in hiragana, without symbols; words without one are as written."""
        return "".join(self.read_words(text))

    def read_words(self, text: str) -> tuple[str, ...]:
        """The readings of its words one by one, as `read` gives them; a symbol's is empty."""
        return tuple(
            to_hiragana(self._read_word(item))
            for item in self._tokenize(unicodedata.normalize("NFKC", text))
        )

    def _read_word(self, item: Morpheme) -> str:
        if item.part_of_speech()[0] in _SYMBOLS:
            return ""
        reading: str = item.reading_form()
        return reading if _is_kana(reading) else item.surface()

    def _tokenize(self, text: str) -> Iterator[Morpheme]:
        for part in _split_text(text):
            yield from self._tokenizer.tokenize(part)

    def _find_token(self, morpheme: Morpheme) -> Token | None:
        surface = morpheme.surface()
        # Words of the dictionary are repeated, and each question to Sudachi is slow.
        key = (morpheme.word_id(), surface)
        if key not in self._tokens or morpheme.is_oov():
            if len(self._tokens) > _CACHE_SIZE:
                self._tokens.clear()
            self._tokens[key] = _make_token(morpheme, surface, self._classify(morpheme))
        return self._tokens[key]

    def _classify(self, morpheme: Morpheme) -> _Kind:
        pos_id = morpheme.part_of_speech_id()
        if pos_id not in self._kinds:
            self._kinds[pos_id] = _classify(morpheme.part_of_speech())
        return self._kinds[pos_id]


class _Kind(Enum):
    CONTENT = auto()
    INFLECTED = auto()
    NUMBER = auto()
    FUNCTION = auto()
    SYMBOL = auto()


def _classify(pos: Sequence[str]) -> _Kind:
    if pos[0] in _SYMBOLS:
        return _Kind.SYMBOL
    if pos[1] == _NUMERAL:
        return _Kind.NUMBER
    if pos[0] in _INFLECTED:
        return _Kind.INFLECTED
    return _Kind.CONTENT if pos[0] in _CONTENT else _Kind.FUNCTION


def _make_token(morpheme: Morpheme, surface: str, kind: _Kind) -> Token | None:
    if kind is _Kind.SYMBOL:
        return None
    term = _make_term(morpheme.normalized_form()) if kind is not _Kind.FUNCTION else ""
    if not term or term in STOP_TERMS or not _has_meaning(term):
        return Token("", surface, "", "")
    # The reading of a number would match other words: いつ of 五 is "when", too.
    reading = "" if kind is _Kind.NUMBER else _read_kana(morpheme.reading_form())
    inflects = kind is _Kind.INFLECTED
    return Token(term, surface, reading, morpheme.dictionary_form() if inflects else surface)


@lru_cache(maxsize=_CACHE_SIZE)
def _has_meaning(term: str) -> bool:
    """False for a single hiragana and for symbols."""
    return not re.fullmatch(rf"[{HIRAGANA}]|[\W_]+", term)


@lru_cache(maxsize=_CACHE_SIZE)
def _make_term(normalized: str) -> str:
    return to_hiragana(normalized.lower())


@lru_cache(maxsize=_CACHE_SIZE)
def _read_kana(reading: str) -> str:
    return to_hiragana(reading) if _is_kana(reading) else ""


def _is_kana(text: str) -> bool:
    return bool(re.fullmatch(f"[{HIRAGANA}{KATAKANA}]+", text))


def _split_text(text: str) -> Iterable[str]:
    if len(text) <= _TEXT_LIMIT:
        return (text,) if text.strip() else ()
    return (text[i : i + _TEXT_LIMIT] for i in range(0, len(text), _TEXT_LIMIT))


# Sudachi's columns: a proper noun with its ids; a cost low enough to be preferred to its parts.
_WORD_ROW = "{word},4786,4786,-2000,{word},名詞,固有名詞,一般,*,*,*,{reading},{word},*,A,*,*,*"


def _open_dictionary(words: Sequence[tuple[str, str]]) -> Dictionary:
    if not words:
        return Dictionary(dict="core")
    # Windows removes no file that is in use, as the dictionary is from here on.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, built = Path(folder, "words.csv"), Path(folder, "user.dic")
        with source.open("w", encoding="utf-8", newline="") as file:
            for word, reading in words:
                known = {"word": normalize_text(word), "reading": reading}
                csv.writer(file).writerow(c.format(**known) for c in _WORD_ROW.split(","))
        system = files("sudachidict_core") / "resources" / "system.dic"
        try:
            sudachipy.sudachipy.build_user_dic(str(system), [str(source)], str(built))
            return Dictionary(dict="core", config=json.dumps({"userDict": [str(built)]}))
        except Exception as error:  # Sudachi raises a type of its own that it does not export
            raise ValueError(str(error)) from None
