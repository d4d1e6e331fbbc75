"""Serving a site that changes: its pages get a script that keeps them up to date.

The script, its style and its events exist in the answers of this server only; the files of the
site stay as they are.
"""

from __future__ import annotations

import io
import json
from functools import partial
from html import escape
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from faq.addresses import Address
from faq.texts import EDITOR_TEXTS, JAPANESE
from preview.board import Board
from preview.server import HTML, SiteHandler, open_server

TEXTS: dict[str, str] = EDITOR_TEXTS["preview"]
OWN_FILES = {path.name: path for path in (Path(__file__).parent / "page").iterdir()}
# At the top of the host, whatever the site's base path: no page of a site has this name.
OWN = f"/{Address.PREVIEW}"
EVENTS = "events"
RETRY_MILLISECONDS = 500
_HEAD_END = b"</head>"
_NO_SITE = f"""<!doctype html>
<html lang="{JAPANESE}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'; \
script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'">
  <meta name="color-scheme" content="light dark">
  <title>{escape(TEXTS["no_site"])}</title>
</head>
<body class="preview-alone">
  <main>
    <h1>{escape(TEXTS["no_site"])}</h1>
    <p>{escape(TEXTS["no_site_lead"])}</p>
  </main>
</body>
</html>
"""


class LiveHandler(SiteHandler):
    """Serves the site as it is at the moment, each page with the preview's script and style.

    As long as there is no site, every address answers with a page that waits for one.
    """

    def __init__(self, *arguments: Any, board: Board, **settings: Any) -> None:
        self.board = board
        super().__init__(*arguments, **settings)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        # Not when the connection was made: browsers make some ahead. And before the page is read:
        # a page of the next edition under the name of this one is only loaded once more.
        self.base, self.edition = self.board.news.base, self.board.edition
        return super().send_head()

    def answer(self) -> io.BytesIO | BinaryIO | None:
        path = urlsplit(self.path).path
        if path.startswith(OWN):
            self._answer_own(path.removeprefix(OWN))
        elif not Path(self.directory).is_dir():
            self.send_page(503, _NO_SITE.encode())
        elif path == "/" != self.base:
            self.send_response(302)
            self.send_header("Location", self.base)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif (page := self._read_page()) is not None:
            self.send_page(200, page)
        else:
            return super().answer()
        return None

    def send_page(self, code: int, page: bytes) -> None:
        """Sends a page with the preview's style and script in its head."""
        address = f"{OWN}preview.js?edition={self.edition}"
        tags = (
            f'<link rel="stylesheet" href="{OWN}preview.css">'
            f'<script type="module" src="{address}"></script>'
        )
        head, end, rest = page.partition(_HEAD_END)
        super().send_page(code, head + tags.encode() + end + rest)

    def _read_page(self) -> bytes | None:
        """The file of a page; None where it is none, or none any more."""
        # Without a date that a browser could ask by: an unchanged file is sent in each edition.
        path = Path(self.translate_path(self.path))
        if self.guess_type(path) != HTML:
            return None
        try:
            return path.read_bytes()
        except OSError:
            return None

    def _answer_own(self, name: str) -> None:
        if name == EVENTS:
            self._send_events()
        elif path := OWN_FILES.get(name):
            self.send_body(200, path.read_bytes(), self.guess_type(path))
        else:
            self.send_error(404)

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(f"retry: {RETRY_MILLISECONDS}\n".encode())
        for description in self.board.follow(self.connection):
            data = json.dumps(description | {"texts": TEXTS}, ensure_ascii=False)
            self.wfile.write(f"data: {data}\n\n".encode())


def make_live_server(out: Path, board: Board, *, port: int) -> ThreadingHTTPServer:
    """A server of the site in a folder that may not be there yet; raises `OSError` if taken.

    Close the board before the server: whoever follows it keeps a thread.
    """
    return open_server(partial(LiveHandler, board=board, directory=str(out)), port=port)
