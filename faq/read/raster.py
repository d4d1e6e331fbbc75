"""PNG and JPEG of a city: whole as far as can be told without decoding them, and their size."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from faq.model.problem import CellError

_PNG_START = b"\x89PNG\r\n\x1a\n"
# Start of frame, which holds the size; the others of that range are tables.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
LONGEST_SIDE = 4096


def measure_png(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises `CellError` where a part is missing or damaged."""
    width = height = 0
    position, kind = len(_PNG_START), b""
    if not data.startswith(_PNG_START):
        raise CellError("image_bytes_bad")
    while kind != b"IEND":
        length, kind = _unpack(">I4s", data, position)
        (checksum,) = _unpack(">I", data, position + 8 + length)
        if zlib.crc32(data[position + 4 : position + 8 + length]) != checksum:
            raise CellError("image_broken")
        if position == len(_PNG_START):
            if kind != b"IHDR" or length != 13:
                raise CellError("image_broken")
            width, height = _unpack(">II", data, position + 8)
        position += 12 + length
    return _check_size(width, height)


def measure_jpeg(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises `CellError` where the file ends before it says them."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise CellError("image_bytes_bad")
    position = 2
    while True:
        start, kind, length = _unpack(">BBH", data, position)
        if start != 0xFF or length < 2:
            raise CellError("image_broken")
        if kind in _JPEG_FRAMES:
            height, width = _unpack(">HH", data, position + 5)
            if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
                raise CellError("image_broken")
            return _check_size(width, height)
        position += 2 + length


def _unpack(form: str, data: bytes, position: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(form, data, position)
    except struct.error:
        raise CellError("image_broken") from None


def _check_size(width: int, height: int) -> tuple[int, int]:
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise CellError("image_size_bad", width=width, height=height, limit=LONGEST_SIDE)
    return width, height
