"""Addresses of the old site that go on to work: which can be kept, and where each answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from faq.addresses import find_page
from faq.model.problem import CellError

# Files that servers and hosts take orders from, wherever they lie.
_STEERING = frozenset({
    "web.config", "cname", "netlify.toml", "vercel.json", "staticwebapp.config.json", "app.yaml",
    "firebase.json", "appspec.yml",
})  # fmt: skip
_NAME = r"[A-Za-z0-9._~-]+"
_FORM = re.compile(
    r"(?:https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?=[/?]|\Z))?"
    rf"(?P<path>/?(?:{_NAME}(?:/{_NAME})*/?)?)"
    r"(?:\?(?P<query>[A-Za-z0-9._~!$&'()*+,;=:@/?%\[\]-]+))?"
)
# Names that Windows keeps for devices, with any ending: no file of that name can exist there.
WINDOWS_NAMES = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
# Windows refuses a whole path of 260 characters; the folder of the site comes before this one.
LONGEST_OLD_ADDRESS = 150


@dataclass(frozen=True, slots=True)
class OldAddress:
    """An address of the old site: as written, its path without slashes at its ends, its query."""

    text: str
    path: str
    query: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def address(self) -> str:
        """Where a page answers at its path: a page of that name, or a folder of that name.

        Web servers give a folder's page for any name, `detail.php` as well.
        """
        plain = find_page(self.path).rstrip("/")
        return plain if plain.endswith((".html", ".htm")) or not plain else f"{plain}/"


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address, and the link it leads to: `/…` on this site, or a whole address elsewhere.

    `row` is that of `redirects.csv`, 0 for one that an FAQ or a page has of its own.
    """

    old: OldAddress
    target: str
    row: int = 0

    @property
    def page(self) -> str | None:
        """The address of the page it leads to on this site; None where it leads elsewhere."""
        if not self.target.startswith("/"):
            return None
        return re.split("[?#]", self.target[1:])[0]


def parse_old_address(text: str) -> OldAddress:
    """The address below the old site's root, or a whole one with its host.

    Raises `CellError` for what can be no file on some system, or would steer a server.
    """
    found = _FORM.fullmatch(text)
    path = found["path"].strip("/") if found else ""
    query = (found["query"] or "") if found else ""
    parts = path.split("/")
    if not found or not (path or query) or {".", ".."} & set(parts):
        raise CellError("old_address_bad", value=text)
    if len(path) > LONGEST_OLD_ADDRESS:
        raise CellError("old_address_long", value=text, limit=LONGEST_OLD_ADDRESS)
    if any(WINDOWS_NAMES.fullmatch(part) or part.endswith(".") for part in parts):
        raise CellError("old_address_windows", value=text)
    if any(part[:1] in ("_", ".") or part.lower() in _STEERING for part in parts if part):
        raise CellError("old_address_steering", value=text)
    return OldAddress(text, path, query)
