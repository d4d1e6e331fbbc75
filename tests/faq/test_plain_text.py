"""書式: 文章. What was written is what is seen; and addresses that a text names become links."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.check.content import check_content
from faq.exchange.write import write_csv
from faq.markup.html import MarkupContext, render_markup
from faq.markup.text import MarkupText
from faq.model.choices import Audience, Format
from faq.model.content import Faq
from faq.model.problem import select_errors
from faq.read.content import read_content
from faq.window.select import select_window
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT

CONTEXT = MarkupContext("/b/", "表")
# Every sign that Markdown has a meaning for, at the beginning of a line and within.
SIGNS = "*1 注 2*3\n# 番号\n1985. よい年\n+ 足す\n    四つ\n- 一\n> 引用\n[a](b)\n`c` \\d &amp; <b>"


def render(text: str, *, is_plain: bool = True) -> str:
    return render_markup(MarkupText(text, is_plain=is_plain), context=CONTEXT)


def read(folder: Path, text: str, *, site: str = "") -> tuple[list[Faq], list[str]]:
    (folder / "faq" / "a.csv").write_text(text, encoding="utf-8")
    with (folder / "site.yml").open("a", encoding="utf-8") as file:
        file.write(site)
    content, problems = read_content(folder)
    return list(content.faqs), [str(problem) for problem in select_errors(problems)]


# Plain text


def test_no_sign_of_a_plain_text_is_a_mark() -> None:
    text = MarkupText(SIGNS, is_plain=True)
    assert (text.words.replace("四つ", "    四つ"), text.links, text.parts) == (SIGNS, (), ())
    assert render(SIGNS).count("<") == 1 + len(SIGNS.split("\n")) - 1 + 1


def test_blanks_and_line_breaks_of_a_plain_text_are_as_written() -> None:
    assert render("一  二\n  三\n\n\n四") == (
        '<p class="plain">一  二<br>  三</p>\n<p class="plain">四</p>\n'
    )


def test_markdown_would_have_read_it_otherwise() -> None:
    assert "<ol" in render("1985. よい年", is_plain=False)


@given(st.text(" \n*#-+1.`[]()<>&\\あa", max_size=40))
def test_the_words_of_a_plain_text_are_its_lines(text: str) -> None:
    lines = [line.strip() for line in text.split("\n")]
    assert MarkupText(text, is_plain=True).words == "\n".join(filter(None, lines))


def test_a_column_says_how_each_answer_is_read(folder: Path) -> None:
    (plain, marked), problems = read(
        folder, "番号,質問,回答,回答[en],質問[en],書式\n1,い,# a,# b,Q,文章\n2,ろ,# a,,,Markdown\n"
    )
    assert (plain.format, plain.answer.parts, plain.translations[0].answer.parts) == (
        Format.PLAIN,
        (),
        (),
    )
    assert (marked.format, len(marked.answer.parts), problems) == (Format.MARKDOWN, 1, [])


@pytest.mark.parametrize(
    ("site", "formats"),
    [
        ("", ["Markdown", "文章"]),
        ("書式: 文章\n", ["文章", "文章"]),
        ("書式: {a.csv: 文章}\n", ["文章", "文章"]),
        ("書式: {own.yml: 文章}\n", ["Markdown", "文章"]),
    ],
)
def test_the_site_says_how_answers_are_read_that_do_not_say_so(
    folder: Path, site: str, formats: list[str]
) -> None:
    (folder / "faq" / "own.yml").write_text("- {番号: 9, 質問: は, 回答: に}\n", encoding="utf-8")
    faqs, problems = read(folder, "番号,質問,回答,書式\n1,い,# a,\n2,ろ,# a,文章\n", site=site)
    assert [str(faq.format) for faq in faqs if faq.id != "9"] == formats
    assert [faq.answer.is_plain for faq in faqs if faq.id != "9"] == [
        name == "文章" for name in formats
    ]
    assert problems == []


def test_a_wrong_format_and_a_file_that_is_not_there_are_reported(folder: Path) -> None:
    _, problems = read(
        folder, "番号,質問,回答,書式\n1,い,ろ,HTML\n", site="書式: {zei.csv: 文章}\n"
    )
    assert sorted(problems) == [
        "content/faq/a.csv 2行目 書式: 「HTML」は書式に使えません。文章 か Markdown と書いてください",
        "content/site.yml 書式: content/faq/ に「zei.csv」というファイルがありません。名前を直すか、この行を消してください",
    ]


def test_what_was_exported_is_read_alike_whatever_the_site_says(folder: Path) -> None:
    faqs, _ = read(folder, '番号,質問,回答,書式\n1,い,# a,\n2,ろ,"  一\n*1",文章\n')
    again, _ = read(folder, write_csv(faqs), site="書式: 文章\n")
    assert again == faqs
    assert [faq.answer.is_plain for faq in again] == [False, True]


def test_the_link_to_a_hidden_faq_leaves_a_plain_text_plain(folder: Path) -> None:
    address = f"{read_content(folder)[0].site.base_url}faq/2/"
    answer = f'"# 番号\n詳しくは{address}をご覧"'
    read(folder, f"番号,質問,回答,書式,状態\n1,い,{answer},文章,承認済み\n2,ろ,は,,\n")
    content, _ = read_content(folder)
    (faq,) = select_window(content, at=AT, audience=Audience.CITIZEN, normalize=str).content.faqs
    assert (faq.answer, faq.answer.is_plain) == ("# 番号\n詳しくはをご覧", True)


def test_a_page_shows_a_plain_answer_and_never_the_note(folder: Path, tmp_path: Path) -> None:
    read(
        folder,
        "番号,質問,回答,書式,状態,備考,分野,担当課\n"
        '1,い,"*1 注\n  電話 06-6489-6550",文章,承認済み,架電時は折り返し,税金,税務課\n',
    )
    out = tmp_path / "public"
    build_site(BuildOptions(folder, out, AT))
    page = (out / "faq" / "1" / "index.html").read_text(encoding="utf-8")
    assert '*1 注<br>  電話 <a href="tel:0664896550">06-6489-6550</a></p>' in page
    files = [path.read_bytes() for path in out.resolve().rglob("*") if path.is_file()]
    # As written, and in JSON.
    spelt = {word: (word.encode(), word.encode("unicode_escape")) for word in ("注", "架電")}
    found = {
        word: any(form in data for data in files for form in forms) for word, forms in spelt.items()
    }
    assert found == {"注": True, "架電": False}


# Addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.jp/aをご覧", "https://example.jp/a"),
        ("詳しくはhttp://example.jp", "http://example.jp"),
        (
            "（https://example.jp/?a=1&b=%E3%81%82#c）。",
            "https://example.jp/?a=1&amp;b=%E3%81%82#c",
        ),
        ("See https://example.jp/a.", "https://example.jp/a"),
        ("(https://example.jp/a_(b))", "https://example.jp/a_(b)"),
        ("mailはkoho@city.example.lg.jpへ", "mailto:koho@city.example.lg.jp"),
        ("電話03-1234-5678です", "tel:0312345678"),
        ("TEL：０３－１２３４－５６７８", "tel:0312345678"),
        ("０６ー６４８９ー６５５０", "tel:0664896550"),
        ("0744(22)1234", "tel:0744221234"),
        ("（０７４４）２２－１２３４", "tel:0744221234"),
        ("090-1234-5678", "tel:09012345678"),
        ("0120-123-456", "tel:0120123456"),
        ("電話・FAX 06-6489-6550", "tel:0664896550"),
        ("0800-123-4567", "tel:08001234567"),
    ],
)
@pytest.mark.parametrize("is_plain", [True, False])
def test_an_address_that_a_text_names_is_a_link(text: str, address: str, is_plain: bool) -> None:
    html = render(text, is_plain=is_plain)
    assert html.count("<a ") == 1
    assert f'href="{address}"' in html
    assert MarkupText(text, is_plain=is_plain).words == text


@pytest.mark.parametrize(
    "text",
    [
        "2027-04-01", "〒660-8501", "1203-1234-5678", "03-1234-56789", "0123-4567-8901",
        "03-1234-5678-9", "0312345678", "03-123-456", "000-0000-0000", "FAQ 1001", "A-03-1234-5678",
        "FAX：03-1234-5678", "ファックス 03-1234-5678", "@市役所", "a@b", "ftp://example.jp/",
        "https://市.jp", "https://localhost", "javascript://example.jp",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_stays_text(text: str) -> None:
    assert "<a " not in render(text)


def test_code_and_written_links_are_left_alone() -> None:
    text = "[03-1234-5678](/faq/12/) `https://a.example/` <https://b.example/>"
    assert render(text, is_plain=False) == (
        '<p><a href="/b/faq/12/">03-1234-5678</a> <code>https://a.example/</code> '
        '<a href="https://b.example/">https://b.example/</a></p>\n'
    )


def test_print_adds_no_second_address_to_one_that_a_text_names() -> None:
    assert 'class="bare" href="https://a.example/"' in render("https://a.example/")


def test_a_named_address_is_checked_as_a_written_one(folder: Path) -> None:
    content, _ = read_content(folder)
    read(folder, f"番号,質問,回答\n1,い,次は{content.site.base_url}faq/9/をご覧\n")
    content, _ = read_content(folder)
    assert "link_dead" in [problem.code for problem in check_content(content)]
