"""The shipped client in a real browser, over an index in memory."""

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
# The module that the search page loads; nothing else of the client is named here.
ENTRY = "/client/search.js"
_ORIGIN = "https://search.invalid"
_PAGE = '<!doctype html><html lang="ja"><title>search</title>'
_OPEN = f"""async () => {{
  const {{ openSearch }} = await import("{ENTRY}");
  globalThis.search = openSearch(new URL("/index/", location.href));
  await globalThis.search.load();
}}"""
# A first pass warms the browser; the second is timed.
_RUN = """async ([queries, now]) => {
  const found = {};
  for (const turn of ["warm", "timed"]) {
    for (const [id, query] of Object.entries(queries)) {
      const start = performance.now();
      const { results } = await globalThis.search.find(query, { now });
      found[id] = [performance.now() - start, results.slice(0, 100).map((result) => result.id)];
    }
  }
  return found;
}"""
_LEARN = """async ([queries, now]) => {
  const found = {};
  for (const [id, query] of Object.entries(queries)) {
    const { ranking } = await globalThis.search.find(query, { now, explain: true });
    found[id] = ranking;
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query found, best first (100 at most), and how long it took once warm."""

    ids: tuple[str, ...]
    milliseconds: float


@contextmanager
def open_client(index: Mapping[str, bytes]) -> Iterator[Page]:
    """A page with the index loaded; raises Playwright's error where a client's file is gone."""
    with open_browser() as browser:
        page = browser.new_page()
        load_client(page, index)
        yield page


def load_client(page: Page, index: Mapping[str, bytes]) -> None:
    """Opens the index on a page; `globalThis.search` is what the client gives."""
    serve_client(page, index)
    page.evaluate(_OPEN)


def serve_client(page: Page, index: Mapping[str, bytes]) -> None:
    """A page from which client and index can be loaded; nothing is loaded yet."""
    files = {f"/index/{name}": data for name, data in index.items()}
    page.route("**/*", lambda route: _answer(route, files))
    page.goto(_ORIGIN + "/")


def run_queries(page: Page, queries: Mapping[str, str], *, now: int = 0) -> dict[str, Answer]:
    """Query id → answer; windows are looked at as of `now` (ms since 1970)."""
    found: dict[str, Any] = page.evaluate(_RUN, [dict(queries), now])
    return {key: Answer(tuple(ids), taken) for key, (taken, ids) in found.items()}


def explain_queries(page: Page, queries: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Query id → the candidates of the rerank: `{id, features}` in the first ranking's order."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate(_LEARN, [dict(queries), 0])
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
