"""What is wrong with the content, where, and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from faq.texts import EDITOR_TEXTS

# What an editor wrote is quoted in messages, and a cell may hold a whole table: so much is enough.
LONGEST_QUOTE = 300
# A message names at most this many values of a list; `--all` and `--json` name all.
LONGEST_LIST = 5
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


class Severity(StrEnum):
    """An error stops the build; a warning is only reported."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the content; `row` counts as Excel does, in YAML it is the line."""

    file: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        row = f"{self.row}行目" if self.row else ""
        head = " ".join(quote(part) for part in (self.file, row, self.column) if part)
        return f"{head}: " if head else ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong; `code` names its message in `texts/editor.yml`.

    A value that is a tuple is a list of names or numbers, of which a message shows the first.
    """

    place: Place
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def message(self) -> str:
        """What is wrong and the way out, in Japanese, on one line; long lists are cut."""
        return self._write_message(LONGEST_LIST)

    @property
    def mark(self) -> str:
        """The label of a warning, empty for an error."""
        return "" if self.severity is Severity.ERROR else EDITOR_TEXTS["summary"]["warning"]

    def __str__(self) -> str:
        return f"{self.place}{self.mark}{self.message}"

    def describe_whole(self) -> str:
        """The problem as one line, its lists whole."""
        return f"{self.place}{self.mark}{self._write_message(None)}"

    def _write_message(self, longest: int | None) -> str:
        text: str = EDITOR_TEXTS["problems"][self.code]
        shown: dict[str, object] = {}
        for name, value in self.values.items():
            if isinstance(value, tuple):
                rest = EDITOR_TEXTS["summary"]["rest"] if len(value) > len(value[:longest]) else ""
                shown[name] = "、".join(quote(str(item)) for item in value[:longest]) + rest
            else:
                shown[name] = quote(value) if isinstance(value, str) else value
        return text.format(**shown)

    def to_dict(self) -> dict[str, object]:
        """The problem for machines: severity, code, place, message, and the values in it, whole."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "file": self.place.file,
            "row": self.place.row,
            "column": self.place.column,
            "message": self.message,
            "values": dict(self.values),
        }


def quote(text: str) -> str:
    """A text of the content for a message: one line without control characters, not too long."""
    line = _UNSEEN.sub(" ", text)
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


class CellError(ValueError):
    """A cell that cannot be read; `code` names its text in `texts/editor.yml`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class CommandError(Exception):
    """A command cannot go on; `code` names its text under `cli` in `texts/editor.yml`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def make_warning(place: Place, code: str, **values: object) -> Problem:
    """A problem that is reported but stops nothing."""
    return Problem(place, code, values, Severity.WARNING)


def make_error(place: Place, code: str, **values: object) -> Problem:
    """A problem that stops the build."""
    return Problem(place, code, values)


def select_errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop the build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """In the order an editor meets them: by file, row, then as found."""
    return sorted(problems, key=lambda problem: (problem.place.file, problem.place.row))


class PublishError(CommandError):
    """Nothing is published, and why."""


class ContentError(Exception):
    """The content cannot be built; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[list[Problem]]]:
        """For the processes that render: an exception is sent by its arguments."""
        return type(self), (self.problems,)
