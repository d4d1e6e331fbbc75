"""The site's own CSS, scripts and pictures, under an address that changes when any of them does."""

from __future__ import annotations

import hashlib
import re

import rcssmin

from faq.model.tokens import ROOT, TEMPLATES, TOKENS_FILE
from faq.render.look import Look

CLIENT = ROOT / "search" / "client"
FOUNDATION = TEMPLATES / "foundation"
# Foundation before components before pages: later rules may rely on earlier ones.
STYLE_FOLDERS = ("foundation", "components", "pages")
NO_LOOK = Look()


def collect_assets(look: Look = NO_LOOK) -> dict[str, bytes]:
    """Name below the asset folder → bytes: `site.css`, scripts and their data, what the city adds.

    The program's scripts keep their paths, so that they import each other by those.
    """
    styles = []
    for folder in STYLE_FOLDERS:
        for path in sorted((TEMPLATES / folder).rglob("*.css")):
            styles.append(path.read_text(encoding="utf-8"))
            if path == TOKENS_FILE:
                styles.append(look.tokens)
    styles.append(look.styles)
    # Page and style fit the first flight of a connection together, which sets when a page is seen.
    assets = {"site.css": rcssmin.cssmin("\n".join(styles)).encode()}
    # Not the folder below the client: its types are for the checker, no script imports them.
    scripts = [*TEMPLATES.rglob("*.js"), *CLIENT.glob("*.js")]
    others = FOUNDATION.glob("*.json")
    for path in sorted(scripts):
        source = strip_comments(path.read_text(encoding="utf-8"))
        assets[path.relative_to(ROOT).as_posix()] = source.encode()
    for path in sorted(others):
        assets[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    return assets | dict(look.files)


def strip_comments(script: str) -> str:
    """A script without the comments that have lines of their own: a third of its bytes."""
    return re.sub(r"(?m)^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//.*)\n", "", script)


def digest_assets(assets: dict[str, bytes]) -> str:
    """The name of the folder that holds exactly these assets."""
    whole = hashlib.sha256()
    for name, data in sorted(assets.items()):
        whole.update(f"{name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()[:12]
