"""A picture for links to the site, drawn without a font: a question and its answer.

Japanese letters would need a font file at build time, and a different one on each machine gives a
different picture. Whoever shows the picture writes the page's title beside it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, sqrt

from faq.model.colours import BLACK, WHITE, Colour, mix

SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Plate:
    """A filled rectangle with round corners, all but the `square` one: 0 to 3 from the top left."""

    left: int
    top: int
    width: int
    height: int
    radius: int
    colour: Colour
    square: int = -1

    def find_span(self, row: int) -> tuple[float, float] | None:
        """Where the plate begins and ends in a row of pixels; None where it is not."""
        y = row + 0.5 - self.top
        if not 0 <= y <= self.height:
            return None
        below = y > self.height / 2
        depth = self.radius - min(y, self.height - y)
        inset = self.radius - sqrt(self.radius**2 - depth**2) if depth > 0 else 0.0
        corners = (2, 3) if below else (0, 1)
        left, right = (0.0 if corner == self.square else inset for corner in corners)
        return self.left + left, self.left + self.width - right


def draw_share_image(brand: Colour) -> bytes:
    """The picture as PNG, in the city's colour."""
    pale, deep = mix(brand, WHITE, 0.82), mix(brand, BLACK, 0.35)
    plates = [
        Plate(0, 560, 1200, 70, 0, deep),
        Plate(130, 80, 620, 190, 48, pale, square=2),
        *_draw_lines(190, 135, (500, 300), mix(brand, WHITE, 0.25)),
        Plate(330, 300, 740, 220, 48, WHITE, square=3),
        *_draw_lines(390, 350, (620, 620, 380), brand),
    ]
    return encode_png(SIZE, (_draw_row(row, brand, plates) for row in range(SIZE[1])))


def _draw_lines(left: int, top: int, widths: tuple[int, ...], colour: Colour) -> Iterator[Plate]:
    for number, width in enumerate(widths):
        yield Plate(left, top + 50 * number, width, 24, 12, colour)


def _draw_row(row: int, ground: Colour, plates: list[Plate]) -> bytes:
    pixels = bytearray(bytes(ground) * SIZE[0])
    for plate in plates:
        if span := plate.find_span(row):
            first, last = ceil(span[0]), floor(span[1])
            pixels[3 * first : 3 * last] = bytes(plate.colour) * (last - first)
            # The pixels that an edge goes through belong to both sides.
            for pixel, share in ((first - 1, first - span[0]), (last, span[1] - last)):
                if share:
                    red, green, blue = pixels[3 * pixel : 3 * pixel + 3]
                    blended = mix((red, green, blue), plate.colour, share)
                    pixels[3 * pixel : 3 * pixel + 3] = bytes(blended)
    return bytes(pixels)


def encode_png(size: tuple[int, int], rows: Iterator[bytes]) -> bytes:
    """Rows of red, green and blue bytes as a PNG."""
    # Each row after the number of its filter: none.
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
