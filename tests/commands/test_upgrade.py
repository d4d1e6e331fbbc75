"""Formats of a city's folder: what is refused, and how an old folder becomes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import build
from commands.upgrade import STEPS, set_format, upgrade_content
from faq.model import content_format
from faq.model.content_format import CONTENT_FORMAT, FIRST_FORMAT
from faq.model.problem import CommandError
from faq.read.content import read_content
from terminal.interface import EXIT_ERRORS, EXIT_USAGE, run_command


def run(*arguments: str | Path) -> int:
    return run_command(build.program, [str(argument) for argument in arguments])


def add_line(folder: Path, line: str) -> None:
    site = folder / "site.yml"
    site.write_text(site.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def rename_status(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A planted step: 「承認済み」 is to be written 「公開」."""
    return {
        name: data.replace("承認済み".encode(), "公開".encode())
        for name, data in files.items()
        if "承認済み".encode() in data
    }


def test_there_is_a_step_from_every_format_before_this_one() -> None:
    assert sorted(STEPS) == list(range(FIRST_FORMAT, CONTENT_FORMAT))


def test_a_folder_without_a_format_has_the_first(folder: Path) -> None:
    content, _ = read_content(folder)
    assert content.site.format_version == FIRST_FORMAT


def test_a_folder_of_a_newer_format_is_refused_with_that_one_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_line(folder, f"形式: {CONTENT_FORMAT + 1}")
    (folder / "faq" / "a.csv").write_text(
        "番号,質問,回答,新しい項目\n0,い,ろ,は\n", encoding="utf-8"
    )
    assert run("check", "--content", folder) == EXIT_ERRORS
    reported = capsys.readouterr().err
    assert "プログラムを新しくしてください" in reported
    assert "新しい項目" not in reported


def test_a_folder_of_an_older_format_is_led_to_the_command_that_changes_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_format, "CONTENT_FORMAT", CONTENT_FORMAT + 1)
    _, problems = read_content(folder)
    assert [problem.code for problem in problems] == ["format_old"]
    assert "upgrade-content" in problems[0].message


def test_a_folder_of_this_format_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "site.yml").stat().st_mtime_ns
    assert run("upgrade-content", "--content", folder) == 0
    assert "直すものはありません" in capsys.readouterr().out
    assert (folder / "site.yml").stat().st_mtime_ns == before


def test_a_step_rewrites_the_files_and_the_folder_names_its_new_format(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faq" / "a.csv").write_text(
        "番号,質問,回答,状態\n1,い,ろ,承認済み\n", encoding="utf-8"
    )
    monkeypatch.setattr(content_format, "CONTENT_FORMAT", 2)
    assert upgrade_content(folder, steps={1: rename_status}, current=2) == 0
    assert "公開" in (folder / "faq" / "a.csv").read_text(encoding="utf-8")
    assert (folder / "site.yml").read_text(encoding="utf-8").endswith("形式: 2\n")
    assert "変えたファイル: faq/a.csv、site.yml" in capsys.readouterr().out
    assert sorted(path.name for path in folder.rglob(".*")) == []


def test_two_steps_are_taken_one_after_the_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_format, "CONTENT_FORMAT", 3)
    notes = folder / "notes.txt"
    notes.write_text("a", encoding="utf-8")
    steps = {number: lambda files: {"notes.txt": files["notes.txt"] + b"b"} for number in (1, 2)}
    upgrade_content(folder, steps=steps, current=3)
    assert notes.read_text(encoding="utf-8") == "abb"


def test_a_step_that_fails_leaves_every_file_as_it_was(folder: Path) -> None:
    def fail(_: Mapping[str, bytes]) -> dict[str, bytes]:
        raise CommandError("upgrade_no_site", content="x")

    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(CommandError):
        upgrade_content(folder, steps={1: rename_status, 2: fail}, current=3)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("line", ["形式: 9", "形式: 0"])
def test_a_format_nobody_knows_is_not_rewritten(folder: Path, line: str) -> None:
    add_line(folder, line)
    assert run("upgrade-content", "--content", folder) == EXIT_USAGE


def test_a_folder_without_settings_is_not_rewritten(tmp_path: Path) -> None:
    assert run("upgrade-content", "--content", tmp_path) == EXIT_USAGE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("名前: い\n形式: 1  # 版\n市の名前: ろ\n", "名前: い\n形式: 2\n市の名前: ろ\n"),
        ("名前: い", "名前: い\n形式: 2\n"),
        ("# 形式: 1\n---\n名前: い\n", "# 形式: 1\n---\n名前: い\n形式: 2\n"),
    ],
)
def test_the_format_is_written_and_the_rest_stays(before: str, after: str) -> None:
    assert set_format(before.encode(), 2).decode() == after


def test_settings_in_the_encoding_of_excel_stay_in_it() -> None:
    assert set_format("名前: い\n".encode("cp932"), 2) == "名前: い\n形式: 2\n".encode("cp932")
