"""Postings and neighbours → bytes, in the format of docs/search-format.md."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from search.counts import Integers
from search.weigh import Postings

# The client decodes with the same two numbers (decode.js, chunked.js): docs/search-format.md.
IMPACT_LEVELS = 15
TITLE_FLAG = 16


class BitWriter:
    """Packs Rice codes into bytes, the lowest bit first."""

    def __init__(self) -> None:
        self._values: list[Integers] = []
        self._bits: list[Integers] = []

    def write_rice(self, values: Integers | int, *, bits: Integers | int) -> None:
        """Appends a Rice code for each value: `value >> bits` ones, a zero, the lowest `bits` bits.

        `bits` holds for all values, or there is one for each.
        """
        values, bits = np.broadcast_arrays(np.atleast_1d(values), np.atleast_1d(bits))
        self._values.append(values)
        self._bits.append(bits)

    def finish(self) -> bytes:
        """Returns all bytes, the last one filled with zeros."""
        if not self._values:
            return b""
        values, bits = np.concatenate(self._values), np.concatenate(self._bits)
        ones = values >> bits
        sizes = ones + 1 + bits
        starts = np.cumsum(sizes) - sizes
        # Ones are a running sum: it begins at each code and ends at the zero after its ones.
        steps = np.zeros(int(sizes.sum()), dtype=np.int8)
        steps[starts] = 1
        steps[starts + ones] -= 1
        out = np.cumsum(steps, dtype=np.int8)
        for bit in range(int(bits.max(initial=0))):
            rows = np.flatnonzero(bits > bit)
            out[starts[rows] + ones[rows] + 1 + bit] = values[rows] >> bit & 1
        return np.packbits(out.view(np.bool_), bitorder="little").tobytes()


def choose_bits(count: int, found: Integers) -> Integers:
    """The Rice parameter for `found` ascending numbers below `count`: log2(ln 2 × mean gap).

    `chooseBits` of the client (decode.js) must give the same.
    """
    means = count * 89 // (np.maximum(found, 1) * 128)
    bits: Integers = np.maximum(np.frexp(means)[1] - 1, 0)  # frexp: how many binary digits
    return bits


def find_scale(postings: Postings) -> float:
    """The impact of one level: the highest impact ÷ `IMPACT_LEVELS`."""
    return float(postings.impacts.max(initial=0)) / IMPACT_LEVELS or 1.0 / IMPACT_LEVELS


def flag_levels(postings: Postings, *, scale: float) -> Integers:
    """Of each posting the impact level, 1 to 15, and the title flag in one byte.

    `scale`: the impact of one level.
    """
    levels = np.clip(np.rint(postings.impacts / scale), 1, IMPACT_LEVELS).astype(np.uint8)
    return levels | np.where(postings.in_title, TITLE_FLAG, 0).astype(np.uint8)


def encode_postings(postings: Postings, *, scale: float) -> bytes:
    """The lengths of the first two streams as 32-bit numbers, then three streams, term by term.

    1. the number of documents that contain the term (varint)
    2. for each of them the impact level and the title flag (one byte)
    3. for each of them the gap to the document number before, minus 1 (Rice code)

    `scale`: the impact of one level.
    """
    gaps = BitWriter()
    bits = choose_bits(postings.count, postings.found)
    gaps.write_rice(
        _measure_gaps(postings.documents, postings.found), bits=np.repeat(bits, postings.found)
    )
    sizes = encode_counts(postings.found.tolist())
    levels = flag_levels(postings, scale=scale).tobytes()
    heads = len(sizes).to_bytes(4, "little") + len(levels).to_bytes(4, "little")
    return heads + sizes + levels + gaps.finish()


def encode_counts(counts: Sequence[int]) -> bytes:
    """Numbers as varints: 7 bits per byte, the lowest first."""
    out = bytearray()
    for count in counts:
        _append_varint(out, count)
    return bytes(out)


def encode_neighbours(neighbours: Integers) -> bytes:
    """For each document the number of its neighbours (Rice, 3 bits), then their gaps (Rice).

    `neighbours`: a row for each document, -1 where there are fewer. The order of similarity is
    lost: gaps need ascending numbers.
    """
    count = len(neighbours)
    is_one = neighbours >= 0
    sizes = is_one.sum(axis=1)
    ordered = np.sort(neighbours, axis=1)
    gaps = _measure_gaps(ordered[ordered >= 0], sizes)
    # The number of a document's neighbours comes before their gaps.
    heads = np.cumsum(sizes) - sizes
    out = BitWriter()
    out.write_rice(
        np.insert(gaps, heads, sizes),
        bits=np.insert(np.repeat(choose_bits(count, sizes), sizes), heads, 3),
    )
    return out.finish()


def _measure_gaps(numbers: Integers, sizes: Integers) -> Integers:
    """Between each number and the one before in its row, minus 1; a row's first is its own gap."""
    gaps = np.diff(numbers, prepend=0) - 1
    firsts = (np.cumsum(sizes) - sizes)[sizes > 0]
    gaps[firsts] = numbers[firsts]
    return gaps


def encode_json(data: object) -> bytes:
    """JSON without spaces, in UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _append_varint(out: bytearray, number: int) -> None:
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
