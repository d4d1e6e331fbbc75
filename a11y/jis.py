"""Evidence → the evidence pack: a draft of the result page, the worksheet, the pages to check.

A machine never declares a criterion met: zero findings are reported as just that, and every
result is left for a person to fill in. How pages are chosen and what a result page must show
follow JIS X 8341-3:2016 annex JB, and the guidelines of WAIC for tests by it.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from a11y.criteria import Criterion, load_criteria
from a11y.evidence import TEXTS, Evidence, list_other_rules, list_rules, summarize_criterion
from faq.model.site import Site

RESULT_FILE, WORKSHEET_FILE, PAGES_FILE = FILES = (
    "jis-result.md",
    "jis-worksheet.csv",
    "jis-pages.csv",
)
# WAIC: 40 pages are enough to judge a site of any size by.
PAGES_TO_CHECK = 40
MIN_SAMPLE = 25


def write_evidence(folder: Path, *, evidence: Evidence, site: Site, seed: int) -> list[Path]:
    """Writes the pack; raises `FileExistsError` rather than overwrite what a person filled in."""
    if existing := find_evidence(folder):
        raise FileExistsError(existing[0])
    sampled = sample_pages(evidence.pages, representative=evidence.representative, seed=seed)
    files = {
        RESULT_FILE: draft_result(evidence, site=site, seed=seed, sampled=sampled).encode(),
        WORKSHEET_FILE: _encode_table(make_worksheet_rows(evidence)),
        PAGES_FILE: _encode_table(make_page_rows(evidence, site=site, sampled=sampled)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def find_evidence(folder: Path) -> list[Path]:
    """The files of a pack that the folder has already."""
    return [folder / name for name in FILES if (folder / name).exists()]


def make_seed(at: datetime) -> int:
    """The day as a number (20261121), so that everybody gets the same sample on that day."""
    return int(at.strftime("%Y%m%d"))


def sample_pages(
    pages: Sequence[str], *, representative: Mapping[str, str], seed: int
) -> list[str]:
    """A random sample of the other pages; the same seed and pages give the same sample.

    40 together with the representative ones, but at least 25; all where there are fewer.
    """
    chosen = set(representative.values())
    rest = sorted(set(pages) - chosen)
    count = max(PAGES_TO_CHECK - len(chosen), MIN_SAMPLE)
    # Only random() is guaranteed to give the same numbers in every version of Python.
    generator = random.Random(seed)  # noqa: S311 - repeatable on purpose, no secret
    return sorted(rest, key=lambda _: generator.random())[:count]


def make_worksheet_rows(evidence: Evidence) -> list[Sequence[str]]:
    """The header, and a row for each criterion: machine's findings, steps, cells to fill in.

    Number and name share a cell: Excel takes 1.1.1 alone for a day in 2001.
    """
    texts = TEXTS["worksheet"]
    rows = [texts["columns"]]
    for row, criterion in enumerate(load_criteria(), 1):
        rows.append(
            [
                str(row),
                f"{criterion.number} {criterion.name}",
                criterion.level,
                texts["yes"] if criterion.in_jis else texts["no"],
                texts["yes"] if criterion.in_wcag22 else texts["no"],
                _describe_absent(criterion) or texts["applies"],
                "\n".join(list_rules(criterion, evidence=evidence)) or TEXTS["machine"]["none"],
                "\n".join(f"{number}. {step}" for number, step in enumerate(criterion.person, 1)),
                *[""] * 4,
            ]
        )
    return rows


def make_page_rows(
    evidence: Evidence, *, site: Site, sampled: Iterable[str]
) -> list[Sequence[str]]:
    """The header, and a row for each page to check: how it was chosen, cells to fill in."""
    texts = TEXTS["pages"]
    chosen = [
        (texts["representative"], _name_kind(kind), address)
        for kind, address in evidence.representative.items()
    ] + [(texts["sampled"], "", address) for address in sampled]
    return [
        texts["columns"],
        *(
            [str(number), how, kind, _join_address(site, address), *[""] * 3]
            for number, (how, kind, address) in enumerate(chosen, 1)
        ),
    ]


def draft_result(evidence: Evidence, *, site: Site, seed: int, sampled: Sequence[str]) -> str:
    """The draft of the result page, a Markdown file for content/pages/."""
    criteria = load_criteria()
    mapped = {rule for criterion in criteria for rule in criterion.machine}
    texts = TEXTS["draft"]
    representative = [
        f"{_name_kind(kind)}: {_join_address(site, address)}"
        for kind, address in evidence.representative.items()
    ]
    text: str = texts["page"]
    return text.format(
        city=site.city,
        name=site.name,
        base_url=site.base_url,
        date=f"{evidence.at:%Y年}{evidence.at.month}月{evidence.at.day}日",
        all=len(set(evidence.pages)),
        count=len(representative) + len(sampled),
        representative_count=len(representative),
        sampled_count=len(sampled),
        seed=seed,
        representative="\n".join(f"- {line}" for line in representative),
        sampled="\n".join(f"- {_join_address(site, address)}" for address in sampled),
        tools=_make_rows(evidence.tools.items()) or texts["no_row"],
        jis=_make_criteria_rows((c for c in criteria if c.in_jis), evidence),
        jis_count=sum(c.in_jis for c in criteria),
        more=_make_criteria_rows((c for c in criteria if not c.in_jis), evidence),
        more_count=sum(not c.in_jis for c in criteria),
        shared_count=sum(c.in_jis and c.in_wcag22 for c in criteria),
        wcag_count=sum(c.in_wcag22 for c in criteria),
        others=_make_rows(list_other_rules(evidence, mapped=mapped)) or texts["no_row"],
    )


def _make_criteria_rows(criteria: Iterable[Criterion], evidence: Evidence) -> str:
    texts = TEXTS["draft"]
    mark = texts["mark"]
    return _make_rows(
        (
            texts["criterion"].format(
                number=criterion.number, name=criterion.name, level=criterion.level
            ),
            summarize_criterion(criterion, evidence=evidence),
            f"{mark}{_describe_absent(criterion)}",
            mark,
        )
        for criterion in criteria
    )


def _make_rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows
    )


def _describe_absent(criterion: Criterion) -> str:
    text: str = TEXTS["absent"]
    return text.format(what=criterion.absent) if criterion.absent else ""


def _name_kind(kind: str) -> str:
    name: str = TEXTS["pages"]["kinds"].get(kind, kind)
    return name


def _join_address(site: Site, address: str) -> str:
    return address if "://" in address else f"{site.base_url.rstrip('/')}/{address.lstrip('/')}"


def _encode_table(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that Excel opens by a double click: UTF-8 with a byte order mark, CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
