"""Background programs that an engine needs, and waiting for a condition."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

POLL_INTERVAL = 0.02  # seconds
STOP_TIMEOUT = 10  # seconds to end after SIGTERM

T = TypeVar("T")


def wait_for(read: Callable[[], T], is_met: Callable[[T], bool], *, timeout: float) -> T:
    """Reads until the value meets the condition or the timeout (seconds) is over; returns it."""
    end = time.monotonic() + timeout
    while not is_met(value := read()) and time.monotonic() < end:
        time.sleep(POLL_INTERVAL)
    return value


@contextmanager
def run_in_background(
    command: Sequence[str], *, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a program for the duration of the block; its output is discarded."""
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
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
