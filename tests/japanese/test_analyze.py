"""A sentence is read once, by Sudachi in its longest words, for all that is made of it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml

import japanese.analyze
from furigana.reading import Reader, load_readings
from japanese.analyze import SENTENCE, Analyzer
from japanese.letters import to_hiragana
from japanese.user_words import open_dictionary

SENTENCES = [
    item["text"]
    for item in yaml.safe_load(
        (Path(__file__).parents[1] / "furigana" / "reading-sentences.yml").read_text("utf-8")
    )
]
TEXT = "住民票の写しは、市役所（１階）で取れます。\n手数料は300円です。"


class CountingDictionary:
    """A dictionary and its tokenizer that keep what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._tokenizer = open_dictionary(b"").tokenizer(mode="C")

    def tokenizer(self, **_: Any) -> CountingDictionary:
        return self

    def tokenize(self, text: str) -> Any:
        self.asked.append(text)
        return self._tokenizer.tokenize(text)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> CountingDictionary:
    dictionary = CountingDictionary()
    monkeypatch.setattr(japanese.analyze, "open_dictionary", lambda _: dictionary)
    return dictionary


def test_a_text_is_read_once_for_terms_readings_and_furigana(counting: CountingDictionary) -> None:
    analyzer = Analyzer()
    reader = Reader(load_readings(), analyzer)
    for use in (analyzer.scan, analyzer.read, analyzer.normalize, reader.read):
        assert use(TEXT)
    assert counting.asked == [
        "住民票の写しは、市役所(1階)で取れます。",
        "手数料は300円です。",
    ]


def test_what_is_kept_of_sentences_is_bounded(
    counting: CountingDictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(japanese.analyze, "_SENTENCES", 2)
    analyzer = Analyzer()
    for text in ("市役所", "窓口", "住民票", "住民票", "市役所"):
        analyzer.scan(text)
    assert counting.asked == ["市役所", "窓口", "住民票", "市役所"]


def test_words_split_into_the_short_units_that_sudachi_finds_itself() -> None:
    analyzer = Analyzer()
    tokenizer = open_dictionary(b"").tokenizer(mode="A")
    for text in SENTENCES:
        for sentence in SENTENCE.findall(text):
            found = [
                (part.surface, part.reading)
                for word in analyzer.find_words(sentence)
                for part in (word.splits[-1] if word.splits else [word])
            ]
            short = tokenizer.tokenize(sentence)
            assert found == [(unit.surface(), to_hiragana(unit.reading_form())) for unit in short]


def test_a_number_is_read_as_its_digits_were_found() -> None:
    # Sudachi gives a number no id of its own, and reads the same one in two ways.
    texts = ["17時までに", "17歳です。", "9時から17時までで、29分ほど", "17", "17日"]
    one = Analyzer()
    assert [one.read(text) for text in texts] == [Analyzer().read(text) for text in texts]


def test_the_end_of_a_sentence_separates_words() -> None:
    assert [token and token.term for token in Analyzer().scan("市\n窓口")] == [
        "市", None, "窓口", None,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n ", "。。", "\u3000"])
def test_a_text_without_words_has_none(text: str) -> None:
    analyzer = Analyzer()
    assert (analyzer.analyze(text), analyzer.read(text), analyzer.normalize(text)) == ([], "", "")


@pytest.mark.parametrize("letter", ["市", "ﷺ", "𠮷", "㌔"])
def test_a_line_of_any_length_is_read(letter: str) -> None:
    text = letter * 30_000 + "市役所"
    assert "市役所" in "".join(token.surface for token in Analyzer().scan(text) if token)
    assert Reader(load_readings(), Analyzer()).read(text)[-1].end == len(text)


def test_an_analyzer_is_pickled_with_its_words_and_makes_no_dictionary_of_them_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    analyzer = Analyzer([("しるべの湯", "シルベノユ")])
    data = pickle.dumps(analyzer)
    monkeypatch.delattr(japanese.analyze, "compile_words")
    copy = pickle.loads(data)  # noqa: S301
    assert copy.read("しるべの湯へ") == "しるべのゆへ"
    assert copy.version == analyzer.version


def test_a_reader_is_pickled_with_its_table_and_analyzer() -> None:
    own = {"上町": "かんまち"}
    reader = Reader(load_readings().add_words(own), Analyzer([("しるべの湯", "シルベノユ")]))
    copy = pickle.loads(pickle.dumps(reader))  # noqa: S301
    assert copy.read("上町のしるべの湯") == reader.read("上町のしるべの湯")


def test_the_dictionary_is_opened_with_the_first_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(japanese.analyze, "open_dictionary")
    analyzer = Analyzer()
    reader = Reader(load_readings(), analyzer)
    assert analyzer.version
    assert reader.read("ひらがな") == []
    with pytest.raises(NameError):
        reader.read("漢字")


def test_the_version_changes_with_words_and_what_sudachi_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def versions() -> set[str]:
        plain, own = Analyzer(), Analyzer([("しるべの湯", "シルベノユ")], compiled=b"")
        return {plain.version, own.version}

    first = versions()
    assert len(first) == 2
    assert versions() == first
    monkeypatch.setattr(japanese.analyze, "read_version", lambda: "20300101")
    assert not versions() & first
    monkeypatch.undo()
    monkeypatch.setattr(japanese.analyze, "version", lambda _: "0.8")
    assert not versions() & first
