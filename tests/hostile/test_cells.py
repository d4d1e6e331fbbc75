"""Every odd cell in every field is read, or reported at its own file, row and column."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from faq.check.content import check_content
from faq.model.fields import FAQ_FIELDS, Field
from faq.model.problem import Problem, select_errors
from faq.read.content import read_content
from faq.read.lists import TEST_FIELDS
from faq.read.settings import (
    CATEGORY_FIELDS,
    DEPARTMENT_FIELDS,
    NOTICE_FIELDS,
    PAGE_FIELDS,
    RANKING_FIELDS,
    SITE_FIELDS,
)
from pipeline.build import build_site
from pipeline.options import BuildOptions
from search.thesaurus import find_shadowed
from tests.conftest import AT
from tests.hostile.conftest import Limit
from tests.hostile.corpus import ALL_CELLS, CELLS, WRONG_VALUES

# What an FAQ has besides the cell that is tried.
PLAIN = {"番号": "{n}", "質問": "質問{n}", "回答": "回答", "状態": "承認済み"}
TRANSLATED = {"質問[en]": "What", "回答[en]": "That"}
COLUMNS = [field.label for field in FAQ_FIELDS if field.name != "translations"] + [*TRANSLATED]
# Problems of a whole record: they have a row, but no column.
OF_RECORDS = frozenset({"not_record", "thesaurus_short"})


def quote_yaml(text: str) -> str:
    """A quoted scalar; what YAML refuses, or takes for the end of a line, is written as an escape."""
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        escaped,
    )


TEXTS = [quote_yaml(cell) for cell in ALL_CELLS]


def check_folder(folder: Path) -> list[Problem]:
    """What `check` says of a folder but for its words; each of the messages can be shown."""
    content, problems = read_content(folder)
    problems += check_content(content)
    find_shadowed([group.words for group in content.thesaurus])
    assert all(len(str(problem)) < 2000 for problem in problems)
    return problems


def find_misplaced(problems: Iterable[Problem], *, file: str, rows: int) -> list[str]:
    """Errors that do not name the file, one of its rows and a column."""
    return [
        str(problem)
        for problem in select_errors(problems)
        if problem.place.file != f"content/{file}"
        or not 1 <= problem.place.row <= rows
        or not (problem.place.column or problem.code in OF_RECORDS)
    ]


def write_table(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(name for row in rows for name in row))
        writer.writeheader()
        writer.writerows(rows)


def make_row(column: str, cell: str, n: int) -> dict[str, str]:
    """A row of a table that is whole but for the cell."""
    others = TRANSLATED if column in TRANSLATED else {}
    return {name: text.format(n=n) for name, text in (PLAIN | others).items()} | {column: cell}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_cell_of_a_table_is_read_or_reported_in_its_row_and_column(
    folder: Path, limit: Limit, column: str
) -> None:
    rows = [make_row(column, cell, n) for n, cell in enumerate(ALL_CELLS, 1000)]
    write_table(folder / "faq" / "a.csv", rows)
    with limit(30, column):
        problems = check_folder(folder)
    assert find_misplaced(problems, file="faq/a.csv", rows=len(rows) + 1) == []
    columns = {problem.place.column for problem in select_errors(problems)}
    assert columns <= {"翻訳" if column in TRANSLATED else column}


def test_what_is_read_of_all_cells_is_built(folder: Path, limit: Limit, tmp_path: Path) -> None:
    """Each FAQ has one cell in every field that takes it, but where that would hide it."""
    rows = [{**PLAIN, **TRANSLATED, "番号": str(n)} for n in range(1000, 1000 + len(ALL_CELLS))]
    for column in set(COLUMNS) - {"番号", "見せる相手", "状態", "公開開始"}:
        tried = [make_row(column, cell, n) for n, cell in enumerate(ALL_CELLS, 1000)]
        write_table(folder / "faq" / "a.csv", tried)
        faulty = {problem.place.row - 2 for problem in select_errors(check_folder(folder))}
        for number, row in enumerate(rows):
            if number not in faulty:
                row[column] = ALL_CELLS[number]
    write_table(folder / "faq" / "a.csv", rows)
    with limit(60, "build"):
        result = build_site(BuildOptions(folder, tmp_path / "public", AT))
    assert result.faqs > len(ALL_CELLS) * 0.9


def list_records(fields: Sequence[Field], values: Sequence[str]) -> str:
    """A YAML list with a record for each field and value, each on a line of its own."""
    plain = {"名前": "a", "題名": "a", "質問": "a", "番号": "1", "言葉": "a", "読み": "ア"}
    lines = []
    for field in fields:
        for n, value in enumerate(values):
            whole = plain | {"id": f"{field.name.replace('_', '')}{n}"}
            kept = {item.label: whole[item.label] for item in fields if item.label in whole}
            pairs = [f"{name}: {text}" for name, text in (kept | {field.label: value}).items()]
            lines.append(f"- {{{', '.join(pairs)}}}\n")
    return "".join(lines)


LISTS = {
    "departments.yml": ("", DEPARTMENT_FIELDS),
    "notices.yml": ("", NOTICE_FIELDS),
    "categories.yml": ("行政分野:\n", CATEGORY_FIELDS),
    "search-tests.yml": ("", TEST_FIELDS),
    "faq/a.yml": ("", FAQ_FIELDS),
}


@pytest.mark.parametrize(
    "values", [TEXTS, [value for value in WRONG_VALUES if "\n" not in value]], ids=["text", "type"]
)
@pytest.mark.parametrize("file", LISTS)
def test_a_value_in_a_list_of_records_is_read_or_reported_in_its_line(
    folder: Path, limit: Limit, file: str, values: list[str]
) -> None:
    head, fields = LISTS[file]
    text = head + list_records(fields, values)
    (folder / file).write_text(text, encoding="utf-8")
    with limit(30, file):
        problems = check_folder(folder)
    own = [problem for problem in problems if problem.place.file == f"content/{file}"]
    assert find_misplaced(own, file=file, rows=text.count("\n")) == []


@pytest.mark.parametrize("values", [TEXTS, WRONG_VALUES], ids=["text", "type"])
def test_a_list_or_key_of_words_is_read_or_reported_in_its_line(
    folder: Path, limit: Limit, values: Sequence[str]
) -> None:
    files = {
        "thesaurus.yml": [f"- {value}\n- [{value}, 税金]\n" for value in values],
        "readings.yml": [f"言葉{n}: {value}\n" for n, value in enumerate(values)],
        "rankings/views.yml": ["閲覧数:\n", *(f" w{n}: {value}\n" for n, value in enumerate(values))],
    }  # fmt: skip
    (folder / "rankings").mkdir()
    for name, lines in files.items():
        text = "".join(lines).replace("|\n  a\n  b\n", "[]")
        (folder / name).write_text(text, encoding="utf-8")
        with limit(30, name):
            problems = check_folder(folder)
        own = [problem for problem in problems if problem.place.file == f"content/{name}"]
        assert find_misplaced(own, file=name, rows=text.count("\n") + 1) == []


def make_records(value: str) -> dict[str, str]:
    """Files that are one record, with the value in each of its fields."""

    def join_fields(fields: Sequence[Field]) -> str:
        return "".join(f"{field.label}: {value}\n" for field in fields)

    return {
        "site.yml": join_fields(SITE_FIELDS),
        "featured.yml": f"注目のFAQ: {value}\n注目のキーワード: {value}\n",
        "rankings/views.yml": join_fields(RANKING_FIELDS),
        "pages/a.md": f"---\n{join_fields(PAGE_FIELDS)}---\n本文\n",
    }


@pytest.mark.parametrize("values", [TEXTS, WRONG_VALUES], ids=["text", "type"])
def test_a_value_in_a_single_record_is_read_or_reported_in_its_field(
    folder: Path, limit: Limit, values: Sequence[str]
) -> None:
    (folder / "pages").mkdir()
    (folder / "rankings").mkdir()
    misplaced = []
    for value in values:
        for name, text in make_records(value).items():
            (folder / name).write_text(text, encoding="utf-8")
        with limit(10, value[:60]):
            problems = check_folder(folder)
        # The name of the field is enough to find it there.
        misplaced += [
            str(problem)
            for problem in select_errors(problems)
            if not (problem.place.column or (problem.place.row and problem.code in OF_RECORDS))
        ]
    assert misplaced == []


@pytest.mark.parametrize("address", [c for c in CELLS["addresses"] if c.startswith("http")])
def test_an_address_of_the_site_is_refused_or_the_site_is_built_there(
    folder: Path, tmp_path: Path, limit: Limit, address: str
) -> None:
    site = f"名前: 試験\n市の名前: 試験市\nアドレス: {quote_yaml(address)}\n"
    (folder / "site.yml").write_text(site, encoding="utf-8")
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n", encoding="utf-8"
    )
    with limit(10, address[:60]):
        codes = {problem.code for problem in select_errors(check_folder(folder))}
        if not codes:
            build_site(BuildOptions(folder, tmp_path / "public", AT))
    assert codes <= {"base_url_bad", "url_bad"}
