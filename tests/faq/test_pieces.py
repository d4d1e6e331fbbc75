"""The pieces of a text: its HTML without a second reading, and in a pickle."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from faq.markup import parse
from faq.markup.bare import BARE, link_addresses, may_hold_address
from faq.markup.html import MarkupContext, render_markup
from faq.markup.parse import make_common_parser, make_parser
from faq.markup.pieces import NORMAL
from faq.markup.text import MarkupText

CONTEXT = MarkupContext("/b/", "表", kept_names=("しるべ", "しるべ市"))
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


# One reading


def test_neither_html_nor_a_pickle_reads_the_text_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = MarkupText("# 甲\n\n[乙](/faq/12/)", is_plain=False)
    monkeypatch.delattr(MarkdownIt, "parse")
    again = pickle.loads(pickle.dumps(text))  # noqa: S301 - ours
    assert render_markup(again, context=CONTEXT) == render_markup(text, context=CONTEXT)
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
