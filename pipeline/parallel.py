"""Work spread over processes: each takes shares of it, and sends its results back."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.pool import Pool
from types import TracebackType
from typing import Any, Self, TypeVar

ShareT = TypeVar("ShareT")
ResultT = TypeVar("ResultT")

# Below this many items a second process costs more than it saves.
FEWEST_ITEMS = 300
# A forked process has its parent's memory at once; a new one has to import and to be sent it.
METHODS = ("fork", "spawn")

# Set in a worker only, by `_take_state`.
_state: Any = None


class Workers:
    """Processes that share a state; few `items` are worked on in this one.

    The `method` is one of `METHODS`, the best that the system has where it is empty.
    """

    def __init__(self, state: Any, *, count: int, items: int, method: str = "") -> None:
        self._state = state
        self._pool: Pool | None = None
        count = min(count, items // FEWEST_ITEMS)
        if count > 1:
            known = multiprocessing.get_all_start_methods()
            method = method or next(name for name in METHODS if name in known)
            context = multiprocessing.get_context(method)
            gc.freeze()  # a collection in a worker would copy all that it looks at
            self._pool = context.Pool(count, _take_state, (state,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.terminate()
            self._pool.join()
            gc.unfreeze()

    def start(
        self, function: Callable[[Any, ShareT], ResultT], shares: Iterable[ShareT]
    ) -> Iterator[ResultT]:
        """The results of `function(state, share)` in order; processes begin at once.

        Function, shares and results go between processes: the function by its name.
        """
        if self._pool:
            return self._pool.imap(_Task(function), shares)
        return (function(self._state, share) for share in shares)


class _Task:
    """A function that is given the worker's state."""

    def __init__(self, function: Callable[[Any, Any], Any]) -> None:
        self._function = function

    def __call__(self, share: Any) -> Any:
        return self._function(_state, share)


def _take_state(state: Any) -> None:
    global _state  # noqa: PLW0603 - the process is the worker's own
    _state = state
