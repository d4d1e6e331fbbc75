"""override: the copy is the template as it is, with a line that `check` compares."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import program
from faq.model.tokens import TEMPLATES
from faq.read.content import read_content
from terminal.interface import EXIT_USAGE, run_command

FOOTER = "components/footer/footer.html"


def override(folder: Path, name: str) -> int:
    return run_command(program, ["override", name, "--content", str(folder)])


def test_a_copied_template_is_the_program_s_and_nothing_is_said_about_it(folder: Path) -> None:
    assert override(folder, FOOTER) == 0
    copy = (folder / "templates" / FOOTER).read_text(encoding="utf-8")
    assert copy.partition("\n")[2] == (TEMPLATES / FOOTER).read_text(encoding="utf-8")
    _, problems = read_content(folder)
    assert problems == []


def test_a_template_that_the_city_has_is_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = folder / "templates" / FOOTER
    own.parent.mkdir(parents=True)
    own.write_text("own", encoding="utf-8")
    assert override(folder, FOOTER) == EXIT_USAGE
    assert "すでにあります" in capsys.readouterr().err
    assert own.read_text(encoding="utf-8") == "own"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("components/foter/footer.html", f"「{FOOTER}」のことですか"), ("../build.py", "の中の名前")],
)
def test_a_template_that_is_not_there_is_named_with_the_nearest(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, hint: str
) -> None:
    assert override(folder, name) == EXIT_USAGE
    assert hint in capsys.readouterr().err
    assert not (folder / "templates").exists()
