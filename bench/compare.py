"""Shirube's search and other search engines on the same questions, in one run.

Usage: python -m bench.compare DIR

DIR is a benchmark folder as for search.lab.evaluate. The peers need Node and `npm ci` in
bench/peers/. Prints the figures of each, then the differences (Shirube − peer) with their paired
95 % intervals.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from browsers.launch import find_browser
from search.lab.evaluate import index_corpus, measure_bytes, read_collection
from search.lab.metrics import (
    average,
    find_paired_interval,
    find_percentile,
    measure_queries,
)
from search.lab.runner import open_client, run_queries

PEERS = Path(__file__).parent / "peers"
SHOWN = ("ndcg10", "recall10", "hit1", "hit3", "zero")
TIMEOUT = 1200


def rank_peers(folder: Path) -> dict[str, Any]:
    """What `bench/peers/rank.mjs` prints; raises `CalledProcessError` where a peer fails."""
    with sync_playwright() as playwright:
        browser = find_browser(playwright) or "chromium"
    command = [shutil.which("node") or "node", "rank.mjs", str(folder.resolve())]
    environment = {**os.environ, "CHROMIUM": browser}
    done = subprocess.run(
        command, cwd=PEERS, env=environment, check=True, stdout=subprocess.PIPE, timeout=TIMEOUT
    )
    ranked: dict[str, Any] = json.loads(done.stdout)
    return ranked


def print_row(
    name: str, figures: Mapping[str, Mapping[str, float]], *, p50: float, p95: float, size: int
) -> None:
    """One line of the table."""
    values = "  ".join(f"{average(figures[key]):.4f}" for key in SHOWN)
    print(f"{name:20} {values}  {p50:7.2f} {p95:7.2f}  {size:>9,}")


def main(folder: Path) -> None:
    """Prints the table, then the differences."""
    corpus, queries, judgements = read_collection(folder)
    index = index_corpus(corpus)
    with open_client(index) as page:
        answers = run_queries(page, queries)
    own = measure_queries({key: answer.ids for key, answer in answers.items()}, judgements)
    times = [answer.milliseconds for answer in answers.values()]
    print(
        f"{'':20} " + "  ".join(f"{name:6}" for name in SHOWN) + "    p50 ms  p95 ms  bytes gzipped"
    )
    print_row(
        "shirube", own, p50=find_percentile(times, 0.5), p95=find_percentile(times, 0.95),
        size=measure_bytes(index)["core"],
    )  # fmt: skip
    peers = rank_peers(folder)
    figures = {name: measure_queries(peer["rankings"], judgements) for name, peer in peers.items()}
    for name, peer in peers.items():
        print_row(
            name, figures[name], p50=find_percentile(peer["milliseconds"], 0.5),
            p95=find_percentile(peer["milliseconds"], 0.95), size=sum(peer["bytes"].values()),
        )  # fmt: skip
    for name, theirs in figures.items():
        for key in ("ndcg10", "recall10"):
            mean, low, high = find_paired_interval(own[key], theirs[key])
            print(f"shirube − {name} {key}: {mean:+.4f} [{low:+.4f}, {high:+.4f}]")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
