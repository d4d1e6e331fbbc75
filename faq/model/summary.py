"""Problems → one message for each cause: how often, where first, and the way out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faq.model.problem import Place, Problem, Severity, quote, sort_problems
from faq.texts import EDITOR_TEXTS

TEXTS: dict[str, str] = EDITOR_TEXTS["summary"]
# Codes whose causes are names: many of them make a list with a heading of their own.
LISTS: dict[str, str] = EDITOR_TEXTS["lists"]
# Up to this many different messages of one kind are printed; of more, the first and the places.
FEW_CAUSES = 5
MOST_PLACES = 5
# A longer list of names comes from a column that holds something else.
MOST_NAMES = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one kind: each cause with the problems that say the same, in order.

    Kind is the code and the column; where the code is one of names (`LISTS`), the code alone.
    """

    causes: tuple[tuple[Problem, ...], ...]

    @property
    def first(self) -> Problem:
        """The problem that an editor meets first."""
        return self.causes[0][0]

    @property
    def severity(self) -> Severity:
        """The severity that all of them have."""
        return self.first.severity

    @property
    def count(self) -> int:
        """How many problems there are."""
        return sum(len(cause) for cause in self.causes)


def group_problems(problems: Iterable[Problem]) -> list[Group]:
    """All problems, each in one group, in the order an editor meets the first of each."""
    groups: dict[tuple[str, str, str], dict[str, list[Problem]]] = {}
    for problem in sort_problems(problems):
        is_name = problem.code in LISTS
        key = (problem.severity, problem.code, "" if is_name else problem.place.column)
        # A header that no field has is a name as well; its message does not repeat it.
        cause = (problem.place.column if is_name else "") + problem.message
        groups.setdefault(key, {}).setdefault(cause, []).append(problem)
    return [Group(tuple(map(tuple, causes.values()))) for causes in groups.values()]


def describe_group(group: Group) -> str:
    """The group for people, a line or a few: what is wrong and the way out, once."""
    if len(group.causes) > 1 and group.first.code in LISTS:
        return _describe_names(group)
    if len(group.causes) <= FEW_CAUSES:
        return "\n".join(map(_describe_cause, group.causes))
    count = group.count - len(group.causes[0])
    others = _describe_others(group.causes[1:], count=count, file=group.first.place.file)
    return f"{_describe_cause(group.causes[0])}\n{others}"


def describe_places(problems: Sequence[Problem], *, file: str = "") -> str:
    """The first rows, by file; the name of `file` is known and left out."""
    files: dict[str, list[str]] = {}
    for problem in problems[:MOST_PLACES]:
        rows = files.setdefault(problem.place.file, [])
        rows += [str(problem.place.row)] if problem.place.row else []
    parts = []
    for name, rows in files.items():
        row = TEXTS["row"].format(row="・".join(rows)) if rows else ""
        parts.append(" ".join(filter(None, ("" if name == file else quote(name), row))))
    return "、".join(parts) + (TEXTS["rest"] if len(problems) > MOST_PLACES else "")


def _describe_cause(cause: tuple[Problem, ...]) -> str:
    if len(cause) == 1:
        return str(cause[0])
    places = describe_places(cause[1:], file=cause[0].place.file)
    return str(cause[0]) + TEXTS["again"].format(count=len(cause) - 1, places=places)


def _describe_others(causes: Sequence[tuple[Problem, ...]], *, count: int, file: str) -> str:
    """What other values are wrong in the same way, each with where it is first."""
    shown = []
    for problem, *_ in causes[:MOST_PLACES]:
        value = str(problem.values.get("value", ""))
        named = TEXTS["value"].format(value=quote(value)) if value else ""
        shown.append(describe_places([problem], file=file) + named)
        file = problem.place.file
    rest = TEXTS["rest"] if len(causes) > MOST_PLACES else ""
    return TEXTS["others"].format(count=count, places="、".join(shown) + rest)


def _describe_names(group: Group) -> str:
    first = group.first
    files = {problem.place.file for cause in group.causes for problem in cause}
    file = first.place.file if len(files) == 1 else ""
    heading = LISTS[first.code].format(names=len(group.causes), count=group.count)
    lines = [f"{Place(file)}{first.mark}{heading}"]
    # The most used come first: a name that is used once is more likely a slip.
    causes = sorted(group.causes, key=len, reverse=True)
    for cause in causes[:MOST_NAMES]:
        problem = cause[0]
        name = quote(str(problem.values.get("value") or problem.place.column))
        text = TEXTS["name"] if len(cause) == 1 else TEXTS["name_again"]
        places = describe_places([problem], file=file)
        hint = str(problem.values.get("hint", ""))
        lines.append(text.format(name=name, count=len(cause), places=places) + hint)
    lines += [f"  {names}" for p, *_ in causes if (names := str(p.values.get("names", "")))][:1]
    if len(causes) > MOST_NAMES:
        lines.append(TEXTS["more_names"].format(count=len(causes) - MOST_NAMES))
    return "\n".join(lines)
