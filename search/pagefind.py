"""Impact levels → Pagefind's chunked index, for collections too large to load as a whole.

Every document becomes a page whose words are term numbers; the weight of a word encodes its impact
level and title flag. Pagefind splits the index into chunks, and the browser fetches those that a
query needs.
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

from faq.model.problem import CommandError

# Pagefind's own pages and highlighters are not shipped.
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind")
KEPT_SUFFIXES = (".pf_meta", ".pf_index", ".pf_fragment")
# The client decodes with the same step and word (chunked.js): docs/search-format.md.
# Pagefind stores weights in steps of 1/24, up to 10; levels and flag are at most 31.
WEIGHT_STEP = 0.25
# A word that only the first document has: from its score the client computes Pagefind's scale.
PROBE = "probe"
_FRAGMENT_HEAD = b"pagefind_dcd"


class PagefindError(CommandError):
    """Pagefind is missing or failed; `detail` is the end of what it printed."""


def build_chunks(
    metadata: Sequence[Mapping[str, str]], levels: Sequence[Mapping[int, int]]
) -> tuple[dict[str, bytes], bytes]:
    """Pagefind's bundle (path → bytes), and the names of the documents' fragments.

    `metadata`: what a result shows, by document; `levels`: for each document term number → impact
    level and title flag. A fragment's name, 8 hexadecimal digits, is a 32-bit number; they are in
    the documents' order. Raises `PagefindError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        site, out = Path(folder, "site"), Path(folder, "out")
        site.mkdir()
        for number, (shown, row) in enumerate(zip(metadata, levels, strict=True)):
            page = _make_page(number, shown, row)
            Path(site, f"{number}.html").write_text(page, encoding="utf-8")
        _run(site, out)
        files = {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file() and (path.name in KEPT or path.suffix in KEPT_SUFFIXES)
        }
    return files, _list_fragments(files, count=len(metadata))


def _make_page(number: int, metadata: Mapping[str, str], levels: Mapping[int, int]) -> str:
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
        for name, value in {**metadata, "number": str(number)}.items()
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
