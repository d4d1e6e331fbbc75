"""The engines that come from Node's registry: `npm ci` in `a11y/` puts them here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

NODE_MODULES = Path(__file__).parent / "node_modules"
IBM_SCRIPT = NODE_MODULES / "accessibility-checker-engine" / "ace.js"
VNU_JAR = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def find_missing() -> list[str]:
    """Names of what `--all` needs and is not there: packages, and `java`."""
    needed = {
        "axe-core": NODE_MODULES / "axe-core" / "axe.min.js",
        "accessibility-checker-engine": IBM_SCRIPT,
        "vnu-jar": VNU_JAR,
    }
    missing = [name for name, path in needed.items() if not path.is_file()]
    return missing if shutil.which("java") else [*missing, "java"]


def read_version(package: str) -> str:
    """The version of a package that is there."""
    text = (NODE_MODULES / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])
