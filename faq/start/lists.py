"""What the columns of a table list: categories in two levels, departments with telephones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from faq.model.content import Category, Department
from faq.start.ids import ReadWords, make_id
from faq.start.understand import LEVELS, PHONE, Meaning, Words, is_office

# What readers of a cell with several values split at anyway, and what they may be told to.
SPLIT = re.compile(r"[、，,;；|｜\n]")
_MORE_MARKS = "・/／＆&＋+"


@dataclass(frozen=True, slots=True)
class Lists:
    """`phones`: department → its telephones with their rows, where it has several of them.

    `general` is the id of the department for general questions; `marks` are those between several
    departments in one cell, beyond the usual ones.
    """

    topics: tuple[Category, ...] = ()
    life_events: tuple[Category, ...] = ()
    departments: tuple[Department, ...] = ()
    general: str = ""
    marks: str = ""
    phones: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()

    @property
    def levels(self) -> tuple[int, int]:
        """How many categories there are at the top, and below."""
        return len(self.topics), sum(len(topic.children) for topic in self.topics)


def make_lists(meanings: Sequence[Meaning], *, words: Words, read_words: ReadWords) -> Lists:
    """The lists of a table, in the order in which it names them."""
    cells = fill_cells(meanings)
    maker = _IdMaker(read_words)
    topics = _make_topics(_list_trails(cells), maker)
    life_events = tuple(
        Category(maker.make(name, "event"), name)
        for name in _list_names(cells.get("life_events", ()), "")
    )
    maker = _IdMaker(read_words)
    offices = cells.get("departments", ())
    marks = find_marks(offices)
    names = _list_names(offices, marks)
    phones = _count_phones(offices, cells.get(PHONE, ()), marks)
    departments = tuple(
        Department(maker.make(name, "ka"), name, phone=_most_frequent(phones.get(name)))
        for name in names
    )
    general = next(
        (item.id for item in departments if any(word in item.name for word in words.general)), ""
    )
    unlike = tuple(
        (name, tuple(phones[name].most_common())) for name in names if len(phones.get(name, ())) > 1
    )
    return Lists(topics, life_events, departments, general, marks, unlike)


def fill_cells(meanings: Sequence[Meaning]) -> dict[str, tuple[str, ...]]:
    """Role → the cells of its column, a blank of a merged column as the value above.

    Where a new category begins, the level below it begins anew, and is not filled.
    """
    filled: dict[str, tuple[str, ...]] = {}
    begins: frozenset[int] = frozenset()
    for meaning in sorted(meanings, key=_order_levels):
        cells = [tidy_name(cell) for cell in meaning.column.cells]
        own = frozenset(number for number, cell in enumerate(cells) if cell)
        if meaning.merged:
            for number in range(1, len(cells)):
                if not cells[number] and number not in begins:
                    cells[number] = cells[number - 1]
        begins = begins | own if meaning.role in LEVELS else frozenset()
        if meaning.role and meaning.role not in filled:
            filled[meaning.role] = tuple(cells)
    return filled


def tidy_name(text: str) -> str:
    """A name on one line without blank ends."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def find_marks(cells: Sequence[str]) -> str:
    """The marks between several departments in one cell: all parts are departments by name."""
    alone = {cell for cell in cells if not re.search(f"[{re.escape(_MORE_MARKS)}]", cell)}
    found = ""
    for mark in _MORE_MARKS:
        split = [re.split(re.escape(mark), cell) for cell in set(cells) if mark in cell]
        if split and all(
            part.strip() in alone or is_office(part.strip()) for parts in split for part in parts
        ):
            found += mark
    return found


def split_names(cell: str, marks: str) -> list[str]:
    """The names in a cell, in order."""
    pattern = f"{SPLIT.pattern}|[{re.escape(marks)}]" if marks else SPLIT.pattern
    return [name for part in re.split(pattern, cell) if (name := part.strip())]


@dataclass(slots=True)
class _IdMaker:
    """Gives ids to names, each once."""

    read_words: ReadWords
    used: set[str] = field(default_factory=set)

    def make(self, name: str, spare: str, parent: str = "") -> str:
        """The id of the next name."""
        found = make_id(
            name, read_words=self.read_words, used=self.used, parent=parent, spare=spare
        )
        self.used.add(found)
        return found


def _list_trails(cells: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The category of each row, and the one below it: empty where there is none."""
    single = cells.get("categories", ())
    several = are_several(single)
    for cell in single:
        yield from ((name, "") for name in (split_names(cell, "") if several else [one_name(cell)]))
    top, low = (cells.get(level, ()) for level in LEVELS[:2])
    yield from zip(map(one_name, top), map(one_name, low), strict=False)


def _make_topics(trails: Iterable[tuple[str, str]], maker: _IdMaker) -> tuple[Category, ...]:
    tree: dict[str, dict[str, None]] = {}
    for name, child in trails:
        if name:
            tree.setdefault(name, {}).update({child: None} if child else {})
    ids = {name: maker.make(name, "bunya") for name in tree}
    return tuple(
        Category(ids[name], name, children=tuple(
            Category(maker.make(child, "bunya", parent=ids[name]), child) for child in below
        ))
        for name, below in tree.items()
    )  # fmt: skip


def are_several(cells: Sequence[str]) -> bool:
    """Whether cells with marks hold several categories each, some of which stand alone as well."""
    marked = [split_names(cell, "") for cell in cells if SPLIT.search(cell)]
    alone = set(cells)
    return bool(marked) and all(any(part in alone for part in parts) for parts in marked)


def one_name(text: str) -> str:
    """A category's name, of which no mark makes two."""
    return SPLIT.sub("・", text)


def _list_names(cells: Sequence[str], marks: str) -> list[str]:
    return list(dict.fromkeys(name for cell in cells for name in split_names(cell, marks)))


def _count_phones(
    offices: Sequence[str], phones: Sequence[str], marks: str
) -> dict[str, Counter[str]]:
    """Department → its telephones; a cell that names several departments tells none of theirs."""
    counts: dict[str, Counter[str]] = {}
    for office, phone in zip(offices, phones, strict=False):
        names = split_names(office, marks)
        if len(names) == 1 and phone:
            counts.setdefault(names[0], Counter())[one_name(phone)] += 1
    return counts


def _most_frequent(counts: Counter[str] | None) -> str:
    return counts.most_common(1)[0][0] if counts else ""


def _order_levels(meaning: Meaning) -> int:
    return LEVELS.index(meaning.role) if meaning.role in LEVELS else len(LEVELS)
