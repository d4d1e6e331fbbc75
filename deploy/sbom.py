"""requirements.lock → a CycloneDX list of what the program is made of, for a release.

Usage: python deploy/sbom.py > dist/shirube.cdx.json
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_LOCKED = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)(?: *; *([^\\\n]+?))? *\\?$", re.MULTILINE
)


def make_sbom(project: dict[str, Any], lock: str) -> dict[str, Any]:
    """The list as CycloneDX 1.6; the same project and lock give the same bytes.

    `project` is the table of that name in pyproject.toml.
    """
    components = list(list_components(lock))
    root = make_component("application", project["name"], project["version"])
    root |= {
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
    }
    direct = {normalize_name(re.split(r"[<>=!~\[; ]", item)[0]) for item in project["dependencies"]}
    named = {component["name"]: component["bom-ref"] for component in components}
    if missing := sorted(direct - set(named)):
        raise ValueError(f"not in the lock: {', '.join(missing)}")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, root['purl'] + lock)}",
        "version": 1,
        "metadata": {"component": root},
        "components": components,
        # What each of them depends on in turn is not in the lock.
        "dependencies": [
            {"ref": root["bom-ref"], "dependsOn": sorted(named[name] for name in direct)}
        ],
    }


def list_components(lock: str) -> Iterator[dict[str, Any]]:
    """Each package of the lock, with the systems that it is for where it is not for all."""
    for name, version, marker in _LOCKED.findall(lock):
        component = make_component("library", normalize_name(name), version)
        if marker:
            component["properties"] = [{"name": "shirube:marker", "value": marker}]
        yield component


def make_component(kind: str, name: str, version: str) -> dict[str, Any]:
    """A component by its package address."""
    purl = f"pkg:pypi/{name}@{version}"
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}


def normalize_name(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    told = (ROOT / "terminal" / "version.py").read_text(encoding="utf-8")
    project = data["project"] | {"version": told.split('"')[-2]}
    print(json.dumps(make_sbom(project, text), ensure_ascii=False, indent=1))
