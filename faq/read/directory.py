"""Names that records use → the ids of what they name, and what is asked about unknown ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from faq.model.content import Category, Department, list_named, list_paths
from faq.model.near import hint_name
from faq.model.problem import Place, Problem, make_error


class Directory:
    """Names and ids of a list of the content, and what is asked about words that are neither."""

    def __init__(self, items: tuple[Category, ...] | tuple[Department, ...]) -> None:
        self._ids = index_names(items)
        self._names = [item.name for item in list_named(items)]
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


def index_names(found: tuple[Category, ...] | tuple[Department, ...]) -> dict[str, str]:
    """Id, unique name, or names from the top (`税金 > 軽自動車税`) → id, of items and all below."""
    items = list_named(found)
    names = Counter(item.name for item in items)
    unique = {item.name: item.id for item in items if names[item.name] == 1}
    paths = {path: item_id for path, item_id in list_paths(found) if path not in names}
    return paths | unique | {item.id: item.id for item in items}
