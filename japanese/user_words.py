"""A city's own words → the user dictionary in which Sudachi finds them.

Sudachi compiles user words against an opened system dictionary, and resolves its whole lexicon for
that: 5 s and 700 MB. All that gets into the result are the numbers of the parts of speech and the
signature by which Sudachi knows what a user dictionary was made for. So the words are compiled
against a small dictionary with the same parts of speech, and get the signature of the real one.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Dictionary

SYSTEM = Path(str(files("sudachidict_core"))) / "resources" / "system.dic"

# Sudachi's columns: a proper noun with its ids; a cost low enough to be preferred to its parts.
_CONNECTION = 4786
_WORD_ROW = (
    f"{{word}},{_CONNECTION},{_CONNECTION},-2000,{{word}},名詞,固有名詞,一般,*,*,*,"
    "{reading},{word},*,A,*,*,*"
).split(",")
# A file begins with 16 bytes of its name and the numbers of version, time and flags; texts follow,
# each after a byte with its length: a comment, then the signature (a user dictionary: what it is
# for).
_COMMENT_AT = 40
_HEADER_SIZE = 4096


def compile_words(words: Sequence[tuple[str, str]]) -> bytes:
    """The user dictionary of normalized spellings and their readings in katakana; empty for none.

    Raises `ValueError` where Sudachi refuses one of them.
    """
    if not words:
        return b""
    from sudachipy.sudachipy import build_user_dic  # noqa: PLC0415 - as in open_dictionary

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = _compile_small(folder)
        source, built = folder / "words.csv", folder / "user.dic"
        rows = (
            [column.format(word=word, reading=reading) for column in _WORD_ROW]
            for word, reading in words
        )
        _write_rows(source, rows)
        try:
            build_user_dic(str(small), [str(source)], str(built))
        except Exception as error:  # Sudachi raises a type of its own that it does not export
            raise ValueError(str(error).replace(str(source), source.name)) from None
        data = built.read_bytes()
        return data.replace(_read_signature(small), _read_signature(SYSTEM), 1)


def open_dictionary(user: bytes) -> Dictionary:
    """Sudachi's dictionary with a user dictionary, or without one where that is empty."""
    # A build that finds all its texts analysed does without it: importing it takes 0.03 s.
    from sudachipy import Dictionary  # noqa: PLC0415

    if not user:
        return Dictionary(dict="core")
    # Windows removes no file that is in use, as the dictionary is from here on.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, "user.dic")
        path.write_bytes(user)
        return Dictionary(dict="core", config=json.dumps({"userDict": [str(path)]}))


def read_version() -> str:
    """The version of the system dictionary: when it was compiled, and of what."""
    return _read_signature(SYSTEM)[1:].decode()


def _compile_small(folder: Path) -> Path:
    """A system dictionary with one word for each part of speech of the real one."""
    from sudachipy.sudachipy import build_system_dic  # noqa: PLC0415 - as in open_dictionary

    lexicon, matrix, built = folder / "small.csv", folder / "matrix.def", folder / "small.dic"
    pos_of = open_dictionary(b"").pos_of
    parts_of_speech = takewhile(bool, map(pos_of, count()))
    # Sudachi numbers parts of speech as they appear.
    rows = (
        [f"x{number}", "0", "0", "0", f"x{number}", *part, "エ", f"x{number}", *"*A***"]
        for number, part in enumerate(parts_of_speech)
    )
    _write_rows(lexicon, rows)
    # Costs are of no account, but the ids of our words have to be within the table.
    matrix.write_text(f"{_CONNECTION + 1} {_CONNECTION + 1}\n0 0 0\n", encoding="ascii")
    build_system_dic(str(matrix), [str(lexicon)], str(built))
    return built


def _write_rows(path: Path, rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _read_signature(path: Path) -> bytes:
    """The signature of a system dictionary, after the byte with its length."""
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    start = _COMMENT_AT + 1 + header[_COMMENT_AT]
    return header[start : start + 1 + header[start]]
