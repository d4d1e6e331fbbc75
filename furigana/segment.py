"""A part of a text with its reading, and the characters that take one."""

from __future__ import annotations

from typing import NamedTuple

from japanese import letters

# Body of a character class. ヶ is read as a kanji is: 3ヶ月, 鳩ヶ谷.
KANJI = f"ヶ{letters.KANJI}"


class Segment(NamedTuple):
    """The characters from `start` to before `end` of a text, and their reading in hiragana.

    The reading is empty where none is certain: the characters then have no furigana.
    """

    start: int
    end: int
    reading: str

    def move(self, by: int) -> Segment:
        """The same reading, `by` characters further on."""
        return Segment(self.start + by, self.end + by, self.reading) if by else self
