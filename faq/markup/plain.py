"""A text that is no Markdown → the tokens that Markdown of the same look would have."""

from __future__ import annotations

from markdown_it.token import Token

# The class of a paragraph in which every blank is shown.
PLAIN_CLASS = "plain"
# The token of a line break that gets no newline after its `<br>`: the style shows newlines too.
PLAIN_BREAK = "plain_break"


def read_plain(text: str) -> list[Token]:
    """Paragraphs between blank lines, with line breaks and blanks as written, without any mark."""
    tokens = []
    for paragraph in _split_paragraphs(text):
        children: list[Token] = []
        for line in paragraph:
            children += [Token(PLAIN_BREAK, "br", 0)] if children else []
            children.append(Token("text", "", 0, content=line))
        tokens += [
            Token("paragraph_open", "p", 1, attrs={"class": PLAIN_CLASS}, block=True),
            Token("inline", "", 0, content="\n".join(paragraph), children=children, block=True),
            Token("paragraph_close", "p", -1, block=True),
        ]
    return tokens


def _split_paragraphs(text: str) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]
