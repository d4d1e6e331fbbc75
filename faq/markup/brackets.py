"""Brackets that no closing one follows are text: taken as a run, not each tried as a link."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

_RUN = re.compile(r"[!\[]+")
# The state's cache is by place in the text; no place is negative.
_LAST = -1


def read_open_brackets(state: StateInline, silent: bool) -> bool:
    """markdown-it's rules try each `[` and `![` as a link, which needs a `]` behind it."""
    run = _RUN.match(state.src, state.pos, state.posMax)
    if not run:
        return False
    if _LAST not in state.cache:
        state.cache[_LAST] = state.src.rfind("]")
    if state.cache[_LAST] > state.pos:
        return False
    if not silent:
        state.pending += run[0]
    state.pos = run.end()
    return True
