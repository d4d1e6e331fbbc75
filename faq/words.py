"""What a city tells the search: words of one meaning, words of its own, and how to test it."""

from __future__ import annotations

from faq.model import Field
from faq.problem import Place, make_error
from faq.records import Reading, match_columns
from faq.tables import Raw, TableError, read_csv
from faq.vocabulary import SearchTest, UserWord, WordGroup, WordReading

WORD_FIELDS = (
    Field("word", "言葉", "word", required=True),
    Field("reading", "読み", "kana", required=True),
)
TEST_FIELDS = (
    Field("query", "質問", "line", required=True),
    Field("ids", "番号", "words", required=True),
    Field("within", "以内", "number"),
    Field("style", "種類", "line"),
    Field("known", "未達", "flag"),
)


def read_thesaurus(reading: Reading) -> tuple[WordGroup, ...]:
    """Groups of words that mean the same: a list of lists, or of lines with 、 between words."""
    file = f"{reading.folder.name}/thesaurus.yml"
    groups = []
    for document in reading.read_documents("thesaurus.yml"):
        for raw in document.get_items():
            values = reading.read_record(
                Raw({"語": raw}, raw.row), (Field("words", "語", "words"),), file=file
            )
            words = values.get("words", ())
            if len(words) < 2:
                reading.problems.append(make_error(Place(file, raw.row), "thesaurus_short"))
            groups.append(WordGroup(words, raw.row))
    return tuple(groups)


def read_user_words(reading: Reading) -> tuple[UserWord, ...]:
    """The city's own words, from userdict.csv."""
    path = reading.folder / "userdict.csv"
    if path not in reading.files:
        return ()
    file = reading.name(path)
    try:
        header, rows, problems = read_csv(reading.decode(path), file=file)
    except TableError as error:
        reading.problems.append(error.problem)
        return ()
    reading.problems += problems
    columns = match_columns(header, WORD_FIELDS)
    missing = [item for item in WORD_FIELDS if item.required and item.name not in columns]
    for item in missing:
        reading.problems.append(make_error(Place(file, 1, item.label), "column_missing"))
    unknown = set(header) - set(columns.values())
    reading.report_unknown(unknown, WORD_FIELDS, file, Raw({}, 1))
    words = []
    for row in rows if not missing else ():
        values = reading.read_record(row, WORD_FIELDS, file=file, known=header)
        if "word" in values and "reading" in values:
            words.append(UserWord(values["word"], values["reading"]))
    return tuple(words)


def read_readings(reading: Reading) -> tuple[WordReading, ...]:
    """Spelling → reading, from readings.yml; a spelling without a reading gets no furigana."""
    file = f"{reading.folder.name}/readings.yml"
    readings = []
    for document in reading.read_documents("readings.yml"):
        if not isinstance(document.value, dict):
            reading.problems.append(make_error(Place(file, document.row), "not_record"))
        for word, raw in document.get_record().items():
            if not word:
                reading.problems.append(make_error(Place(file, raw.row), "value_missing"))
                continue
            values = reading.read_record(
                Raw({word: raw}, raw.row), (Field("reading", word, "kana"),), file=file
            )
            if not values["origin"].faulty:
                readings.append(WordReading(word, values.get("reading", ""), raw.row))
    return tuple(readings)


def read_search_tests(reading: Reading) -> tuple[SearchTest, ...]:
    """The questions that the search must answer, from search-tests.yml."""
    file = f"{reading.folder.name}/search-tests.yml"
    tests = []
    for document in reading.read_documents("search-tests.yml"):
        for raw in document.get_items():
            values = reading.read_record(raw, TEST_FIELDS, file=file)
            if "query" in values and "ids" in values:
                values.pop("origin")
                tests.append(SearchTest(**values, row=raw.row))
    return tuple(tests)
