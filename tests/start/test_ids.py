"""Ids from the readings of names."""

from __future__ import annotations

import pytest

from faq.read.values import ID_PATTERN
from faq.start.ids import make_id
from japanese.analyze import Analyzer
from japanese.romaji import to_romaji


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("とうきょう", "tokyo"), ("しょうめい", "shomei"), ("まっちゃ", "matcha"),
        ("がっこう", "gakko"), ("ふじさわ", "fujisawa"), ("ちゅうしゃ", "chusha"),
        ("しんぶん", "shinbun"), ("おおさか", "osaka"), ("カード", "kado"),
        ("ティッシュ", "tisshu"), ("ファックス", "fakkusu"), ("じゃぐち", "jaguchi"),
        ("けいえい", "keiei"), ("DV", "dv"), ("、", ""), ("あっ", "a"),
    ],
)  # fmt: skip
def test_kana_become_hepburn_with_short_vowels(kana: str, romaji: str) -> None:
    assert to_romaji(kana) == romaji


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("税金", "zeikin"),
        ("市民課", "shimin"),
        ("妊娠・出産", "ninshin-shussan"),
        ("ＤＶ相談", "dvsodan"),
        ("総合案内　", "sogoannai"),
    ],
)
def test_an_id_is_the_romaji_of_its_reading(name: str, expected: str, analyzer: Analyzer) -> None:
    assert make_id(name, read_words=analyzer.read_words, used=(), spare="x") == expected


@pytest.mark.parametrize(
    "name", ["65歳以上の方", "★", "課", "あ", "con", "選挙管理委員会事務局出納室" * 5, "Ω", "1"]
)
def test_every_name_gets_an_id_that_an_address_may_have(name: str, analyzer: Analyzer) -> None:
    found = make_id(name, read_words=analyzer.read_words, used=(), spare="bunya")
    assert ID_PATTERN.fullmatch(found)
    assert found != "con"


def test_an_id_in_use_comes_after_its_parents(analyzer: Analyzer) -> None:
    used = {"sonota"}
    found = make_id("その他", read_words=analyzer.read_words, used=used, parent="zeikin", spare="x")
    assert found == "zeikin-sonota"


def test_without_a_parent_an_id_in_use_gets_a_number(analyzer: Analyzer) -> None:
    used = {"zeimu", "zeimu-2"}
    assert make_id("税務課", read_words=analyzer.read_words, used=used, spare="x") == "zeimu-3"


def test_a_long_name_is_cut_between_words() -> None:
    words = ("こくみん", "けんこう", "ほけん", "しせつ", "かんり")
    assert make_id("国", read_words=lambda _: words, used=(), spare="x") == "kokuminkenkohoken"
