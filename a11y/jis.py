"""The evidence pack: a draft of the test result page, the worksheet, the pages to check.

A machine never says that a criterion is met: its zero is written as what it is, and what a
person must say is left to be filled in. Ways of choosing and what a result page must show:
JIS X 8341-3:2016 annex JB, and the guidelines of WAIC for tests by it.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from a11y.criteria import Criterion, load_criteria
from a11y.evidence import TEXTS, Evidence, list_others, list_rules, sum_up
from faq.model import Site

RESULT_FILE, WORKSHEET_FILE, PAGES_FILE = FILES = (
    "jis-result.md",
    "jis-worksheet.csv",
    "jis-pages.csv",
)
# WAIC: 40 pages are enough to judge a whole site by, however large it is.
PAGES_TO_CHECK = 40
LEAST_RANDOM = 25


def write_evidence(folder: Path, *, evidence: Evidence, site: Site, seed: int) -> list[Path]:
    """Writes the pack; raises `FileExistsError` rather than overwrite what a person filled in."""
    if there := find_evidence(folder):
        raise FileExistsError(there[0])
    drawn = draw_pages(evidence.pages, representative=evidence.representative, seed=seed)
    files = {
        RESULT_FILE: draft_result(evidence, site=site, seed=seed, drawn=drawn).encode(),
        WORKSHEET_FILE: _encode_table(list_worksheet(evidence)),
        PAGES_FILE: _encode_table(list_pages(evidence, site=site, drawn=drawn)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def find_evidence(folder: Path) -> list[Path]:
    """The files of a pack that are there already."""
    return [folder / name for name in FILES if (folder / name).exists()]


def make_seed(at: datetime) -> int:
    """The seed where none is given: the day as a number, 20261121."""
    return int(at.strftime("%Y%m%d"))


def draw_pages(pages: Sequence[str], *, representative: Mapping[str, str], seed: int) -> list[str]:
    """Pages by lot beside the representative ones; the same seed and pages draw the same.

    40 with the representative ones, never fewer than 25 by lot; all where there are no more.
    """
    chosen = set(representative.values())
    rest = sorted(set(pages) - chosen)
    count = max(PAGES_TO_CHECK - len(chosen), LEAST_RANDOM)
    # Only random() itself is promised to give the same numbers in every version of Python.
    lot = random.Random(seed)  # noqa: S311 - a lot that all can repeat, no secret
    return sorted(rest, key=lambda _: lot.random())[:count]


def list_worksheet(evidence: Evidence) -> list[Sequence[str]]:
    """A row for each criterion: what the machine found, the steps, and cells to fill in.

    The number stands with the name: alone in a cell, Excel takes 1.1.1 for a day in 2001.
    """
    words = TEXTS["worksheet"]
    rows = [words["columns"]]
    for row, criterion in enumerate(load_criteria(), 1):
        rows.append(
            [
                str(row),
                f"{criterion.number} {criterion.name}",
                criterion.level,
                words["yes"] if criterion.in_jis else words["no"],
                words["yes"] if criterion.in_wcag22 else words["no"],
                _tell_absent(criterion) or words["applies"],
                "\n".join(list_rules(criterion, evidence=evidence)) or TEXTS["machine"]["none"],
                "\n".join(f"{number}. {step}" for number, step in enumerate(criterion.person, 1)),
                *[""] * 4,
            ]
        )
    return rows


def list_pages(evidence: Evidence, *, site: Site, drawn: Iterable[str]) -> list[Sequence[str]]:
    """A row for each page that a person checks: how it was chosen, and cells to fill in."""
    words = TEXTS["pages"]
    chosen = [
        (words["representative"], _name_kind(kind), address)
        for kind, address in evidence.representative.items()
    ] + [(words["drawn"], "", address) for address in drawn]
    return [
        words["columns"],
        *(
            [str(number), how, kind, _join_address(site, address), *[""] * 3]
            for number, (how, kind, address) in enumerate(chosen, 1)
        ),
    ]


def draft_result(evidence: Evidence, *, site: Site, seed: int, drawn: Sequence[str]) -> str:
    """The draft of the result page, as a Markdown file for content/pages/."""
    criteria = load_criteria()
    mapped = {rule for criterion in criteria for rule in criterion.machine}
    words = TEXTS["draft"]
    representative = [
        f"{_name_kind(kind)}: {_join_address(site, address)}"
        for kind, address in evidence.representative.items()
    ]
    text: str = words["page"]
    return text.format(
        city=site.city,
        name=site.name,
        base_url=site.base_url,
        date=f"{evidence.at:%Y年}{evidence.at.month}月{evidence.at.day}日",
        all=len(set(evidence.pages)),
        count=len(representative) + len(drawn),
        representative_count=len(representative),
        drawn_count=len(drawn),
        seed=seed,
        representative="\n".join(f"- {line}" for line in representative),
        drawn="\n".join(f"- {_join_address(site, address)}" for address in drawn),
        engines=_make_rows(evidence.engines.items()) or words["no_row"],
        jis=_make_criteria_rows((c for c in criteria if c.in_jis), evidence),
        jis_count=sum(c.in_jis for c in criteria),
        more=_make_criteria_rows((c for c in criteria if not c.in_jis), evidence),
        more_count=sum(not c.in_jis for c in criteria),
        shared_count=sum(c.in_jis and c.in_wcag22 for c in criteria),
        wcag_count=sum(c.in_wcag22 for c in criteria),
        others=_make_rows(list_others(evidence, mapped=mapped)) or words["no_row"],
    )


def _make_criteria_rows(criteria: Iterable[Criterion], evidence: Evidence) -> str:
    words = TEXTS["draft"]
    mark = words["mark"]
    return _make_rows(
        (
            words["criterion"].format(
                number=criterion.number, name=criterion.name, level=criterion.level
            ),
            sum_up(criterion, evidence=evidence),
            f"{mark}{_tell_absent(criterion)}",
            mark,
        )
        for criterion in criteria
    )


def _make_rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows
    )


def _tell_absent(criterion: Criterion) -> str:
    told: str = TEXTS["absent"]
    return told.format(what=criterion.absent) if criterion.absent else ""


def _name_kind(kind: str) -> str:
    name: str = TEXTS["pages"]["kinds"].get(kind, kind)
    return name


def _join_address(site: Site, address: str) -> str:
    return address if "://" in address else f"{site.base_url.rstrip('/')}/{address.lstrip('/')}"


def _encode_table(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV as Excel opens it by a double click: UTF-8 with a mark, CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
