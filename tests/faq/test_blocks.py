"""The pieces of a text: its HTML and blocks without a second reading, and in a pickle."""

from __future__ import annotations

import pickle
import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from faq.markup import parse
from faq.markup.bare import BARE, link_addresses, may_hold_address
from faq.markup.html import MarkupContext, list_blocks, render_markup
from faq.markup.parse import make_common_parser, make_parser
from faq.markup.pieces import NORMAL
from faq.markup.text import MarkupText
from furigana.annotate import split_blocks
from tests.hostile.corpus import ALL_CELLS, ALL_PAYLOADS, SHAPES, make_shape

CONTEXT = MarkupContext("/b/", frozenset({"12"}), "表", kept_names=("しるべ", "しるべ市"))
# What Markdown is made of.
UNITS = (
    "あ", "しるべ市", "b c", " ", "  ", "    ", "\n", "\n\n", "- ", "1. ", "3) ", "> ", "# ", "## ",
    "---\n", "===\n", "```\n", "~~~ py\n", "`", "*", "**", "_", "\\", "!", "&amp;", "&nbsp;", "&",
    "<", "<b>", '"', "'", "[", "]", "[あ](/faq/12/)", "[い](/faq/13/)", "](/a)", "[う](javascript:a)",
    "![図](/images/a.png)", "![外](https://a.example/)", "<https://a.example/>", "03-1234-5678",
    "|a|b|\n|-|:-:|\n|1||\n", "| |b|\n|--:|-|\n", "[r]", "[r]: /faq/12/ 't'\n", "\t", "\r\n", "　",
)  # fmt: skip
# What markdown-it's renderer has no part in: addresses, tables, names, quotes.
OURS = re.compile(r"[\](|\"']|しるべ|\d-|://")
_HEADING = re.compile(r"h[1-6]")
TEXTS = st.lists(st.sampled_from(UNITS), max_size=25).map("".join)


def find_blocks(html: str) -> tuple[tuple[str, ...], ...]:
    """The blocks as HTML has them, without those of blanks alone."""
    blocks = (re.split("<[^>]*>", block) for block in split_blocks(html))
    return tuple(tuple(unescape(text) for text in texts if text) for texts in blocks)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.booleans())
def test_the_blocks_of_a_text_are_those_of_its_html(written: str, is_plain: bool) -> None:
    text = MarkupText(written, is_plain=is_plain)
    assert list_blocks(text, context=CONTEXT) == find_blocks(render_markup(text, context=CONTEXT))


@pytest.mark.parametrize("is_plain", [True, False])
def test_the_blocks_of_hostile_texts_are_those_of_their_html(is_plain: bool) -> None:
    shapes = tuple(make_shape(name, 200) for name in SHAPES)
    for written in (*ALL_PAYLOADS, *ALL_CELLS, *shapes):
        text = MarkupText(written, is_plain=is_plain)
        html = render_markup(text, context=CONTEXT)
        assert list_blocks(text, context=CONTEXT) == find_blocks(html), written


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("甲**乙**丙\n丁", (("甲", "乙", "丙"), ("\n丁",))),
        ("[甲](/faq/12/)乙", (("甲", "乙"),)),
        ("[甲](/faq/13/)乙", (("甲乙",),)),
        ("しるべ市役所", (("しるべ市", "役所"),)),
        ("甲![図](/images/a.png)乙", (("甲",), ("乙",))),
        ("甲![図](https://a.example/a.png)乙", (("甲図乙",),)),
        ("- 甲\n\n  # 乙\n", (("甲",), ("乙",))),
        ("- # 甲\n  乙", (("甲",), ("\n乙",))),
        ("- # 甲\n  **乙**丙", (("甲",), ("\n", "乙", "丙"))),
        ("|甲|乙|\n|-|-|\n", (("甲",), ("乙",))),
        ("```\n甲\n乙\n```", (("甲\n乙\n",),)),
    ],
)
def test_a_block_holds_the_texts_that_tags_within_a_sentence_part(
    text: str, blocks: tuple[tuple[str, ...], ...]
) -> None:
    assert list_blocks(text, context=CONTEXT) == blocks
    assert find_blocks(render_markup(text, context=CONTEXT)) == blocks


# One reading


def test_neither_html_nor_blocks_nor_a_pickle_read_the_text_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = MarkupText("# 甲\n\n[乙](/faq/12/)", is_plain=False)
    monkeypatch.delattr(MarkdownIt, "parse")
    again = pickle.loads(pickle.dumps(text))  # noqa: S301 - ours
    assert render_markup(again, context=CONTEXT) == render_markup(text, context=CONTEXT)
    assert list_blocks(again, context=CONTEXT) == (("甲",), ("乙",))
    with pytest.raises(AttributeError):
        MarkupText("甲")


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from([unit for unit in UNITS if not OURS.search(unit)])).map("".join))
def test_the_html_of_a_text_is_that_of_the_renderer_of_markdown_it(written: str) -> None:
    html = render_markup(written, context=CONTEXT)
    assert _HEADING.sub("h", html) == _HEADING.sub("h", make_parser().render(written))


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
def test_a_text_without_rare_marks_has_the_tokens_that_all_rules_make(written: str) -> None:
    common = parse.RARE.sub("", written)
    assert make_common_parser().parse(common) == make_parser().parse(common)


def test_every_rare_mark_is_one_that_the_common_rules_would_miss() -> None:
    for mark in ("`a`", "~~~", "> a", "<https://a.example/>", "&amp;", "\\*", "[a]\n\n[a]: b"):
        assert parse.RARE.search(mark)
        assert make_common_parser().parse(mark) != make_parser().parse(mark), mark


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.sampled_from((*UNITS, "0", "３", "-", "1234", "@", "a.jp", "https:", "//", "&#48;"))
    )
)
def test_a_line_without_what_an_address_has_holds_none(units: list[str]) -> None:
    for token in make_parser().parse("".join(units)):
        if token.children and not may_hold_address(token.content):
            assert BARE not in [child.markup for child in link_addresses(token.children)]


@pytest.mark.parametrize(
    "text", ["&#48;3-1234-5678", "https:\\//a.example/", "a&commat;b.example", "03-1234-5678"]
)
def test_an_address_with_an_entity_or_an_escape_is_a_link(text: str) -> None:
    assert len(MarkupText(text).links) == 1


@given(st.from_regex(NORMAL, fullmatch=True))
def test_an_address_that_is_left_as_it_is_is_normal(address: str) -> None:
    assert normalizeLink(address) == address


# Pickles


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_a_text_comes_out_of_a_pickle_as_it_went_in(written: str, is_plain: bool) -> None:
    text = MarkupText(written, is_plain=is_plain)
    again = pickle.loads(pickle.dumps(text))  # noqa: S301 - ours
    assert type(again) is MarkupText
    assert again == text
    assert [getattr(again, name) for name in MarkupText.__slots__] == [
        getattr(text, name) for name in MarkupText.__slots__
    ]


@settings(deadline=None)
@given(TEXTS | st.sampled_from(["text", "block", "a", "あ", "<p>"]), st.booleans())
def test_equal_texts_have_equal_pickles(written: str, is_plain: bool) -> None:
    text = MarkupText(written, is_plain=is_plain)
    other = MarkupText("".join(list(written)), is_plain=is_plain)
    same = MarkupText(text, is_plain=is_plain)
    again = pickle.loads(pickle.dumps(text))  # noqa: S301 - ours
    assert len({pickle.dumps(item) for item in (text, other, same, again)}) == 1
