"""Work spread over processes, where the system can fork; one after the other elsewhere."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from typing import TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

# Below this many items a second process costs more than it saves.
SMALLEST_SHARE = 300

# Set in a worker only, by `_take_work`.
_work: Callable[[int], object] | None = None


def map_shares(
    function: Callable[[Sequence[ItemT]], ResultT], items: Sequence[ItemT], *, workers: int
) -> list[ResultT]:
    """The function's results over consecutive shares of the items, in order.

    Forked workers inherit function and items, so neither needs to be sent; only results are.
    """
    shares = min(workers, len(items) // SMALLEST_SHARE)
    if shares < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [function(items)]
    bounds = [len(items) * number // shares for number in range(shares + 1)]

    def work(number: int) -> ResultT:
        return function(items[bounds[number] : bounds[number + 1]])

    context = multiprocessing.get_context("fork")
    with context.Pool(shares, initializer=_take_work, initargs=(work,)) as pool:
        return pool.map(_run_share, range(shares), chunksize=1)  # type: ignore[arg-type]


def _take_work(work: Callable[[int], object]) -> None:
    global _work  # noqa: PLW0603 - the process is the worker's own
    _work = work


def _run_share(number: int) -> object:
    if _work is None:
        raise RuntimeError("a worker was started without work")
    return _work(number)
