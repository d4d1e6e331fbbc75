"""A city's own CSS: sound enough to stand in one file with ours, and asking nobody else."""

from __future__ import annotations

import re
from collections.abc import Collection

from faq.model.problem import Place, Problem, make_error

# What a style may use from beside it, and the bytes such a file begins with.
FILE_STARTS = {".woff2": b"wOF2", ".png": b"\x89PNG\r\n\x1a\n"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_URL = re.compile(r"\burl\(\s*(\"[^\"\n]*\"|'[^'\n]*'|[^)\"'\n]*)\s*\)", re.IGNORECASE)
_LOADING = re.compile(r"@import|@charset|@namespace|\bsrc\(|image-set\(|\bimage\(", re.IGNORECASE)


def check_style(
    source: str, *, file: str, known: Collection[str], folder: str
) -> tuple[str, list[Problem]]:
    """The CSS, what it names below `folder` of the assets, and what may not stand in it.

    `known` are the files beside it. Comments are taken out, their lines are kept.
    """
    # Spelt out, so that an escape cannot hide a word; what it stands for is the same.
    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    spelt = _ESCAPE.sub(lambda found: _spell(found[1]), plain)
    problems = []

    def report(position: int, code: str, **values: object) -> None:
        place = Place(file, spelt.count("\n", 0, position) + 1)
        problems.append(make_error(place, code, **values))

    for found in _LOADING.finditer(spelt):
        report(found.start(), "style_loads", value=found[0])
    urls = list(_URL.finditer(spelt))
    for found in urls:
        if _read_url(found) not in known:
            report(found.start(), "style_loads", value=found[0])
    if len(re.findall(r"url\(", spelt, re.IGNORECASE)) > len(urls):
        report(len(spelt), "style_broken")
    elif (unclosed := _find_unclosed(spelt)) is not None:
        report(unclosed, "style_broken")
    moved = _URL.sub(lambda found: f'url("{folder}/{_read_url(found)}")', plain)
    return moved, problems


def _spell(code: str) -> str:
    """The letter of an escape where it is an ASCII one, the escape itself otherwise."""
    number = int(code, 16)
    return chr(number) if 0x21 <= number < 0x7F else f"\\{code} "


def _read_url(found: re.Match[str]) -> str:
    return found[1].strip().strip("\"'")


def _find_unclosed(style: str) -> int | None:
    """Where a brace, a bracket, a string or a comment is without its other half; None: nowhere.

    In one file with the others, it would swallow what comes after it.
    """
    # As long as it was, so that places stay the same.
    bare = _STRING.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), style)
    if stray := re.search(r"[\"']|/\*|\*/", bare):
        return stray.start()
    pairs = {")": "(", "]": "[", "}": "{"}
    open_ones: list[tuple[str, int]] = []
    for found in re.finditer(r"[()\[\]{}]", bare):
        if found[0] in pairs.values():
            open_ones.append((found[0], found.start()))
        elif not open_ones or open_ones.pop()[0] != pairs[found[0]]:
            return found.start()
    return open_ones[-1][1] if open_ones else None
