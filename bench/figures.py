"""Updates the rows of docs/figures.md that can be measured automatically, in 15 minutes.

Usage: python -m bench.figures [--corpus DIR] [--counts N …]

A row there is a label, a value, a command, cores and a date. A row is replaced when the figure of
its label was measured; all others stay as they are. The search's figures need a benchmark folder
(see search.lab.evaluate); builds are compared with Hugo's if it is installed.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.build import CLEAN, CLOCK, EDIT, HUGO, PAGES, PEER, RATIOS, ROOT, SAME, measure_size
from bench.measure import Measure, Output, run_measured, weigh_output
from faq.model.dates import JST
from search.lab.evaluate import evaluate_folder

TABLE = ROOT / "docs" / "figures.md"
AT = "2026-11-21"
BUILD_LABELS = {
    HUGO: "Hugo、{count:,} 件",
    PEER: "Hugo と Pagefind の CLI、{count:,} 件",
    CLEAN: "すべて、{count:,} 件",
    PAGES: "ページだけ、{count:,} 件",
    EDIT: "回答を 1 つ直したあと、{count:,} 件",
    SAME: "何も変わらないとき、{count:,} 件",
    CLOCK: "時計が境目を過ぎたとき、{count:,} 件",
}
_ROW = re.compile(
    r"^\| (?P<label>[^|]+) \| (?P<value>[^|]+) \| (?P<command>[^|]+) \|.*\|$", re.MULTILINE
)


def main() -> None:
    """The command line; writes each figure into the table as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a benchmark folder for the search's figures")
    parser.add_argument("--counts", nargs="*", type=int, default=[3039, 30390])
    options = parser.parse_args()
    text = TABLE.read_text(encoding="utf-8")
    for label, value in measure_all(options.corpus, options.counts):
        print(f"{label}: {value}", flush=True)
        text = renew_row(text, label, value, on=datetime.now(JST).date(), cores=os.cpu_count() or 1)
        TABLE.write_text(text, encoding="utf-8")


def renew_row(text: str, label: str, value: str, *, on: date, cores: int) -> str:
    """The text with the row of that label replaced; raises `KeyError` without such a row."""
    for found in _ROW.finditer(text):
        if found["label"].strip() == label:
            row = f"| {label} | {value} | {found['command'].strip()} | {cores} | {on.isoformat()} |"
            return text[: found.start()] + row + text[found.end() :]
    raise KeyError(label)


def measure_all(corpus: Path | None, counts: list[int]) -> Iterator[tuple[str, str]]:
    """Label and value of every figure, one at a time as it is measured.

    Builds come first: a program's largest memory counts from that of the one that started it.
    """
    with TemporaryDirectory() as folder:
        yield from measure_city(Path(folder))
    for count in counts:
        with TemporaryDirectory() as folder:
            yield from measure_builds(Path(folder), count)
    yield "市の質問で検索を試す", run_city_tests()
    if corpus:
        yield from measure_search(corpus)


def measure_search(corpus: Path) -> Iterator[tuple[str, str]]:
    """Quality of the search on a benchmark, the bytes it loads, and its time per query."""
    report = evaluate_folder(corpus)
    for label, name in (("nDCG@10", "ndcg10"), ("Recall@10", "recall10"), ("Hit@3", "hit3")):
        low, high = report["intervals"][name]
        yield (
            f"{label}（質問 {report['queries']} 件）",
            f"{report[name]:.4f}［{low:.3f}, {high:.3f}］",
        )
    yield "索引の、はじめに読む分（1,786 件）", f"{report['bytes']['core'] / 1000:.1f} KB"
    yield "1 件の質問にかかる時間の 95 % 点", f"{report['p95']:.1f} ms"


def measure_city(folder: Path) -> Iterator[tuple[str, str]]:
    """Time to build the demonstration city, and the gzipped size of its pages."""
    out = folder / "public"
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(ROOT / "content"),
               "--out", str(out), "--at", AT, "--no-cache"]  # fmt: skip
    measure = run_measured(command)
    yield "見本の市を作る", _describe(measure, weigh_output(out))
    pages = [gzip.compress(path.read_bytes(), 6) for path in out.glob("faq/*/index.html")]
    styles = (len(gzip.compress(path.read_bytes(), 6)) for path in out.glob("assets/*/site.css"))
    sizes = sorted(len(page) for page in pages)
    yield (
        "FAQ のページの HTML（gzip）",
        (f"中央 {statistics.median(sizes) / 1000:.1f} KB、最大 {sizes[-1] / 1000:.1f} KB"),
    )
    yield "CSS（gzip）", f"{max(styles) / 1000:.1f} KB"


def measure_builds(folder: Path, count: int) -> Iterator[tuple[str, str]]:
    """Builds of `count` generated FAQs by Shirube, and by Hugo if it is installed."""
    results, output = measure_size(folder, count, runs=1, hugo=shutil.which("hugo") or "")
    for name, label in BUILD_LABELS.items():
        if name in results:
            yield label.format(count=count), _describe(results[name], output.get(name))
    for name, peer in RATIOS:
        if peer in results:
            label = f"{BUILD_LABELS[name]} ÷ {BUILD_LABELS[peer]}".format(count=count)
            yield label, f"{results[name].wall / results[peer].wall:.2f}"


def run_city_tests() -> str:
    """The last line of `check --search` for the demonstration city."""
    command = [sys.executable, str(ROOT / "build.py"), "check", "--search", "--at", AT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return next(
        (line for line in done.stdout.splitlines() if line.startswith("検索のテスト")), "失敗"
    )


def _describe(measure: Measure, output: Output | None) -> str:
    text = f"{measure.wall:.1f} 秒（CPU {measure.cpu:.1f} 秒）、全プロセスで最大 {measure.memory:.0f} MB"
    return f"{text}、{output.pages:,} ページ、{output.size:.0f} MB" if output else text


if __name__ == "__main__":
    main()
