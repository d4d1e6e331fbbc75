"""A command → wall and CPU seconds, and the memory of all its processes together."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Seconds between two looks at the memory; each costs some milliseconds a process.
SAMPLE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Measure:
    """One run: wall and CPU seconds, the peak of the memory of all processes in megabytes.

    What processes share is counted once (the kernel's proportional set size).
    """

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Output:
    """What lies in a folder: pages and megabytes."""

    pages: int
    size: float


def run_measured(command: Sequence[str]) -> Measure:
    """Runs a command; raises `CalledProcessError` where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = _watch_memory(process.pid, done := threading.Event())
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    done.set()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measure(wall, usage.ru_utime + usage.ru_stime, max(peak, default=0.0))


def find_median(rows: Iterable[Measure]) -> Measure:
    """The median of each figure."""
    runs = list(rows)
    wall, cpu, memory = (
        statistics.median(getattr(row, part) for row in runs) for part in ("wall", "cpu", "memory")
    )
    return Measure(wall, cpu, memory)


def weigh_output(out: Path) -> Output:
    """The pages and the bytes below a folder."""
    files = [path for path in out.resolve().rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return Output(pages, sum(path.stat().st_size for path in files) / 1e6)


def _watch_memory(pid: int, done: threading.Event) -> list[float]:
    """The list that gets the megabytes seen, until the event is set."""
    seen: list[float] = []

    def watch() -> None:
        while not done.wait(SAMPLE_SECONDS):
            seen.append(sum(map(_read_memory, _list_processes(pid))))

    threading.Thread(target=watch, daemon=True).start()
    return seen


def _list_processes(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, _read(path).split())
    return found


def _read_memory(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+)", _read(Path(f"/proc/{pid}/smaps_rollup")), re.MULTILINE)
    return int(found[1]) / 1000 if found else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:  # the process has just ended
        return ""
