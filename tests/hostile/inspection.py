"""What a page consists of, and what in it only a payload can have put there.

The measure is the same site with harmless texts: whatever kind of element, attribute, id or
address a hostile page has beyond it is a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

# Attributes that load, send or lead; beside them, only links that a reader follows.
_LOADING = frozenset({"src", "srcset", "data", "poster", "action", "formaction", "background",
                      "manifest", "ping", "xlink:href"})  # fmt: skip
_SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_NAMING = ("id", "name", "for", "aria-controls", "data-module", "http-equiv", "rel", "type")
_VOID_IN_HEAD = frozenset({"link", "meta", "base"})


@dataclass
class PageParts(HTMLParser):
    """The elements of a page in order, its main heading, and its data for search engines."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    heading: str = ""
    data: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)
        if tag in ("h1", "script"):
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "h1":
            self.heading = " ".join(self._text.split())
        elif tag == "script" and self._text.strip():
            self.data.append(self._text)

    def handle_data(self, data: str) -> None:
        self._text += data


def read_page(html: str) -> PageParts:
    """The parts of a page."""
    parts = PageParts()
    parts.feed(html)
    parts.close()
    return parts


def list_kinds(parts: PageParts) -> Iterator[str]:
    """Every kind of thing in the page, in words: elements, attributes, ids, addresses, scripts."""
    ids = [attributes["id"] for _, attributes in parts.elements if "id" in attributes]
    yield from (f"{name} twice" for name in set(ids) if ids.count(name) > 1)
    for tag, attributes in parts.elements:
        yield f"element {tag}"
        for name, value in attributes.items():
            yield f"attribute {tag} {name}"
            if name in _NAMING:
                yield f"{tag} {name} {re.sub(r'[0-9]+', '0', value)}"
            elif name in _LOADING or (name == "href" and tag in _VOID_IN_HEAD):
                yield f"loads {_find_place(value)}"
            elif name == "href":
                yield f"leads {_find_scheme(value)}"
        if attributes.get("http-equiv"):
            yield f"orders {re.sub(r'[0-9]+', '0', attributes.get('content', ''))}"
        if tag == "script":
            # The folder is named after what is in it, and a city's icon has its first letter.
            source = re.sub("^/assets/[0-9a-f]{12}/", "/assets/", attributes.get("src", ""))
            yield f"script {source} {attributes.get('type', '')}"
    for text in parts.data:
        yield "data" if _is_json(text) else "script with text"


def find_faults(html: str, *, known: Iterable[str]) -> list[str]:
    """The kinds of things in a page that are not among the known ones."""
    return sorted(set(list_kinds(read_page(html))) - set(known))


def _find_place(address: str) -> str:
    """Where the browser would load from: a host, or the top folder of the site itself."""
    parts = urlsplit(_clean_address(address))
    if parts.scheme or parts.netloc:
        return f"{parts.scheme}://{parts.netloc}"
    return "/".join(parts.path.split("/")[:2])


def _find_scheme(address: str) -> str:
    parts = urlsplit(_clean_address(address))
    if parts.scheme not in _SAFE_SCHEMES:
        return f"scheme {parts.scheme}"
    return "elsewhere without a scheme" if parts.netloc and not parts.scheme else "an address"


def _clean_address(address: str) -> str:
    """As browsers see it: no controls, no blanks around it, slashes for backslashes."""
    return re.sub(r"[\x00-\x1f]", "", address).strip().replace("\\", "/").lower()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
