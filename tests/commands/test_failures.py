"""What goes wrong outside the content ends in a Japanese sentence and exit code 2, never a trace."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest

import build
from faq.exchange import definition
from faq.exchange.city_files import CityFile, Form
from faq.model.fields import FAQ_FIELDS, Field
from terminal.interface import describe_os_error, run_command
from tests.conftest import GOLDEN

ERROR = "エラー: "


def run(*arguments: str | Path) -> int:
    return run_command(build.program, [str(argument) for argument in arguments])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("番号,質問,回答\n1,い,ろ\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["no/such/folder/x.csv", "folder"])
def test_an_export_that_cannot_be_written_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "folder").mkdir()
    assert run("export", "--content", GOLDEN / "content", "--out", tmp_path / name) == 2
    reported = capsys.readouterr().err
    assert reported.startswith(ERROR)
    assert str(tmp_path / name) in reported


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def write_half(path: Path, data: bytes) -> int:
        path.open("wb").write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", write_half)
    assert run("export", "--content", GOLDEN / "content", "--out", tmp_path / "x.csv") == 2
    assert "ディスクがいっぱいです" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_import_that_cannot_be_written_names_the_file(
    tmp_path: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    out = tmp_path / "file" / "x.csv"
    assert run("import", table, "--to", out, "--content", GOLDEN / "content") == 2
    assert f"{tmp_path / 'file'}: 同じ名前のものがあります" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "# 何もない\n", "---\n"])
def test_an_empty_map_is_reported(
    tmp_path: Path, table: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (tmp_path / "map.yml").write_text(text, encoding="utf-8")
    arguments = ("--map", tmp_path / "map.yml", "--to", tmp_path / "x.csv")
    assert run("import", table, *arguments, "--content", GOLDEN / "content") == 1
    assert "map.yml: 対応表に何も書かれていません" in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()


def test_a_folder_in_place_of_a_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").mkdir()
    arguments = ("--to", tmp_path / "x.csv", "--content", GOLDEN / "content")
    assert run("import", tmp_path / "a.csv", *arguments) == 1
    assert "ふつうのファイルではありません" in capsys.readouterr().err


def test_pagefind_that_fails_is_reported_and_nothing_is_written(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with (folder / "site.yml").open("a", encoding="utf-8") as site:
        site.write("検索の置き場所: 分けて\n")
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n", encoding="utf-8"
    )
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert run("--content", folder, "--out", tmp_path / "public") == 2
    assert "Pagefind）が動きませんでした" in capsys.readouterr().err
    assert not (tmp_path / "public").exists()


def test_check_looks_at_the_day_that_at_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 1, 質問: い, 回答: ろ, 更新日: 2027-04-01}\n", encoding="utf-8"
    )
    overdue = []
    for at in ("2027-04-02", "2028-04-03"):
        run("check", "--content", folder, "--json", "--at", at)
        overdue.append(json.loads(capsys.readouterr().out)["overdue"])
    assert overdue == [[], ["1"]]


def test_a_field_that_no_text_describes_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields = (*FAQ_FIELDS, Field("fee", "手数料", "line"))
    file = CityFile("faq", "faq/*.csv", Form.FAQS, fields)
    monkeypatch.setattr(definition, "make_schemas", lambda: {})
    monkeypatch.setattr(definition.make_definition, "__defaults__", ((file,),))
    with pytest.raises(SystemExit) as ended:
        definition.main()
    assert "fields に「fee」がありません" in str(ended.value)


def test_a_reason_without_a_japanese_text_is_reported_as_the_system_says_it() -> None:
    error = OSError(errno.EIO, "Input/output error", "x.csv")
    assert describe_os_error(error) == "x.csv: Input/output error"
