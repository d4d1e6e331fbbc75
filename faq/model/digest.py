"""Values → digests, to know what has changed."""

from __future__ import annotations

import hashlib
import io
import pickle

SIZE = 16


def digest_value(value: object) -> bytes:
    """`SIZE` bytes that are the same for equal values, however they came to be.

    They consist of frozen dataclasses, named tuples, enums and Python's own types, without sets:
    their order is accidental, and the pickler fails on many of them.
    """
    target = io.BytesIO()
    pickler = pickle.Pickler(target, protocol=5)
    pickler.fast = True  # what is met twice is written twice, as two equal values would be
    pickler.dump(value)
    return hashlib.blake2b(target.getvalue(), digest_size=SIZE).digest()
