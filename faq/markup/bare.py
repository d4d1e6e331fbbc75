"""Web addresses, mail addresses and telephone numbers that a text just names become links.

An address ends where Japanese begins. A number is taken for a telephone's only in the forms that
Japanese ones are written in, so that days, postal codes and other numbers stay text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

# How such a link is marked among the tokens.
BARE = "bare"
_DIGIT = "[0-9０-９]"
_HYPHEN = "[-‐‑–—―−－ーｰ]"
_HOST = r"[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63})+"
_LINK = re.compile(
    # The letters that one can begin with: most of a text is passed over by this alone.
    rf"(?=[0-9A-Za-z０(（])(?:"
    # What no address may hold unescaped ends it, as does all that is not ASCII.
    rf"(?<![0-9A-Za-z])(?P<web>https?://{_HOST}(?::[0-9]+)?(?:[/?#][!#-&(-;=?-\[\]_a-z~]*)?)"
    rf"|(?<![0-9A-Za-z._%+-])(?P<mail>[0-9A-Za-z][0-9A-Za-z._%+-]{{0,63}}@{_HOST})"
    rf"|(?<![0-9０-９#./=_-])(?P<phone>"
    rf"[0０][1-9１-９]{_DIGIT}{{0,3}}(?:{_HYPHEN}{_DIGIT}{{1,4}}{_HYPHEN}|[(（]{_DIGIT}{{1,4}}[)）])"
    rf"{_DIGIT}{{3,4}}"
    rf"|[(（][0０][1-9１-９]{_DIGIT}{{0,3}}[)）]{_DIGIT}{{1,4}}{_HYPHEN}?{_DIGIT}{{4}}"
    rf")(?!{_DIGIT}|{_HYPHEN}{_DIGIT}|[0-9A-Za-z_]))",
    re.ASCII,
)
# A text without any of these has no address in it; entities and escapes may spell the rest.
_HINT = re.compile(r"://|[@&\\]|[0０][1-9１-９]")
_FAX = re.compile(r"(?<![話l][・/&])(?:fax|ファッ?クス|ファクシミリ)\W{0,4}\Z", re.IGNORECASE)
_LONGEST_FAX = 12
_TRAILING = ".,:;!?*"


def may_hold_address(content: str) -> bool:
    """Whether the source of a line may have such links; most lines are done with this."""
    return _HINT.search(content) is not None


def link_addresses(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a line with such links in its texts; what is a link already stays as it is."""
    linked: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "text" and not depth:
            linked += _link_text(token)
        else:
            depth += (token.type == "link_open") - (token.type == "link_close")
            linked.append(token)
    return linked


def _link_text(token: Token) -> Iterator[Token]:
    text, done = token.content, 0
    for start, end, address in _find_links(text):
        if start > done:
            yield Token("text", "", 0, content=text[done:start], level=token.level)
        attributes: dict[str, str | int | float] = {"href": address}
        yield Token("link_open", "a", 1, attrs=attributes, markup=BARE, level=token.level)
        yield Token("text", "", 0, content=text[start:end], level=token.level + 1)
        yield Token("link_close", "a", -1, markup=BARE, level=token.level)
        done = end
    if done < len(text):
        yield Token("text", "", 0, content=text[done:], level=token.level) if done else token


def _find_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and address of each link in the text."""
    for found in _LINK.finditer(text):
        if found["web"]:
            address = _trim(found["web"])
            yield found.start(), found.start() + len(address), address
        elif found["mail"]:
            yield *found.span(), f"mailto:{found['mail']}"
        else:
            number = re.sub(r"\D", "", unicodedata.normalize("NFKC", found["phone"]))
            before = text[max(found.start() - _LONGEST_FAX, 0) : found.start()]
            is_fax = _FAX.search(unicodedata.normalize("NFKC", before))
            if _is_phone(number) and not is_fax:
                yield *found.span(), f"tel:{number}"


def _is_phone(number: str) -> bool:
    """Ten digits; eleven where the area code ends in 0, as those of mobiles do."""
    return len(number) == 10 or (len(number) == 11 and number[2] == "0")


def _trim(address: str) -> str:
    """The address without what ends the sentence or the brackets around it."""
    # Counted once: a cell may end in a million brackets.
    unopened = {")": address.count(")") - address.count("("),
                "]": address.count("]") - address.count("[")}  # fmt: skip
    end = len(address)
    while (last := address[end - 1]) in _TRAILING or unopened.get(last, 0) > 0:
        if last in unopened:
            unopened[last] -= 1
        end -= 1
    return address[:end]
