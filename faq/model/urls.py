"""Which addresses a cell may hold: to link to, to live at, to be reached by a page's policy."""

from __future__ import annotations

import re

from faq.model.problem import CellError

_SAFE_URL = re.compile(
    r"(https?://[^\s<>\"'\\^`{|}]+|mailto:[^\s<>\"'\\]+|tel:[0-9+#*-]+|/[^\s<>\"'\\^`{|}]*)"
)
# The site's own address: a plain host, for its path is the folder that pages link below.
_SITE_ADDRESS = re.compile(r"https?://\w[\w.-]*(?::\d{1,5})?(?:/[^?#\s]*)?")
# What a policy may name: a host over HTTPS, or this machine for trying. `;` would end the rule.
HOST = re.compile(
    r"(?:https://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+|http://(?:127\.0\.0\.1|localhost))(?::\d{1,5})?"
)


def check_url(url: str) -> str:
    """The address if it is one a page may link to, else raises `CellError`."""
    if not _SAFE_URL.fullmatch(url) or url.startswith("//"):
        raise CellError("url_bad", value=url)
    return url


def check_site_address(url: str) -> str:
    """The address if a site can live there, else raises `CellError`."""
    if not _SITE_ADDRESS.fullmatch(url):
        raise CellError("base_url_bad", value=url)
    return check_url(url)
