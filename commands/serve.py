"""serve: build, serve on this machine only, build again on every change of the content."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import click

from faq.model.problem import CommandError
from faq.model.tokens import TEMPLATES
from faq.read.content import read_content
from faq.render.assets import CLIENT
from faq.render.helpers import split_base
from faq.texts import TEXTS_FOLDER
from pipeline.options import BuildOptions
from terminal.interface import CLI_TEXTS, print_error, print_text

POLL_SECONDS = 0.5
OWN_NAMES = ("127.0.0.1", "localhost")
NOWHERE = "/not-published"


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the published folder under its base path, with the site's own 404 page.

    Answers to this machine's own names only: under any other, a page elsewhere on the web could
    have its address point here and read what is not public yet. Lists no folder, and follows no
    link out of the published one.
    """

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript; charset=utf-8",
        ".html": "text/html; charset=utf-8",
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
            text = CLI_TEXTS["foreign_host"].format(url=url)
            self._send(403, text.encode(), "text/plain; charset=utf-8")
            return None
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
        self._send(404, page.read_bytes(), "text/html; charset=utf-8")

    def _send(self, code: int, body: bytes, kind: str) -> None:
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
    handler = partial(SiteHandler, base=base, directory=str(out))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def serve_site(options: BuildOptions, *, port: int, build: Callable[[], int]) -> int:
    """Serves until interrupted; a failed build leaves what was served before.

    Where the first build is refused, or there is no content yet, that is the end.
    """
    if not options.content.is_dir():
        raise CommandError("no_content", folder=options.content)
    seen = stamp_folders(options.content)
    build()
    base = split_base(options.base_url or read_content(options.content)[0].site.base_url)
    try:
        server = make_server(options.out, base=base, port=port)
    except OSError:
        raise click.ClickException(CLI_TEXTS["port_taken"].format(port=port)) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print_text("serving", url=f"http://127.0.0.1:{server.server_port}{base}")
    wait = threading.Event()
    try:
        while not wait.wait(POLL_SECONDS):
            now = stamp_folders(options.content)
            if now != seen:
                seen = now
                try:
                    build()
                except CommandError as error:
                    print_error(error)
    finally:
        server.shutdown()
        server.server_close()
    return 0


def stamp_folders(content: Path) -> frozenset[tuple[str, int, int]]:
    """Path, time and size of every file that a build reads."""
    folders = (content, TEMPLATES, TEXTS_FOLDER, CLIENT)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    stats = [(path, path.stat()) for path in files if path.exists()]
    return frozenset((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)
