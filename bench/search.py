"""Both stores of the search on the same questions: quality, bytes, time, and the break-even size.

Usage: python -m bench.search DIR [--sizes 1786 30000]

DIR is a benchmark folder as for search.lab.evaluate. Larger collections are its documents and
generated ones made of their sentences, so its judgements apply to them as well.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from browsers.launch import open_browser
from search.index import STORE_NAMES
from search.lab.evaluate import index_corpus, read_collection, summarize
from search.lab.runner import run_queries, serve_client

WARM_QUERIES = 20


@contextmanager
def count_bytes(index: Mapping[str, bytes]) -> Iterator[tuple[Page, list[int]]]:
    """A page that can load the index, and the gzipped bytes of each index file it has fetched."""
    fetched: list[int] = []
    sizes: dict[str, int] = {}

    def note(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/index/"):
            name = path.removeprefix("/index/")
            data = index.get(name, b"")
            # Pagefind's own files are compressed already.
            size = len(data) if name.startswith("pagefind-") and not name.endswith(".js") else 0
            fetched.append(sizes.setdefault(name, size or len(gzip.compress(data, 6))))
        route.fallback()

    with open_browser() as browser:
        page = browser.new_page()
        serve_client(page, index)
        page.route("**/*", note)
        yield page, fetched


def show_results(page: Page, query: str) -> None:
    """Does what the search page does for a query: find, then describe ten results."""
    page.evaluate(
        """async (query) => {
          const { openSearch } = await import("/client/search.js");
          globalThis.search ??= openSearch(new URL("/index/", location.href));
          await globalThis.search.find(query, { show: (results) => results.slice(0, 10) });
        }""",
        query,
    )


def enlarge_corpus(corpus: Mapping[str, str], *, count: int) -> dict[str, str]:
    """The corpus with generated documents up to `count`, made of random sentences of its own."""
    generator = random.Random(1)
    sentences = [
        part for text in corpus.values() for part in text.replace("Answer:", "").split("。")
    ]
    large = dict(corpus)
    for number in range(count - len(corpus)):
        parts = generator.sample(sentences, k=8)
        title = generator.choice(sentences)[:40].replace("Question:", "").strip() or "質問"
        large[f"made-{number}"] = f"Question: {title}\nAnswer: {'。'.join(parts)}"
    return large


def measure_store(folder: Path, store: str, *, count: int) -> float:
    """Prints a line for a store and a size; returns the bytes that the first query loads."""
    corpus, queries, judgements = read_collection(folder)
    if count > len(corpus):
        corpus = enlarge_corpus(corpus, count=count)
    start = perf_counter()
    index = index_corpus(corpus, store=store)
    seconds = perf_counter() - start
    texts = list(queries.values())
    with count_bytes(index) as (page, fetched):
        show_results(page, texts[0])
        cold = sum(fetched)
        for query in texts[1 : WARM_QUERIES + 1]:
            show_results(page, query)
        warm = (sum(fetched) - cold) / WARM_QUERIES
        report = summarize(run_queries(page, queries), judgements)
    print(
        f"{len(corpus):>6} {store:9} ndcg10 {report['ndcg10']:.4f} recall10 {report['recall10']:.4f}"
        f"  cold {cold / 1024:7.0f} KB  warm {warm / 1024:6.1f} KB a query"
        f"  p50 {report['p50']:6.2f} p95 {report['p95']:6.2f} ms  build {seconds:6.1f} s",
        flush=True,
    )
    return float(cold)


def find_crossing(sizes: Sequence[int], differences: Sequence[float]) -> float:
    """The size at which a difference becomes 0, interpolated linearly; 0 where it never does."""
    for (low, one), (high, other) in pairwise(zip(sizes, differences, strict=True)):
        if one * other < 0:
            return low + (high - low) * one / (one - other)
    return 0.0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1786, 6000, 12000, 30000])
    options = parser.parse_args()
    differences = []
    for size in options.sizes:
        compact, chunked = (
            measure_store(options.folder, store, count=size) for store in STORE_NAMES
        )
        differences.append(compact - chunked)
    if crossing := find_crossing(options.sizes, differences):
        print(f"a cold first query costs the same at about {crossing:,.0f} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
