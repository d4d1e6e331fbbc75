"""init: a new city's folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from build import program
from commands.init import NewCity, start_city_from
from faq.model.problem import select_errors
from faq.read.content import read_content
from faq.read.documents import read_yaml
from faq.read.records import Loader
from faq.read.settings import SITE_FIELDS, read_site
from faq.start.folder import write_folder
from faq.start.write import write_site, write_value
from terminal.interface import run_command
from tests.pictures import put_pictures

TABLE = "番号,質問,回答,担当課\n1,ごみの日は？,朝です,環境課\n2,犬は？,届出,環境課\n"


def run(*arguments: str | Path) -> int:
    return run_command(program, ["init", *map(str, arguments)])


def read_folder(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_new_folder_has_all_that_a_city_begins_with(tmp_path: Path) -> None:
    assert run(tmp_path / "あおば市", "--yes") == 0
    names = read_folder(tmp_path / "あおば市").keys()
    assert names >= {
        "README.md", ".gitignore", "requirements.txt", "content/site.yml",
        "content/categories.yml", "content/departments.yml", "content/faq/hajime.csv",
    }  # fmt: skip


def test_the_content_of_a_new_folder_has_no_error(tmp_path: Path) -> None:
    run(tmp_path / "あおば市", "--yes")
    content, problems = read_content(tmp_path / "あおば市" / "content")
    assert select_errors(problems) == []
    assert content.site.name == "あおば市 よくある質問"
    assert content.site.sample
    assert len(content.faqs) == 1


def test_name_and_address_are_taken_as_given(tmp_path: Path) -> None:
    address = "https://faq.city.aoba.example.lg.jp/"
    run(tmp_path / "a", "--name", "あおば市", "--address", address)
    site = read_content(tmp_path / "a" / "content")[0].site
    assert (site.city, site.base_url, site.sample) == ("あおば市", address, False)


def test_no_placeholder_is_left(tmp_path: Path) -> None:
    run(tmp_path / "あおば市", "--yes")
    for name, data in read_folder(tmp_path / "あおば市").items():
        assert not re.search(rb"(?<!\$)\{\{\w+\}\}", data), name
    requirement = (tmp_path / "あおば市" / "requirements.txt").read_text("utf-8")
    assert re.fullmatch(r"shirube==\d+\.\d+\.\d+\n", requirement)


def test_a_folder_with_files_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "memo.txt").write_text("大事", encoding="utf-8")
    assert run(tmp_path, "--yes") == 2
    assert read_folder(tmp_path) == {"memo.txt": "大事".encode()}
    assert "すでにファイルがあります" in capsys.readouterr().err


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert run(tmp_path, "--yes") == 0
    assert (tmp_path / "content" / "site.yml").exists()


def test_a_bad_address_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    assert run(tmp_path / "a", "--address", "faq") == 2
    assert not list(tmp_path.iterdir())


def test_a_table_becomes_the_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "表.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert run(tmp_path / "あおば市", "--from", table, "--yes") == 0
    content, problems = read_content(tmp_path / "あおば市" / "content")
    assert select_errors(problems) == []
    assert [faq.question for faq in content.faqs] == ["ごみの日は？", "犬は？"]
    assert (tmp_path / "あおば市" / "map.yml").exists()
    assert "読みました" in capsys.readouterr().out


def test_a_table_with_a_bad_cell_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "表.csv"
    table.write_text(TABLE.replace("犬は", "犬\u202eは"), encoding="utf-8")
    assert run(tmp_path / "あおば市", "--from", table, "--yes") == 1
    assert not (tmp_path / "あおば市").exists()
    assert "表.csv 3行目 質問" in capsys.readouterr().err


def test_a_missing_table_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "あおば市", "--from", tmp_path / "ない.csv") == 1
    assert "ない.csv: ファイルがありません" in capsys.readouterr().err


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    files: Mapping[str, bytes] = {"a": b"", "a/b": b""}
    with pytest.raises(OSError, match="a"):
        write_folder(tmp_path / "市", files)
    assert not list(tmp_path.iterdir())


def test_serve_without_content_tells_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_command(program, ["serve", "--content", str(tmp_path / "content")])
    assert code == 2
    assert "shirube init" in capsys.readouterr().err


def test_every_example_can_be_taken_as_it_is(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^# (?=\S+: )", "", write_site({}))
    (tmp_path / "site.yml").write_text(text, encoding="utf-8")
    put_pictures(tmp_path)
    loader = Loader(tmp_path, tuple(path for path in tmp_path.rglob("*") if path.is_file()))
    read_site(loader)
    assert loader.problems == []
    assert text.count("\n") > len(SITE_FIELDS)


@pytest.mark.parametrize(
    "value",
    ["税金", "a: b", "# 見出し", "- 点", "'引用", "1", "no", "null", "~", "a, b", "[x]", "{y}",
     "一\n二", "\\A[0０]+", "届出・証明（転入）", " 空白 ", "", "http://a/#b", "&a", "*b", "%", "@", "!t", "a #b"],
)  # fmt: skip
def test_a_value_is_read_as_it_was_written(value: str) -> None:
    record = read_yaml(f"k: {write_value(value)}\nl: [{write_value(value)}]", file="x")[
        0
    ].get_record()
    assert record["k"].get_text() == value
    assert record["l"].get_items()[0].get_text() == value


@pytest.mark.parametrize(("answer", "made"), [("はい", True), ("いいえ", False)])
def test_a_table_is_taken_only_once_it_is_agreed_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, made: bool
) -> None:
    (tmp_path / "表.csv").write_text(TABLE, encoding="utf-8")
    answers = iter(["みどり市", "", answer])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    city = NewCity(tmp_path / "市", name="", address="", version="1.0.0", asks=True)
    assert start_city_from(city, table=tmp_path / "表.csv", sheet="") == 0
    assert (tmp_path / "市").exists() is made
    if made:
        assert read_content(tmp_path / "市" / "content")[0].site.city == "みどり市"
