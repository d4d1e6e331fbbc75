"""What the columns of a table are → the map that takes the table in, and what to know of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from faq.model.choices import Status
from faq.model.fields import FAQ_FIELDS, FAQ_LABELS
from faq.start.cells import are_old_addresses, can_read, list_some, make_replacer, shorten
from faq.start.ids import ReadWords
from faq.start.lists import SPLIT, Lists, are_several, fill_cells, make_lists
from faq.start.outline import Outline
from faq.start.style import UNTAG, find_style
from faq.start.understand import (
    LEVELS,
    PAGE,
    Meaning,
    Words,
    plain_value,
    understand_columns,
)
from faq.texts import EDITOR_TEXTS

FIRST_NUMBER = 1001
_KINDS = {item.name: item.kind for item in FAQ_FIELDS}
# Letters, marks and zeros before a number.
_BEFORE_NUMBER = r"\A[^1-9１-９]+"
# So many values of a column may be unreadable; with more of them it is something else.
_MOST_UNREADABLE = 20
# So many departments with several telephones are told one by one.
_MOST_PHONES = 5


@dataclass(frozen=True, slots=True)
class Note:
    """Something an editor must know: a text of `init: notes`, and its values."""

    code: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a table is taken in: its columns' meanings, the keys of its map, its lists, notes."""

    outline: Outline
    meanings: tuple[Meaning, ...]
    entries: Mapping[str, Any]
    lists: Lists
    notes: tuple[Note, ...]


class NoColumnError(Exception):
    """No column holds questions, or none answers; `role` says which."""

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__(role)


def propose_map(
    outline: Outline,
    *,
    words: Words,
    read_words: ReadWords,
    sheet: str = "",
) -> Proposal:
    """The map of a table, and what follows from it; raises `NoColumnError`."""
    meanings = understand_columns(outline.columns, words=words)
    maker = _Maker(outline, list(meanings), words)
    for role in ("question", "answer"):
        if not maker.find(role):
            raise NoColumnError(role)
    maker.propose_rows()
    maker.propose_numbers()
    maker.propose_answers()
    maker.propose_pages()
    maker.propose_states()
    maker.check_cells()
    lists = make_lists(maker.meanings, words=words, read_words=read_words)
    maker.propose_names(lists)
    return Proposal(
        outline, tuple(maker.meanings), maker.make_entries(sheet), lists, tuple(maker.notes)
    )


class _Maker:
    """The parts of the map as they are found, each field's by its label."""

    def __init__(self, outline: Outline, meanings: list[Meaning], words: Words) -> None:
        self.outline = outline
        self.meanings = meanings
        self.words = words
        self.notes: list[Note] = []
        self.constants: dict[str, str] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.replacements: dict[str, dict[str, str]] = {}
        self.skipped: list[int] = []
        self.first_number = 0
        self.format = ""
        self.marks = ""

    def find(self, role: str) -> Meaning | None:
        """The column of that role."""
        return next((meaning for meaning in self.meanings if meaning.role == role), None)

    def note(self, code: str, **values: object) -> None:
        """Adds what an editor must know."""
        self.notes.append(Note(code, values))

    def drop(self, meaning: Meaning, reason: str, **values: object) -> None:
        """Leaves a column out, for a reason."""
        at = self.meanings.index(meaning)
        self.meanings[at] = Meaning(meaning.column, "", reason, values)

    def take_as(self, meaning: Meaning, role: str) -> None:
        """Gives a column another role."""
        self.meanings[self.meanings.index(meaning)] = replace(meaning, role=role)

    def propose_rows(self) -> None:
        """Leaves rows without a question out, by their number; counts repeated questions."""
        questions = self._cells("question")
        rows = self.outline.rows
        self.skipped = [row for row, text in zip(rows, questions, strict=True) if not text]
        if self.skipped:
            self.note("rows_skipped", count=len(self.skipped), rows=list_some(self.skipped))
        counts = Counter(filter(None, questions))
        twice = [text for text, count in counts.items() if count > 1]
        if twice:
            self.note("questions_twice", count=len(twice), example=shorten(twice[0]))

    def propose_numbers(self) -> None:
        """Takes the table's numbers where they are fit for addresses, else begins anew."""
        meaning = self.find("id")
        kept = set(self.outline.rows) - set(self.skipped)
        if not meaning:
            self._number_anew("numbers_none")
            return
        pairs = zip(self.outline.rows, meaning.column.cells, strict=True)
        cells = [cell for row, cell in pairs if row in kept]
        twice = [cell for cell, count in Counter(map(plain_value, cells)).items() if count > 1]
        bad = [cell for cell in cells if not can_read(cell, "id")]
        plain = [re.sub(_BEFORE_NUMBER, "", cell) for cell in cells]
        if not bad and not twice:
            return
        if not twice and len(set(plain)) == len(plain) and all(can_read(c, "id") for c in plain):
            self.replacements[FAQ_LABELS["id"]] = {_BEFORE_NUMBER: ""}
            self.note("numbers_begun", example=bad[0])
            return
        problem = twice[0] if twice else bad[0]
        code = "numbers_blank" if not problem else "numbers_twice" if twice else "numbers_bad"
        self.drop(meaning, code)
        self._number_anew(code, column=meaning.column.heading, example=shorten(problem))

    def _number_anew(self, code: str, **values: object) -> None:
        self.first_number = FIRST_NUMBER
        last = FIRST_NUMBER + len(self.outline.rows) - len(self.skipped) - 1
        self.note(code, first=FIRST_NUMBER, last=last, **values)

    def propose_answers(self) -> None:
        """Answers are plain text, unless they plainly are Markdown; tags become plain text."""
        pairs = zip(self.outline.rows, self._cells("answer"), strict=True)
        answers = [cell for row, cell in pairs if row not in self.skipped]
        filled = [cell for cell in answers if cell]
        style = find_style(filled)
        self.format = "Markdown" if style.is_markdown else "文章"
        if style.marked:
            code = "answers_markdown" if style.is_markdown else "answers_marks"
            self.note(code, count=len(style.marked), example=shorten(style.marked[0]))
        elif not style.tagged:
            self.note("format")
        if style.tagged:
            self.replacements[FAQ_LABELS["answer"]] = dict(UNTAG)
            self.note("answers_html", count=len(style.tagged), example=shorten(style.tagged[0]))
        if len(filled) < len(answers):
            self.note("answers_none", count=len(answers) - len(filled))

    def propose_pages(self) -> None:
        """Addresses become links, or old addresses where each is the FAQ's own former page."""
        meaning = self.find(PAGE)
        if not meaning:
            return
        role = "old_addresses" if are_old_addresses(meaning.column.filled) else "links"
        if self.find(role):
            self.drop(meaning, "twice", role=role)
            return
        self.take_as(meaning, role)
        if role == "links":
            label = EDITOR_TEXTS["init"]["link_label"]
            self.replacements[FAQ_LABELS["links"]] = {
                r"(?m)^\s*(https?://\S+)\s*$": rf"{label} | \1",
                r"(?m)^([^|｜\n]+?)[\s:：]+(https?://\S+)\s*$": r"\1 | \2",
            }
        else:
            self.note("old_addresses", column=meaning.column.heading)

    def propose_states(self) -> None:
        """All that is in the table is approved, where no column says what is not."""
        label = FAQ_LABELS["status"]
        meaning = self.find("status")
        if not meaning:
            self.constants[label] = Status.APPROVED
            return
        kinds = dict.fromkeys(meaning.column.filled)
        states = {kind: self.words.states.get(plain_value(kind), "") for kind in kinds}
        if not any(states.values()):
            self.drop(meaning, "unfit", role="status")
            self.constants[label] = Status.APPROVED
            return
        self.values[label] = {
            kind: state or Status.DRAFT for kind, state in states.items() if kind != state
        }
        if unknown := [kind for kind, state in states.items() if not state]:
            self.note("states_unknown", names=list_some(unknown))

    def check_cells(self) -> None:
        """Leaves out what could not be read: some cells, or a column with many of them."""
        for meaning in tuple(self.meanings):
            kind = _KINDS.get(meaning.role, "")
            if not kind or meaning.role in ("id", "question", "answer", "status"):
                continue
            label = FAQ_LABELS[meaning.role]
            change = make_replacer(self.replacements.get(label, {}))
            changed = [change(cell) for cell in meaning.column.filled]
            kinds = dict.fromkeys(line.strip() for cell in changed for line in cell.split("\n"))
            bad = [line for line in kinds if not can_read(line, kind)]
            if not bad:
                continue
            count = sum(any(line.strip() in bad for line in cell.split("\n")) for cell in changed)
            values = {"count": count, "example": shorten(bad[0]), "role": meaning.role}
            if len(bad) > _MOST_UNREADABLE or len(bad) == len(kinds):
                self.drop(meaning, "unreadable", **values)
                self.replacements.pop(label, None)
            else:
                self.values[label] = dict.fromkeys(bad, "")
                self.note("cells_unreadable", column=meaning.column.heading, **values)

    def propose_names(self, lists: Lists) -> None:
        """How names of categories and departments are told apart and written."""
        self.marks = lists.marks
        cells = fill_cells(self.meanings)
        roles = (
            *LEVELS[:2],
            *(() if are_several(cells.get("categories", ())) else ("categories",)),
        )
        if any(SPLIT.search(cell) for role in roles for cell in cells.get(role, ())):
            self.replacements[FAQ_LABELS["categories"]] = {SPLIT.pattern: "・"}
            self.note("names_joined")
        if lists.marks:
            self.note("marks", marks=lists.marks)
        for name, phones in lists.phones[:_MOST_PHONES]:
            listed = EDITOR_TEXTS["init"]["joint"].join(
                EDITOR_TEXTS["init"]["phone_rows"].format(phone=phone, count=count)
                for phone, count in phones[:3]
            )
            self.note("phones_unlike", name=name, phones=listed, phone=phones[0][0])
        if len(lists.phones) > _MOST_PHONES:
            self.note("phones_more", count=len(lists.phones) - _MOST_PHONES)

    def make_entries(self, sheet: str) -> dict[str, Any]:
        """The keys of the map, in the order that a reader expects."""
        columns: dict[str, list[str]] = {}
        for item in FAQ_FIELDS:
            found = [m.column.name for m in self.meanings if m.role == item.name]
            if found:
                columns[item.label] = found
        levels = [m.column.name for role in LEVELS[:2] if (m := self.find(role))]
        header = self.outline.header[-1]
        used = {name for names in (*columns.values(), levels) for name in names}
        entries = {
            "シート": sheet,
            "見出しの行": header if header > 1 else "",
            "列": columns,
            "分野の段": levels,
            "はじめの番号": self.first_number or "",
            "上の値で埋める": [
                m.column.name for m in self.meanings if m.merged and m.column.name in used
            ],
            "書式": self.format,
            "区切り": {FAQ_LABELS["departments"]: self.marks} if self.marks else {},
            "置きかえ": self.replacements,
            "値": self.values,
            "決まった値": self.constants,
            "使わない行": self.skipped,
            "使わない列": [m.column.name for m in self.meanings if m.column.name not in used],
        }
        return {key: value for key, value in entries.items() if value}

    def _cells(self, role: str) -> tuple[str, ...]:
        meaning = self.find(role)
        return meaning.column.cells if meaning else ()
