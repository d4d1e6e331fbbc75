"""Our own rules: what no checker covers, each with the widths and schemes it supports.

A rule is one function, `find_…(page) -> list[Violation]`. Its page is loaded and displayed in the
condition; the rule may change it but must restore it. `tests/a11y/test_rules.py` plants each
rule's faults in every width and scheme given here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.keyboard import find_invisible_focus, find_tab_faults
from a11y.rules.language import (
    find_english_words,
    find_heading_faults,
    find_inline_code,
    find_language_faults,
)
from a11y.rules.layout import (
    find_clipped_text,
    find_large_text_overflow,
    find_sideways_scroll,
    find_small_targets,
)
from a11y.rules.media import find_borderless_controls, find_unprinted_content

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark", "forced")

Find = Callable[[Page], list[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and the widths (CSS pixels) and colour schemes to run it in."""

    id: str
    find: Find
    widths: tuple[int, ...] = WIDTHS
    schemes: tuple[str, ...] = SCHEMES


def make_rules(*, known_words: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """Every rule, in the order to run them: first those that only read, last those on focus.

    `known_words`: Latin words, in lower case, that the city's own content uses. Layout is the same
    in light and dark colours, so rules that only measure it run in one of the two.
    """
    return (
        Rule("inline", find_inline_code),
        Rule("language", find_language_faults),
        Rule("headings", find_heading_faults),
        Rule("english", partial(find_english_words, known=known_words)),
        Rule("targets", find_small_targets, schemes=("light", "forced")),
        Rule("controls", find_borderless_controls, schemes=("forced",)),
        Rule("reflow", find_sideways_scroll, widths=(320,), schemes=("light", "forced")),
        Rule("text-size", find_large_text_overflow, schemes=("light", "forced")),
        Rule("text-spacing", find_clipped_text, schemes=("light", "forced")),
        Rule("print", find_unprinted_content, widths=(768,), schemes=("light",)),
        Rule("focus", find_invisible_focus),
        Rule("keyboard", find_tab_faults, schemes=("light",)),
    )
