"""What the open pages of a preview are to know, and passing it on to each of them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from secrets import token_hex
from select import select
from threading import Lock


@dataclass(frozen=True, slots=True)
class Notes:
    """Problems as the terminal prints them, below a title of their own."""

    title: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """The state of a preview, all in texts to show; `base` is the path that the site is below."""

    base: str = "/"
    lead: str = ""
    status: str = ""
    errors: Notes = Notes()
    warnings: Notes = Notes()


class Board:
    """The news, for any number of threads; each site that is built has an edition of its own.

    A page that is open was made for one edition, and is out of date where the board has another.
    """

    def __init__(self, news: News) -> None:
        # Pages stay open when the preview is ended and begun again: its editions have other names.
        self._run = token_hex(4)
        self._number = 0
        self._news = news
        self._wakers: set[socket.socket] = set()
        self._is_closed = False
        self._lock = Lock()

    @property
    def news(self) -> News:
        """What was posted last."""
        return self._news

    @property
    def edition(self) -> str:
        """The name of the edition that is served."""
        return f"{self._run}-{self._number}"

    def describe(self) -> dict[str, object]:
        """Edition and news, to be sent to the pages."""
        with self._lock:
            return {"edition": self.edition, **asdict(self._news)}

    def post(self, news: News, *, is_new_site: bool = False) -> None:
        """Replaces the news, and sends it to every page that is connected."""
        with self._lock:
            self._news = news
            self._number += is_new_site
            self._wake()

    def close(self) -> None:
        """Ends every `follow`."""
        with self._lock:
            self._is_closed = True
            self._wake()

    def follow(self, connection: socket.socket) -> Iterator[dict[str, object]]:
        """The description now, and again at every change.

        Ends when the other end of the connection closes it, or the board is closed.
        """
        waiting, waker = socket.socketpair()
        waker.setblocking(False)
        with waiting, waker:
            with self._lock:
                self._wakers.add(waker)
            try:
                while not self._is_closed:
                    yield self.describe()
                    ready = select([connection, waiting], [], [])[0]
                    if connection in ready:  # a page sends nothing more: it is closed
                        return
                    waiting.recv(4096)
            finally:
                with self._lock:
                    self._wakers.remove(waker)

    def _wake(self) -> None:
        for waker in self._wakers:
            with suppress(BlockingIOError):  # thousands of wakes are waiting for it already
                waker.send(b"\0")
