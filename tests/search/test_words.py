"""What the program knows of municipal Japanese: its own words, and how a city's go with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import search.thesaurus
from faq.model.choices import Audience
from pipeline.load import load_content
from pipeline.search import build_search
from search.documents import make_documents
from search.index import analyse_documents, build_index
from search.thesaurus import (
    collect_thesaurus,
    find_shadowed,
    load_thesaurus,
    merge_thesaurus,
)
from tests.conftest import AT

# What belongs to one city, or to none.
FOREIGN = ("しるべ", "尼崎", "横浜")
GROUPS = (("粗大ごみ", "大型ごみ", "大きいごみ"), ("夫", "主人", "旦那"), ("妻", "奥さん"))


def find_faults(groups: Sequence[Sequence[str]]) -> list[str]:
    """What breaks the rules in the head of words/thesaurus.yml."""
    faults = [f"{words}: one word" for words in groups if len(words) < 2]
    faults += [f"{word}: twice" for _, word, _ in find_shadowed(groups)]
    faults += [f"{words}: a blank word" for words in groups if not all(words)]
    faults += [
        f"{word}: of a city" for words in groups for word in words if word.startswith(FOREIGN)
    ]
    return faults


def test_the_programs_words_are_many_and_keep_their_rules() -> None:
    assert len(load_thesaurus()) >= 600
    assert find_faults(load_thesaurus()) == []


@pytest.mark.parametrize(
    ("group", "fault"),
    [
        (("ひとつ",), "one word"),
        (("大型ゴミ", "でかごみ"), "twice"),
        (("い", ""), "a blank word"),
        (("しるべコール", "総合案内"), "of a city"),
    ],
)
def test_a_group_that_breaks_a_rule_is_found(group: tuple[str, ...], fault: str) -> None:
    assert [found for found in find_faults([*GROUPS, group]) if found.endswith(fault)]


@pytest.fixture
def general(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small thesaurus of the program's."""
    monkeypatch.setattr(search.thesaurus, "load_thesaurus", lambda: GROUPS)
    folded = tuple(tuple(map(search.thesaurus.fold_word, words)) for words in GROUPS)
    monkeypatch.setattr(search.thesaurus, "_fold_thesaurus", lambda: folded)


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize(
    ("own", "unused", "merged"),
    [
        ([], [], [*GROUPS]),
        ([("窓口", "受付")], [], [("窓口", "受付"), *GROUPS]),
        (
            [("でかごみ", "大型ゴミ")],
            [],
            [("でかごみ", "大型ゴミ", "粗大ごみ", "大きいごみ"), *GROUPS[1:]],
        ),
        ([], ["ダンナ", "だんな", "旦那"], [GROUPS[0], GROUPS[2]]),
        ([("主人", "店主")], ["夫"], [("主人", "店主"), GROUPS[0], GROUPS[2]]),
        ([("夫", "妻")], [], [("夫", "妻", "主人", "旦那", "奥さん"), GROUPS[0]]),
        (
            [("夫", "つれあい"), ("主人", "店主")],
            [],
            [("夫", "つれあい", "旦那"), ("主人", "店主"), GROUPS[0], GROUPS[2]],
        ),
    ],
    ids=["nothing", "adds", "joins", "does without", "changes", "joins two", "parts"],
)
def test_a_city(
    own: list[tuple[str, ...]], unused: list[str], merged: list[tuple[str, ...]]
) -> None:
    assert merge_thesaurus(own, unused=unused) == merged


def write_faq(folder: Path, rows: str) -> None:
    (folder / "faq" / "a.yml").write_text(rows, encoding="utf-8")


def test_a_city_without_words_is_searched_as_in_the_evaluation(folder: Path) -> None:
    write_faq(folder, "- {番号: 1, 質問: 粗大ごみを捨てる, 回答: 電話で, 状態: 承認済み}\n")
    loaded = load_content(folder)
    content = loaded.show(at=AT, audience=Audience.CITIZEN).content
    documents = make_documents(content)
    analysed = analyse_documents(documents, analyzer=loaded.analyzer)
    evaluated = build_index(
        documents, analysed, analyzer=loaded.analyzer, thesaurus=merge_thesaurus()
    )
    assert build_search(loaded, content, workers=1) == evaluated
    lexicon = next(data for name, data in evaluated.items() if name.startswith("lexicon"))
    assert "大型ごみ" in lexicon.decode()


def test_a_word_that_only_hidden_faqs_use_joins_no_group(folder: Path) -> None:
    write_faq(
        folder,
        "- {番号: 1, 質問: 粗大ごみ, 回答: い, 状態: 承認済み}\n"
        "- {番号: 2, 質問: ひみつ箱, 回答: い, 状態: 下書き}\n",
    )
    (folder / "thesaurus.yml").write_text("- 粗大ごみ、ひみつ箱、でかごみ\n", encoding="utf-8")
    loaded = load_content(folder)
    content = loaded.show(at=AT, audience=Audience.CITIZEN).content
    group = next(words for words in collect_thesaurus(content) if "粗大ごみ" in words)
    assert group[:2] == ("粗大ごみ", "でかごみ")
    assert "ひみつ箱" not in group
    assert "大型ごみ" in group


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("宇宙船", "「宇宙船」のある組は、Shirube の辞書にありません。組の言葉に"),
        ("粗大ゴミの", "「粗大ごみ」のことですか。"),
        ("粗大ごみみ", "「粗大ごみ」のことですか"),
    ],
)
def test_a_group_that_is_not_there_cannot_be_done_without(
    folder: Path, word: str, wanted: str
) -> None:
    (folder / "thesaurus.yml").write_text(f"- {{使わない: {word}}}\n", encoding="utf-8")
    messages = [str(problem) for problem in load_content(folder).problems]
    assert [
        one for one in messages if "thesaurus.yml 1行目 使わない: （注意）" in one and wanted in one
    ]


def test_a_group_that_is_there_can_be_done_without(folder: Path) -> None:
    (folder / "thesaurus.yml").write_text("- {使わない: 粗大ごみ}\n", encoding="utf-8")
    loaded = load_content(folder)
    assert not [one for one in loaded.problems if "thesaurus" in one.code]
    groups = collect_thesaurus(loaded.content)
    assert not [words for words in groups if "粗大ごみ" in words]
