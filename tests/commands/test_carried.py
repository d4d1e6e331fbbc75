"""What a release keeps of the one before for pages that are open, and what it never keeps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import search.carry
from faq.model.dates import JST
from pipeline.build import build_site
from pipeline.options import BuildOptions

BEFORE, AFTER = datetime(2027, 4, 1, tzinfo=JST), datetime(2027, 5, 1, tzinfo=JST)
MARK = "ゼモブギュラ"


def write_faqs(folder: Path, *, first: str = "") -> None:
    """Twenty FAQs that stay and one that ends between the two moments; `first` comes before all."""
    rows = [
        f"- {{番号: {number}, 質問: 質問{number}, 回答: 答え{number}, 状態: 承認済み}}\n"
        for number in range(1, 21)
    ]
    rows[2] = f"- {{番号: 3, 質問: 質問3, 回答: {MARK}, 状態: 承認済み, 公開終了: 2027-04-30}}\n"
    (folder / "faq" / "a.yml").write_text(first + "".join(rows), encoding="utf-8")


def build(folder: Path, out: Path, at: datetime) -> set[str]:
    build_site(BuildOptions(folder, out, at))
    return {path.name for path in (out / "search").glob("excerpts-*")}


def holds_mark(out: Path) -> bool:
    return any(MARK in path.read_text() for path in (out / "search").glob("excerpts-*"))


def test_old_excerpts_outlive_a_release_that_only_adds(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "public"
    write_faqs(folder)
    old = build(folder, out, BEFORE)
    write_faqs(folder, first="- {番号: 900, 質問: 新しい, 回答: 新しい, 状態: 承認済み}\n")
    assert old < build(folder, out, BEFORE)


def test_an_old_excerpt_of_what_has_ended_is_gone(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "public"
    write_faqs(folder)
    old = build(folder, out, BEFORE)
    assert holds_mark(out)
    new = build(folder, out, AFTER)
    assert len(old & new) == 1  # the file of the last FAQs: what it holds is still shown
    assert not holds_mark(out)


def test_the_mark_is_seen_where_everything_is_carried(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search.carry, "_collect_rows", lambda _: set())
    write_faqs(folder)
    build(folder, tmp_path / "public", BEFORE)
    build(folder, tmp_path / "public", AFTER)
    assert holds_mark(tmp_path / "public")
