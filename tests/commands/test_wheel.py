"""The program as pip installs it: one wheel, one name, on a machine that has no repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from terminal.version import VERSION
from tests.conftest import GOLDEN, ROOT

LIMIT = 3_000_000  # bytes


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Nothing of the repository may be found by chance.
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment
    )


@contextmanager
def serve(shirube: Path, folder: Path) -> Iterator[str]:
    """Runs `serve` in a folder and yields the address that it names."""
    command = (shirube, "serve", "--port", "0")
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stdout.readline, "") if process.stdout else iter(())
            yield next(found[0] for line in lines if (found := re.search(r"http://\S+/", line)))
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    made = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    assert made.returncode == 0, made.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def shirube(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The command in an environment of its own, which has the dependencies and the wheel."""
    home = tmp_path_factory.mktemp("machine") / "venv"
    venv.create(home)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    dependencies = sysconfig.get_path("purelib")
    (packages / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    made = run(
        sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", "--quiet",
        "--no-index", "--no-deps", "--disable-pip-version-check", wheel, cwd=home,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return home / "bin" / "shirube"


def test_the_wheel_claims_one_name_and_is_small(wheel: Path) -> None:
    assert wheel.name == f"shirube-{VERSION}-py3-none-any.whl"
    assert wheel.stat().st_size <= LIMIT
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert names == {"shirube", f"shirube-{VERSION}.dist-info"}


def test_every_file_of_the_rooms_is_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    listed = run("git", "ls-files", "-z", cwd=ROOT).stdout.split("\0")
    rooms = {path.split("/")[1] for path in packed if path.startswith("shirube/")}
    wanted = {name for name in listed if "/" in name and name.split("/")[0] in rooms}
    assert {f"shirube/{name}" for name in wanted} - packed == set()


def test_the_installed_command_makes_the_site_that_the_repository_makes(
    shirube: Path, tmp_path: Path, small_site: Path
) -> None:
    out = tmp_path / "public"
    at = "2027-04-01T08:30:00+09:00"
    made = run(shirube, "--content", GOLDEN / "content", "--out", out, "--at", at, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    ours = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    theirs = {path.relative_to(small_site) for path in small_site.rglob("*") if path.is_file()}
    assert set(ours) == theirs
    assert ours[Path("index.html")] == (small_site / "index.html").read_bytes()


def test_a_table_becomes_a_served_site_where_nothing_but_the_wheel_is(
    shirube: Path, tmp_path: Path
) -> None:
    table = "あおば市のFAQ,,,\n№,質問内容,お答え,担当\n"
    table += '1,犬を飼い始めました,"登録してください。\n*1 参照",環境課\n'
    (tmp_path / "表.csv").write_text(table, encoding="cp932")
    made = run(shirube, "init", "あおば市", "--from", "表.csv", "--yes", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    city = tmp_path / "あおば市"
    assert (city / "requirements.txt").read_text(encoding="utf-8") == f"shirube=={VERSION}\n"
    with serve(shirube, city) as address, urllib.request.urlopen(f"{address}faq/1/") as answer:
        page = answer.read().decode()
    assert "あおば市 よくある質問" in page
    assert re.search(r"登録してください。<br ?/?>\s*\*1 参照", page)


def test_the_version_is_said(shirube: Path, tmp_path: Path) -> None:
    assert run(shirube, "--version", cwd=tmp_path).stdout.strip() == f"Shirube {VERSION}"


def test_a_package_that_is_not_there_is_named_with_the_way_to_get_it(
    shirube: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "playwright.py"
    blocked.write_text("raise ModuleNotFoundError(name='playwright')\n", encoding="utf-8")
    done = run("env", f"PYTHONPATH={tmp_path}", shirube, "audit", cwd=GOLDEN)
    assert done.returncode == 2
    assert "「playwright」が入っていません" in done.stderr
    assert "Traceback" not in done.stderr
