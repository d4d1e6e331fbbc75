"""The checkers installed by `npm ci` in `a11y/`: where their files are, and their versions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

NODE_MODULES = Path(__file__).parent / "node_modules"
AXE = "axe-core/axe.min.js"
AXE_TEXTS = "axe-core/locales/ja.json"
IBM = "accessibility-checker-engine/ace.js"
VNU = "vnu-jar/build/dist/vnu.jar"


def find_file(name: str) -> Path | None:
    """The path of a package's file (`package/file`); None where `npm ci` was not run."""
    path = NODE_MODULES / name
    return path if path.is_file() else None


def find_missing() -> list[str]:
    """Names of the packages that `--all` needs and that are missing; also `java`."""
    packages = [name.partition("/")[0] for name in (AXE, IBM, VNU) if not find_file(name)]
    return packages if shutil.which("java") else [*packages, "java"]


def read_version(package: str) -> str:
    """The version of an installed package."""
    text = (NODE_MODULES / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])
