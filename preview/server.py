"""Serving a published folder on this machine only."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from faq.texts import EDITOR_TEXTS

OWN_NAMES = ("127.0.0.1", "localhost")
NOWHERE = "/not-published"
HTML = "text/html; charset=utf-8"


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the published folder under its base path, with the site's own 404 page.

    Answers to this machine's own names only: under any other, a page elsewhere on the web could
    have its address point here and read what is not public yet. Lists no folder, and follows no
    link out of the published one.
    """

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript; charset=utf-8",
        ".html": HTML,
        "": "application/octet-stream",
        ".txt": "text/plain; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".json": "application/json; charset=utf-8",
    }

    def __init__(self, *arguments: Any, base: str = "/", **settings: Any) -> None:
        self.base = base
        super().__init__(*arguments, **settings)

    def handle(self) -> None:
        with suppress(ConnectionError):  # the browser closed the connection
            super().handle()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        port = self.connection.getsockname()[1]
        host = self.headers["Host"] or ""
        # A browser leaves the usual port out.
        if (host if ":" in host else f"{host}:80") not in [f"{name}:{port}" for name in OWN_NAMES]:
            url = f"http://{OWN_NAMES[0]}:{port}{self.base}"
            text = EDITOR_TEXTS["cli"]["foreign_host"].format(url=url)
            self.send_body(403, text.encode(), "text/plain; charset=utf-8")
            return None
        return self.answer()

    def answer(self) -> io.BytesIO | BinaryIO | None:
        """Sends the head and gives the file to send after it; None where all is sent."""
        return super().send_head()

    def translate_path(self, path: str) -> str:
        plain = urlsplit(path).path
        inner = "/" + plain.removeprefix(self.base) if plain.startswith(self.base) else NOWHERE
        if inner.endswith("/"):
            inner += "index.html"
        found = super().translate_path(inner).removeprefix(self.directory)
        # The published folder is a link itself, and may be switched at any time: read it once.
        root = os.path.realpath(self.directory)
        try:
            real = os.path.realpath(root + found)
        except ValueError:  # a NUL
            return root + NOWHERE
        return real if os.path.commonpath((root, real)) == root else root + NOWHERE

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_page(404, page.read_bytes())

    def send_page(self, code: int, page: bytes) -> None:
        """Sends a page of the site."""
        self.send_body(code, page, HTML)

    def send_body(self, code: int, body: bytes, kind: str) -> None:
        """Sends a whole answer; to HEAD its head alone."""
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Nothing: the terminal is for what the build has to say."""


def make_server(out: Path, *, base: str, port: int) -> ThreadingHTTPServer:
    """A server of the published folder on the loopback address; raises `OSError` if taken."""
    return open_server(partial(SiteHandler, base=base, directory=str(out)), port=port)


def open_server(
    handler: Callable[..., BaseHTTPRequestHandler], *, port: int
) -> ThreadingHTTPServer:
    """A server on the loopback address, a thread for each request; raises `OSError` if taken."""
    return ThreadingHTTPServer((OWN_NAMES[0], port), handler)
