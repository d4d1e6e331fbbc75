"""A preview of a city of one FAQ, with everything but the watch over its files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.build import build_again
from commands.serve import make_first_news, rebuild, report_attempt
from pipeline.cache import Cache
from pipeline.options import BuildOptions
from preview.board import Board
from preview.live import make_live_server
from tests.conftest import AT

GOOD = "- {番号: 7, 質問: 税金はいつ納めますか, 回答: 4月です, 状態: 承認済み}\n"
BAD = "- {番号: 7, 質問: 税金はいつ納めますか, 回答: 4月です, 状態: 承認ずみ}\n"
MESSAGE = "content/faq/a.yml 1行目 状態: 「承認ずみ」は状態に使えません"


class Preview:
    """Builds on request, and serves as `serve` does."""

    def __init__(self, content: Path, text: str) -> None:
        self.content = content
        self.out = content.parent / "public"
        self.port = 0
        self._options = BuildOptions(content, self.out, AT)
        self._write(text)
        attempt = build_again(self._options, cache=Cache())
        self.board = Board(report_attempt(make_first_news(self._options, attempt), attempt))
        self.open()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.board.news.base}"

    def save(self, text: str) -> None:
        """Saves the city's FAQ, and builds."""
        self._write(text)
        self.build()

    def build(self) -> None:
        rebuild(self.board, build=lambda: build_again(self._options, cache=Cache()))

    def open(self) -> None:
        self.server = make_live_server(self.out, self.board, port=self.port)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.board.close()
        self.server.shutdown()
        self.server.server_close()

    def restart(self) -> None:
        """Ends it and begins it again on the same port, as a person does in the terminal."""
        self.close()
        self.board = Board(self.board.news)
        self.open()

    def _write(self, text: str) -> None:
        (self.content / "faq" / "a.yml").write_text(text, encoding="utf-8")


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    opened = Preview(folder, GOOD)
    yield opened
    opened.close()


@pytest.fixture
def unbuilt(folder: Path) -> Iterator[Preview]:
    """A preview whose first build finds an error."""
    opened = Preview(folder, BAD)
    yield opened
    opened.close()
