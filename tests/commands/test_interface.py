"""The command line, as an editor or a job calls it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import click
import pytest

import build
from faq.texts import EDITOR_TEXTS, load_texts
from terminal.interface import CLI_TEXTS, run_command
from tests.conftest import GOLDEN, ROOT

SOURCES = [
    path
    for folder in (
        "faq",
        "commands",
        "pipeline",
        "preview",
        "terminal",
        "search",
        "a11y",
        "templates",
    )
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".html")
] + [ROOT / "build.py"]
WHOLE_SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)


def run(*arguments: str | Path) -> int:
    return run_command(build.program, [str(argument) for argument in arguments])


def test_build_writes_the_site_and_reports_what_it_held_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "public"
    assert run("--content", GOLDEN / "content", "--out", out, "--at", "2027-04-01T08:30") == 0
    reported = capsys.readouterr().out
    assert "7 件の FAQ" in reported
    assert "このほか 5 件は" in reported
    assert "次に内容が変わるのは 2027-04-03 です" in reported


def test_build_with_an_error_exits_with_1(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faq" / "a.csv").write_text("番号,質問,回答\n0,い,ろ\n", encoding="utf-8")
    assert run("--content", folder, "--out", tmp_path / "public") == 1
    assert not (tmp_path / "public").exists()
    streams = capsys.readouterr()
    assert "content/faq/a.csv 2行目 番号: 番号「0」は使えません" in streams.err
    assert "何も書きませんでした" in streams.out


def test_check_as_json_is_read_by_machines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faq" / "a.csv").write_text("番号,質問,回答\n1,い,[x](/faq/5/)\n", encoding="utf-8")
    assert run("check", "--content", folder, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    errors = [problem for problem in report["problems"] if problem["severity"] == "error"]
    assert report["errors"] == 1
    assert errors[0].items() >= {"file": "content/faq/a.csv", "row": 2, "column": "回答"}.items()


def test_check_of_a_good_folder_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--content", GOLDEN / "content") == 0
    assert "エラー 0 件" in capsys.readouterr().out


def test_export_and_import_are_inverses(tmp_path: Path) -> None:
    content = GOLDEN / "content"
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert run("export", "--content", content, "--out", first) == 0
    assert run("import", first, "--to", second, "--content", content) == 0
    assert first.read_bytes() == second.read_bytes()


def test_export_in_cp932_can_be_read_back(tmp_path: Path) -> None:
    content, first, second = GOLDEN / "content", tmp_path / "1.csv", tmp_path / "2.csv"
    assert run("export", "--content", content, "--out", first, "--encoding", "cp932") == 0
    assert run("import", first, "--to", second, "--content", content) == 0
    assert second.read_bytes().decode("utf-8-sig") == first.read_bytes().decode("cp932")


def test_import_never_writes_over_a_file(tmp_path: Path) -> None:
    there = tmp_path / "x.csv"
    there.write_text("mine", encoding="utf-8")
    assert run("import", there, "--to", there) == 2
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--nope"], "--nope というオプションはありません。"),
        (["nope"], "nope というコマンドはありません。"),
        (["--audience", "議員"], "--audience の値が正しくありません。"),
        (["--at", "あした"], "--at には"),
        (["--base-url", "example"], "--base-url には"),
        (["import", "x.csv"], "--to を指定してください。"),
        (["export", "--encoding", "euc-jp"], "--encoding の値が正しくありません。"),
        (["rollback", "--out", "/nonexistent/x"], "戻せる前の版がありません"),
    ],
)
def test_what_was_typed_wrong_is_reported_in_japanese(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert expected in capsys.readouterr().err


# Programs, formats and options that have no Japanese name.
ENGLISH_NAMES = {"Excel", "Java", "Node", "axe", "cp", "python", "search", "utf", "vnu"}


def find_english(text: str) -> set[str]:
    """English words of a help text, without its options, files, commands and such names."""
    plain = re.sub(r"(?m)^使い方.*$|-[-\w]+|\b[\w.]*[./][\w./-]*", "", text)
    words = set(re.findall(r"[A-Za-z]*[a-z]{2,}[A-Za-z]*", plain))
    commands = {part for name in build.program.commands for part in name.split("-")}
    return words - ENGLISH_NAMES - commands - {"build", "public", "content"}


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("build.py", "python build.py"),
        ("/usr/local/bin/shirube", "shirube"),
        ("shirube.exe", "shirube"),
    ],
)
def test_help_names_the_program_as_it_was_called(
    called: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [called, "check", "--help"])
    assert build.main() == 0
    assert capsys.readouterr().out.startswith(f"使い方: {name} check ")


def test_a_character_the_terminal_has_not_does_not_end_the_program(folder: Path) -> None:
    site = folder / "site.yml"
    site.write_text(site.read_text(encoding="utf-8") + "\U0001f600: x\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "build.py", "check", "--json", "--content", str(folder)],
        cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "cp932"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "この名前の項目はありません" in done.stdout.decode("cp932")
    assert b"Traceback" not in done.stderr


def test_help_has_no_english_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("", *build.program.commands):
        run(*filter(None, [command]), "--help")
    assert find_english(capsys.readouterr().out) == set()


def test_an_english_sentence_in_a_help_is_found() -> None:
    assert find_english("--help  Show this message") == {"Show", "this", "message"}


def test_every_command_and_option_is_reported_in_the_guides() -> None:
    guides = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    guides += (ROOT / "README.md").read_text(encoding="utf-8")
    commands = build.program.commands
    options = {
        name
        for command in (build.program, *commands.values())
        for item in command.params
        if isinstance(item, click.Option)
        for name in item.opts
    }
    missing = [word for word in (*commands, *sorted(options)) if word not in guides]
    assert missing == []


# Texts whose key is put together: the code that does so, and the keys it makes.
COMPOSED_TEXTS = {
    'texts[f"{kind}_lead"]': (
        "topics_lead", "life_events_lead", "contact_lead", "survey_lead",
    ),
    't["notice_" ~ notice.level.name | lower]': (
        "notice_emergency", "notice_important", "notice_information",
    ),
}  # fmt: skip


def is_text_used(key: str) -> bool:
    """Whether the code or a template names a citizens' text."""
    if re.search(rf"\bt\.{key}\b|[\"']{key}[\"']", WHOLE_SOURCE):
        return True
    return any(key in keys and code in WHOLE_SOURCE for code, keys in COMPOSED_TEXTS.items())


def test_a_text_that_nothing_names_counts_as_unused() -> None:
    assert not is_text_used("no_such_text_" + "at_all")


def test_every_text_is_used_and_every_code_has_a_text() -> None:
    for key in EDITOR_TEXTS["problems"]:
        assert f'"{key}"' in WHOLE_SOURCE, key
    for key in CLI_TEXTS:
        name = key.removeprefix("progress_")
        assert re.search(rf"""["'](?:{key}|{name})["']""", WHOLE_SOURCE), key
    assert [key for key in load_texts("ja") if not is_text_used(key)] == []
    codes = re.findall(
        r'make_(?:error|warning)\(\s*[^"()]*(?:\([^()]*\))?[^"()]*, "(\w+)"', WHOLE_SOURCE
    )
    codes += re.findall(r'CellError\("(\w+)"', WHOLE_SOURCE)
    assert len(codes) > 30
    assert [code for code in codes if code not in EDITOR_TEXTS["problems"]] == []


def test_serve_answers_below_the_base_path_only(small: str) -> None:
    with urllib.request.urlopen(f"{small}faq/101/") as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    with pytest.raises(urllib.error.HTTPError, match="404") as error:
        urllib.request.urlopen(f"{small.removesuffix('sub/')}faq/101/")
    assert "ページが見つかりません" in error.value.read().decode()
