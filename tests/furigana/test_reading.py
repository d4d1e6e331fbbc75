"""Texts are read as people in a town hall read them; what is not sure has no furigana."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from furigana.reading import Reader, align_reading, load_readings
from furigana.segment import KANJI, Segment
from japanese.analyze import Analyzer

SENTENCES = yaml.safe_load(
    (Path(__file__).parent / "reading-sentences.yml").read_text(encoding="utf-8")
)
# Measured; the built-in exceptions were made with the first, third, fifth … sentence in view only.
WRONG_IN_SEEN, WRONG_IN_UNSEEN = 0, 7
_KANJI_RUN = re.compile(f"[{KANJI}]+")
_ANY = "[ぁ-ゖー]+"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_readings(), Analyzer())


def show(text: str, segments: list[Segment]) -> str:
    """The text with each reading in brackets after its kanji."""
    for start, end, reading in reversed(segments):
        text = f"{text[:start]}{text[start:end]}[{reading}]{text[end:]}"
    return text


def find_wrong(text: str, segments: list[Segment], spoken: list[str]) -> list[Segment]:
    """The segments that cannot be part of any way the whole text is spoken."""

    def fits(wanted: Segment) -> bool:
        pattern, done = "", 0
        for item in segments:
            free = f"(?:\\d*{_ANY})" if re.search(r"\d", text[item.start : item.end]) else _ANY
            pattern += _blur(text[done : item.start]) + (item.reading if item == wanted else free)
            done = item.end
        return any(re.fullmatch(pattern + _blur(text[done:]), line) for line in spoken)

    return [item for item in segments if not fits(item)]


def _blur(text: str) -> str:
    return _KANJI_RUN.sub("\0", re.escape(text)).replace("\0", _ANY)


def count_wrong(reader: Reader, sentences: list[dict[str, str]]) -> tuple[int, int]:
    """Wrong readings, and all readings."""
    wrong = total = 0
    for item in sentences:
        segments = reader.read(item["text"])
        spoken = [item["reading"], *([item["also"]] if "also" in item else [])]
        wrong += len(find_wrong(item["text"], segments, spoken))
        total += len(segments)
    return wrong, total


@pytest.mark.parametrize(
    ("sentences", "most"), [(SENTENCES[::2], WRONG_IN_SEEN), (SENTENCES[1::2], WRONG_IN_UNSEEN)]
)
def test_two_hundred_sentences_are_read_no_worse_than_measured(
    reader: Reader, sentences: list[dict[str, str]], most: int
) -> None:
    wrong, total = count_wrong(reader, sentences)
    assert wrong <= most
    assert total > 550


def test_the_measure_sees_a_wrong_reading(reader: Reader) -> None:
    text, spoken = "市役所は何時まで", "しやくしょはなんじまで"
    segments = reader.read(text)
    assert find_wrong(text, segments, [spoken]) == []
    planted = [segments[0], segments[1]._replace(reading="なんどき")]
    assert find_wrong(text, planted, [spoken]) == [planted[1]]


@pytest.mark.parametrize(
    "expected",
    [
        "市役所[しやくしょ]は何時[なんじ]まで",
        "手続[てつづ]きを行[おこな]った",
        "市役所[しやくしょ]へ行[い]ってください",
        "20歳[さい]以上[いじょう]の方[かた]、出[だ]し方[かた]、方法[ほうほう]",
        "その他[た]、他[ほか]に、他人[たにん]",
        "1人[ひとり]、2人[ふたり]、3人[にん]、2人[ふたり]分[ぶん]",
        "2日[ふつか]、14日[じゅうよっか]以内[いない]、21日[にち]、3日[みっか]間[かん]",
        "４月[がつ]１日[ついたち]、毎月[まいつき]一日[ついたち]",
        "第[だい]2日曜日[にちようび]、2回[かい]、2回収[かいしゅう]",
        "5分[ふん]、10分[ぷん]、3分[ぶん]の1、3本[ぼん]、6本[ぽん]、３階[がい]",
        "燃[も]やせるごみ（月[げつ]・木[もく]）、水曜日[すいようび]、水[みず]",
        "収集[しゅうしゅう]日[び]、日[ひ]",
        "受[う]け付[つ]け、お問[と]い合[あ]わせ、ゴミ箱[ばこ]、窓口[まどぐち]サービス課[か]",
        "茅ヶ崎市[ちがさきし]、3ヶ月[かげつ]",
    ],
)
def test_what_is_often_misread_is_read_right(reader: Reader, expected: str) -> None:
    text = re.sub(r"\[.*?\]", "", expected)
    assert show(text, reader.read(text)) == expected


@pytest.mark.parametrize(
    "text", ["1日につき", "2～3日", "に入れません", "ごみ", "カード", "FAQ 2027"]
)
def test_what_may_be_read_in_two_ways_or_needs_no_reading_has_none(
    reader: Reader, text: str
) -> None:
    assert reader.read(text) == []


def test_kanji_followed_by_their_reading_get_none(reader: Reader) -> None:
    assert (
        show("お金（おかね）を払（はら）う", reader.read("お金（おかね）を払（はら）う"))
        == "お金（おかね）を払（はら）う"
    )


@pytest.mark.parametrize("before", ["ｶﾞｽの", "㌔、", "ｶﾞ㌔、", "（ＡＢＣ）", "①", "か\u3099、", "  "])
def test_readings_keep_their_places_whatever_the_width_before(reader: Reader, before: str) -> None:
    place = len(before)
    assert (place, place + 3, "しやくしょ") in reader.read(f"{before}市役所です。")


def test_every_built_in_exception_fits_its_spelling() -> None:
    table = load_readings()
    words = {**table.words, **table.after_kanji}
    assert [
        word for word, reading in words.items() if reading and not align_reading(word, reading)
    ] == []


@pytest.mark.parametrize(
    ("spelling", "reading", "expected"),
    [
        ("受け付け", "うけつけ", [(0, 1, "う"), (2, 3, "つ")]),
        ("聞き", "きき", [(0, 1, "き")]),
        ("しるべ台", "しるべだい", [(3, 4, "だい")]),
        ("受け付け", "うけいれ", None),
        ("ごみ", "ごみ", []),
        ("何か", "か", None),
    ],
)
def test_a_reading_is_split_among_the_runs_of_kanji(
    spelling: str, reading: str, expected: list[tuple[int, int, str]] | None
) -> None:
    assert align_reading(spelling, reading) == expected


def test_a_city_s_own_words_take_precedence_and_the_longest_wins() -> None:
    own = {"何時": "いつ", "上町": "かんまち", "上町公園": "うえまちこうえん", "市長": ""}
    reader = Reader(load_readings().add_words(own), Analyzer())
    text = "上町は何時、上町公園は市長"
    assert (
        show(text, reader.read(text))
        == "上町[かんまち]は何時[いつ]、上町公園[うえまちこうえん]は市長"
    )


def test_positions_in_a_long_text_are_right(reader: Reader) -> None:
    text = "あ。\n" * 10_000 + "市役所"
    assert reader.read(text) == [(30_000, 30_003, "しやくしょ")]
