"""Programs that an engine needs beside it, and waiting for what they do."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

PAUSE = 0.02  # seconds between two looks
PATIENCE = 10  # seconds for a program to end when asked to

T = TypeVar("T")


def wait_for(read: Callable[[], T], is_met: Callable[[T], bool], *, seconds: float) -> T:
    """What was read last: as soon as it is met, or else when the seconds are over."""
    end = time.monotonic() + seconds
    while not is_met(value := read()) and time.monotonic() < end:
        time.sleep(PAUSE)
    return value


@contextmanager
def run_beside(
    command: Sequence[str], *, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a program as long as the block lasts; what it says is thrown away."""
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=pass_fds,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
