"""Sudachi → terms: the one analysis behind index, lexicon, thesaurus, readings and suggestions.

Mode A (short units); the normalized form in hiragana is the term: 引越し and 引っ越し, ゴミ and
ごみ become one. The words left out are told too, so that the browser can step over them.
"""

from __future__ import annotations

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


class Analyzer:
    """Sudachi with a city's own words; one serves a whole build and remembers the words it met.

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
        """The content words of a text in order; stop words and marks are left out."""
        return [token for token in self.scan(text) if token and token.term]

    def scan(self, text: str) -> list[Token | None]:
        """Every word of a text in order, unsearched ones with an empty term, marks as None."""
        return [self._find_token(item) for item in self._tokenize(normalize_text(text))]

    def normalize(self, text: str) -> str:
        """The normal forms of all words of a text in hiragana, joined; marks are dropped.

        Spellings that the search treats as one (引越 and 引っ越し) become equal.
        """
        return "".join(
            _make_term(item.normalized_form())
            for item in self._tokenize(normalize_text(text))
            if item.part_of_speech()[0] not in _SYMBOLS
        )

    def read(self, text: str) -> str:
        """The reading of a whole text in hiragana; what has none is left as written."""
        parts = []
        for item in self._tokenize(unicodedata.normalize("NFKC", text)):
            if item.part_of_speech()[0] not in _SYMBOLS:
                reading = item.reading_form()
                parts.append(reading if _is_kana(reading) else item.surface())
        return to_hiragana("".join(parts))

    def _tokenize(self, text: str) -> Iterator[Morpheme]:
        for part in _split_text(text):
            yield from self._tokenizer.tokenize(part)

    def _find_token(self, morpheme: Morpheme) -> Token | None:
        surface = morpheme.surface()
        # Words of the dictionary come again and again, and asking Sudachi is what costs.
        key = (morpheme.word_id(), surface)
        if key not in self._tokens or morpheme.is_oov():
            if len(self._tokens) > _MEMORY:
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
    MARK = auto()


def _classify(pos: Sequence[str]) -> _Kind:
    if pos[0] in _SYMBOLS:
        return _Kind.MARK
    if pos[1] == _NUMERAL:
        return _Kind.NUMBER
    if pos[0] in _INFLECTED:
        return _Kind.INFLECTED
    return _Kind.CONTENT if pos[0] in _CONTENT else _Kind.FUNCTION


def _make_token(morpheme: Morpheme, surface: str, kind: _Kind) -> Token | None:
    if kind is _Kind.MARK:
        return None
    term = _make_term(morpheme.normalized_form()) if kind is not _Kind.FUNCTION else ""
    if not term or term in STOP_TERMS or not _has_meaning(term):
        return Token("", surface, "", "")
    # A number's reading (いつ for 五) would be taken for other words.
    reading = "" if kind is _Kind.NUMBER else _read_kana(morpheme.reading_form())
    inflects = kind is _Kind.INFLECTED
    return Token(term, surface, reading, morpheme.dictionary_form() if inflects else surface)


@lru_cache(maxsize=_MEMORY)
def _has_meaning(term: str) -> bool:
    """False for a single hiragana and for marks."""
    return not re.fullmatch(rf"[{HIRAGANA}]|[\W_]+", term)


@lru_cache(maxsize=_MEMORY)
def _make_term(normalized: str) -> str:
    return to_hiragana(normalized.lower())


@lru_cache(maxsize=_MEMORY)
def _read_kana(reading: str) -> str:
    return to_hiragana(reading) if _is_kana(reading) else ""


def _is_kana(text: str) -> bool:
    return bool(re.fullmatch(f"[{HIRAGANA}{KATAKANA}]+", text))


def _split_text(text: str) -> Iterable[str]:
    if len(text) <= _TEXT_LIMIT:
        return (text,) if text.strip() else ()
    return (text[i : i + _TEXT_LIMIT] for i in range(0, len(text), _TEXT_LIMIT))


# Sudachi's columns: ids and cost of an ordinary proper noun, low enough to win over its parts.
_WORD_ROW = "{0},4786,4786,-2000,{0},名詞,固有名詞,一般,*,*,*,{1},{0},*,A,*,*,*"


def _open_dictionary(words: Sequence[tuple[str, str]]) -> Dictionary:
    if not words:
        return Dictionary(dict="core")
    with tempfile.TemporaryDirectory() as folder:
        source, built = Path(folder, "words.csv"), Path(folder, "user.dic")
        rows = (_WORD_ROW.format(normalize_text(word), reading) for word, reading in words)
        source.write_text("\n".join(rows) + "\n", encoding="utf-8")
        system = files("sudachidict_core") / "resources" / "system.dic"
        try:
            sudachipy.sudachipy.build_user_dic(str(system), [str(source)], str(built))
            return Dictionary(dict="core", config=json.dumps({"userDict": [str(built)]}))
        except Exception as error:  # Sudachi raises a type of its own that it does not export
            raise ValueError(str(error)) from None
