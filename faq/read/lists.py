"""The lists beside the FAQs: words and their readings, tests of the search, redirects."""

from __future__ import annotations

from faq.model.fields import Field
from faq.model.problem import Place, make_error
from faq.model.redirects import Redirect
from faq.model.vocabulary import SearchTest, UserWord, WordGroup, WordReading
from faq.read.records import Loader

WORD_FIELDS = (
    Field("word", "言葉", "word", required=True),
    Field("reading", "読み", "kana", required=True),
)
UNUSED_FIELDS = (Field("words", "使わない", "words", required=True),)
REDIRECT_FIELDS = (
    Field("old", "旧アドレス", "old_address", required=True),
    Field("target", "新アドレス", "target", required=True),
)
TEST_FIELDS = (
    Field("query", "質問", "line", required=True),
    Field("ids", "番号", "words", required=True),
    Field("within", "以内", "number"),
    Field("style", "種類", "line"),
    Field("known", "未達", "flag"),
)


def read_thesaurus(loader: Loader) -> tuple[tuple[WordGroup, ...], tuple[WordGroup, ...]]:
    """The city's groups of words that mean the same, and words of groups that it does without.

    A group is a list, or a line with 、 between its words; `{使わない: …}` names the program's.
    """
    file = f"{loader.folder.name}/thesaurus.yml"
    groups, unused = [], []
    for document in loader.read_documents("thesaurus.yml"):
        for raw in document.get_items():
            if isinstance(raw.value, dict):
                values = loader.read_record(raw, UNUSED_FIELDS, file=file)
                unused.append(WordGroup(values.get("words", ()), raw.row))
                continue
            words = loader.read_value(raw, "words", place=Place(file, raw.row, "語")) or ()
            if len(words) < 2:
                loader.problems.append(make_error(Place(file, raw.row), "thesaurus_short"))
            groups.append(WordGroup(words, raw.row))
    return tuple(groups), tuple(unused)


def read_user_words(loader: Loader) -> tuple[UserWord, ...]:
    """The city's own words, from userdict.csv."""
    path = loader.folder / "userdict.csv"
    rows = loader.read_table(path, WORD_FIELDS) if path in loader.files else ()
    return tuple(
        UserWord(values["word"], values["reading"])
        for values in rows
        if "word" in values and "reading" in values
    )


def read_redirects(loader: Loader) -> tuple[Redirect, ...]:
    """Old addresses that no FAQ and no page owns, from redirects.csv."""
    path = loader.folder / "redirects.csv"
    rows = loader.read_table(path, REDIRECT_FIELDS) if path in loader.files else ()
    return tuple(
        Redirect(values["old"], values["target"], values["origin"].row)
        for values in rows
        if "old" in values and "target" in values
    )


def read_readings(loader: Loader) -> tuple[WordReading, ...]:
    """Spelling → reading, from readings.yml; a spelling without a reading gets no furigana."""
    file = f"{loader.folder.name}/readings.yml"
    readings = []
    for document in loader.read_documents("readings.yml"):
        if not isinstance(document.value, dict):
            loader.problems.append(make_error(Place(file, document.row), "not_record"))
        for word, raw in document.get_record().items():
            if not word:
                loader.problems.append(make_error(Place(file, raw.row), "value_missing"))
                continue
            place = Place(file, raw.row, word)
            reading = loader.read_value(raw, "kana", place=place) if raw.value != "" else ""
            if reading is not None:
                readings.append(WordReading(word, reading, raw.row))
    return tuple(readings)


def read_search_tests(loader: Loader) -> tuple[SearchTest, ...]:
    """The questions that the search must answer, from search-tests.yml."""
    file = f"{loader.folder.name}/search-tests.yml"
    tests = []
    for document in loader.read_documents("search-tests.yml"):
        for raw in document.get_items():
            values = loader.read_record(raw, TEST_FIELDS, file=file)
            if "query" in values and "ids" in values:
                values.pop("origin")
                tests.append(SearchTest(**values, row=raw.row))
    return tuple(tests)
