"""Text → words, by Sudachi: one analysis for index, lexicon, thesaurus, readings and furigana.

Sudachi reads a sentence once, into its longest words (mode C); these split into short units (mode
A), which the search uses. A term is the normalized form of a unit in hiragana: 引越し and 引っ越し,
ゴミ and ごみ become one. Words that are not searched are returned too, as the browser has to skip
them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from japanese.letters import HIRAGANA, KATAKANA, to_hiragana
from japanese.user_words import compile_words, open_dictionary, read_version

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

# Sentences end at 。 and at line ends, and have no blanks around them. Longer ones are cut: Sudachi
# refuses more than 49,149 bytes, and NFKC makes 18 characters of some.
SENTENCE = re.compile(r"[^\s。｡][^。｡\n]{0,999}[。｡]?")
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
_KANA = re.compile(f"[{HIRAGANA}{KATAKANA}]+")
# Terms that say nothing: a single hiragana, symbols.
_MEANINGLESS = re.compile(rf"[{HIRAGANA}]|[\W_]*")
# What is kept. A build wants a text's terms, its reading and its furigana one after the other.
_SENTENCES = 8_192
_WORDS = 65_536


class Token(NamedTuple):
    """One short unit of a text, as the search knows it.

    - `term`: what is searched; empty for particles, endings, words of asking
    - `surface`: the unit as written, normalized
    - `reading`: in hiragana; empty where unknown, and for numbers and words that are not searched
    - `base`: the dictionary form of the surface (引越す for 引越し)
    """

    term: str
    surface: str
    reading: str
    base: str


class Part(NamedTuple):
    """A part of a word as written, and its reading as in `Word`."""

    surface: str
    reading: str


# Compared by identity: what is made of a word is cached by it.
@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a sentence, as long as Sudachi knows it (mode C).

    - `surface`: as written in the sentence
    - `reading`: in hiragana; may hold other characters where Sudachi knows none
    - `splits`: its parts in shorter units, longer ones first; empty for a word of one unit
    - `tokens`, `spoken`: each short unit as in `Analyzer.scan` and in `Analyzer.read_words`
    - `normal`: as in `Analyzer.normalize`
    """

    surface: str
    reading: str
    splits: tuple[tuple[Part, ...], ...]
    tokens: tuple[Token | None, ...]
    spoken: tuple[str, ...]
    normal: str


def normalize_text(text: str) -> str:
    """The form in which lexicon and query are compared: NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


class Analyzer:
    """Sudachi with a city's own words; one serves a whole build and caches what it met.

    `words` are spellings with their readings in katakana; `compiled` is their `compiled` of an
    earlier analyzer, where it is known. Raises `ValueError` where Sudachi refuses a word. The
    dictionary is opened with the first text; pickled, an analyzer is made again.
    """

    def __init__(
        self, words: Iterable[tuple[str, str]] = (), *, compiled: bytes | None = None
    ) -> None:
        self._words = tuple((normalize_text(word), reading) for word, reading in words)
        self.compiled = compile_words(self._words) if compiled is None else compiled
        self._known: dict[tuple[int, str], Word] = {}
        self._find_words = lru_cache(_SENTENCES)(self._analyze_sentence)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Analyzer, compiled=self.compiled), (self._words,)

    @property
    def version(self) -> str:
        """What all its results depend on besides the text; known without the dictionary."""
        words = hashlib.sha256(repr(self._words).encode()).hexdigest()
        return f"{version('sudachipy')} {read_version()} {words}"

    def find_words(self, sentence: str) -> tuple[Word, ...]:
        """The words of a sentence as `SENTENCE` finds them; their surfaces joined are its text."""
        return self._find_words(sentence)

    def analyze(self, text: str) -> list[Token]:
        """The units of a text that are searched, in order."""
        return [token for token in self.scan(text) if token and token.term]

    def scan(self, text: str) -> list[Token | None]:
        """Every unit of a text in order; those that are not searched have an empty term.

        None separates words: it is a symbol, or the end of a sentence.
        """
        tokens: list[Token | None] = []
        for sentence in _split_sentences(text):
            for word in self._find_words(sentence):
                tokens += word.tokens
            tokens.append(None)
        return tokens

    def normalize(self, text: str) -> str:
        """The normalized forms of all words of a text in hiragana, joined, without symbols.

        Spellings that the search treats as one (引越 and 引っ越し) become equal.
        """
        return "".join(word.normal for word in self._list_words(text))

    def read(self, text: str) -> str:
        """The reading of a text in hiragana, without symbols; words without one are as written."""
        return "".join(self.read_words(text))

    def read_words(self, text: str) -> tuple[str, ...]:
        """The readings of its short units one by one, as `read` gives them; a symbol's is empty."""
        return tuple(one for word in self._list_words(text) for one in word.spoken)

    def _list_words(self, text: str) -> Iterator[Word]:
        for sentence in _split_sentences(text):
            yield from self._find_words(sentence)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return open_dictionary(self.compiled).tokenizer(mode="C")

    def _analyze_sentence(self, sentence: str) -> tuple[Word, ...]:
        words = []
        known = self._known
        for morpheme in self._tokenizer.tokenize(sentence):
            # Words are repeated, and each question to Sudachi is slow.
            surface = morpheme.surface()
            key = (morpheme.word_id(), surface)
            word = known.get(key)
            if word is None:
                word = _make_word(morpheme, surface)
                # The reading of an unknown number depends on how its digits were found: it has no
                # id of its own.
                if not (morpheme.is_oov() and morpheme.part_of_speech()[1] == _NUMERAL):
                    if len(known) >= _WORDS:
                        known.clear()
                    known[key] = word
            words.append(word)
        return tuple(words)


def _split_sentences(text: str) -> list[str]:
    return SENTENCE.findall(unicodedata.normalize("NFKC", text))


def _make_word(morpheme: Morpheme, surface: str) -> Word:
    units = list(morpheme.split("A", add_single=False))
    middle = list(morpheme.split("B", add_single=False)) if len(units) > 2 else []
    splits = tuple(tuple(map(_make_part, parts)) for parts in (middle, units) if parts)
    tokens, spoken, normal = zip(*map(_read_unit, units or [morpheme]), strict=True)
    reading = to_hiragana(morpheme.reading_form())
    return Word(surface, reading, splits, tokens, spoken, "".join(normal))


def _make_part(morpheme: Morpheme) -> Part:
    return Part(morpheme.surface(), to_hiragana(morpheme.reading_form()))


def _read_unit(unit: Morpheme) -> tuple[Token | None, str, str]:
    """The token of a short unit, its reading, and its normalized form in hiragana."""
    kind, kind_detail = unit.part_of_speech()[:2]
    if kind in _SYMBOLS:
        return None, "", ""
    surface, raw = unit.surface(), unit.reading_form()
    reading = to_hiragana(raw) if _KANA.fullmatch(raw) else ""
    spoken = reading or to_hiragana(surface)
    normal = to_hiragana(unit.normalized_form().lower())
    surface = surface.lower()
    if kind not in _CONTENT or normal in STOP_TERMS or _MEANINGLESS.fullmatch(normal):
        return Token("", surface, "", ""), spoken, normal
    # The reading of a number would match other words: いつ of 五 is "when", too.
    known = "" if kind_detail == _NUMERAL else reading
    base = unit.dictionary_form() if kind in _INFLECTED else surface
    return Token(normal, surface, known, base), spoken, normal
