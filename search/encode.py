"""Postings and neighbours → bytes; docs/search-format.md tells the format."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

IMPACT_LEVELS = 15
TITLE_FLAG = 16


class BitWriter:
    """Bits into bytes, the lowest first."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self._held = 0
        self._count = 0

    def write(self, value: int, *, bits: int) -> None:
        """The lowest `bits` bits of the value."""
        self._held |= value << self._count
        self._count += bits
        while self._count >= 8:
            self.bytes.append(self._held & 255)
            self._held >>= 8
            self._count -= 8

    def write_rice(self, value: int, *, bits: int) -> None:
        """Rice code: the part above `bits` as ones and a zero, then the lowest `bits` bits."""
        high = value >> bits
        self.write((1 << high) - 1, bits=high + 1)
        self.write(value & ((1 << bits) - 1), bits=bits)

    def finish(self) -> bytes:
        """All bytes, the last filled with zeros."""
        rest = bytes([self._held]) if self._count else b""
        return bytes(self.bytes) + rest


def choose_bits(count: int, found: int) -> int:
    """The Rice parameter for `found` ascending numbers below `count` (about log2 of ln 2 × gap)."""
    return max((count * 89 // (found * 128)).bit_length() - 1, 0)


def find_scale(impacts: Mapping[str, Mapping[int, float]]) -> float:
    """The size of one impact level."""
    return max((max(row.values()) for row in impacts.values()), default=1.0) / IMPACT_LEVELS


def flag_level(levels: float, *, in_title: bool) -> int:
    """Impact level (1 to 15) and title flag in one number."""
    return min(max(1, round(levels)), IMPACT_LEVELS) | (TITLE_FLAG if in_title else 0)


def encode_postings(
    terms: Sequence[str],
    impacts: Mapping[str, Mapping[int, float]],
    *,
    titles: Mapping[str, Collection[int]],
    count: int,
    scale: float,
) -> bytes:
    """Three streams, the lengths of the first two as 32-bit numbers before them.

    How many documents each term has (varints), impact level and whether the title holds the term
    (a byte each), gaps between document numbers (Rice).
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
    """Varints: 7 bits a byte, the lowest first."""
    out = bytearray()
    for count in counts:
        _put_varint(out, count)
    return bytes(out)


def encode_neighbours(neighbours: Sequence[Sequence[int]], *, count: int) -> bytes:
    """For each document how many (Rice, 3 bits), then their ascending numbers as gaps (Rice)."""
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


def _put_varint(out: bytearray, number: int) -> None:
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
