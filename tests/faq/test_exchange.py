"""CSV out and in again: nothing changes on the way."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from faq.addresses import FOLDERS
from faq.exchange.convert import convert_grid
from faq.exchange.maps import read_map
from faq.exchange.write import choose_names, encode_csv, write_csv
from faq.markup.text import MarkupText
from faq.model.choices import Audience, Status
from faq.model.content import Category, Faq, Source, Translation
from faq.model.dates import JST
from faq.model.links import Link
from faq.model.redirects import parse_old_address
from faq.read.content import read_faq_list
from faq.read.directory import index_names
from faq.read.documents import read_yaml
from faq.read.grids import read_grid
from faq.read.raw import FORBIDDEN, Raw, tidy_text
from faq.read.records import Loader
from faq.read.tables import guard_formula, read_table

LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\u3099\u309a"
)
ANY_TEXT = st.text(LETTERS, max_size=40).filter(lambda text: not FORBIDDEN.search(text))
FORMULAS = st.sampled_from(
    ["=1+1", "-1", "+8190", "@SUM", "'=x", "''=x", "'x", "- 項目\n- 項目", "＝1+1", "－1", "＋8190",
     "＠SUM", "'＝x", "　=x", " =x", "\u200b=x", "\ufeff=x", "'\u200b'=x", "\u3000'＝x"]
)  # fmt: skip
UNSEEN = " \t\n\u00a0\u3000\u200b\u2060\ufeff"


def one_line(text: str) -> str:
    return " ".join(tidy_text(text).split())


def no_marks(text: str) -> str:
    return " ".join(one_line("".join(" " if c in "、，,;；|｜" else c for c in text)).split())


def as_written(text: str) -> str:
    lines = tidy_text(text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


LINES = ANY_TEXT.map(one_line)
FILLED = st.one_of(LINES, FORMULAS.map(one_line)).filter(bool)
LISTS = st.lists(FILLED, max_size=3, unique=True).map(tuple)
NAMES = ANY_TEXT.map(no_marks).filter(bool)
WORDS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
TEXTS = st.one_of(st.lists(ANY_TEXT, max_size=4).map("\n".join), FORMULAS).map(as_written)
URLS = st.sampled_from(["https://www.example.lg.jp/a?b=1&c=%E3%81%82", "/faq/1/", "tel:000-0000"])
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=JST)
)
TRANSLATIONS = st.builds(
    Translation,
    st.sampled_from(["en", "zh", "pt-BR"]),
    FILLED,
    TEXTS.filter(bool).map(MarkupText),
)
FAQS = st.builds(
    Faq,
    id=st.from_regex(r"[1-9][0-9]{0,5}|q[a-z0-9-]{1,9}", fullmatch=True),
    question=FILLED,
    answer=TEXTS.map(MarkupText),
    also_asked=LISTS,
    short_answer=LINES,
    keywords=WORDS,
    bring=LISTS,
    links=st.lists(st.builds(Link, NAMES, URLS), max_size=2, unique=True).map(tuple),
    related=st.lists(st.sampled_from(["1", "abc"]), unique=True).map(tuple),
    source=st.lists(
        st.builds(Source, NAMES, st.one_of(st.just(""), URLS), st.one_of(st.none(), DAYS)),
        max_size=2,
        unique=True,
    ).map(tuple),
    easy=TEXTS.map(MarkupText),
    translations=st.lists(TRANSLATIONS, max_size=2, unique_by=lambda item: item.language).map(
        lambda items: tuple(sorted(items, key=lambda item: item.language))
    ),
    audience=st.sets(st.sampled_from(list(Audience)), min_size=1).map(
        lambda chosen: tuple(item for item in Audience if item in chosen)
    ),
    status=st.sampled_from(list(Status)),
    publish_from=st.one_of(st.none(), MOMENTS),
    publish_until=st.one_of(st.none(), MOMENTS),
    updated=st.one_of(st.none(), DAYS),
    review_by=st.one_of(st.none(), DAYS),
    replaced_by=st.sampled_from(["", "12"]),
    old_addresses=st.sampled_from([(), (parse_old_address("old/1.html"),)]),
)


def read_back(text: str) -> tuple[Faq, ...]:
    with TemporaryDirectory() as name:
        path = Path(name).resolve() / "a.csv"
        path.write_bytes(text.encode("utf-8-sig"))
        loader = Loader(path.parent)
        faqs, problems = read_faq_list(loader, [path], names=dict.fromkeys(FOLDERS, ()))
        assert [*loader.problems, *problems] == []
        return faqs


@settings(max_examples=150, deadline=None)
@given(st.lists(FAQS, max_size=3))
def test_what_the_writer_wrote_the_reader_reads_as_it_was(faqs: list[Faq]) -> None:
    assert read_back(write_csv(faqs)) == tuple(faqs)


@settings(max_examples=50, deadline=None)
@given(st.lists(FAQS, max_size=3))
def test_writing_what_was_read_changes_no_byte(faqs: list[Faq]) -> None:
    text = write_csv(faqs)
    assert write_csv(read_back(text)) == text


def read_rows(text: str) -> list[Raw]:
    return read_table(read_grid(text.encode(), file="a.csv"), file="a.csv")[1]


@given(TEXTS)
def test_no_cell_begins_like_a_formula(answer: str) -> None:
    text = write_csv([Faq("1", "い", MarkupText(answer))])
    rows = read_rows(text.replace("'", "’"))
    cell = rows[0].get_record()["回答"].get_text()
    assert not cell.startswith(("\t", "\r"))
    assert not cell.lstrip(UNSEEN).startswith(tuple("=+-@＝＋－＠"))


@given(st.text(f"'=＝-－{UNSEEN}x", max_size=6))
def test_what_the_guard_puts_before_a_cell_is_taken_off_again(cell: str) -> None:
    text = "a,b\n1," + '"' + guard_formula(cell) + '"\n'
    rows = read_rows(text)
    assert rows[0].get_record()["b"].get_text() == cell


def test_what_cp932_cannot_hold_is_reported_by_cell() -> None:
    text = write_csv([Faq("1", "①〜と𠮷と한", MarkupText("はい"))])
    data, problems = encode_csv(text, encoding="cp932", file="faq.csv")
    assert data == b""
    assert [(p.place.row, p.place.column, p.values["value"]) for p in problems] == [
        (2, "質問", "〜"), (2, "質問", "𠮷"), (2, "質問", "한"),
    ]  # fmt: skip


TABLE = "No.,資料,しつもん,こたえ\n1,A,い,は\n2,,ろ,\n3,B,に,\n"
MAP = "列: {番号: No., 質問: しつもん, 回答: こたえ, キーワード: 資料}\n番号の先頭: x-\n"


def convert(map_text: str) -> tuple[list[tuple[str, str]], list[str], tuple[int, ...]]:
    loader = Loader(Path.cwd())
    table_map = read_map(loader, read_yaml(map_text, file="m.yml")[0], file="m.yml")
    grid = read_grid(TABLE.encode(), file="t.csv")
    result = convert_grid(grid, table_map=table_map, loader=loader, file="t.csv")
    reported = [str(problem) for problem in (*loader.problems, *result.problems)]
    return [(faq.id, faq.answer) for faq in result.faqs], reported, result.filled


def test_a_foreign_table_is_taken_in_whole_and_unanswered_rows_are_reported() -> None:
    faqs, reported, _ = convert(MAP)
    assert faqs == [("x-1", "は"), ("x-2", ""), ("x-3", "")]
    assert reported == [
        "t.csv 3行目 こたえ: （注意）回答のない2件（番号 x-2、x-3）は、下書きとして取り込みました"
    ]


def test_merged_cells_are_filled_from_the_row_above() -> None:
    faqs, reported, filled = convert(MAP + "上の値で埋める: [こたえ]\n")
    assert [answer for _, answer in faqs] == ["は", "は", "は"]
    assert filled == (3, 4)
    assert reported == [
        "t.csv 3行目: （注意）空欄だった2行に、すぐ上の行の値を入れました（行 3、4）"
    ]


def test_a_map_that_names_a_missing_column_says_so() -> None:
    faqs, reported, _ = convert(MAP.replace("こたえ", "回答らん"))
    assert faqs == []
    assert reported == [
        "t.csv 1行目: 対応表にある列「回答らん」が、取り込むファイルにありません。"
        "対応表か、ファイルの見出しを直してください"
    ]


def test_a_map_with_an_unknown_field_suggests_the_nearest() -> None:
    _, reported, _ = convert(MAP.replace("キーワード", "キーワド"))
    assert "「キーワード」のことですか" in reported[0]


def test_raw_values_of_other_shapes_give_no_text() -> None:
    assert Raw([Raw("a", 1)], 1).get_text() == ""
    assert Raw("a", 1).get_record() == {}


def test_a_name_that_two_categories_have_is_written_from_the_top() -> None:
    topics = tuple(
        Category(top, name, children=(Category(f"{top}-other", "その他"),))
        for top, name in (("tax", "税金"), ("life", "くらし"))
    )
    names = choose_names(topics)
    assert names["tax-other"] == "税金 > その他"
    assert index_names(topics)[names["life-other"]] == "life-other"
    assert "その他" not in index_names(topics)
