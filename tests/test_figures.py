"""The table of record: what is measured finds its row, and nothing else changes."""

from __future__ import annotations

from datetime import date

import pytest

from bench.figures import _ROW, TABLE, renew_row

TEXT = "# 表\n\n| 項目 | 値 | コマンド | コア | 日付 |\n|---|---|---|---:|---|\n| い | 1 秒 | `a` | 2 | 2026-01-01 |\n| いろ | 3 | `b` | 2 | 2026-01-01 |\n"


def test_a_row_is_renewed_with_its_cores_and_day_and_the_rest_stays() -> None:
    renewed = renew_row(TEXT, "い", "2 秒", on=date(2027, 4, 1), cores=4)
    assert renewed == TEXT.replace(
        "| い | 1 秒 | `a` | 2 | 2026-01-01 |", "| い | 2 秒 | `a` | 4 | 2027-04-01 |"
    )


def test_a_figure_without_a_row_is_an_error() -> None:
    with pytest.raises(KeyError):
        renew_row(TEXT, "は", "2", on=date(2027, 4, 1), cores=4)


def test_every_row_of_the_record_names_value_command_cores_and_day() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    rows = [line for line in lines if not line.startswith("| 項目 ")]
    assert len(rows) > 25
    assert [row for row in rows if not _ROW.match(row)] == []
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [row for row in cells if len(row) != 5 or not all(row)] == []
    assert [row for row in cells if date.fromisoformat(row[4]).year < 2026] == []
