"""Postings and neighbours → bytes, in the format of docs/search-format.md."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

# The client decodes with the same two numbers (decode.js, chunked.js): docs/search-format.md.
IMPACT_LEVELS = 15
TITLE_FLAG = 16


class BitWriter:
    """Packs bits into bytes, the lowest bit first."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self._held = 0
        self._count = 0

    def write(self, value: int, *, bits: int) -> None:
        """Appends the lowest `bits` bits of the value."""
        self._held |= value << self._count
        self._count += bits
        while self._count >= 8:
            self.bytes.append(self._held & 255)
            self._held >>= 8
            self._count -= 8

    def write_rice(self, value: int, *, bits: int) -> None:
        """Appends a Rice code: `value >> bits` ones and a zero, then the lowest `bits` bits."""
        high = value >> bits
        self.write((1 << high) - 1, bits=high + 1)
        self.write(value & ((1 << bits) - 1), bits=bits)

    def finish(self) -> bytes:
        """Returns all bytes, the last one filled with zeros."""
        rest = bytes([self._held]) if self._count else b""
        return bytes(self.bytes) + rest


def choose_bits(count: int, found: int) -> int:
    """The Rice parameter for `found` ascending numbers below `count`: log2(ln 2 × mean gap).

    `chooseBits` of the client (decode.js) must give the same.
    """
    return max((count * 89 // (found * 128)).bit_length() - 1, 0)


def find_scale(impacts: Mapping[str, Mapping[int, float]]) -> float:
    """The impact of one level: the highest impact ÷ `IMPACT_LEVELS`."""
    return max((max(row.values()) for row in impacts.values()), default=1.0) / IMPACT_LEVELS


def flag_level(levels: float, *, in_title: bool) -> int:
    """An impact level, limited to 1 to 15, and the title flag in one number."""
    return min(max(1, round(levels)), IMPACT_LEVELS) | (TITLE_FLAG if in_title else 0)


def encode_postings(
    terms: Sequence[str],
    impacts: Mapping[str, Mapping[int, float]],
    *,
    titles: Mapping[str, Collection[int]],
    count: int,
    scale: float,
) -> bytes:
    """The lengths of the first two streams as 32-bit numbers, then three streams, term by term.

    1. the number of documents that contain the term (varint)
    2. for each of them the impact level and the title flag (one byte)
    3. for each of them the gap to the document number before, minus 1 (Rice code)

    `titles`: term → the documents that have it in their title; `count`: all documents; `scale`:
    the impact of one level.
    """
    levels = bytearray()
    gaps = BitWriter()
    for term in terms:
        row = sorted(impacts[term].items())
        in_title = titles.get(term, ())
        bits = choose_bits(count, len(row))
        previous = -1
        for number, impact in row:
            levels.append(flag_level(impact / scale, in_title=number in in_title))
            gaps.write_rice(number - previous - 1, bits=bits)
            previous = number
    sizes = encode_counts([len(impacts[term]) for term in terms])
    heads = len(sizes).to_bytes(4, "little") + len(levels).to_bytes(4, "little")
    return heads + sizes + bytes(levels) + gaps.finish()


def encode_counts(counts: Sequence[int]) -> bytes:
    """Numbers as varints: 7 bits per byte, the lowest first."""
    out = bytearray()
    for count in counts:
        _append_varint(out, count)
    return bytes(out)


def encode_neighbours(neighbours: Sequence[Sequence[int]], *, count: int) -> bytes:
    """For each document the number of its neighbours (Rice, 3 bits), then their gaps (Rice).

    `count`: all documents. The order of similarity is lost: gaps need ascending numbers.
    """
    out = BitWriter()
    for row in neighbours:
        out.write_rice(len(row), bits=3)
        previous = -1
        for number in sorted(row):
            out.write_rice(number - previous - 1, bits=choose_bits(count, len(row)))
            previous = number
    return out.finish()


def encode_json(data: object) -> bytes:
    """JSON without spaces, in UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _append_varint(out: bytearray, number: int) -> None:
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
