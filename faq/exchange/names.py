"""Names that FAQs use and no list has → what to write into the lists, and what is in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from faq.model.content import Content, list_named
from faq.model.near import fold_name, is_slip
from faq.model.problem import Problem
from faq.read.values import ID_PATTERN

# A longer text, or one with a full stop, is no name: the column holds something else.
LONGEST_NAME = 40
# Name, ids in use and the kind of list → an id that none has.
MakeId = Callable[[str, Collection[str], str], str]


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names in a content folder: its file, the keys it may have there, who uses it."""

    code: str
    items: str
    file: str
    keys: tuple[str, ...] = ()


NAME_LISTS = (
    NameList("category_unknown", "topics", "categories.yml", ("行政分野", "topics", "fields")),
    NameList("life_event_unknown", "life_events", "categories.yml",
             ("ライフイベント", "life_events")),
    NameList("department_unknown", "departments", "departments.yml"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that no list has, how often it is used, its id, and why it is in doubt.

    `doubt` names a text of `doubts` in `texts/editor.yml`, empty: it can be written; `near` is the
    name that it may be a slip of.
    """

    name: str
    count: int
    id: str
    doubt: str = ""
    near: str = ""


def find_new_names(
    problems: Iterable[Problem], content: Content, *, make_id: MakeId
) -> dict[NameList, list[NewName]]:
    """By list the names that it lacks, in the order in which they are met.

    In doubt is what may be another name mistyped, the more used of two spellings counting as the
    name, and what is no name at all.
    """
    problems = list(problems)
    found = {}
    for item in NAME_LISTS:
        words = Counter(str(one.values["value"]) for one in problems if one.code == item.code)
        if words:
            found[item] = _judge(words, item, content, make_id)
    return found


def _judge(words: Counter[str], item: NameList, content: Content, make_id: MakeId) -> list[NewName]:
    listed = list_named(getattr(content, item.items))
    known = [one.name for one in listed]
    taken = {one.id for one in listed}
    spellings: dict[str, str] = {}
    judged = []
    for word, count in words.most_common():
        new_id = make_id(word, taken, item.items)
        near = next((name for name in known if is_slip(word, name)), "")
        near = near or spellings.get(fold_name(word), "")
        if ID_PATTERN.fullmatch(word) or len(word) > LONGEST_NAME or "。" in word:
            judged.append(NewName(word, count, new_id, "no_name"))
        elif near:
            judged.append(NewName(word, count, new_id, "slip", near))
        else:
            taken.add(new_id)
            spellings[fold_name(word)] = word
            judged.append(NewName(word, count, new_id))
    # Written in the order in which the FAQs have them: it becomes the order on the pages.
    order = list(words)
    return sorted(judged, key=lambda one: order.index(one.name))
