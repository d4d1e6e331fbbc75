"""An index in memory → the shipped client, searching it in a real browser."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from browsers.launch import open_browser

CLIENT = Path(__file__).parent.parent / "client"
# The client's public module; no other is imported.
ENTRY = "/client/search.js"
_ORIGIN = "https://search.invalid"
_PAGE = '<!doctype html><html lang="ja"><title>search</title>'
_OPEN = f"""async () => {{
  const {{ openSearch }} = await import("{ENTRY}");
  globalThis.search = openSearch(new URL("/index/", location.href));
  await globalThis.search.load();
}}"""
# The first pass warms the browser up; the second is timed.
_RUN = """async ([queries, now]) => {
  const found = {};
  for (const pass of ["warm", "timed"]) {
    for (const [id, query] of Object.entries(queries)) {
      const start = performance.now();
      const { results } = await globalThis.search.find(query, { now });
      found[id] = [performance.now() - start, results.slice(0, 100).map((result) => result.id)];
    }
  }
  return found;
}"""
_EXPLAIN = """async ([queries, now]) => {
  const found = {};
  for (const [id, query] of Object.entries(queries)) {
    const { ranking } = await globalThis.search.find(query, { now, explain: true });
    found[id] = ranking;
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids that one query found, best first (100 at most), and how long it took once warm."""

    ids: tuple[str, ...]
    milliseconds: float


@contextmanager
def open_client(index: Mapping[str, bytes]) -> Iterator[Page]:
    """A page with the index loaded, in a browser of its own.

    Raises `FileNotFoundError` where no browser is installed, and Playwright's `Error` where a file
    of the client or of the index is missing.
    """
    with open_browser() as browser:
        page = browser.new_page()
        load_client(page, index)
        yield page


def load_client(page: Page, index: Mapping[str, bytes]) -> None:
    """Loads the index on a page; `globalThis.search` is what `openSearch` returns."""
    serve_client(page, index)
    page.evaluate(_OPEN)


def serve_client(page: Page, index: Mapping[str, bytes]) -> None:
    """Opens a page whose requests are answered by client and index; loads neither yet."""
    files = {f"/index/{name}": data for name, data in index.items()}
    page.route("**/*", lambda route: _answer(route, files))
    page.goto(_ORIGIN + "/")


def run_queries(page: Page, queries: Mapping[str, str], *, now: int = 0) -> dict[str, Answer]:
    """Query id → answer; documents that ended before `now` (ms since 1970) are not found."""
    found: dict[str, Any] = page.evaluate(_RUN, [dict(queries), now])
    return {key: Answer(tuple(ids), taken) for key, (taken, ids) in found.items()}


def explain_queries(page: Page, queries: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Query id → candidates of the rerank, `{id, features}` each, in the first ranking's order."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate(_EXPLAIN, [dict(queries), 0])
    return found


def _answer(route: Route, files: Mapping[str, bytes]) -> None:
    path = urlsplit(route.request.url).path
    if path == "/":
        route.fulfill(body=_PAGE, content_type="text/html")
        return
    script = CLIENT / path.removeprefix("/client/")
    body = script.read_bytes() if path.startswith("/client/") and script.is_file() else None
    body = files.get(path, body)
    kind = "text/javascript" if path.endswith(".js") else mimetypes.guess_type(path)[0]
    if body is None:
        route.fulfill(status=404, body="")
    else:
        route.fulfill(body=body, content_type=kind or "application/octet-stream")
