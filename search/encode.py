"""Postings and neighbours → bytes; docs/search-format.md tells the format."""

from __future__ import annotations

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


def encode_postings(
    terms: Sequence[str],
    impacts: Mapping[str, Mapping[int, float]],
    *,
    titles: Mapping[str, Collection[int]],
    count: int,
) -> tuple[bytes, float]:
    """The bytes, and the size of one impact level.

    Three streams, the length of the first two as 32-bit numbers before them: how many documents
    each term has (varints), impact level and whether the title holds the term (a byte each), gaps
    between document numbers (Rice).
    """
    scale = max((max(row.values()) for row in impacts.values()), default=1.0) / IMPACT_LEVELS
    sizes = bytearray()
    levels = bytearray()
    gaps = BitWriter()
    for term in terms:
        row = sorted(impacts[term].items())
        _put_varint(sizes, len(row))
        in_title = titles.get(term, ())
        bits = choose_bits(count, len(row))
        previous = -1
        for number, impact in row:
            level = min(max(1, round(impact / scale)), IMPACT_LEVELS)
            levels.append(level | (TITLE_FLAG if number in in_title else 0))
            gaps.write_rice(number - previous - 1, bits=bits)
            previous = number
    heads = len(sizes).to_bytes(4, "little") + len(levels).to_bytes(4, "little")
    return heads + bytes(sizes) + bytes(levels) + gaps.finish(), scale


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


def _put_varint(out: bytearray, number: int) -> None:
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
