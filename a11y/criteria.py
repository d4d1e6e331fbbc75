"""The success criteria: WCAG 2.2 A and AA, and those of JIS X 8341-3:2016 AA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CRITERIA_FILE = Path(__file__).with_name("criteria.yml")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion; `since` and `removed` are versions of WCAG.

    `axe` names rules of axe-core, `own` those of the audit, `person` the steps for a person.
    `absent` names content that a site may lack; without it the criterion does not apply.
    """

    number: str
    name: str
    level: str
    since: str
    person: tuple[str, ...]
    axe: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    removed: str = ""
    absent: str = ""

    @property
    def machine(self) -> tuple[str, ...]:
        """The ids of all rules that check it, as in `Violation.rule`."""
        return (*(f"axe/{rule}" for rule in self.axe), *self.own)

    @property
    def in_jis(self) -> bool:
        """Whether it is a criterion of JIS X 8341-3:2016, which is identical to WCAG 2.0."""
        return self.since == "2.0"

    @property
    def in_wcag22(self) -> bool:
        """Whether it is a criterion of WCAG 2.2."""
        return not self.removed


@cache
def load_criteria() -> tuple[Criterion, ...]:
    """Every criterion of levels A and AA, in numerical order."""
    loaded = yaml.load(CRITERIA_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(map(_make_criterion, loaded))


def _make_criterion(item: Mapping[str, Any]) -> Criterion:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in item.items()
    }
    return Criterion(**values)
