"""Addresses of the old site that go on to work: which can be kept, and the file each becomes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

# Names at the top of the site that it uses itself (languages come on top of them).
RESERVED = frozenset({
    "404.html", "_log", "api", "assets", "build.json", "contact", "departments", "faq", "feed.xml",
    "fields", "images", "index.html", "kana", "languages", "licenses.txt", "life", "new", "pages",
    "ranking", "robots.txt", "search", "sitemap.xml", "survey",
})  # fmt: skip
# Files that servers and hosts take orders from, wherever they lie.
_STEERING = frozenset({
    "web.config", "cname", "netlify.toml", "vercel.json", "staticwebapp.config.json", "app.yaml",
    "firebase.json", "appspec.yml",
})  # fmt: skip
_PATTERN = re.compile(r"/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*/?")
# Names that Windows keeps for devices, with any ending: no file of that name can exist there.
WINDOWS_NAMES = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
# Windows refuses a whole path of 260 characters; the folder of the site comes before this one.
LONGEST_OLD_ADDRESS = 150
# Furigana lie beside their page, in a file with this ending.
_RUBY_ENDING = "ruby.json"


def find_address_fault(address: str, *, ids: Collection[str], languages: Iterable[str]) -> str:
    """Why an old address cannot be kept, as the code of a problem; empty where it can.

    `ids` are the numbers of all FAQs: their pages lie below `faq/` as well.
    """
    parts = address.strip("/").split("/")
    if not _PATTERN.fullmatch(address) or {".", ".."} & set(parts):
        return "old_address_bad"
    if len(address) > LONGEST_OLD_ADDRESS:
        return "old_address_long"
    if any(WINDOWS_NAMES.fullmatch(part) or part.endswith(".") for part in parts):
        return "old_address_windows"
    if any(part[0] in "._" or part.lower() in _STEERING for part in parts):
        return "old_address_steering"
    if _is_own(parts, ids=ids, languages=languages):
        return "old_address_reserved"
    return ""


def _is_own(parts: list[str], *, ids: Collection[str], languages: Iterable[str]) -> bool:
    """Whether the site writes a file there itself, or may in another release."""
    names = [part.lower() for part in parts]
    if names[0] == "faq" and len(names) > 1:
        return names[1] in ids or names[1] == "index.html" or names[-1].endswith(_RUBY_ENDING)
    own = RESERVED | {tag.lower() for tag in languages}
    is_sitemap = re.fullmatch(r"sitemap-\d+\.xml", names[0])
    return (
        names[0] in own or bool(is_sitemap) or names[-1].endswith("ruby.json") or names == ["index"]
    )


def locate_redirect(address: str) -> str:
    """The file that answers at an old address: a page of that name, or in a folder of that name."""
    key = address.strip("/")
    return key if "." in key.rsplit("/", 1)[-1] else f"{key}/index.html"


def list_folders(path: str) -> list[str]:
    """The folders above a file, each with a slash at its end."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]
