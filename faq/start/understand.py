"""Columns of a foreign table → what each of them is, by its name and by its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from faq.model.dates import parse_end
from faq.model.problem import CellError
from faq.start.outline import Column, simplify_name

_WORDS = Path(__file__).with_name("columns.yml")
# Roles beyond the fields of an FAQ: levels of a category from the top, a department's telephone,
# and an address that becomes a link or an old address.
LEVELS = ("level1", "level2", "level3")
PHONE, PAGE = "phone", "page"
_DATES = ("updated", "publish_from", "publish_until", "review_by")
_PHONE = re.compile(r"(?:\(?0\d{1,4}\)?[-\s]?)?\d{1,4}-\d{3,4}|0\d{8,10}|.{0,10}?内線.{0,3}\d+.*")
_URL = re.compile(r"https?://\S+")
_NUMBERED = re.compile(r"[\d０-９]+[年月/.-]|[\d０-９]+\Z")
_ASKING = re.compile(r"[?？]|(?:か|の|ください|下さい|したい|ほしい|です)[。．?？]?\Z")
_OFFICE = re.compile(
    r".*(?:課|係|室|局|部|署|所|館|センター|支所|担当|公社|協会|窓口|Division|Section)"
)
# So large a share of its values decides what a column is.
_MOST = 0.6
# A list to choose from has few values, and they are short.
_LONGEST_CHOICE = 40
_CHOICES = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The header words that are known: by role, those of either text, of states, of 総合案内."""

    names: Mapping[str, tuple[str, ...]]
    either: tuple[str, ...]
    states: Mapping[str, str]
    general: tuple[str, ...]

    @property
    def plain(self) -> frozenset[str]:
        """Every header word in the form of `simplify_name`."""
        return frozenset(self.either).union(*self.names.values())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is: a field of an FAQ, a further role, or nothing; and why.

    `reason` is a text of `init: reasons`. `merged`: a blank stands for the value above it.
    """

    column: Column
    role: str = ""
    reason: str = "unknown"
    values: Mapping[str, object] = field(default_factory=dict)
    merged: bool = False


@cache
def load_words() -> Words:
    """The words of `columns.yml`."""
    table: dict[str, Any] = yaml.load(_WORDS.read_bytes(), Loader=yaml.CSafeLoader)
    return Words(
        {role: tuple(map(simplify_name, names)) for role, names in table["names"].items()},
        tuple(map(simplify_name, table["either"])),
        {plain_value(word): state for state, words in table["states"].items() for word in words},
        tuple(table["general"]),
    )


def plain_value(text: str) -> str:
    """A cell for comparison: without differences of width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def understand_columns(columns: Sequence[Column], *, words: Words) -> tuple[Meaning, ...]:
    """The meaning of each column, in order; each role but notes and keywords is given once."""
    taken: dict[int, Meaning] = {}
    for role, found, reason in _match_names(columns, words):
        _take(taken, found, role, reason)
    for column in _unclaimed(columns, taken):
        if simplify_name(column.heading) in words.either:
            held = {meaning.role for meaning in taken.values()}
            role = next((r for r in ("question", "answer") if r not in held), "")
            if role:
                _take(taken, column, role, "name")
    for role, fits in _BY_VALUES.items():
        if role in {meaning.role for meaning in taken.values()}:
            continue
        # A column that is named for something else may be of the same form, but is no category.
        found_by_value = [
            column
            for column in _unclaimed(columns, taken)
            if column.filled
            and fits(column)
            and not (role == "level1" and simplify_name(column.heading) in words.plain)
        ]
        if found_by_value:
            _take(taken, max(found_by_value, key=_PREFER.get(role, _none)), role, f"value_{role}")
    meanings = (taken.get(column.index) or _explain_unused(column, words) for column in columns)
    return tuple(map(_find_merged, _settle_levels(meanings)))


def _match_names(columns: Sequence[Column], words: Words) -> Iterable[tuple[str, Column, str]]:
    """Role, column, reason: whole names before parts of names, better words before others."""
    found = []
    for column in columns:
        plain = simplify_name(column.heading)
        for role, names in words.names.items():
            if plain in names:
                found.append((0, names.index(plain), column.index, role, column))
            elif inner := [name for name in names if len(name) > 1 and name in plain]:
                longest = max(map(len, inner))
                found.append((1, -longest, column.index, role, column))
    for part, _, _, role, column in sorted(found, key=lambda item: item[:3]):
        yield role, column, "name_part" if part else "name"


def _take(taken: dict[int, Meaning], column: Column, role: str, reason: str) -> None:
    held = {meaning.role for meaning in taken.values()}
    if column.index in taken or (role in held and role not in ("note", "keywords")):
        return
    if not column.filled or not _FITS.get(role, _any)(column):
        return
    taken[column.index] = Meaning(column, role, reason)


def _unclaimed(columns: Sequence[Column], taken: Mapping[int, Meaning]) -> list[Column]:
    return [column for column in columns if column.index not in taken]


def _explain_unused(column: Column, words: Words) -> Meaning:
    if not column.filled:
        return Meaning(column, "", "empty")
    plain = simplify_name(column.heading)
    for role, names in words.names.items():
        if plain in names:
            fits = _FITS.get(role, _any)(column)
            return Meaning(column, "", "twice" if fits else "unfit", {"role": role})
    return Meaning(column)


def _settle_levels(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """The levels that there are, from the top; a third one is words to search for."""
    settled = list(meanings)
    found = [role for role in LEVELS if any(meaning.role == role for meaning in settled)]
    named = (*LEVELS[:2], "keywords") if len(found) > 1 else ("categories",)
    roles = dict(zip(found, named, strict=False))
    return tuple(
        replace(meaning, role=roles.get(meaning.role, meaning.role)) for meaning in settled
    )


def _find_merged(meaning: Meaning) -> Meaning:
    """Cells were merged where a value stands once, at the top of those it is meant for."""
    if meaning.role not in (*LEVELS, "categories", "departments", PHONE):
        return meaning
    cells, filled = meaning.column.cells, meaning.column.filled
    alone = all(before != after for before, after in pairwise(filled))
    return replace(meaning, merged=bool(cells[0]) and alone and len(filled) <= len(cells) * 0.8)


def _share(column: Column, fits: Callable[[str], object]) -> float:
    filled = column.filled
    return sum(bool(fits(cell)) for cell in filled) / len(filled) if filled else 0.0


def is_office(name: str) -> bool:
    """Whether a name ends as those of departments do."""
    return bool(_OFFICE.fullmatch(name))


def is_date(text: str) -> bool:
    """Whether a cell is a day or a moment, 9999 among the years."""
    try:
        parse_end(text)
    except CellError:
        return False
    return True


def _is_day(text: str) -> bool:
    return bool(re.search(r"[年/.-]", text)) and is_date(text)


def _may_be_choice(column: Column) -> bool:
    """Whether its values could be those of a list to choose from: few and short."""
    kinds = set(column.filled)
    few = len(kinds) <= max(_CHOICES, len(column.cells) // 10)
    repeated = len(kinds) <= len(column.cells) / 2 or len(column.cells) <= 20
    return few and repeated and all(len(kind) <= _LONGEST_CHOICE for kind in kinds)


def _is_choice(column: Column) -> bool:
    """Whether its values repeat as those of a list to choose from do."""
    kinds = set(column.filled)
    return _may_be_choice(column) and len(kinds) <= len(column.filled) * 0.75


def _is_phone(text: str) -> bool:
    plain = re.sub("[‐‑–—−ー]", "-", unicodedata.normalize("NFKC", text))
    return bool(_PHONE.fullmatch(plain.strip()))


def _is_mostly_filled(column: Column) -> bool:
    return len(column.filled) >= len(column.cells) * 0.8


def _count_letters(column: Column) -> float:
    return sum(map(len, column.filled)) / max(len(column.cells), 1)


def _any(column: Column) -> bool:
    return bool(column.filled)


def _none(_: Column) -> float:
    return 0.0


def _is_text(column: Column) -> bool:
    return _count_letters(column) >= 6 and not _is_choice(column)


def _is_unique_number(column: Column) -> bool:
    plain = [plain_value(cell) for cell in column.filled]
    return len(set(plain)) == len(column.cells) and all(
        re.fullmatch(r"[1-9]\d{0,5}", cell) for cell in plain
    )


# What the values of a column must be for its name to be believed.
_FITS: dict[str, Callable[[Column], bool]] = {
    "question": lambda column: _count_letters(column) >= 3,
    "answer": lambda column: _count_letters(column) >= 2,
    **dict.fromkeys(LEVELS, _may_be_choice),
    "departments": lambda column: max(map(len, column.filled)) <= 2 * _LONGEST_CHOICE,
    PHONE: lambda column: _share(column, _is_phone) >= _MOST,
    PAGE: lambda column: _share(column, _URL.search) >= _MOST,
    "status": lambda column: len(set(column.filled)) <= 8,
    **{role: lambda column: _share(column, is_date) >= _MOST for role in _DATES},
}
# What the values alone show, where no name did; in this order.
_BY_VALUES: dict[str, Callable[[Column], bool]] = {
    PAGE: lambda column: _share(column, _URL.fullmatch) >= _MOST,
    PHONE: lambda column: _share(column, _is_phone) >= _MOST,
    "updated": lambda column: _share(column, _is_day) == 1,
    "id": lambda column: column.index == 0 and _is_unique_number(column),
    "question": lambda column: _is_text(column) and _share(column, _ASKING.search) >= _MOST,
    "answer": lambda column: _is_text(column) and _is_mostly_filled(column),
    "departments": lambda column: _is_choice(column) and _share(column, is_office) >= _MOST,
    "level1": lambda column: (
        _is_choice(column) and len(set(column.filled)) > 1 and not _share(column, _NUMBERED.match)
    ),
}
# Of several columns the one with most of this.
_PREFER: dict[str, Callable[[Column], float]] = {
    "question": lambda column: _share(column, _ASKING.search),
    "answer": _count_letters,
    "level1": lambda column: -len(set(column.filled)),
}
