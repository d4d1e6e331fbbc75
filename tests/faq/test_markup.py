"""Markdown: what a text holds, the HTML of it, and how long reading takes."""

from __future__ import annotations

import gc
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from faq.addresses import find_linked_faq
from faq.check.content import check_content
from faq.markup.html import MarkupContext, render_markup
from faq.markup.parse import make_parser, parse_markup
from faq.markup.text import MarkupText
from faq.markup.words import Image
from faq.read.cells import clean_text
from faq.read.content import read_content
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT

CONTEXT = MarkupContext("/b/", "表")
MAP = "![地図][m]\n\n[m]: /images/map.png"


def render(text: str, *, anchors: bool = False) -> str:
    return render_markup(text, context=replace(CONTEXT, anchors=anchors))


def write_faq(folder: Path, **fields: str) -> None:
    """The second row of a.csv: an approved FAQ in one field, with these cells."""
    cells = {
        "番号": "1",
        "質問": "問い",
        "分野": "税金",
        "担当課": "税務課",
        "状態": "承認済み",
    } | fields
    rows = (cells.keys(), ('"' + cell.replace('"', '""') + '"' for cell in cells.values()))
    (folder / "faq" / "a.csv").write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")


def list_problems(folder: Path) -> list[str]:
    """The codes of the problems, and where they are."""
    content, problems = read_content(folder)
    found = (*problems, *check_content(content))
    return [f"{item.place.row} {item.place.column} {item.code}" for item in found if item.place.row]


def build(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "public"
    build_site(BuildOptions(folder, out, AT))
    return out.resolve()


def find_files(out: Path, word: str) -> list[str]:
    """The files that hold the word, as they are or escaped in JSON."""
    spelt = (word.encode(), word.encode("unicode_escape"))
    return sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in spelt)
    )


# What a text holds


def test_plain_words_are_left_without_marks() -> None:
    text = (
        "## 見出し\n\n- **太字**の[リンク](https://a.example/)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert MarkupText(text).words == "見出し\n太字のリンク\na b\n1 2"


def test_a_line_stays_a_line_in_the_plain_words() -> None:
    assert (
        MarkupText("■期限\n・14日以内  \n・代理可\\\n以上").words
        == "■期限\n・14日以内\n・代理可\n以上"
    )


def test_plain_words_hold_what_the_page_shows_of_escapes_entities_and_code() -> None:
    assert MarkupText("\\*1 &amp; `a*b`\n\n```\nx\n```").words == "*1 & a*b\nx"


def test_the_plain_words_hold_the_alternative_of_an_image() -> None:
    assert MarkupText("窓口は![正面から*右*](a.png)です").words == "窓口は正面から右です"


def test_an_empty_cell_leaves_the_others_on_its_row() -> None:
    assert MarkupText("| | 春 |\n|---|---|\n| 件 | |\n").words == "春\n件"


def test_the_definition_of_a_reference_is_no_word() -> None:
    text = MarkupText('[案内][r]と[窓口]。\n\n[r]: https://a.example/ "題"\n[窓口]: /faq/12/\n')
    assert text.words == "案内と窓口。"
    assert text.links == ("https://a.example/", "/faq/12/")


def test_an_image_by_reference_is_an_image() -> None:
    assert MarkupText(MAP).images == (Image("/images/map.png", "地図"),)


def test_the_name_of_an_image_is_that_of_its_file() -> None:
    images = MarkupText("![a](/images/市の図.png) ![b](<市の 図.png>)").images
    assert [image.name for image in images] == ["市の図.png", "市の 図.png"]


@pytest.mark.parametrize(
    "text",
    ["`[a](/faq/9/) ![b](c.png)`", "```\n[a](/faq/9/)\n![b](c.png)\n```", "    ![b](c.png)\n"],
)
def test_code_holds_neither_links_nor_images(text: str) -> None:
    assert (MarkupText(text).links, MarkupText(text).images) == ((), ())


def test_an_address_that_no_page_may_link_to_is_still_a_link_of_the_text() -> None:
    assert MarkupText("[x](javascript:a)").links == ("javascript:a",)


def test_an_address_that_is_its_own_label_is_no_link_to_look_at() -> None:
    assert MarkupText("<https://a.example/> <FAX:000-0000>").links == ()


def test_the_parts_of_a_text_are_its_outermost_headings() -> None:
    text = "## 一**つ**\n\n### 中\n\n## [二つ](/faq/12/)\n"
    assert MarkupText(text).parts == (("part-1", "一つ"), ("part-2", "二つ"))
    assert re.findall(r'<h\d id="([^"]+)">', render(text, anchors=True)) == ["part-1", "part-2"]


def test_the_text_stays_as_it_was_written() -> None:
    assert MarkupText(MAP) == MAP


@pytest.mark.parametrize(
    ("address", "expected"),
    [("/faq/12/", "12"), ("/faq/a-b#x", "a-b"), ("/faq/12/x", "12"), ("/faq/", None),
     ("/fields/zei/", None), ("https://a.example/faq/1/", None)],
)  # fmt: skip
def test_an_address_names_an_faq_of_this_site(address: str, expected: str | None) -> None:
    assert find_linked_faq(address) == expected


@pytest.mark.parametrize("text", [">" * 30 + " 切り取り線", "- " * 12 + "切り取り線"])
def test_what_is_nested_too_deep_to_be_read_is_shown_as_written(text: str) -> None:
    assert MarkupText(text).words == text
    assert "切り取り線" not in MarkdownIt("commonmark").render(text)


# The HTML


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("手伝う**「代理投票」**があります", "手伝う<strong>「代理投票」</strong>があります"),
        ("約**46%**を", "約<strong>46%</strong>を"),
        ("は**（要予約）**で", "は<strong>（要予約）</strong>で"),
        ("あ ** い ** う", "あ ** い ** う"),
        ("（注*）と（注*）", "（注*）と（注*）"),
        ("a**(b)**c", "a**(b)**c"),
    ],
)
def test_bold_needs_no_blanks_in_japanese(text: str, html: str) -> None:
    assert render(text) == f"<p>{html}</p>\n"


def test_a_line_break_is_kept_without_a_mark() -> None:
    assert render("■期限\n・14日以内\n\n次") == "<p>■期限<br>\n・14日以内</p>\n<p>次</p>\n"


def test_headings_follow_on_from_the_page_without_a_gap() -> None:
    html = render("# 大\n\n#### 小\n\n## 中\n")
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "4"]


def test_a_link_whose_address_the_window_took_off_stays_as_words() -> None:
    assert render("[ある](/faq/12/) [ない][r]\n\n[r]: <>") == (
        '<p><a href="/b/faq/12/">ある</a> ない</p>\n'
    )


def test_an_image_by_reference_is_shown() -> None:
    assert render(MAP) == '<p><img src="/b/images/map.png" alt="地図" loading="lazy"></p>\n'


def test_an_empty_head_of_a_column_is_no_header() -> None:
    html = render("| | 春 |\n|---|---|\n| 件 | 3 |\n")
    assert re.findall(r"<t([hd])[^>]*>([^<]*)</t", html) == [
        ("d", ""), ("h", "春"), ("d", "件"), ("d", "3")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "<svg/onload=alert(1)>",
        "[x](//evil.example/)", "![x](//evil.example/x.png)", "![x](https://evil.example/x.png)",
        "[x](/\\evil.example/)", "[x](vbscript:a)", "![x](data:image/svg+xml,a)",
        '[x](https://a.example/"onmouseover="alert(1))', "<javascript:alert(1)>",
        '![" onerror="alert(1)](/images/a.png)', '![x](/images/a"onerror="b.png)',
        "[x]: javascript:alert(1)\n\n[x]", "&lt;script&gt;",
        "<iframe src=https://a.example/>", "| <b onclick=alert(1)> |\n|---|\n| x |",
    ],
)  # fmt: skip
def test_hostile_markup_becomes_no_element_and_no_address(text: str) -> None:
    assert find_dangers(render(text)) == []


def test_the_check_of_hostile_markup_sees_an_open_door() -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(
        "<script>1</script> <b onclick=a()>x</b>"
    )
    assert find_dangers(html) == ["script", "b", "onclick"]
    assert find_dangers('<p><a href="javascript:x">') == ["javascript:x"]


ALLOWED = {"p", "a", "img", "div", "table", "thead", "tbody", "tr", "th", "td"}


def find_dangers(html: str) -> list[str]:
    """Elements that Markdown has no mark for, event handlers, and addresses elsewhere."""
    dangers = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in ALLOWED:
                dangers.append(tag)
            for name, value in attrs:
                if name.startswith("on"):
                    dangers.append(name)
                if name in ("href", "src") and not re.match(
                    r"https://a\.example/|/b/", value or ""
                ):
                    dangers.append(value or "")

    Reader().feed(html)
    return dangers


# What check reports, and what a build writes


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("[案内][r]\n\n[r]: /faq/99/", "link_dead"),
        ("[案内](/faq/99/)", "link_dead"),
        ("[案内][r]\n\n[r]: javascript:a", "url_bad"),
        ("[案内](javascript:a)", "url_bad"),
        (MAP, "image_missing"),
        ("![][m]\n\n[m]: /images/here.png", "image_without_text"),
    ],
)
def test_a_link_or_image_that_leads_nowhere_is_reported(
    folder: Path, answer: str, code: str
) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "here.png").write_bytes(b"png")
    write_faq(folder, 回答=answer)
    assert list_problems(folder) == [f"2 回答 {code}"]


def test_a_link_in_code_is_not_reported(folder: Path) -> None:
    write_faq(folder, 回答="`[案内](/faq/99/)` と書きます")
    assert list_problems(folder) == []


PNG = b"\x89PNG\r\n\x1a\n"


def test_an_image_by_reference_is_copied_and_its_definition_appears_nowhere(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "map.png").write_bytes(PNG)
    write_faq(
        folder,
        回答='庁舎の![地図][m]です。\n\n[m]: /images/map.png "ひみつの題"',
        更新日="2026-11-01",
    )
    out = build(folder, tmp_path)
    assert (out / "images" / "map.png").read_bytes() == PNG
    # The API gives the text as it was written.
    assert find_files(out, "ひみつの題") == ["api/faq.json"]
    assert len(find_files(out, "庁舎の地図です。")) >= 3


def test_line_breaks_are_kept_wherever_an_editor_writes_text(folder: Path, tmp_path: Path) -> None:
    cells = {"回答": "甲\n乙", "やさしい日本語": "丙\n丁"}
    cells |= {"質問[en]": "Q", "回答[en]": "one\ntwo", "質問[vi]": "Q", "回答[vi]": "ba\nbon"}
    write_faq(folder, **cells)
    (folder / "notices.yml").write_text("- 題名: い\n  本文: |\n    戊\n    己\n", encoding="utf-8")
    (folder / "pages").mkdir()
    (folder / "pages" / "a.md").write_text("---\n題名: い\n---\n庚\n辛\n", encoding="utf-8")
    out = build(folder, tmp_path)
    page = (out / "faq" / "1" / "index.html").read_text("utf-8")
    for lines in ("甲<br>\n乙", "丙<br>\n丁", "ba<br>\nbon", "戊<br>\n己"):
        assert f"<p>{lines}</p>" in page
    assert "<p>one<br>\ntwo</p>" in (out / "en" / "faq" / "1" / "index.html").read_text("utf-8")
    assert "<p>庚<br>\n辛</p>" in (out / "pages" / "a" / "index.html").read_text("utf-8")


# How long it takes

SIZE = 16_000
SMALL = SIZE // 8
# Eight times the text may take 24 times as long; where time grows as the square, it takes 64 times.
GROWTH = 24
# Seconds; shorter times are mostly the machine's noise.
GRAIN = 0.004

SENTENCE = "引っ越してきた日から十四日以内に、市民課の窓口で転入届を出してください。"
REPEATED = [
    "-", " \n", "[", "![", "]", "(", "-\n", "- \n", "- ", "*", "_", "`", "|", ">", "> ", "#", "\\", "&",
    "<", "1.", "1. ", "1.\n", "[a]: ", "[a]: b\n", "[a](", "![a](", "**a", "**a**", "~", "~~a", "*_", "`a",
    "\\`", "[]((", "[](<b", "[a](b '", "[a][b]", "[a\n", "\n[", "[*a", "<a", "&a", "- a\n", "> a\n", "a\n=\n",
    "# a\n", "|a|b|\n", "-|-\n", "a  \n", "**「あ」**い", "あ**、", "[a](b) ", "![a](b) ", SENTENCE, SENTENCE + "\n",
    "・あ\n",
]  # fmt: skip
SHAPES: dict[str, Callable[[int], str]] = {
    "dashes and a letter": lambda n: "-" * n + "x",
    "line breaks only": lambda n: "a" + "\n" * n + "a",
    "blanks within": lambda n: "a" + " " * n + "a",
    "blanks within a heading": lambda n: "# a" + " " * n + "a",
    "blanks at the ends": lambda n: ("a" + " " * 500 + "\n") * (n // 502),
    "open brackets and letters": lambda n: "[a" * (n // 2),
    "an address and brackets": lambda n: "https://a.example/" + ")" * n,
    "many columns": lambda n: "|a" * (n // 4) + "|\n" + "|-" * (n // 4) + "|\n",
    "many rows": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * (n // 6),
    "deep list": lambda n: "".join("  " * i + "- a\n" for i in range(int(n**0.5))),
    "deep quote": lambda n: "".join(">" * i + " a\n" for i in range(int((2 * n) ** 0.5))),
    "lines that a deep quote goes on in": lambda n: "> " * 15 + "a\n" + "a\n" * (n // 2),
    "brackets around each other": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "links around each other": lambda n: "[" * (n // 5) + "](a)" * (n // 5),
    "images around each other": lambda n: "![" * (n // 6) + "](a)" * (n // 6),
    "definitions": lambda n: (
        "".join(f"[a{i}]: b\n" for i in range(n // 20)) + "\n" + "[a1] " * (n // 10)
    ),
    "code marks of every length": lambda n: "".join(
        "`" * i + "a" for i in range(int((2 * n) ** 0.5))
    ),
} | {repr(text): lambda n, text=text: (text * n)[:n] for text in REPEATED}


def read_and_render(text: str) -> None:
    read = MarkupText(text)
    render(read)


def has_linear_time(work: Callable[[str], object], shape: Callable[[int], str]) -> bool:
    """Whether the time grows as the text; measured up to three times, as the machine is shared."""
    return any(_grows_little(work, shape) for _ in range(3))


def _grows_little(work: Callable[[str], object], shape: Callable[[int], str]) -> bool:
    small = min(_measure(work, shape(SMALL)) for _ in range(2))
    return _measure(work, shape(SIZE)) <= GROWTH * max(small, GRAIN)


def _measure(work: Callable[[str], object], text: str) -> float:
    gc.disable()  # a collection takes as long as the heap of all tests is large
    try:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_no_text_takes_longer_than_its_length(shape: Callable[[int], str]) -> None:
    assert has_linear_time(read_and_render, shape)
    assert has_linear_time(clean_text, shape)


def test_the_measure_of_time_sees_a_reader_that_is_too_slow() -> None:
    trailing = re.compile(r"[^\S\n]+$", re.MULTILINE)
    assert not _grows_little(lambda text: trailing.sub("", text), SHAPES["blanks within"])


@settings(max_examples=400, deadline=None)
@given(st.text("[]!()a\\<>*` \n", max_size=40))
def test_open_brackets_are_what_they_are_without_the_rule_for_them(text: str) -> None:
    plain = make_parser()
    plain.inline.ruler.disable("open_brackets")
    assert make_parser().render(text) == plain.render(text)


@pytest.mark.parametrize("shape", ["[", "![", "!", "[!"])
def test_open_brackets_take_no_longer_than_other_text(shape: str) -> None:
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        parse_markup(shape * 16_000)
    finally:
        sys.setprofile(None)
    assert calls < 500
