"""Addresses of the old site that go on to work: which can be kept, and where each answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from faq.addresses import Address, find_page
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
        plain = find_page(self.path)
        if plain.endswith((".html", ".htm")) or plain in ("", Address.HOME):
            return plain
        return plain.rstrip("/") + "/"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where an old address leads: an address below this site's base, or a whole one elsewhere.

    `row` is that of `redirects.csv`, 0 for one that an FAQ or a page has of its own.
    """

    old: OldAddress
    target: str
    row: int = 0

    @property
    def leads_outside(self) -> bool:
        """Whether it leads to another site."""
        return ":" in self.target

    @property
    def page(self) -> str:
        """The address of the page it leads to, without a part of it or a query."""
        return re.split("[?#]", self.target)[0]


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """Where one path leads, by default and by query."""

    target: str | None
    queries: tuple[tuple[str, str], ...]


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


def gather_redirects(redirects: Iterable[Redirect]) -> dict[str, RedirectPage]:
    """Address → where its page leads; the home page's address has those of queries to the root."""
    plain: dict[str, str] = {}
    queries: dict[str, dict[str, str]] = defaultdict(dict)
    for redirect in redirects:
        if redirect.old.query:
            queries[redirect.old.address][redirect.old.query] = redirect.target
        else:
            plain[redirect.old.address] = redirect.target
    return {
        address: RedirectPage(plain.get(address), tuple(queries[address].items()))
        for address in dict.fromkeys((*plain, *queries))
    }


def list_folders(path: str) -> list[str]:
    """The folders above a file, each with a slash at its end."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]
