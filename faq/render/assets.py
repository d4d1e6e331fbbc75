"""The site's own CSS, scripts and icons, under one address that changes when any of them does."""

from __future__ import annotations

import hashlib
from pathlib import Path

import rcssmin

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
CLIENT = ROOT / "search" / "client"
# Foundation before components before pages: later rules may rely on earlier ones.
STYLE_FOLDERS = ("foundation", "components", "pages")


def collect_assets() -> dict[str, bytes]:
    """Name below the asset folder → bytes: `site.css`, the scripts, their data, the icons."""
    styles = [
        path.read_text(encoding="utf-8")
        for folder in STYLE_FOLDERS
        for path in sorted((TEMPLATES / folder).rglob("*.css"))
    ]
    # Page and style fit the first flight of a connection together, which sets when a page is seen.
    assets = {"site.css": rcssmin.cssmin("\n".join(styles)).encode()}
    for path in sorted(TEMPLATES.rglob("*.js")):
        assets[path.name] = path.read_bytes()
    for path in sorted(CLIENT.glob("*.js")):
        assets[f"search/{path.name}"] = path.read_bytes()
    for pattern in ("*.json", "*.[sp][vn]g"):
        for path in sorted((TEMPLATES / "foundation").glob(pattern)):
            assets[path.name] = path.read_bytes()
    return assets


def digest_assets(assets: dict[str, bytes]) -> str:
    """The name of the folder that holds exactly these assets."""
    whole = hashlib.sha256()
    for name, data in sorted(assets.items()):
        whole.update(f"{name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()[:12]
