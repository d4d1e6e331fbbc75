"""The pieces of a text: HTML without a second reading, and the texts of its blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.markup.html import MarkupContext, list_blocks, render_markup
from faq.markup.text import MarkupText
from furigana.annotate import collect_blocks
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
TEXTS = st.lists(st.sampled_from(UNITS), max_size=25).map("".join)


def find_blocks(html: str) -> tuple[tuple[str, ...], ...]:
    """The blocks as HTML has them, without those of blanks alone."""
    return tuple(texts for texts in collect_blocks(html) if "".join(texts).strip())


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
        ("|甲|乙|\n|-|-|\n", (("甲",), ("乙",))),
        ("```\n甲\n乙\n```", (("甲\n乙\n",),)),
    ],
)
def test_a_block_holds_the_texts_that_tags_within_a_sentence_part(
    text: str, blocks: tuple[tuple[str, ...], ...]
) -> None:
    assert list_blocks(text, context=CONTEXT) == blocks
