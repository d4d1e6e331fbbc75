"""What a person reads of a table with one cause in every row: a few lines, and the way out."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import build
from faq.read.content import read_content
from terminal.interface import run_command
from terminal.setup import PACKAGES, require_packages
from tests.conftest import ROOT

ROWS = 1786
TOPICS = [f"分野の名{letter}" for letter in "アイウエオカキクケコサシスセソタチツテトナニヌ"]
DEPARTMENTS = [f"{letter}担当" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"]


def run(*arguments: str | Path) -> int:
    return run_command(build.program, [str(argument) for argument in arguments])


@pytest.fixture
def table(folder: Path) -> Path:
    """A content folder whose table has names and states of another system in every row."""
    with (folder / "faq" / "all.csv").open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["番号", "質問", "回答", "分野", "担当課", "状態"])
        for number in range(1, ROWS + 1):
            topic = TOPICS[number % len(TOPICS)]
            department = DEPARTMENTS[number % len(DEPARTMENTS)]
            writer.writerow([number, f"質問{number}", "回答", topic, department, "公開"])
    return folder


def count_lines(text: str) -> int:
    return len(text.splitlines())


def test_one_cause_in_every_row_is_one_message(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "--content", table) == 1
    streams = capsys.readouterr()
    # Two lists with a heading, one message about 状態, one line on --all.
    assert count_lines(streams.err) == 1 + len(TOPICS) + 1 + len(DEPARTMENTS) + 1 + 1
    assert count_lines(streams.out) == 1
    assert f"エラー {3 * ROWS} 件" in streams.out
    assert "「承認済み」のことですか" in streams.err


def test_all_and_json_have_every_place(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--content", table, "--all") == 1
    assert count_lines(capsys.readouterr().err) == 3 * ROWS
    assert run("check", "--content", table, "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 3 * ROWS


def test_a_build_says_it_in_as_few_lines(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--content", table, "--out", tmp_path / "public") == 1
    assert count_lines(capsys.readouterr().err) < 50


def test_numbers_in_two_files_are_one_message(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{number},質問{number},回答\n" for number in range(1, 57))
    for name in ("a.csv", "b.csv"):
        (folder / "faq" / name).write_text(f"番号,質問,回答\n{rows}", encoding="utf-8")
    assert run("check", "--content", folder) == 1
    clashes = [
        line for line in capsys.readouterr().err.splitlines() if "でも使われています" in line
    ]
    assert len(clashes) == 1


def test_an_import_that_fills_cells_down_says_so_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{number},質問{number},回答,\n" for number in range(2, ROWS))
    table, table_map = tmp_path / "t.csv", tmp_path / "map.yml"
    table.write_text(f"No,問い,答え,区分\n1,質問,回答,税金\n{rows}", encoding="utf-8")
    table_map.write_text(
        "列: {番号: No, 質問: 問い, 回答: 答え, 分野: 区分}\n上の値で埋める: [区分]\n",
        encoding="utf-8",
    )
    to = tmp_path / "out.csv"
    assert run("import", table, "--map", table_map, "--to", to, "--content", folder) == 0
    streams = capsys.readouterr()
    assert count_lines(streams.out + streams.err) <= 4


def test_fix_names_writes_what_is_missing_and_keeps_the_rest(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [table / "categories.yml", table / "departments.yml"]
    before = [path.read_bytes() for path in files]
    run("check", "--content", table, "--fix-names", "--yes")
    shown = capsys.readouterr()
    assert "に 41 個を書き足しました" in shown.out
    assert "にない" not in shown.err
    assert files[1].read_bytes().startswith(before[1])
    assert all(line in files[0].read_bytes() for line in before[0].splitlines())
    content, problems = read_content(table)
    assert {problem.code for problem in problems} == {"status_bad"}
    assert [item.name for item in content.topics[1:3]] == [TOPICS[1], TOPICS[2]]
    assert [item.id for item in content.life_events] == ["kekkon"]


def test_fix_names_asks_and_writes_nothing_without_an_answer(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (table / "categories.yml").read_bytes()
    with (table / "site.yml").open(encoding="utf-8") as nobody:
        nobody.read()
        monkeypatch.setattr("sys.stdin", nobody)
        assert run("check", "--content", table, "--fix-names") == 1
    assert "何も書きませんでした" in capsys.readouterr().out
    assert (table / "categories.yml").read_bytes() == before


def test_fix_names_leaves_slips_and_what_is_no_name_to_a_person(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "番号,質問,回答,分野,担当課\n1,い,ろ,税　金,税務\n2,は,に,結婚する人,zeikin\n"
    (folder / "faq" / "a.csv").write_text(text, encoding="utf-8")
    before = (folder / "departments.yml").read_bytes()
    assert run("check", "--content", folder, "--fix-names", "--yes") == 1
    shown = capsys.readouterr().out
    assert "「税金」の書き間違いかもしれません" in shown
    assert "「税務課」の書き間違いかもしれません" in shown
    assert "名前ではないようです" in shown
    assert "結婚する人" in (folder / "categories.yml").read_text(encoding="utf-8")
    assert (folder / "departments.yml").read_bytes() == before


@pytest.mark.parametrize("planted", ["行政分野: [\n", "- {id: aa}\n"])
def test_fix_names_touches_no_file_where_one_cannot_be_added_to(
    table: Path, planted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (table / "categories.yml").write_text(planted, encoding="utf-8")
    before = (table / "departments.yml").read_bytes()
    assert run("check", "--content", table, "--fix-names", "--yes") == 2
    assert "何も書きませんでした" in capsys.readouterr().err
    assert (table / "departments.yml").read_bytes() == before
    assert (table / "categories.yml").read_text(encoding="utf-8") == planted


def test_fix_names_and_json_are_not_used_together(folder: Path) -> None:
    assert run("check", "--content", folder, "--fix-names", "--json") == 2


def test_without_the_packages_a_sentence_says_the_way_out() -> None:
    command = [sys.executable, "-S", "build.py", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert count_lines(done.stderr) == 1
    assert "make site" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        require_packages(version=(3, 9))
    assert stopped.value.code == 2
    assert "Python 3.11 以上が要ります（いまは 3.9" in capsys.readouterr().err


def test_every_package_of_the_project_is_looked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(PACKAGES) == len(project["dependencies"])
    require_packages()


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("本人確認書類、印鑑", True),
        ("本人確認書類（運転免許証、旅券など）", False),
        ("印鑑、または署名", False),
        ("本人のほか、代理人の委任状", False),
        ("本人確認書類", False),
        ("届書、印鑑\n本人確認書類", False),
    ],
)
def test_things_on_one_line_are_asked_about(
    folder: Path, cell: str, *, asked: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'番号,質問,回答,持ち物\n1,い,ろ,"{cell}"\n'
    (folder / "faq" / "a.csv").write_text(text, encoding="utf-8")
    run("check", "--content", folder)
    assert ("1つの持ち物として出ます" in capsys.readouterr().err) == asked


@pytest.mark.parametrize("header_row", ["", "見出しの行: 2\n"])
def test_a_title_row_in_a_foreign_table_is_one_message_with_the_line_for_the_map(
    folder: Path, tmp_path: Path, header_row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{number},質問{number},回答\n" for number in range(1, ROWS))
    (tmp_path / "t.csv").write_text(f"市民の声,,\nNo,問い,答え\n{rows}", encoding="cp932")
    table_map = f"{header_row}列: {{番号: No, 質問: 問い, 回答: 答え}}\n"
    (tmp_path / "map.yml").write_text(table_map, encoding="utf-8")
    arguments = ("--map", tmp_path / "map.yml", "--to", tmp_path / "o.csv", "--content", folder)
    code = run("import", tmp_path / "t.csv", *arguments)
    errors = capsys.readouterr().err
    assert code == (0 if header_row else 1)
    assert ("見出しの行: 2" in errors) == (not header_row)
    assert count_lines(errors) <= 1
