"""Our own rules: what no engine looks at, each in every width and scheme it claims.

A rule is one function, `find_…(page) -> list[Violation]`: it gets a page that is loaded and shown
in the condition, may change it, and leaves it as it was. `tests/a11y/test_rules.py` plants each
rule's fault in each width and scheme claimed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Page

from a11y.report import Violation
from a11y.rules.keyboard import find_broken_walk, find_invisible_focus
from a11y.rules.layout import (
    find_clipped_text,
    find_large_text_overflow,
    find_sideways_scroll,
    find_small_targets,
)
from a11y.rules.media import find_borderless_controls, find_unprinted_content
from a11y.rules.words import (
    find_english_words,
    find_heading_faults,
    find_inline_code,
    find_language_faults,
)

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark", "forced")

Find = Callable[[Page], list[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and the widths (CSS pixels) and colour schemes in which it claims to work."""

    id: str
    find: Find
    widths: tuple[int, ...] = WIDTHS
    schemes: tuple[str, ...] = SCHEMES


def make_rules(*, known_words: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """Every rule, in the order to run them: those that only read first, the focus last.

    `known_words`: Latin words, in lower case, that the city's own content uses.
    Layout is the same in light and dark, so rules that only measure it claim one of the two.
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
        Rule("keyboard", find_broken_walk, schemes=("light",)),
    )
