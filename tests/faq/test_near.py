"""The nearest name there is: what is asked about, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.model.near import find_near, is_slip
from faq.read.content import read_content

NAMES = ["障害福祉課", "こども政策課", "市民課", "国民健康保険", "コールセンター", "斎場"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("障がい福祉課", "障害福祉課"),
        ("障害福祉", "障害福祉課"),
        ("子ども政策課", "こども政策課"),
        ("子供政策課", "こども政策課"),
        ("国民健康保健", "国民健康保険"),
        ("ｺｰﾙｾﾝﾀ", "コールセンター"),
        ("齋場", "斎場"),
        ("総務課", ""),
        ("道路維持課", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_found_where_there_is_one(word: str, near: str) -> None:
    assert find_near(word, NAMES) == near


def test_a_day_is_no_misspelt_text() -> None:
    assert find_near("質問日", ["質問"]) == ""
    assert find_near("質問内容", ["質問"]) == "質問"


def test_names_with_different_numbers_are_no_slips_of_each_other() -> None:
    assert not is_slip("第二小学校", "第一小学校")
    assert is_slip("第二小学佼", "第二小学校")


@pytest.mark.parametrize(
    ("column", "cell", "hint"),
    [
        ("状態", "公開", "「承認済み」のことですか"),
        ("状態", "確認まち", "「確認待ち」のことですか"),
        ("見せる相手", "市民のみ", "「市民」のことですか"),
        ("分野", "税", "「税金」のことですか"),
        ("分野", "税　金", "「税金」のことですか"),
        ("ライフイベント", "結婚課", "「結婚」のことですか"),
        ("担当課", "税務", "「税務課」のことですか"),
    ],
)
def test_every_choice_of_a_cell_asks_about_the_nearest(
    folder: Path, column: str, cell: str, hint: str
) -> None:
    text = f"番号,質問,回答,{column}\n1,い,ろ,{cell}\n"
    (folder / "faq" / "a.csv").write_text(text, encoding="utf-8")
    _, problems = read_content(folder)
    (message,) = map(str, problems)
    assert hint in message


def test_every_choice_of_the_settings_asks_about_the_nearest(folder: Path) -> None:
    site = folder / "site.yml"
    site.write_text(
        site.read_text(encoding="utf-8") + "見本: ○\n検索の置き場所: まとめる\n", "utf-8"
    )
    (folder / "notices.yml").write_text("- {題名: あ, 重さ: 緊急！, 担当課: [税務]}\n", "utf-8")
    _, problems = read_content(folder)
    hints = {one.place.column: one.values["hint"] for one in problems}
    assert hints == {
        "見本": "「はい」のことですか。",
        "検索の置き場所": "「まとめて」のことですか。",
        "重さ": "「緊急」のことですか。",
        "担当課": "「税務課」のことですか。",
    }


def test_a_name_that_two_have_is_not_said_to_be_missing(folder: Path) -> None:
    (folder / "departments.yml").write_text(
        "- {id: aa, 名前: 窓口}\n- {id: bb, 名前: 窓口}\n", encoding="utf-8"
    )
    (folder / "faq" / "a.csv").write_text("番号,質問,回答,担当課\n1,い,ろ,窓口\n", encoding="utf-8")
    _, problems = read_content(folder)
    assert [problem.code for problem in problems] == ["name_ambiguous"]
