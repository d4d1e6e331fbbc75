"""From a foreign table to the files of a city's folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from faq.check.content import check_content
from faq.model.choices import Status
from faq.model.content import Content, Faq
from faq.model.problem import CommandError, select_errors
from faq.read.content import read_content
from faq.start.folder import write_folder
from faq.start.take import Taken, take_table
from japanese.analyze import Analyzer

READ = Analyzer().read_words
LAYERED = [
    ["あおば市の質問一覧（令和8年10月現在）", "", "", "", "", "", "", "", ""],
    ["No.", "大分類", "中分類", "質問", "回答", "所管課", "電話", "登録日", "備考"],
    ["１", "税金", "市民税", "いくらですか", "*1 所得によります\n#2 窓口へ", "税務課", "06-1000-0001", "令和8年4月1日", "内部用"],
    ["２", "", "", "どこで払いますか", "銀行です", "税務課", "06-1000-0001", "2026/4/2", ""],
    ["３", "", "その他", "証明書はどこですか", "窓口です", "税務課、市民課", "06-1000-0002", "R8.4.3", ""],
    ["４", "くらし", "ごみ", "ごみの日はいつですか", "", "環境課", "06-1000-0003", "", ""],
    ["５", "", "その他", "犬が逃げました", "連絡を", "環境課", "06-1000-0004", "", ""],
    ["６", "", "", "猫が来ます", "連絡を", "環境課", "06-1000-0004", "", ""],
]  # fmt: skip


def encode(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "cp932") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def take(folder: Path, rows: Sequence[Sequence[str]] | bytes, name: str = "表.csv") -> Taken:
    path = folder / name
    path.write_bytes(rows if isinstance(rows, bytes) else encode(rows))
    return take_table(path, read_words=READ)


def read(folder: Path, taken: Taken) -> Content:
    """The content of the folder that comes of it, which has no error."""
    assert not taken.problems
    write_folder(folder / "市", taken.files)
    content, problems = read_content(folder / "市" / "content")
    assert select_errors([*problems, *check_content(content)]) == []
    return content


def pair(*faqs: Sequence[str], header: Sequence[str] = ("番号", "質問", "回答")) -> list[list[str]]:
    return [list(header), *map(list, faqs)]


@pytest.fixture
def layered(tmp_path: Path) -> tuple[Content, Taken]:
    taken = take(tmp_path, LAYERED)
    return read(tmp_path, taken), taken


def find(content: Content, faq_id: str) -> Faq:
    return next(faq for faq in content.faqs if faq.id == faq_id)


def test_categories_have_two_levels_and_ids_by_their_readings(
    layered: tuple[Content, Taken],
) -> None:
    topics = layered[0].topics
    assert [(topic.id, [child.id for child in topic.children]) for topic in topics] == [
        ("zeikin", ["shiminzei", "sonota"]),
        ("kurashi", ["gomi", "kurashi-sonota"]),
    ]


def test_merged_cells_count_for_the_rows_below(layered: tuple[Content, Taken]) -> None:
    content, _ = layered
    assert find(content, "2").categories == ("shiminzei",)
    assert find(content, "6").categories == ("kurashi-sonota",)


def test_a_department_has_its_most_frequent_telephone(layered: tuple[Content, Taken]) -> None:
    content, taken = layered
    phones = {item.name: item.phone for item in content.departments}
    assert phones == {"税務課": "06-1000-0001", "市民課": "", "環境課": "06-1000-0004"}
    assert (
        "環境課の電話が何通りかあります（06-1000-0004（2 行）、06-1000-0003（1 行））" in taken.page
    )


def test_two_departments_in_a_cell_are_two(layered: tuple[Content, Taken]) -> None:
    assert find(layered[0], "3").departments == ("zeimu", "shimin")


def test_answers_stay_as_they_were_written(layered: tuple[Content, Taken]) -> None:
    faq = find(layered[0], "1")
    assert str(faq.format) == "文章"
    assert "*1 所得によります\n#2 窓口へ" in repr(faq.answer).replace("\\n", "\n")


def test_remarks_become_internal_notes(layered: tuple[Content, Taken]) -> None:
    assert find(layered[0], "1").note == "内部用"


def test_a_row_without_an_answer_becomes_a_draft(layered: tuple[Content, Taken]) -> None:
    content, taken = layered
    drafts = [faq.id for faq in content.faqs if faq.status is Status.DRAFT]
    assert drafts == ["4"]
    assert "FAQ 6 件（承認済み 5、確認待ち 0、下書き 1）" in taken.page


def test_the_page_tells_header_title_and_every_column(layered: tuple[Content, Taken]) -> None:
    page = layered[1].page
    assert "2行目（その上の「あおば市の質問一覧（令和8年10月現在）」は" in page
    assert all(f"  {name} → " in page for name in LAYERED[1])


def test_a_book_with_merged_cells_gives_the_same_content(
    tmp_path: Path, layered: tuple[Content, Taken]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("一覧")
    for row in LAYERED:
        sheet.append([cell or None for cell in row])
    for cells in ("A1:I1", "B3:B5", "C3:C4", "B6:B8", "C7:C8"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "表.xlsx")
    taken = take_table(tmp_path / "表.xlsx", read_words=READ)
    assert taken.files["content/faq/表.csv"] == layered[1].files["content/faq/表.csv"]
    assert taken.files["content/categories.yml"] == layered[1].files["content/categories.yml"]
    assert "シート「一覧」" in taken.page


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_a_title_above_does_not_hide_what_is_between_the_cells(
    tmp_path: Path, delimiter: str
) -> None:
    rows = [["よくある質問"], ["番号", "質問", "回答"], ["1", "ごみはいつですか", "朝です"]]
    taken = take(tmp_path, encode(rows, delimiter=delimiter))
    assert [faq.id for faq in read(tmp_path, taken).faqs] == ["1"]


@pytest.mark.parametrize(
    ("numbers", "expected", "said"),
    [
        (("7", "8"), ("7", "8"), ""),
        (("007", "FAQ-8"), ("7", "8"), "番号の先頭の文字や 0 は取ります"),
        (("7", "7"), ("1001", "1002"), "同じ番号（7 など）があるので、1001 から 1002"),
        (("7", ""), ("1001", "1002"), "空欄があるので、1001 から 1002"),
        (("ア", "イ"), ("1001", "1002"), "アドレスに使えない番号（ア など）"),
    ],
)
def test_numbers_are_taken_where_they_are_fit_for_addresses(
    tmp_path: Path, numbers: tuple[str, str], expected: tuple[str, str], said: str
) -> None:
    rows = pair((numbers[0], "ごみの日は？", "朝です"), (numbers[1], "犬は？", "届けます"))
    taken = take(tmp_path, rows)
    assert tuple(faq.id for faq in read(tmp_path, taken).faqs) == expected
    assert said in taken.page


def test_a_column_nobody_knows_is_said_and_named_in_the_map(tmp_path: Path) -> None:
    rows = pair(("1", "ごみの日は？", "朝です", "甲乙"), header=("番号", "質問", "回答", "決裁欄"))
    taken = take(tmp_path, rows)
    assert "決裁欄 → 使いません" in taken.page
    assert "- 決裁欄" in taken.files["map.yml"].decode()


def test_a_row_without_a_question_is_left_out_and_said(tmp_path: Path) -> None:
    rows = pair(("1", "ごみの日は？", "朝です"), ("", "", "■税金"), ("2", "税は？", "銀行です"))
    taken = take(tmp_path, rows)
    assert [faq.id for faq in read(tmp_path, taken).faqs] == ["1", "2"]
    assert "質問が空の 1 行は取り込みません（3 行目）" in taken.page


def test_tags_become_plain_text_and_are_said(tmp_path: Path) -> None:
    answer = '<p>朝です。<br>夜は<a href="https://a.example/">こちら</a></p>'
    taken = take(tmp_path, pair(("1", "ごみの日は？", answer)))
    table = taken.files["content/faq/表.csv"].decode()
    assert "朝です。\n夜はこちら https://a.example/" in table
    assert "HTML のタグがあります（1 件" in taken.page


def test_answers_that_are_markdown_stay_markdown(tmp_path: Path) -> None:
    taken = take(tmp_path, pair(("1", "ごみの日は？", "**朝**です"), ("2", "犬は？", "## 届け出")))
    assert "書式: Markdown" in taken.files["map.yml"].decode()


def test_words_of_a_state_are_translated(tmp_path: Path) -> None:
    rows = pair(
        ("1", "ごみの日は？", "朝です", "公開中"), ("2", "犬は？", "届出", "非公開"),
        ("3", "猫は？", "届出", "保留"), header=("番号", "質問", "回答", "公開状態"),
    )  # fmt: skip
    taken = take(tmp_path, rows)
    states = [str(faq.status) for faq in read(tmp_path, taken).faqs]
    assert states == ["承認済み", "下書き", "下書き"]
    assert "状態の 保留 は意味が分からない" in taken.page


@pytest.mark.parametrize(
    ("urls", "attribute"),
    [
        (("https://old.example/faq/1.html", "https://old.example/faq/2.html"), "old_addresses"),
        (("https://a.example/tax", "https://b.example/"), "links"),
    ],
)
def test_addresses_are_old_ones_or_links(
    tmp_path: Path, urls: tuple[str, str], attribute: str
) -> None:
    rows = pair(
        ("1", "ごみの日は？", "朝です", urls[0]), ("2", "犬は？", "届出", urls[1]),
        header=("番号", "質問", "回答", "URL"),
    )  # fmt: skip
    content = read(tmp_path, take(tmp_path, rows))
    assert all(getattr(faq, attribute) for faq in content.faqs)


def test_days_that_cannot_be_read_are_left_blank_and_said(tmp_path: Path) -> None:
    days = ("2026/4/1", "令和8年4月2日", "4月頃")
    rows = pair(
        *((str(n), f"質問{n}は？", "答えです", day) for n, day in enumerate(days, start=1)),
        header=("番号", "質問", "回答", "更新日"),
    )
    taken = take(tmp_path, rows)
    assert [bool(faq.updated) for faq in read(tmp_path, taken).faqs] == [True, True, False]
    assert "1 個の値（例「4月頃」）は「更新日」として読めない" in taken.page


def test_a_mark_within_a_category_does_not_make_two(tmp_path: Path) -> None:
    rows = pair(
        ("1", "ごみの日は？", "朝です", "妊娠、出産"), ("2", "犬は？", "届出", "妊娠、出産"),
        header=("番号", "質問", "回答", "分野"),
    )  # fmt: skip
    content = read(tmp_path, take(tmp_path, rows))
    assert [topic.name for topic in content.topics] == ["妊娠・出産"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["あ", "い"], ["う", "え"]], "init_no_header"),
        ([["番号", "質問"], ["1", "ごみの日は？"]], "init_no_column"),
    ],
)
def test_without_header_or_answers_the_way_out_is_told(
    tmp_path: Path, rows: list[list[str]], code: str
) -> None:
    with pytest.raises(CommandError) as found:
        take(tmp_path, rows)
    assert found.value.code == code
