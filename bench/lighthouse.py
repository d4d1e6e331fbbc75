"""Lighthouse (phone) on our pages and on Starlight's of the same FAQs, alternately in one run.

Usage: python -m bench.lighthouse WORK [--corpus CORPUS.json] [--site DIR ...] [-n 9] [--faq ID]

Writes only below WORK. `--corpus` builds the corpus with Shirube and with Starlight; `--site`
(repeatable) measures a built site. A local nginx serves them all: HTTPS with a self-signed
certificate, HTTP/2, gzip level 6 on the fly. `noindex` is removed from the measured pages. Prints
medians of n runs, the first site's ratios to the others, and the audits that cost points. KB are
1,000 bytes transferred before any search, with headers. Needs Node, Chromium, nginx and openssl.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.convert_corpus import SITE, convert_corpus
from bench.starlight import build_peer, install_peer, run_quietly
from browsers.launch import find_browser
from faq.exchange.write import write_csv
from faq.model.dates import JST
from pipeline.build import build_site
from pipeline.options import BuildOptions

NOINDEX = re.compile(r'<meta name="robots" content="noindex">\n?')
DESCRIPTION = "市役所の手続きと暮らしについての、よくある質問と答えです。"
PAGES = ("home", "faq", "search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
UNSCORED = ("notApplicable", "manual", "informative")
MEASURES = ("LCP ms", "TBT ms", "KB", "requests")
FLAGS = (
    "--headless=new --no-sandbox --ignore-certificate-errors"
    ' --host-resolver-rules="MAP *.test 127.0.0.1"'
)
NGINX = """\
worker_processes 1; daemon off; error_log error.log; pid nginx.pid; {user}
events {{ }}
http {{
  include /etc/nginx/mime.types; charset utf-8; access_log off;
  gzip on; gzip_comp_level 6; gzip_min_length 256; gzip_vary on;
  gzip_types text/css application/javascript application/json image/svg+xml;
  ssl_certificate cert.pem; ssl_certificate_key key.pem;
{servers}}}
"""
SERVER = """\
  server {{ listen 127.0.0.1:{port} ssl http2; server_name {name}.test; root {root};
    location ~ ^/(assets|_astro)/ {{ add_header Cache-Control "max-age=31536000, immutable"; }} }}
"""


def build_corpus(corpus_path: Path, work: Path) -> dict[str, Path]:
    """Builds both sites of the corpus; Starlight's is built only once in `work`."""
    faqs = convert_corpus(json.loads(corpus_path.read_text(encoding="utf-8")))
    content, out, dist = work / "content", work / "shirube", work / "starlight" / "dist"
    (content / "faq").mkdir(parents=True, exist_ok=True)
    (content / "site.yml").write_text(f"{SITE}説明: {DESCRIPTION}\n", encoding="utf-8")
    (content / "faq" / "corpus.csv").write_text(write_csv(faqs), encoding="utf-8", newline="")
    build_site(BuildOptions(content, out, datetime(2026, 11, 21, 9, tzinfo=JST), workers=2))
    if not dist.is_dir():
        build_peer(work / "starlight", faqs, description=DESCRIPTION)
    return {"shirube": out, "starlight": dist}


def find_median_faq(folder: Path) -> str:
    """The id of the FAQ whose page is of median size."""
    pages = folder.glob("faq/*/index.html")
    ordered = sorted((path.stat().st_size, path.parent.name) for path in pages)
    return ordered[len(ordered) // 2][1]


def list_paths(folder: Path, faq: str) -> dict[str, str]:
    """Page → its path; a search in a dialog (Starlight's) is on the home page."""
    search = "search/" if (folder / "search" / "index.html").is_file() else ""
    return dict(zip(PAGES, ("", f"faq/{faq}/", search), strict=True))


def copy_site(folder: Path, copy: Path, faq: str) -> Path:
    """Copies a site, with `noindex` removed from the measured pages; returns the copy."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder.resolve(), copy)
    for path in list_paths(copy, faq).values():
        page = copy / path / "index.html"
        page.write_text(NOINDEX.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


@contextmanager
def serve_sites(sites: Mapping[str, Path], work: Path) -> Iterator[int]:
    """Serves each site by nginx as https://NAME.test/; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    run_quietly(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
         "-subj", "/CN=shirube.test", "-keyout", "key.pem", "-out", "cert.pem"], cwd=work,
    )  # fmt: skip
    servers = (SERVER.format(port=port, name=name, root=root) for name, root in sites.items())
    # nginx started by root runs its worker as another user, who may not read the files.
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(NGINX.format(user=user, servers="".join(servers)))
    nginx = subprocess.Popen(["nginx", "-p", str(work), "-c", str(work / "nginx.conf")])
    try:
        wait_for_port(port, nginx)
        yield port
    finally:
        nginx.terminate()
        nginx.wait()


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Waits until the port answers; raises `ConnectionError` when the process has ended."""
    while process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise ConnectionError("nginx did not start")


def run_lighthouse(address: str, report: Path, *, work: Path, browser: str) -> dict[str, Any]:
    """Runs Lighthouse and returns its report; raises `RuntimeError` if the page did not load."""
    run_quietly(
        ["npx", "--no-install", "lighthouse", address, "--quiet", "--output=json",
         f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}",
         f"--chrome-flags={FLAGS}"],
        cwd=work / "starlight", env={**os.environ, "CHROME_PATH": browser},
    )  # fmt: skip
    result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    if "runtimeError" in result:
        raise RuntimeError(f"{address}: {result['runtimeError']['message']}")
    return result


def read_figures(report: Mapping[str, Any]) -> dict[str, float]:
    """Scores (0–100), milliseconds, kilobytes, requests, and the speed of the machine."""
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    figures = {name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES}
    return figures | {
        "LCP ms": audits["largest-contentful-paint"]["numericValue"],
        "TBT ms": audits["total-blocking-time"]["numericValue"],
        "KB": sum(item.get("transferSize", 0) for item in requests) / 1000,
        "requests": len(requests),
        "speed": report["environment"]["benchmarkIndex"],
    }


def list_costs(report: Mapping[str, Any]) -> list[str]:
    """The titles of the audits that cost points."""
    weighted = (
        report["audits"][reference["id"]]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    )
    return [
        audit["title"]
        for audit in weighted
        if audit["scoreDisplayMode"] not in UNSCORED and (audit["score"] or 0) < 1
    ]


def print_page(page: str, reports: Mapping[str, list[dict[str, Any]]]) -> None:
    """Prints the rows of a page: each site's medians, the first site's ratios, what costs points."""
    figures = {}
    for name, rows in reports.items():
        runs = [read_figures(row) for row in rows]
        figures[name] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        scores = "".join(f"{figures[name][key]:5.0f}" for key in CATEGORIES)
        values = "".join(f"{figures[name][key]:10.1f}" for key in (*MEASURES, "speed"))
        print(f"{page:7}{name:18}{scores}{values}")
    first, *others = figures
    for name in others:
        pairs = ((figures[first][key], figures[name][key]) for key in MEASURES)
        ratios = "".join(f"{own / peer:10.2f}" if peer else f"{'-':>10}" for own, peer in pairs)
        print(f"{'':7}{first} / {name}".ljust(45) + ratios)
    for name, rows in reports.items():
        for title, count in Counter(cost for row in rows for cost in list_costs(row)).items():
            print(f"{'':7}{name} ({count} of {len(rows)}): {title}")


def main() -> None:
    """Prints every figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--site", type=Path, action="append", default=[])
    parser.add_argument("-n", type=int, default=9)
    parser.add_argument("--faq", help="an id; by default the first site's FAQ of median size")
    options = parser.parse_args()
    work = options.work.resolve()
    install_peer(work / "starlight")
    (work / "reports").mkdir(exist_ok=True)
    built = build_corpus(options.corpus, work) if options.corpus else {}
    built |= {folder.name: folder for folder in options.site}
    faq = options.faq or find_median_faq(next(iter(built.values())))
    sites = {name: copy_site(path, work / "www" / name, faq) for name, path in built.items()}
    with sync_playwright() as playwright:
        browser = find_browser(playwright) or "chromium"
    print(f"FAQ {faq}, medians of {options.n}".ljust(25) + " perf a11y best  seo", end="")
    print("".join(f"{name:>10}" for name in (*MEASURES, "speed")))
    with serve_sites(sites, work) as port:
        for page in PAGES:
            reports: dict[str, list[dict[str, Any]]] = {name: [] for name in sites}
            for run in range(options.n):  # alternately, so that noise affects all of them
                for name, folder in sites.items():
                    address = f"https://{name}.test:{port}/{list_paths(folder, faq)[page]}"
                    path = work / "reports" / f"{page}-{name}-{run}.json"
                    reports[name].append(run_lighthouse(address, path, work=work, browser=browser))
            print_page(page, reports)


if __name__ == "__main__":
    main()
