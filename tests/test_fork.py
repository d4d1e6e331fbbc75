"""A fork with a city of its own stays green: no test of the program reads `content/`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.build import OWN_FOLDERS
from tests.conftest import ROOT

# The folder as a path, and as the value of an option.
_NAMED = re.compile(r'ROOT\s*/\s*f?"content|Path\("content|"--content",\s*"content')
# These open pages of the example city, and run the program here and as a process.
SAMPLE = (
    "tests/faq/test_feeds.py",
    "tests/commands/test_failures.py",
    "tests/search/test_tools.py::test_the_city_s_questions_find_their_answers",
)
SITE = "名前: 分家の質問\n市の名前: 分家市\nアドレス: https://faq.bunke.example.lg.jp/\n"
PLANTED = """\
from tests.conftest import ROOT
def test_the_name_of_the_city():
    assert "しるべ市" in ROOT.joinpath("content", "site.yml").read_text("utf-8")
"""


def find_readers(tests: Path) -> Iterator[str]:
    """Files of tests that name the city's folder, with the line."""
    for path in sorted(tests.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if _NAMED.search(line):
                yield f"{path.relative_to(tests)}:{number}"


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with another city of no FAQs in `content/`."""
    house = tmp_path_factory.mktemp("fork")
    unneeded = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in OWN_FOLDERS:
        shutil.copytree(ROOT / name, house / name, ignore=unneeded)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, house)
    (house / "content").mkdir()
    (house / "content" / "site.yml").write_text(SITE, encoding="utf-8")
    return house


def run_tests(house: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """Runs these tests of the copy, in a process that knows nothing of the run that it is in."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests]
    return subprocess.run(
        command, cwd=house, env=plain, capture_output=True, text=True, check=False
    )


def test_no_test_of_the_program_names_the_folder_of_the_city() -> None:
    assert list(find_readers(ROOT / "tests")) == []


def test_a_test_that_names_the_folder_of_the_city_is_found(tmp_path: Path) -> None:
    lines = ['READ = ROOT / "CONTENT" / "faq"', 'run("--content", "CONTENT")', 'GOLDEN / "content"']
    text = "\n".join(lines).replace("CONTENT", "content")
    (tmp_path / "test_planted.py").write_text(text, encoding="utf-8")
    assert list(find_readers(tmp_path)) == ["test_planted.py:1", "test_planted.py:2"]


def test_tests_of_the_program_pass_beside_another_city(fork: Path) -> None:
    done = run_tests(fork, *SAMPLE)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_a_test_that_reads_the_city_fails_beside_another(fork: Path) -> None:
    (fork / "tests" / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    done = run_tests(fork, "tests/test_planted.py")
    assert done.returncode == 1
    assert "分家市" in done.stdout
