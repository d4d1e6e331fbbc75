"""Where the system makes no links, the public folder is a copy: it is built, served, rolled back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import build
from faq.publish.releases import COPY_MARK, find_current
from terminal.interface import EXIT_USAGE, run_command

COPY_NOTICE = "公開するサーバーには向きません"


def refuse_link(*_: object, **__: object) -> None:
    raise OSError("no right to make links")


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(os, "symlink", refuse_link)
    return monkeypatch


def write_faq(folder: Path, answer: str) -> None:
    text = f"番号,質問,回答,状態\n1,い,{answer},承認済み\n"
    (folder / "faq" / "a.csv").write_text(text, encoding="utf-8")


def build_site(folder: Path, *arguments: str) -> int:
    out = str(folder.parent / "public")
    return run_command(build.program, ["--content", str(folder), "--out", out, *arguments])


def read_answer(folder: Path) -> str:
    return (folder.parent / "public" / "faq" / "1" / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_links")
def test_without_links_the_site_is_a_folder_and_the_output_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "はじめの答え")
    assert build_site(folder) == 0
    assert not (folder.parent / "public").is_symlink()
    assert "はじめの答え" in read_answer(folder)
    assert COPY_NOTICE in capsys.readouterr().out


def test_with_links_nothing_is_said_of_folders(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faq(folder, "はじめの答え")
    build_site(folder)
    assert COPY_NOTICE not in capsys.readouterr().out


@pytest.mark.usefixtures("no_links")
def test_a_second_build_replaces_the_folder_and_leaves_nothing_behind(folder: Path) -> None:
    for answer in ("はじめの答え", "つぎの答え"):
        write_faq(folder, answer)
        assert build_site(folder) == 0
    assert "つぎの答え" in read_answer(folder)
    assert list((folder.parent / "public.releases").glob("staging-*")) == []


@pytest.mark.usefixtures("no_links")
def test_a_rollback_brings_the_folder_before_back(folder: Path) -> None:
    for answer in ("はじめの答え", "つぎの答え"):
        write_faq(folder, answer)
        build_site(folder)
    out = folder.parent / "public"
    assert run_command(build.program, ["rollback", "--out", str(out)]) == 0
    assert "はじめの答え" in read_answer(folder)
    current = find_current(out)
    assert current
    assert current.name.startswith("release-000001")


@pytest.mark.usefixtures("no_links")
def test_a_folder_that_somebody_else_filled_is_refused(folder: Path) -> None:
    write_faq(folder, "はじめの答え")
    out = folder.parent / "public"
    out.mkdir()
    (out / "theirs.txt").write_text("大事", encoding="utf-8")
    assert build_site(folder) == EXIT_USAGE
    assert [path.name for path in out.iterdir()] == ["theirs.txt"]


@pytest.mark.usefixtures("no_links")
def test_a_copy_for_others_is_not_replaced_by_the_citizens_site(folder: Path) -> None:
    write_faq(folder, "はじめの答え")
    build_site(folder, "--audience", "職員")
    assert build_site(folder) == EXIT_USAGE


def test_a_failed_switch_leaves_the_folder_as_it_was(
    folder: Path, no_links: pytest.MonkeyPatch
) -> None:
    write_faq(folder, "はじめの答え")
    build_site(folder)
    rename = Path.rename

    def fail_for_the_copy(self: Path, target: Path) -> Path:
        if (self / COPY_MARK).exists() and self.name == f"staging-{os.getpid()}":
            raise PermissionError("a scanner has it open")
        return rename(self, target)

    write_faq(folder, "つぎの答え")
    no_links.setattr(Path, "rename", fail_for_the_copy)
    assert build_site(folder) == EXIT_USAGE
    assert "はじめの答え" in read_answer(folder)


def test_once_links_can_be_made_the_copy_becomes_a_link(
    folder: Path, no_links: pytest.MonkeyPatch
) -> None:
    write_faq(folder, "はじめの答え")
    build_site(folder)
    no_links.undo()
    write_faq(folder, "つぎの答え")
    assert build_site(folder) == 0
    assert (folder.parent / "public").is_symlink()
    assert "つぎの答え" in read_answer(folder)
