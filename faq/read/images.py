"""Images of the content folder: their bytes are what the suffix says, their names work anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from faq.model.problem import Place, Problem, make_error
from faq.model.redirects import WINDOWS_NAMES

_JPEG = re.compile(rb"\xff\xd8\xff")
# No SVG: opened by itself it runs scripts.
SIGNATURES = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    ".gif": re.compile(rb"GIF8[79]a"),
}
HEAD_SIZE = 12


def check_image(head: bytes, *, file: str) -> Iterator[Problem]:
    """Whether the first `HEAD_SIZE` bytes of a file are an image of the kind in its name."""
    if not SIGNATURES[PurePosixPath(file).suffix.lower()].match(head):
        yield make_error(Place(file), "image_bytes_bad")


def check_image_names(files: Iterable[str]) -> Iterator[Problem]:
    """Whether files and their folders keep apart, and can be, on systems that ignore case."""
    paths = [PurePosixPath(file) for file in files]
    # Each folder once, before what is in it.
    whole = dict.fromkeys(item for path in paths for item in (*reversed(path.parents), path))
    seen: dict[str, PurePosixPath] = {}
    for path in whole:
        folded = unicodedata.normalize("NFC", str(path)).casefold()
        first = seen.setdefault(folded, path)
        if first != path:
            yield make_error(Place(str(path)), "image_name_twice", first=first)
        if WINDOWS_NAMES.fullmatch(path.name):
            yield make_error(Place(str(path)), "image_name_device", value=path.name)
