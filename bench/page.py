"""The search page on a phone: bytes and time of a cold search and of warm ones.

Usage: python -m bench.page CONTENT [QUERY …]

Builds the content folder, serves it gzipped on this machine, and measures in Chromium:
- bytes (`encodedDataLength`) from a cold cache until ten results show their excerpts;
- with the CPU slowed 4 times, the time from Enter to results, warm, and the longest task while
  typing;
- at 1.6 Mbps and 150 ms, cold, the time from Enter to results, typed at ten keys a second (the
  index is fetched from the first key on) and all at once.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from browsers.launch import open_browser
from faq.model.dates import JST
from pipeline.build import build_site
from pipeline.options import BuildOptions
from preview.server import SiteHandler

QUERIES = (
    "引っ越しの手続き",
    "粗大ごみを捨てたい",
    "国民健康保険料",
    "保育園の申し込み",
    "印鑑登録",
)
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
BOX = "[data-search-input]"


class GzipHandler(SiteHandler):
    """Gzips every answer, as a city's web server does."""

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


@contextmanager
def serve_content(content: Path) -> Iterator[str]:
    """Builds the content and serves it; yields the address of the home page."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        start = perf_counter()
        build_site(BuildOptions(content, out, datetime(2026, 11, 21, 9, tzinfo=JST), workers=2))
        print(f"build {perf_counter() - start:.1f} s")
        handler = partial(GzipHandler, base="/", directory=str(out))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def open_cold(browser: Browser) -> Iterator[tuple[Page, CDPSession, list[float]]]:
    """A page with an empty cache, its DevTools session, and the bytes of each answer so far."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    yield page, session, sizes
    context.close()


def wait_for_results(page: Page, query: str) -> None:
    """Waits until the page shows results of this query."""
    page.wait_for_function(
        """(query) => document.querySelector("[data-search-status]").textContent.includes(`「${query}」の検索結果`)
          && document.querySelector(".results-excerpt")""",
        arg=query,
    )


def time_enter(page: Page, query: str) -> float:
    """Milliseconds from Enter to results, measured in the page."""
    page.locator(BOX).fill(query)
    page.evaluate(
        """(query) => {
          const status = document.querySelector("[data-search-status]");
          globalThis.taken = new Promise((resolve) => {
            addEventListener("keydown", (event) => {
              const start = performance.now();
              new MutationObserver((_, observer) => {
                if (status.textContent.includes(`「${query}」の検索結果`)) {
                  observer.disconnect();
                  resolve(performance.now() - start);
                }
              }).observe(status, { childList: true, characterData: true, subtree: true });
            }, { once: true, capture: true });
          });
        }""",
        query,
    )
    page.keyboard.press("Enter")
    return float(page.evaluate("globalThis.taken"))


def measure_cold_bytes(browser: Browser, address: str, query: str) -> float:
    """Kilobytes loaded from a cold cache until results are shown."""
    with open_cold(browser) as (page, _, sizes):
        page.goto(f"{address}search/#q={query}")
        wait_for_results(page, query)
        page.wait_for_load_state("networkidle")
        return sum(sizes) / 1024


def measure_slow_network(browser: Browser, address: str, query: str, *, delay: int) -> float:
    """Milliseconds from Enter to results with an empty cache, `delay` ms between the keys."""
    with open_cold(browser) as (page, session, _):
        page.goto(f"{address}search/")
        session.send("Network.emulateNetworkConditions", SLOW)
        page.locator(BOX).focus()
        page.keyboard.type(query, delay=delay)
        start = perf_counter()
        page.keyboard.press("Enter")
        wait_for_results(page, query)
        return (perf_counter() - start) * 1000


def measure_typing(
    browser: Browser, address: str, queries: Sequence[str]
) -> tuple[list[float], float]:
    """With the CPU slowed 4 times: ms from Enter to results, warm, and the longest task in ms."""
    with open_cold(browser) as (page, session, _):
        page.goto(f"{address}search/#q={queries[0]}")
        wait_for_results(page, queries[0])
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.evaluate(
            """() => {
              globalThis.tasks = [0];
              new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map((entry) => entry.duration)))
                .observe({ type: "longtask" });
            }"""
        )
        taken = [time_enter(page, query) for _ in range(3) for query in reversed(queries)]
        for query in queries:
            page.locator(BOX).fill("")
            page.keyboard.type(query, delay=120)
        return taken, float(page.evaluate("Math.max(...globalThis.tasks)"))


def main(content: Path, queries: Sequence[str]) -> None:
    """Prints every figure."""
    with serve_content(content) as address, open_browser() as browser:
        sizes = [measure_cold_bytes(browser, address, query) for query in queries]
        print(f"cold bytes: median {statistics.median(sizes):.0f} KB, most {max(sizes):.0f} KB")
        taken, longest = measure_typing(browser, address, queries)
        print(
            f"Enter to results, warm, CPU/4: median {statistics.median(taken):.1f} ms, most {max(taken):.1f} ms"
        )
        print(f"longest task while typing, CPU/4: {longest:.0f} ms (0: none over 50)")
        for delay in (100, 0):
            slow = [measure_slow_network(browser, address, query, delay=delay) for query in queries]
            print(
                f"cold, 1.6 Mbps and 150 ms, {delay} ms a key: median {statistics.median(slow):.0f} ms, most {max(slow):.0f} ms"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or QUERIES)
