"""Noticing changes: which, when, and which not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from preview.watch import QUIET_SECONDS, Watch, stamp_files


def write_over(path: Path) -> None:
    path.write_text("b", encoding="utf-8")


def replace_alike(path: Path) -> None:
    """Another file in its place, of the same size and time, as a restored copy is."""
    stat = path.stat()
    other = path.with_name("other")
    other.write_text("b", encoding="utf-8")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.rename(path)


def add_below(path: Path) -> None:
    (path.parent / "new").mkdir()
    (path.parent / "new" / "b.yml").write_text("a", encoding="utf-8")


@pytest.mark.parametrize("change", [write_over, replace_alike, add_below, Path.unlink])
def test_a_change_of_a_file_is_noticed(tmp_path: Path, change: Callable[[Path], object]) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a", encoding="utf-8")
    os.utime(path, ns=(0, 0))
    before = stamp_files([str(tmp_path)])
    change(path)
    assert stamp_files([str(tmp_path)]) != before


def test_what_no_build_reads_is_passed_over(tmp_path: Path) -> None:
    before = stamp_files([str(tmp_path)])
    (tmp_path / "~$faq.xlsx").write_text("lock", encoding="utf-8")
    (tmp_path / ".a.yml.swp").write_text("draft", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_text("x", encoding="utf-8")
    assert stamp_files([str(tmp_path)]) == before


def test_a_folder_that_is_gone_has_no_files(tmp_path: Path) -> None:
    assert stamp_files([str(tmp_path / "gone")]) == []


class Editor:
    """Does the next step whenever the watch sleeps, and notes for how long it would."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.steps = list(steps)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


def test_it_waits_until_a_file_is_written_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("whole", encoding="utf-8")
    editor = Editor(
        lambda: path.write_text("", encoding="utf-8"),
        lambda: path.write_text("new ", encoding="utf-8"),
        lambda: path.write_text("new whole", encoding="utf-8"),
        lambda: None,
    )
    Watch([tmp_path], sleep=editor.sleep).wait()
    assert path.read_text(encoding="utf-8") == "new whole"
    assert editor.slept[1:] == [QUIET_SECONDS] * 3


def test_a_change_is_noticed_once(tmp_path: Path) -> None:
    watch = Watch([tmp_path], sleep=Editor(lambda: None).sleep)
    (tmp_path / "a.yml").write_text("a", encoding="utf-8")
    watch.wait()
    with pytest.raises(KeyboardInterrupt):
        watch.wait()


def test_a_change_during_a_build_is_noticed_after_it(tmp_path: Path) -> None:
    watch = Watch([tmp_path], sleep=Editor(lambda: None, lambda: None).sleep)
    (tmp_path / "a.yml").write_text("a", encoding="utf-8")
    watch.wait()
    (tmp_path / "a.yml").write_text("ab", encoding="utf-8")  # while the caller builds
    watch.wait()


def test_it_returns_when_it_is_due_without_a_change(tmp_path: Path) -> None:
    due = iter([False, False, True])
    editor = Editor(*[lambda: None] * 3)
    Watch([tmp_path], sleep=editor.sleep).wait(is_due=lambda: next(due))
    assert len(editor.slept) == 2
