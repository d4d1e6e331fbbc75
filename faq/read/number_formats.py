"""A number of a workbook → the text that Excel shows for it, by the cell's number format.

Sections, conditions, digits with letters between them, thousands, percents and quoted text are
followed; fractions and powers of ten are not, and are shown in the general way.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)')
# Quoted text, an escaped letter, room as wide as a letter or filled with it, brackets.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<brackets>[^\]]*)\]'
    r"|(?P<mark>[0#?.,%@/]|[eE][+-]|General)|(?P<letter>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_CURRENCY = re.compile(r"\$([^-]*)")
_DIGITS = frozenset("0#?")
_UNUSUAL = re.compile(r"[@/]|e[+-]", re.IGNORECASE)

# A part of a format: a mark with a meaning, or a text to show; the other is empty.
_Token = tuple[str, str]


def show_number(number: float, code: str) -> str:
    """The number as Excel shows it in a cell of that format."""
    section, is_signed = _choose_section(number, code)
    tokens = _split_tokens(section)
    marks = [mark for mark, _ in tokens if mark]
    if any(_UNUSUAL.fullmatch(mark) for mark in marks):
        return _show_general(number)
    sign = "-" if is_signed and number < 0 else ""
    if any(mark.lower() == "general" for mark in marks):
        general = _show_general(abs(number))
        return sign + "".join(text or (general if len(mark) > 1 else mark) for mark, text in tokens)
    if not _DIGITS & set(marks):
        return "".join(text for _, text in tokens)
    shown = _fill(Decimal(repr(abs(number))), tokens).strip()
    return sign + shown if re.search("[1-9]", shown) else shown


def _show_general(number: float) -> str:
    """Fifteen digits, which is what Excel keeps."""
    return f"{Decimal(f'{number:.15g}'):f}"


def _choose_section(number: float, code: str) -> tuple[str, bool]:
    """The part of the format for the number, and whether a minus is to be put before it."""
    sections = _SECTION.findall(code)[:-1] or ["General"]
    if _CONDITION.search(code):
        for section in sections:
            condition = _CONDITION.search(section)
            if not condition or _compare(number, condition[1], float(condition[2])):
                return section, True
        return "General", True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    return sections[2 if number == 0 and len(sections) > 2 else 0], True


def _compare(number: float, sign: str, bound: float) -> bool:
    return {"<": number < bound, "<=": number <= bound, ">": number > bound,
            ">=": number >= bound, "=": number == bound, "<>": number != bound}[sign]  # fmt: skip


@cache
def _split_tokens(section: str) -> tuple[_Token, ...]:
    tokens = []
    for found in _TOKEN.finditer(section):
        text = found["quoted"] or found["escaped"] or found["letter"] or ""
        if found["brackets"] and (currency := _CURRENCY.match(found["brackets"])):
            text = currency[1]
        if found["mark"] or text:
            tokens.append((found["mark"] or "", text))
    return tuple(tokens)


def _fill(number: Decimal, tokens: tuple[_Token, ...]) -> str:
    """The number's digits in the places of the format, from the decimal point outwards."""
    marks = [mark for mark, _ in tokens]
    point = marks.index(".") if "." in marks else len(tokens)
    first = next(place for place, mark in enumerate(marks) if mark in _DIGITS)
    end = max((place for place in range(point) if marks[place] in _DIGITS), default=first)
    # A comma behind the digits takes three of them off, one among them parts thousands.
    number = number.scaleb(2 * marks.count("%") - 3 * marks[end:point].count(","))
    places = sum(mark in _DIGITS for mark in marks[point:])
    rounded = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    whole, _, part = rounded.partition(".")
    digits = list(whole.lstrip("0"))
    has_thousands = "," in marks[first:end]
    shown: list[str] = []
    count = 0
    for place in range(point - 1, -1, -1):
        mark, text = tokens[place]
        if mark not in _DIGITS:
            shown.append(text or (mark if mark == "%" else ""))
            continue
        # The first place takes all digits that are left.
        while True:
            digit = digits.pop() if digits else {"0": "0", "?": " "}.get(mark, "")
            if digit:
                shown.append("," if has_thousands and count and count % 3 == 0 else "")
                shown.append(digit)
                count += 1
            if place != first or not digits:
                break
    head = "".join(reversed(shown))
    if point == len(tokens):
        return head
    return head + _fill_part(part, tokens[point + 1 :])


def _fill_part(part: str, tokens: tuple[_Token, ...]) -> str:
    """What follows the decimal point, with the point where a digit follows."""
    marks = [mark for mark, _ in tokens if mark in _DIGITS]
    needed = max((place + 1 for place, mark in enumerate(marks) if mark == "0"), default=0)
    kept = part.rstrip("0").ljust(needed, "0")
    digits = iter(kept)
    rest = [text or (next(digits, "") if mark in _DIGITS else mark) for mark, text in tokens]
    return ("." if kept else "") + "".join(rest).replace(",", "")
