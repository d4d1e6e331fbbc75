"""Bold in languages without blanks: `**「至急」**です` needs none around its marks.

CommonMark lets a mark between punctuation and a letter only open or only close, which suits
languages with blanks between words only (https://github.com/commonmark/commonmark-spec/issues/650).
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize

# Kana, kanji, hangul, and full-width punctuation.
_CJK = re.compile(
    "[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


def read_emphasis(state: StateInline, silent: bool) -> bool:
    """markdown-it's rule, but `**` beside such a letter opens and closes wherever no blank is.

    A single `*` keeps to the rule: in Japanese it is a footnote's mark more often than emphasis.
    """
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[state.pos] if state.pos < state.posMax else " "
    if state.src.startswith("**", start) and _CJK.search(before + after):
        for delimiter in state.delimiters[known:]:
            delimiter.open = not after.isspace()
            delimiter.close = not before.isspace()
    return True
