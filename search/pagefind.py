"""Impact levels → Pagefind's chunked index, for collections too large to load as a whole.

Every document becomes a page whose words are term numbers; the weight of a word encodes its impact
level and title flag. Pagefind splits the index into chunks, and the browser fetches those that a
query needs.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from faq.model.problem import CommandError

# Pagefind's own pages and highlighters are not shipped.
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind")
KEPT_SUFFIXES = (".pf_meta", ".pf_index", ".pf_fragment")
# The client decodes with the same step and word (chunked.js): docs/search-format.md.
# Pagefind stores weights in steps of 1/24, up to 10; levels and flag are at most 31.
WEIGHT_STEP = 0.25
# A word that only the first document has: from its score the client computes Pagefind's scale.
PROBE = "probe"
# What a fragment begins with: the address of its page, which has the number of its document.
_FRAGMENT = re.compile(rb'pagefind_dcd\{"url":"/(\d+)\.html"')
_HEAD_LENGTH = 64
_PIPE_SIZE = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS

# Term number, and impact level with title flag.
TermLevel = tuple[int, int]


class PagefindError(CommandError):
    """Pagefind is missing or failed; `detail` is the end of what it printed."""


def build_chunks(
    documents: Iterable[tuple[Mapping[str, str], Iterable[TermLevel]]],
) -> tuple[dict[str, bytes], bytes]:
    """Pagefind's bundle (path → bytes), and the names of the documents' fragments.

    `documents`: what a result shows, and the terms by level and number. A fragment's name, 8
    hexadecimal digits, is a 32-bit number; they are in the documents' order. Raises
    `PagefindError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        for number, (shown, levels) in enumerate(documents):
            page = _make_page(number, shown, levels)
            Path(folder, f"{number}.html").write_bytes(page.encode())
        made = _index_folder(folder)
    files = {
        path: data
        for path, data in sorted(made.items())
        if path in KEPT or path.endswith(KEPT_SUFFIXES)
    }
    return files, _list_fragments(files)


def _make_page(number: int, metadata: Mapping[str, str], levels: Iterable[TermLevel]) -> str:
    words = [
        f'<p data-pagefind-weight="{level * WEIGHT_STEP:g}">'
        + " ".join(f"t{term}x" for term, _ in terms)
        + "</p>"
        for level, terms in groupby(levels, key=itemgetter(1))
    ]
    meta = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">'
        for name, value in {**metadata, "number": str(number)}.items()
    )
    probe = f"<p>{PROBE}</p>" if number == 0 else ""
    head = f'<!doctype html><html lang="ja"><head>{meta}</head>'
    return f"{head}<body data-pagefind-body>{''.join(words)}{probe}</body></html>"


def _index_folder(folder: str) -> dict[str, bytes]:
    """All files that Pagefind makes of the pages in the folder.

    It reads them fastest from the disk, and gives its own back without writing them.
    """
    command = [sys.executable, "-m", "pagefind_bin", "--service"]
    with tempfile.TemporaryFile() as errors:
        try:
            with subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            ) as process:
                index = _ask(process, "NewIndex", config={})["index_id"]
                _ask(process, "AddDir", index_id=index, path=folder)
                files = _ask(process, "GetFiles", index_id=index)["files"]
                return {file["path"]: base64.b64decode(file["content"]) for file in files}
        except (OSError, ValueError, KeyError, TypeError) as error:
            errors.seek(0)
            detail = errors.read().decode(errors="replace").strip() or str(error)
            raise PagefindError("pagefind_failed", detail=detail[-500:]) from None


def _ask(process: subprocess.Popen[bytes], action: str, **values: object) -> dict[str, Any]:
    """Pagefind's answer; request and answer are JSON in Base64, and end with a comma."""
    request = {"message_id": 0, "payload": {"type": action, **values}}
    answer = bytearray()
    if process.stdin and process.stdout:  # both are pipes
        process.stdin.write(base64.b64encode(json.dumps(request).encode()) + b",")
        process.stdin.flush()
        while part := os.read(process.stdout.fileno(), _PIPE_SIZE):
            answer += part
            if part.endswith(b","):
                break
    payload: dict[str, Any] = json.loads(base64.b64decode(answer.removesuffix(b",")))["payload"]
    if payload["type"] == "Error":
        raise ValueError(payload.get("message"))
    return payload


def _list_fragments(files: Mapping[str, bytes]) -> bytes:
    names = {}
    for path, data in files.items():
        if path.endswith(".pf_fragment"):
            # Its beginning says whose it is; the rest stays packed.
            head = zlib.decompressobj(_GZIP).decompress(data, _HEAD_LENGTH)
            if not (found := _FRAGMENT.match(head)):
                raise PagefindError("pagefind_failed", detail=path)
            names[int(found[1])] = int(Path(path).stem.rpartition("_")[2], 16)
    return b"".join(names[number].to_bytes(4, "little") for number in range(len(names)))
