"""A title above the header is one message, and a table without one is read as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.read.content import read_content
from faq.read.header import find_header

KNOWN = {"番号", "質問", "回答"}
HEADER = ["番号", "質問", "回答"]
FOREIGN = ["No.", "大分類", "問い", "答え", "所管課"]
DATA = ["1", "くらし", "いつですか。", "今日です。", "市民課"]


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([HEADER, ["1", "い", "ろ"]], 0),
        ([["よくある質問一覧", "", ""], HEADER], 1),
        ([["よくある質問"], [], ["令和8年", "市民課"], FOREIGN, DATA], 3),
        ([FOREIGN, DATA, DATA], 0),
        ([["質問", "回答"], ["いつですか", "今日です"]], 0),
        ([["番号"], HEADER], 0),
        ([["題名", ""], DATA, DATA], 0),
        ([["題名"], ["い", "ろ"]], 0),
        ([], 0),
    ],
)
def test_the_header_is_found_beneath_titles_only(rows: list[list[str]], index: int) -> None:
    assert find_header(rows, known=KNOWN) == index


def test_a_title_row_is_one_problem_with_the_way_out(folder: Path) -> None:
    rows = "".join(f"{number},質問{number},回答\n" for number in range(1, 1787))
    text = f"市民の声一覧,,\n番号,質問,回答\n{rows}"
    (folder / "faq" / "a.csv").write_text(text, encoding="cp932")
    _, problems = read_content(folder)
    (message,) = map(str, problems)
    assert message.startswith("content/faq/a.csv 1行目: 「市民の声一覧」は、表の題名のようです")
    assert "見出しの行: 2" in message
