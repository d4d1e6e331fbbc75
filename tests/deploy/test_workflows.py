"""The workflows of a city's folder and of the project: what they may do, and what their steps do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

STARTER = ROOT / "starter" / "workflows"
WORKFLOWS = [*STARTER.glob("*.yml"), *(ROOT / ".github" / "workflows").glob("*.yml")]
PINNED = re.compile(r"[\w-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def load_workflow(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return loaded


def list_steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def find_unpinned(text: str) -> list[str]:
    used = re.findall(r"uses: *(.+)", text)
    return [action for action in used if not PINNED.fullmatch(action.strip())]


def find_expressions_in_scripts(workflow: dict[str, Any]) -> list[str]:
    """Scripts into which GitHub would write values as they are: any of them could be a command."""
    return [step["run"] for step in list_steps(workflow) if "${{" in step.get("run", "")]


def find_step(name: str, step_name: str) -> str:
    """The script of a step, as GitHub runs it."""
    steps = list_steps(load_workflow(STARTER / name))
    script: str = next(step["run"] for step in steps if step.get("name") == step_name)
    return script


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_with_its_version(path: Path) -> None:
    assert find_unpinned(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_script_takes_a_value_of_github_as_text(path: Path) -> None:
    assert find_expressions_in_scripts(load_workflow(path)) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_permitted_but_what_a_job_names(path: Path) -> None:
    workflow = load_workflow(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        assert "timeout-minutes" in job, name


def test_an_action_by_its_tag_is_found() -> None:
    assert find_unpinned("- uses: actions/checkout@v6\n") == ["actions/checkout@v6"]


def test_a_value_in_a_script_is_found() -> None:
    script = "echo ${{ github.head_ref }}"
    assert find_expressions_in_scripts({"jobs": {"a": {"steps": [{"run": script}]}}}) == [script]


def test_only_the_job_that_publishes_sees_the_key() -> None:
    jobs = load_workflow(STARTER / "publish.yml")["jobs"]
    with_secrets = [name for name, job in jobs.items() if "secrets." in json.dumps(job)]
    assert with_secrets == ["server"]
    assert not any("run" in step and "pip" in step["run"] for step in jobs["server"]["steps"])


def test_a_problem_is_shown_at_its_line(tmp_path: Path) -> None:
    problem = {
        "severity": "error", "file": "content/faq/a,b.csv", "row": 3, "column": "番号",
        "message": "100%\n::warning::x",
    }  # fmt: skip
    (tmp_path / "check.json").write_text(json.dumps({"problems": [problem]}), encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-c", find_step("check.yml", "誤りと注意を、ファイルの行に示す")],
        env={**os.environ, "RUNNER_TEMP": str(tmp_path)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    message = "番号 100%25%0A%3A%3Awarning%3A%3Ax"
    assert shown == f"::error file=content/faq/a%2Cb.csv,line=3::{message}\n"


def test_a_check_that_could_not_begin_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "check.json").write_bytes(b"")
    subprocess.run(
        [sys.executable, "-c", find_step("check.yml", "誤りと注意を、ファイルの行に示す")],
        env={**os.environ, "RUNNER_TEMP": str(tmp_path)}, check=True,
    )  # fmt: skip
