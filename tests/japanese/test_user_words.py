"""A city's own words are compiled as Sudachi compiles them, without its 5 s and 700 MB."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from sudachipy.errors import SudachiError
from sudachipy.sudachipy import build_user_dic

import japanese.analyze
from japanese.analyze import Analyzer
from japanese.user_words import SYSTEM, compile_words, open_dictionary, read_version
from pipeline.load import load_content

# 市役所 is in the system dictionary, too.
WORDS = (("しるべの湯", "シルベノユ"), ("ぶんぶんバス", "ブンブンバス"), ("市役所", "シヤクショ"))
CREATED = slice(24, 32)


def compile_against_system(folder: Path) -> bytes:
    source, built = folder / "words.csv", folder / "user.dic"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            f"{word},4786,4786,-2000,{word},名詞,固有名詞,一般,*,*,*,{reading},{word},*,A,*,*,*".split(
                ","
            )
            for word, reading in WORDS
        )
    build_user_dic(str(SYSTEM), [str(source)], str(built))
    return built.read_bytes()


def drop_time(data: bytes) -> bytes:
    return data[: CREATED.start] + data[CREATED.stop :]


def test_words_become_the_very_bytes_that_sudachi_makes_of_them(tmp_path: Path) -> None:
    expected = drop_time(compile_against_system(tmp_path))
    assert drop_time(compile_words(WORDS)) == expected
    assert drop_time(compile_words(WORDS[:2])) != expected


def test_a_dictionary_made_for_another_one_is_refused() -> None:
    version = read_version().encode()
    strange = compile_words(WORDS).replace(version, version[::-1], 1)
    with pytest.raises(SudachiError):
        open_dictionary(strange)


@pytest.mark.parametrize("mode", ["A", "C"])
@pytest.mark.parametrize(("word", "reading"), WORDS[:2])
def test_a_word_is_one_unit_with_its_reading(mode: str, word: str, reading: str) -> None:
    tokenizer = open_dictionary(compile_words(WORDS)).tokenizer(mode=mode)
    found = {item.surface(): item.reading_form() for item in tokenizer.tokenize(f"{word}へ行く")}
    assert found[word] == reading


def test_no_words_need_no_dictionary() -> None:
    assert compile_words(()) == b""


REFUSED = [("", "ア"), ("長" * 33_000, "ア"), ("市", "ア" * 33_000)]


@pytest.mark.parametrize(("word", "reading"), REFUSED, ids=["empty", "long", "long reading"])
def test_a_word_that_sudachi_refuses_is_an_error(word: str, reading: str) -> None:
    with pytest.raises(ValueError, match=r"words\.csv:1"):
        Analyzer([(word, reading)])


@pytest.mark.parametrize(
    ("word", "reading"), [("a,b", "ア"), ('"', "ア"), ("{x}", "ア"), ("*", "ア"), ("市", "し")]
)
def test_a_word_of_marks_is_taken_as_written(word: str, reading: str) -> None:
    assert Analyzer([(word, reading)]).find_words(word)[0].surface == word


def test_an_error_names_no_folder_of_the_machine() -> None:
    with pytest.raises(ValueError, match=r"^'words\.csv': words\.csv:\d+\s") as error:
        compile_words([WORDS[0], REFUSED[0]])
    assert "/" not in str(error.value)


def test_what_sudachi_refuses_of_a_city_s_words_is_a_problem_of_its_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Reading the table refuses all that Sudachi is known to.
    (folder / "userdict.csv").write_text("言葉,読み\nしるべの湯,しるべのゆ\n", encoding="utf-8")
    compiled = compile_words(())

    def refuse(words: Sequence[tuple[str, str]]) -> bytes:
        if words:
            raise ValueError("words.csv:1")
        return compiled

    monkeypatch.setattr(japanese.analyze, "compile_words", refuse)
    loaded = load_content(folder)
    (problem,) = [one for one in loaded.problems if one.code == "user_word_bad"]
    assert str(problem).startswith(f"{folder.name}/userdict.csv")
    assert loaded.analyzer.read("市") == "し"
