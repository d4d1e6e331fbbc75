"""How the answers of a table are written: as plain text, as Markdown, or with tags of HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKDOWN = re.compile(
    r"(?m)\*\*[^*\n]+\*\*|\[[^\]\n]+\]\((?:https?:|/)|^#{1,4} \S|^\|?\s*-{3,}\s*\|"
)
_TAG = re.compile(
    r"(?i)</?(?:br|p|div|a|b|strong|em|span|font|u|ul|ol|li|table|tr|t[dh]|img|h\d)\b[^>]*>"
)
# HTML → plain text, as replacements of a map in this order.
UNTAG = {
    r"(?i)\s*<br\s*/?>\s*": "\n",
    r"(?i)\s*</(?:p|div|li|tr|h\d)>\s*": "\n",
    r"(?i)<li\b[^>]*>": "・",
    r"""(?is)<a\b[^>]*?href=["']?([^"'\s>]+)[^>]*>(.*?)</a>""": r"\2 \1 ",
    r"(?i)</?[a-z][a-z0-9]*\b[^>]*>": "",
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Whether answers are to be read as Markdown; those with its marks, and the tags in others."""

    is_markdown: bool
    marked: tuple[str, ...]
    tagged: tuple[str, ...]


def find_style(answers: Sequence[str]) -> Style:
    """The style of all answers: Markdown only where more than a few have its marks, and no tags."""
    marked = tuple(cell for cell in answers if _MARKDOWN.search(cell))
    tagged = tuple(found[0] for cell in answers if (found := _TAG.search(cell)))
    many = len(marked) > max(1, len(answers) // 20) or 0 < len(marked) == len(answers)
    return Style(many and not tagged, marked, tagged)
