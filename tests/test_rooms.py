"""Imports point one way: the contract in pyproject.toml holds, and notices an import that does not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.build import OWN_FOLDERS
from tests.conftest import ROOT

ROOMS = (
    "a11y", "browsers", "commands", "faq", "furigana", "japanese", "pipeline", "preview", "search",
    "terminal",
)  # fmt: skip


def check_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the program's modules and its contract."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "planted", "reason"),
    [
        ("faq/texts.py", "import search.index", "faq is not allowed to import search"),
        ("search/weigh.py", "import furigana.annotate", "search is not allowed to import furigana"),
        ("japanese/letters.py", "import faq.texts", "japanese is not allowed to import faq"),
        ("search/parameters.py", "import search.index", "No cycles are allowed in search"),
        ("pipeline/load.py", "import commands.build", "pipeline is not allowed to import commands"),
        (
            "faq/model/hours.py",
            "import faq.read.files",
            "faq.model is not allowed to import faq.read",
        ),
        (
            "faq/check/links.py",
            "import faq.window.select",
            "faq.check is not allowed to import faq.window",
        ),
        (
            "faq/window/select.py",
            "import faq.pages.page",
            "faq.window is not allowed to import faq.pages",
        ),
    ],
)
def test_an_import_against_the_contract_is_found(
    house: Path, module: str, planted: str, reason: str
) -> None:
    with (house / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")
    done = check_imports(house)
    assert done.returncode == 1
    assert reason in done.stdout


def test_the_modules_as_they_are_keep_the_contract(house: Path) -> None:
    assert check_imports(house).returncode == 0


def test_every_room_with_modules_is_under_the_contract() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms - {"tests", "bench", "shirube"} == set(ROOMS)


def test_no_site_is_written_into_a_room() -> None:
    assert set(ROOMS) <= OWN_FOLDERS


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_templates_are_indented_and_no_line_is_over_160_letters(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 160] == []
    depths = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    assert max(after - before for before, after in pairwise([0, *depths])) <= 4
