"""What a city puts before the program's templates, texts and styles, and what is said about it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from faq.model.content import Content
from faq.model.languages import adapt_locales, load_locales
from faq.model.problem import ContentError, Place, make_error
from faq.model.tokens import TEMPLATES
from faq.read.content import read_content
from faq.read.overrides import digest_original
from faq.read.styles import check_style
from faq.render.assets import collect_assets
from faq.render.look import make_look
from faq.texts import load_texts, merge_texts
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT

TITLE = "components/page-title/page-title.html"
MARK = f"{{# shirube {digest_original(TITLE)} #}}\n"
MACRO = """\
{% macro page_title(title, lead="") %}<h1 class="own">{{ title }}</h1>
{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}
"""


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[Content, list[str]]:
    """The content with further files, and what is reported of those."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    content, problems = read_content(folder)
    return content, [str(item) for item in problems if item.place.file.split("/")[1] in
                     ("templates", "texts", "styles")]  # fmt: skip


def build(folder: Path, out: Path) -> str:
    """The home page that the content is built to."""
    build_site(BuildOptions(folder, out, AT, allow_shrink=True))
    return (out / "index.html").read_text(encoding="utf-8")


def test_a_template_of_the_city_comes_before_the_program_s(folder: Path, tmp_path: Path) -> None:
    _, problems = read(folder, {f"templates/{TITLE}": MARK + MACRO})
    assert problems == []
    assert '<h1 class="own">試験</h1>' in build(folder, tmp_path / "public")


def test_text_in_a_template_of_the_city_is_escaped(folder: Path, tmp_path: Path) -> None:
    read(folder, {f"templates/{TITLE}": MARK + MACRO})
    site = folder / "site.yml"
    site.write_text(site.read_text("utf-8").replace("試験\n", "<b>試験\n", 1), encoding="utf-8")
    assert '<h1 class="own">&lt;b&gt;試験</h1>' in build(folder, tmp_path / "public")


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        (TITLE, MARK + MACRO + "{% if %}", "page-title.html 4行目: テンプレートの書き方の誤りです"),
        (TITLE, MARK + MACRO + "\n{% nothing %}", "page-title.html 5行目: テンプレートの書き方"),
        (TITLE, MARK, "もとのテンプレートにあるマクロ「page_title」がありません"),
        (TITLE, MARK + MACRO.replace("caller", "lead"), "マクロ「page_title」が caller を受け取りません"),
        (TITLE, MARK + MACRO.replace(", lead", ", more"), "マクロ「page_title」が lead を受け取りません"),
        (TITLE, MACRO, f"1行目: （注意）どの版のテンプレートから写したかが書かれていません。プログラムの templates/{TITLE} と同じつくりなら、1行目に {MARK.strip()} と"),
        (TITLE, "{# shirube 0123456789ab #}\n" + MACRO, "1行目: （注意）もとのテンプレートが、写したときから変わっています"),
        ("components/page-titles/page-title.html", "", f"プログラムの templates/ にありません。「{TITLE}」のことですか"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_template_is_reported(
    folder: Path, name: str, source: str, expected: str
) -> None:
    _, problems = read(folder, {f"templates/{name}": source})
    assert [expected in line for line in problems] == [True], problems


@pytest.mark.parametrize(
    ("name", "source", "line"),
    [
        (TITLE, MACRO.replace("{{ title }}", "\n{{ nothing.more }}"), 3),
        ("pages/home.html", '{% extends "base.html" %}\n{% block main %}\n{{ page.nothing.more }}\n{% endblock %}', 3),
        ("components/footer/footer.html", "{% macro footer() %}\n{{ icon() }}\n{% endmacro %}", 2),
    ],
)  # fmt: skip
def test_a_template_that_fails_while_it_is_rendered_is_named_with_its_line(
    folder: Path, tmp_path: Path, name: str, source: str, line: int
) -> None:
    read(folder, {f"templates/{name}": (MARK if name == TITLE else "") + source})
    with pytest.raises(ContentError) as raised:
        build(folder, tmp_path / "public")
    problem = raised.value.problems[0]
    assert (problem.code, problem.place) == (
        "template_fails",
        Place(f"content/templates/{name}", line),
    )
    assert not (tmp_path / "public").exists()


def test_errors_of_content_come_whole_from_the_process_that_renders() -> None:
    error = ContentError([make_error(Place("a.html", 3), "template_fails", detail="x")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems  # noqa: S301 - our own


def test_a_sentence_of_the_city_replaces_the_program_s_alone(folder: Path) -> None:
    own = "home: おもて\nhours_now: {open: 開いています}\nmonths: [睦月, 2月, 3月, 4月, 5月, 6月, 7月, 8月, 9月, 10月, 11月, 12月]\n"
    content, problems = read(folder, {"texts/ja.yml": own, "texts/en.yml": "home: Front"})
    assert problems == []
    before = load_locales()
    japanese, english = adapt_locales(before, content.overrides.texts)
    assert (japanese.texts["home"], english.texts["home"]) == ("おもて", "Front")
    assert japanese.texts["hours_now"]["open"] == "開いています"
    assert japanese.texts["hours_now"]["closed"] == before[0].texts["hours_now"]["closed"]
    assert japanese.texts["months"][0] == "睦月"


def test_merging_leaves_both_texts_as_they_were() -> None:
    texts, own = {"a": {"b": "1", "c": "2"}}, {"a": {"b": "3"}}
    assert merge_texts(texts, own) == {"a": {"b": "3", "c": "2"}}
    assert texts == {"a": {"b": "1", "c": "2"}}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ja.yml", "hoem: a", "texts/ja.yml 1行目 hoem: この名前の文はありません。「home」のことですか"),
        ("ja.yml", "\nhours_now: {opne: a}", "2行目 hours_now.opne: この名前の文はありません。「open」"),
        ("ja.yml", "count: '{number}件'", "「{count}」を、もとの文と同じに残してください（もとの文は「{count}件」）"),
        ("ja.yml", "count: 件", "「{count}」を、もとの文と同じに残してください"),
        ("ja.yml", "count: '{count}{count'", "「{count}」を、もとの文と同じに残してください"),
        ("ja.yml", "home: '{city}'", "{ } は使えません（もとの文は「ホーム」）"),
        ("ja.yml", "home:", "1行目 home: 空欄です"),
        ("ja.yml", "home: [a]", "1行目 home: 文字で書いてください"),
        ("ja.yml", "months: [1月]", "12個を並べて書いてください"),
        ("ja.yml", "hours_now: a", "hours_now: 「項目名」と値の組が必要です"),
        ("ja.yml", "- a", "「項目名」と値の組が必要です"),
        ("ja.yml", "reviewed: true", "この名前の文はありません"),
        ("ja.yml", "home: {文: おもて, もと: 玄関}", "（注意）もとの文が「ホーム」に変わりました"),
        ("editor.yml", "a: b", "この名前のファイルは使えません。文を置きかえられるのは、content/texts/ に置いた en.yml、"),
        ("old/ja.yml", "a: b", "この名前のファイルは使えません"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_sentence_is_reported(
    folder: Path, name: str, text: str, expected: str
) -> None:
    _, problems = read(folder, {f"texts/{name}": text})
    assert [expected in line for line in problems] == [True], problems


def test_a_sentence_with_the_one_it_replaces_is_that_sentence(folder: Path) -> None:
    old = load_texts("ja")["home"]
    content, problems = read(folder, {"texts/ja.yml": f"home: {{文: おもて, もと: {old}}}"})
    assert (content.overrides.texts["ja"]["home"], problems) == ("おもて", [])


def test_styles_of_the_city_come_last_and_in_the_order_of_names(folder: Path) -> None:
    content, problems = read(
        folder,
        {
            "styles/b.css": "main { color: blue }",
            "styles/a.css": '/* url(x) */ @font-face { src: url("f.woff2") }',
            "styles/f.woff2": b"wOF2....",
        },
    )
    assert problems == []
    assets = collect_assets(make_look(content))
    css = assets["site.css"].decode()
    assert css.endswith('@font-face{src:url("styles/f.woff2")}main{color:blue}')
    assert assets["styles/f.woff2"] == b"wOF2...."


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("@import 'b.css';", 1),
        ("@IMPORT url(b.css);", 1),
        ("/* a\n*/\n@\\69mport 'b.css';", 3),
        ("a { background: url(https://example.com/a.png) }", 1),
        ("a { background: url( '//example.com/a.png' ) }", 1),
        ("a {\n background: u\\72l(//example.com/a.png) }", 2),
        ("a { background: url(data:image/png,x) }", 1),
        ("a { background: url(other.png) }", 1),
        ("a { background: image-set('https://example.com/a.png' 1x) }", 1),
    ],
)
def test_a_style_that_asks_for_what_is_not_beside_it_is_refused(style: str, line: int) -> None:
    _, problems = check_style(style, file="a.css", known={"b.css", "a.png"}, folder="styles")
    assert {(item.code, item.place.row) for item in problems} == {("style_loads", line)}


@pytest.mark.parametrize(
    "style",
    ["a { color: red", "a { color: red } }", "a { content: 'x }", "/* a", "a { b: url(a.png }",
     "a[b { color: red }", "a { b: url('a.png\n') }"],
)  # fmt: skip
def test_a_style_that_would_swallow_the_next_is_refused(style: str) -> None:
    _, problems = check_style(style, file="a.css", known={"a.png"}, folder="styles")
    assert {item.code for item in problems} == {"style_broken"}


@pytest.mark.parametrize(
    "style", ["a::after { content: '\\2014 }' }", 'a { b: "it\'s" }', "@media (x) { a[b='('] {} }"]
)
def test_a_sound_style_is_left_as_it_is(style: str) -> None:
    assert check_style(style, file="a.css", known=(), folder="styles") == (style, [])


@pytest.mark.parametrize("name", ["a.svg", "a.woff", "sub/a.css", "a.js"])
def test_other_files_beside_the_styles_are_refused(folder: Path, name: str) -> None:
    _, problems = read(folder, {f"styles/{name}": "a{}"})
    assert ["このファイルは使えません" in line for line in problems] == [True]


def test_a_font_must_be_one(folder: Path) -> None:
    _, problems = read(folder, {"styles/a.woff2": "<html>"})
    assert ["このファイルは使えません" in line for line in problems] == [True]


def test_only_a_city_with_a_font_lets_pages_load_fonts(folder: Path, tmp_path: Path) -> None:
    assert "font-src" not in build(folder, tmp_path / "one")
    read(folder, {"styles/f.woff2": b"wOF2...."})
    assert "font-src &#39;self&#39;" in build(folder, tmp_path / "two")


def test_every_template_of_the_program_may_be_replaced_by_its_copy(folder: Path) -> None:
    names = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")]
    copies: dict[str, str | bytes] = {
        f"templates/{name}": f"{{# shirube {digest_original(name)} #}}\n"
        + (TEMPLATES / name).read_text("utf-8")
        for name in names
    }
    _, problems = read(folder, copies)
    assert problems == []
