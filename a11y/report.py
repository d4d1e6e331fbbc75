"""What an audit found, as values: for the command line, for JSON, for the evidence pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What a rule has to say about one element of a page.

    `rule` is the id of a rule of ours (`reflow`), or `axe/…`, `ibm/…`, `vnu/…`; `element` a CSS
    selector; `detail` what was measured or what the engine says. `is_open`: the engine could not
    tell by itself, a person must look.
    """

    rule: str
    element: str
    detail: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """How a page was looked at: pixels, `light` `dark` or `forced`, with or without scripts."""

    width: int
    scheme: str
    has_scripts: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one page: which rules ran, and what they found.

    `page` is the address below the home page, with the state it was in: `search/ [results]`.
    `condition` is None for what reads the file itself.
    """

    page: str
    template: str
    condition: Condition | None
    rules: frozenset[str]
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A violation, and every page and condition it was seen in."""

    violation: Violation
    pages: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an audit.

    `findings` are to be mended, `waived` ones stand for a time by so many `waivers`; an entry of
    either with `violation.is_open` is what no machine could decide. `engines`: name → version.
    """

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    waivers: int = 0
    engines: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, str]:
        """Every page and state looked at → its template."""
        return {check.page: check.template for check in self.checks}

    @property
    def tested(self) -> dict[str, int]:
        """Rule id → number of different pages it ran on; a page in a state is a page too."""
        pages: dict[str, set[str]] = {}
        for check in self.checks:
            for rule in check.rules:
                pages.setdefault(rule, set()).add(check.page)
        return {rule: len(found) for rule, found in sorted(pages.items())}


def group_findings(checks: Iterable[Check]) -> tuple[Finding, ...]:
    """One finding for each violation, in order of rule and element."""
    pages: dict[Violation, dict[str, None]] = {}
    conditions: dict[Violation, dict[Condition, None]] = {}
    for check in checks:
        for violation in check.violations:
            pages.setdefault(violation, {})[check.page] = None
            if check.condition:
                conditions.setdefault(violation, {})[check.condition] = None
    return tuple(
        Finding(violation, tuple(sorted(seen)), tuple(conditions.get(violation, ())))
        for violation, seen in sorted(pages.items())
    )
