"""Names that records use → the ids of what they name, and what is asked about unknown ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from faq.model.content import Category, Department, list_named
from faq.model.near import hint_name
from faq.model.problem import Place, Problem, make_error


class Directory:
    """Names and ids of a list of the content, and what is asked about words that are neither."""

    def __init__(self, items: Iterable[Category] | Iterable[Department]) -> None:
        listed = list_named(items)
        self._ids = index_listed(listed)
        self._names = [item.name for item in listed]
        self._hints: dict[str, str] = {}

    def resolve(
        self, words: Iterable[str], *, place: Place, code: str
    ) -> tuple[tuple[str, ...], list[Problem]]:
        """The ids that the words mean, and a problem for each word that means none."""
        ids: dict[str, None] = {}
        problems = []
        for word in words:
            if word in self._ids:
                ids[self._ids[word]] = None
            elif word in self._names:
                problems.append(make_error(place, "name_ambiguous", value=word))
            else:
                hint = self._find_hint(word)
                problems.append(make_error(place, code, value=word, hint=hint))
        return tuple(ids), problems

    def _find_hint(self, word: str) -> str:
        if word not in self._hints:  # one word may be in each of thousands of rows
            self._hints[word] = hint_name(word, self._names)
        return self._hints[word]


def index_names(found: Iterable[Category] | Iterable[Department]) -> dict[str, str]:
    """Id or unique name → id, of the items and of all below them."""
    return index_listed(list_named(found))


def index_listed(items: Sequence[Category | Department]) -> dict[str, str]:
    """Id or unique name → id, of these items alone."""
    names = [item.name for item in items]
    unique = {item.name: item.id for item in items if names.count(item.name) == 1}
    return unique | {item.id: item.id for item in items}
