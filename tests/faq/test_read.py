"""Loader: encodings, layouts and spellings that editors really send."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.check.content import check_content
from faq.model.choices import Audience, Status
from faq.model.content import Faq
from faq.model.problem import Problem, select_errors
from faq.read.content import read_content

HEADER = "番号,質問,回答,状態\n"


def read_csv_bytes(
    folder: Path, data: bytes, name: str = "a.csv"
) -> tuple[tuple[Faq, ...], list[str]]:
    (folder / "faq" / name).write_bytes(data)
    content, problems = read_content(folder)
    return content.faqs, [str(problem) for problem in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_is_read_in_each_encoding(folder: Path, encoding: str) -> None:
    faqs, problems = read_csv_bytes(folder, f"{HEADER}1,税金①,はい,承認済み\n".encode(encoding))
    assert [faq.question for faq in faqs] == ["税金①"]
    assert problems == []


def test_line_breaks_quotes_and_commas_stay_inside_cells(folder: Path) -> None:
    data = f'{HEADER}1,"「何,を」""持つ""か","一行目\r\n二行目",承認済み\r\n'.encode()
    faqs, _ = read_csv_bytes(folder, data)
    assert faqs[0].question == '「何,を」"持つ"か'
    assert faqs[0].answer == "一行目\n二行目"


def test_english_headers_are_read(folder: Path) -> None:
    faqs, problems = read_csv_bytes(folder, b"id,question,answer,status\n1,Q,A,approved\n")
    assert faqs[0].status is Status.APPROVED
    assert problems == []


def test_yaml_is_read_with_one_faq_and_with_many(folder: Path) -> None:
    (folder / "faq" / "one.yml").write_text("番号: 1\n質問: い\n回答: ろ\n", encoding="utf-8")
    (folder / "faq" / "many.yaml").write_text(
        "- {番号: 2, 質問: は, 回答: に}\n- {id: 3, question: ほ, answer: へ}\n", encoding="utf-8"
    )
    content, problems = read_content(folder)
    assert [faq.id for faq in content.faqs] == ["2", "3", "1"]
    assert problems == []


def test_yaml_words_like_no_and_dates_stay_text(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 10, 質問: no, 回答: 2027-04-01, キーワード: [1.0, yes]}\n", encoding="utf-8"
    )
    content, _ = read_content(folder)
    assert (content.faqs[0].question, content.faqs[0].answer) == ("no", "2027-04-01")
    assert content.faqs[0].keywords == ("1.0", "yes")


def test_names_of_categories_and_departments_become_ids(folder: Path) -> None:
    data = "番号,質問,回答,分野,担当課\n1,い,ろ,税金,税務課\n".encode()
    faqs, _ = read_csv_bytes(folder, data)
    assert (faqs[0].categories, faqs[0].departments) == (("zei",), ("zeimu",))


def test_blank_status_is_a_draft_and_blank_audience_is_everyone(folder: Path) -> None:
    faqs, _ = read_csv_bytes(folder, "番号,質問,回答,状態,見せる相手\n1,い,ろ,,\n".encode())
    assert faqs[0].status is Status.DRAFT
    assert faqs[0].audience == tuple(Audience)


def test_kana_written_apart_is_put_together(folder: Path) -> None:
    faqs, _ = read_csv_bytes(folder, f"{HEADER}1,か\u3099く,ろ,承認済み\n".encode())
    assert faqs[0].question == "がく"


def test_excel_lock_files_are_passed_over(folder: Path) -> None:
    faqs, problems = read_csv_bytes(folder, b"\x00garbage", name="~$a.csv")
    assert (faqs, problems) == ((), [])


def test_blank_rows_and_surplus_commas_are_passed_over(folder: Path) -> None:
    faqs, problems = read_csv_bytes(folder, f"{HEADER},,,\n1,い,ろ,承認済み,,,\n\n".encode())
    assert [faq.origin.row for faq in faqs] == [3]
    assert problems == []


def test_translations_are_read_from_paired_columns(folder: Path) -> None:
    faqs, _ = read_csv_bytes(folder, "番号,質問,回答,質問[en],回答[en]\n1,い,ろ,Q,A\n".encode())
    assert [(t.language, t.question, t.answer) for t in faqs[0].translations] == [("en", "Q", "A")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("番号,質問\n1,い\n".encode("utf-16"), "content/faq/a.csv: 文字コードがUTF-16です"),
        (b"PK\x03\x04xxxx", "content/faq/a.csv: 中身がExcelブックです"),
        ("番号,質問,回答\n1,い,ろ\n".encode() + b"\xff\xfe\x81", "content/faq/a.csv 3行目: 文字コードが分かりません"),
        (b"", "content/faq/a.csv: 中身がありません"),
        (f'{HEADER}1,"い,ろ,承認済み\n'.encode(), "content/faq/a.csv 2行目: 引用符"),
        (f"{HEADER}1,い,ろ,承認済み,余り\n".encode(), "content/faq/a.csv 2行目: 値が見出しより多く"),
        ("番号,質問,回答,質問\n1,い,ろ,は\n".encode(), "content/faq/a.csv 1行目 質問: 同じ見出し"),
        ("番号,質問\n1,い\n".encode(), "content/faq/a.csv 1行目 回答: この見出しの列がありません"),
        ("番号,質問,回答,カテゴリ\n1,い,ろ,は\n".encode(), "content/faq/a.csv 1行目 カテゴリ: この名前の項目はありません"),
        (f"{HEADER}1,い,ろ,承認済み\n".encode().replace("ろ".encode(), b"\x07"), "使えない文字（U+0007）"),
        (f"{HEADER}1,い\u202eろ,は,承認済み\n".encode(), "使えない文字（U+202E）"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_so(folder: Path, data: bytes, expected: str) -> None:
    _, problems = read_csv_bytes(folder, data)
    assert any(expected in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 番号: 1\n  質問: [い\n", "YAMLとして読めません"),
        ("- {番号: 1, 番号: 2}\n", "同じ項目が2回"),
        ("- &a {番号: 1, 質問: い}\n- *a\n", "YAMLの別名"),
        ("- ただの文\n", "「項目名」と値の組が必要です"),
        ("- {番号: 1, 質問: {い: ろ}, 回答: は}\n", "文字で書いてください"),
    ],
)
def test_yaml_that_cannot_be_read_says_so(folder: Path, text: str, expected: str) -> None:
    (folder / "faq" / "a.yml").write_text(text, encoding="utf-8")
    _, problems = read_content(folder)
    assert any(expected in str(problem) for problem in problems), problems


DEFECTS = """\
番号,質問,回答,分野,ライフイベント,担当課,状態,公開開始,公開終了,更新日,関連FAQ,後継FAQ,リンク,根拠,見せる相手,旧アドレス
001,番号が悪い,あ,税金,,税務課,承認済み,,,,,,,,,
2,,質問がない,税金,,税務課,承認済み,,,,,,,,,
3,回答がない,,税金,,税務課,承認済み,,,,,,,,,
4,分野が悪い,あ,ぜいきん,,税務課,承認済み,,,,,,,,,
5,出来事が悪い,あ,税金,離婚,税務課,承認済み,,,,,,,,,
6,担当が悪い,あ,税金,,総務課,承認済み,,,,,,,,,
7,状態が悪い,あ,税金,,税務課,OK,,,,,,,,,
8,開始が悪い,あ,税金,,税務課,承認済み,来週,,,,,,,,
9,終了が悪い,あ,税金,,税務課,承認済み,,2027-02-30,,,,,,,
10,更新日が悪い,あ,税金,,税務課,承認済み,,,13/45,,,,,,
11,終わりが先,あ,税金,,税務課,承認済み,2027-04-01,2027-03-30,,,,,,,
12,関連が悪い,あ,税金,,税務課,承認済み,,,,999,,,,,
13,後継が悪い,あ,税金,,税務課,承認済み,,,,,998,,,,
14,リンクが悪い,あ,税金,,税務課,承認済み,,,,,,ここ,,,
15,危ないリンク,あ,税金,,税務課,承認済み,,,,,,ここ | javascript:alert(1),,,
16,相手が悪い,あ,税金,,税務課,承認済み,,,,,,,,議員,
17,番号が同じ,あ,税金,,税務課,承認済み,,,,,,,,,
17,番号が同じその二,あ,税金,,税務課,承認済み,,,,,,,,,
18,番号が悪い,同じ質問,税金,,税務課,承認済み,,,,,,,,,
19,回答がない ,質問が同じ,税金,,税務課,承認済み,,,,,,,,,
20,死んだリンク,[あ](/faq/997/),税金,,税務課,承認済み,,,,,,,,,
21,アドレスが悪い,あ,税金,,税務課,承認済み,,,,,,,,,/a b
"""


def test_a_row_with_too_many_cells_hides_no_other_defect(folder: Path) -> None:
    data = f"{HEADER}1,い,ろ,承認済み,余り\n0,い,ろ,承認済み\n2,は,に,承認済み,余り\n"
    _, problems = read_csv_bytes(folder, data.encode())
    assert [problem.split(":")[0] for problem in problems] == [
        "content/faq/a.csv 2行目", "content/faq/a.csv 4行目", "content/faq/a.csv 3行目 番号",
    ]  # fmt: skip


def find_problems(folder: Path) -> list[Problem]:
    content, problems = read_content(folder)
    return problems + check_content(content)


def test_twenty_defects_in_one_file_give_twenty_messages(folder: Path) -> None:
    (folder / "faq" / "a.csv").write_text(DEFECTS, encoding="utf-8")
    problems = [str(problem) for problem in find_problems(folder)]
    expected = [
        "2行目 番号: 番号「001」", "3行目 質問: 空欄です", "4行目 回答: 承認済みなのに",
        "5行目 分野: 分野「ぜいきん」", "6行目 ライフイベント: ライフイベント「離婚」",
        "7行目 担当課: 担当課「総務課」", "8行目 状態: 「OK」", "9行目 公開開始: 「来週」",
        "10行目 公開終了: 「2027-02-30」という日は暦に", "11行目 更新日: 「13/45」",
        "12行目 公開終了: 公開開始より前です（2027-03-30 < 2027-04-01）",
        "13行目 関連FAQ: 番号「999」", "14行目 後継FAQ: 後継の番号「998」",
        "15行目 リンク: リンク「ここ」", "16行目 リンク: 「javascript:alert(1)」",
        "17行目 見せる相手: 「議員」", "19行目 番号: 番号「17」は、content/faq/a.csv 18行目",
        "21行目 質問: （注意）同じ質問が、content/faq/a.csv 4行目", "22行目 回答: リンク先「/faq/997/」",
        "23行目 旧アドレス: 旧アドレス「/a b」",
    ]  # fmt: skip
    missing = [text for text in expected if not any(text in problem for problem in problems)]
    assert missing == []
    assert len(problems) == len(expected), problems


def test_problems_name_the_columns_of_the_files_own_header(folder: Path) -> None:
    (folder / "faq" / "a.csv").write_text(
        "id,question,answer,status,publish_from,publish_until\n"
        "1,Q,A,approved,2027-04-01,2027-03-01\n",
        encoding="utf-8",
    )
    assert "2行目 publish_until: 公開開始より前" in str(select_errors(find_problems(folder))[0])


def test_the_same_question_at_different_times_or_for_others_is_no_problem(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: a, 分野: zei, 担当課: zeimu, 状態: 承認済み, 公開終了: 2027-03-31}\n"
        "- {番号: 2, 質問: い, 回答: b, 分野: zei, 担当課: zeimu, 状態: 承認済み, 公開開始: 2027-04-01,"
        " 見せる相手: [市民, センター]}\n"
        "- {番号: 3, 質問: い, 回答: c, 分野: zei, 担当課: zeimu, 状態: 承認済み, 見せる相手: 職員,"
        " 公開開始: 2027-04-01}\n",
        encoding="utf-8",
    )
    assert find_problems(folder) == []


def test_successors_in_a_cycle_are_found(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: a, 後継FAQ: 2}\n- {番号: 2, 質問: ろ, 回答: b, 後継FAQ: 1}\n",
        encoding="utf-8",
    )
    codes = [problem.code for problem in select_errors(find_problems(folder))]
    assert codes == ["replacement_cycle", "replacement_cycle"]


def test_two_claims_on_one_old_address_are_an_error(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: a, 旧アドレス: [old/1.html, search/]}\n"
        "- {番号: 2, 質問: ろ, 回答: b, 旧アドレス: /old/1.html}\n",
        encoding="utf-8",
    )
    codes = {problem.code for problem in select_errors(find_problems(folder))}
    assert codes == {"old_address_twice", "old_address_reserved"}


def test_a_missing_image_and_one_without_text_are_errors(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: '![](nai.png)'}\n", encoding="utf-8"
    )
    codes = {problem.code for problem in select_errors(find_problems(folder))}
    assert codes == {"image_missing", "image_without_text"}


def test_a_cell_larger_than_excel_holds_is_reported(folder: Path) -> None:
    (folder / "faq" / "a.csv").write_text(
        f"{HEADER}1,い,{'あ' * 40000},承認済み\n", encoding="utf-8"
    )
    assert "cell_over_excel" in {problem.code for problem in find_problems(folder)}


def test_a_dead_link_in_a_translation_or_a_notice_is_found(folder: Path) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: a, 翻訳: {en: {質問: Q, 回答: '[x](/faq/5/)'}}}\n",
        encoding="utf-8",
    )
    (folder / "notices.yml").write_text("- {題名: い, 本文: '[x](/faq/6/)'}\n", encoding="utf-8")
    errors = [str(problem) for problem in select_errors(find_problems(folder))]
    assert [error.split(":")[0] for error in errors] == [
        "content/faq/a.yml 1行目 翻訳", "content/notices.yml 1行目 本文",
    ]  # fmt: skip
