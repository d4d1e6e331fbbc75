"""The engines that come from Node's registry: `npm ci` in `a11y/` puts them here."""

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
    """A file of a package; None where `npm ci` was not run."""
    path = NODE_MODULES / name
    return path if path.is_file() else None


def find_missing() -> list[str]:
    """Names of what `--all` needs and is not there: packages, and `java`."""
    packages = [name.partition("/")[0] for name in (AXE, IBM, VNU) if not find_file(name)]
    return packages if shutil.which("java") else [*packages, "java"]


def read_version(package: str) -> str:
    """The version of a package that is there."""
    text = (NODE_MODULES / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])
