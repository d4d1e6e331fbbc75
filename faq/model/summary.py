"""Problems → one message for each cause: how often, where first, and the way out once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from faq.model.problem import Problem, Severity, quote, sort_problems
from faq.texts import EDITOR_TEXTS

TEXTS: dict[str, str] = EDITOR_TEXTS["summary"]
# Codes whose causes are names: many of them make a list with a heading of their own.
LISTS: dict[str, str] = EDITOR_TEXTS["lists"]
# So many different messages of one kind are written out; of more, the first and the places.
FEW_CAUSES = 3
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
    others = [problem for cause in group.causes for problem in cause][1:]
    places = describe_places(others, with_values=True)
    return "\n".join(
        [str(group.first), TEXTS["others"].format(count=len(others), places=places)],
    )


def describe_places(problems: Iterable[Problem], *, with_values: bool = False) -> str:
    """The first places, a file's name once, each with the value found there if asked for."""
    problems = list(problems)
    files: dict[str, list[str]] = {}
    for problem in problems[:MOST_PLACES]:
        value = problem.values.get("value", "") if with_values else ""
        named = TEXTS["value"].format(value=quote(str(value))) if value else ""
        row = TEXTS["row"].format(row=problem.place.row) if problem.place.row else ""
        files.setdefault(problem.place.file, []).append(f"{row}{named}")
    text = "、".join(f"{file} {'・'.join(rows)}".strip() for file, rows in files.items())
    return text + (TEXTS["rest"] if len(problems) > MOST_PLACES else "")


def _describe_cause(cause: tuple[Problem, ...]) -> str:
    if len(cause) == 1:
        return str(cause[0])
    places = describe_places(cause[1:])
    return str(cause[0]) + TEXTS["again"].format(count=len(cause) - 1, places=places)


def _describe_names(group: Group) -> str:
    names, first = len(group.causes), group.first
    heading = LISTS[first.code].format(names=names, count=group.count)
    lines = [f"{quote(first.place.file)}: {first.mark}{heading}"]
    # Names used most come first: one that is used once is more likely a slip.
    causes = sorted(group.causes, key=len, reverse=True)
    for cause in causes[:MOST_NAMES]:
        problem = cause[0]
        name = quote(str(problem.values.get("value") or problem.place.column))
        values = {"name": name, "count": len(cause), "places": describe_places(cause[:1])}
        lines.append(TEXTS["name"].format(**values) + str(problem.values.get("hint", "")))
    if names > MOST_NAMES:
        lines.append(TEXTS["more_names"].format(count=names - MOST_NAMES))
    return "\n".join(lines)
