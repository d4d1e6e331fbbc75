"""The second store: postings in Pagefind's chunks, for collections too large to load whole.

Every document becomes a page whose words are term numbers; the weight of a word tells impact and
title flag. Pagefind cuts the index in chunks, and the browser fetches those that a query needs.
"""

from __future__ import annotations

import gzip
import html
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from faq.problem import CommandError

# Pagefind's own pages and highlighters are not shipped.
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind")
KEPT_SUFFIXES = (".pf_meta", ".pf_index", ".pf_fragment")
# Weights are kept to 1/24; a quarter for each level holds levels and flag below the limit of 10.
WEIGHT_STEP = 0.25
# A word of this document alone: its score tells the browser how Pagefind scales scores.
PROBE = "probe"
_FRAGMENT_HEAD = b"pagefind_dcd"


class PagefindError(CommandError):
    """Pagefind is not there or failed; `detail` is what it said."""


def build_chunks(
    facts: Sequence[Mapping[str, str]], levels: Sequence[Mapping[int, int]]
) -> tuple[dict[str, bytes], bytes]:
    """File name → bytes of Pagefind's bundle, and the names of the documents' fragments.

    `facts`: what a result shows, by document; `levels`: term number → impact level (and title
    flag) of each document. The names are 8 hexadecimal digits as 32-bit numbers, in the documents'
    order. Raises `PagefindError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        site, out = Path(folder, "site"), Path(folder, "out")
        site.mkdir()
        for number, (fact, row) in enumerate(zip(facts, levels, strict=True)):
            page = _make_page(number, fact, row)
            Path(site, f"{number}.html").write_text(page, encoding="utf-8")
        _run(site, out)
        files = {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file() and (path.name in KEPT or path.suffix in KEPT_SUFFIXES)
        }
    return files, _list_fragments(files, count=len(facts))


def _make_page(number: int, facts: Mapping[str, str], levels: Mapping[int, int]) -> str:
    by_level: dict[int, list[int]] = {}
    for term, level in sorted(levels.items()):
        by_level.setdefault(level, []).append(term)
    words = [
        f'<p data-pagefind-weight="{level * WEIGHT_STEP:g}">'
        + " ".join(f"t{term}x" for term in terms)
        + "</p>"
        for level, terms in sorted(by_level.items())
    ]
    meta = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">'
        for name, value in {**facts, "number": str(number)}.items()
    )
    probe = f"<p>{PROBE}</p>" if number == 0 else ""
    head = f'<!doctype html><html lang="ja"><head>{meta}</head>'
    return f"{head}<body data-pagefind-body>{''.join(words)}{probe}</body></html>"


def _run(site: Path, out: Path) -> None:
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(site), "--output-path", str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0 or not (out / "pagefind.js").is_file():
        detail = (done.stderr or done.stdout).strip()[-500:]
        raise PagefindError("pagefind_failed", detail=detail)


def _list_fragments(files: Mapping[str, bytes], *, count: int) -> bytes:
    names = [0] * count
    for path, data in files.items():
        if path.endswith(".pf_fragment"):
            text = gzip.decompress(data).removeprefix(_FRAGMENT_HEAD)
            number = int(json.loads(text)["meta"]["number"])
            names[number] = int(Path(path).stem.rpartition("_")[2], 16)
    return b"".join(name.to_bytes(4, "little") for name in names)
