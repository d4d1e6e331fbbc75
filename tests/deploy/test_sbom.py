"""The list of what the program is made of, for a release."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from deploy.sbom import make_sbom
from tests.conftest import ROOT

PROJECT: dict[str, Any] = {
    "name": "shirube", "version": "1.2.3", "description": "x", "license": "MIT",
    "dependencies": ["click>=8,<9", "Et_Xml.File>=2"],
}  # fmt: skip
LOCK = """\
click==8.5.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
et-xml-file==2.0.0 \\
    --hash=sha256:dd
"""


OTHER_LOCK = LOCK.replace("8.5.1", "8.5.2")


def test_every_package_of_the_lock_is_listed() -> None:
    done = subprocess.run(
        [sys.executable, "deploy/sbom.py"], cwd=ROOT, capture_output=True, check=True
    )
    listed = {item["name"] for item in json.loads(done.stdout)["components"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert listed == set(re.findall(r"(?m)^([a-z0-9-]+)==", lock))


def test_a_package_has_its_version_and_address() -> None:
    component = make_sbom(PROJECT, LOCK)["components"][0]
    assert (component["version"], component["purl"]) == ("8.5.1", "pkg:pypi/click@8.5.1")


def test_a_package_for_some_systems_says_for_which() -> None:
    component = make_sbom(PROJECT, LOCK)["components"][1]
    assert component["properties"][0]["value"] == "sys_platform == 'win32'"


def test_the_program_depends_on_what_the_project_names() -> None:
    depends = make_sbom(PROJECT, LOCK)["dependencies"][0]["dependsOn"]
    assert depends == ["pkg:pypi/click@8.5.1", "pkg:pypi/et-xml-file@2.0.0"]


def test_a_package_that_is_not_locked_is_reported() -> None:
    with pytest.raises(ValueError, match="pyyaml"):
        make_sbom(PROJECT | {"dependencies": ["PyYAML>=6"]}, LOCK)


def test_the_same_lock_gives_the_same_list() -> None:
    assert make_sbom(PROJECT, LOCK) == make_sbom(PROJECT, LOCK)
    assert (
        make_sbom(PROJECT, LOCK)["serialNumber"] != make_sbom(PROJECT, OTHER_LOCK)["serialNumber"]
    )
