"""Titles break between phrases only."""

from __future__ import annotations

import pytest

from faq.markup.phrases import mark_phrases, split_phrases


def test_a_title_is_parted_into_phrases() -> None:
    title = "市役所の窓口は何時まで開いていますか"
    assert split_phrases(title) == ["市役所の", "窓口は", "何時まで", "開いていますか"]


@pytest.mark.parametrize(
    "title",
    [
        "【特定健診】健診は受けられますか？",
        "証明（固定資産課税台帳記載事項証明書・評価証明書）を取りたい。",
        "Wi-Fiは、「無料」で使えますか",
    ],
)
def test_no_line_ends_within_kanji_or_beside_the_wrong_side_of_a_bracket(title: str) -> None:
    phrases = split_phrases(title)
    assert "".join(phrases) == title
    assert not any(phrase.endswith(("【", "（", "「", "・")) for phrase in phrases)
    assert not any(phrase.startswith(tuple("】）」、。？")) for phrase in phrases)
    assert any("固定資産課税台帳記載事項証明書" in phrase for phrase in phrases) is (
        "固定" in title
    )


def test_what_is_marked_is_escaped() -> None:
    assert mark_phrases("<b>の市は") == '<span class="phrases">&lt;b&gt;の<wbr>市は</span>'


@pytest.mark.parametrize("title", ["住民票", "Moving in", "検索", ""])
def test_a_title_without_phrases_is_left_alone(title: str) -> None:
    assert mark_phrases(title) == title
