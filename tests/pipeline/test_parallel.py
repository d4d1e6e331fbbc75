"""One site, whatever the number of processes and however they are started."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

import pipeline.parallel
from pipeline.build import build_site
from pipeline.options import BuildOptions
from pipeline.parallel import Workers
from tests.conftest import AT, UMIBE


def add(state: int, item: int) -> tuple[int, int]:
    return state + item, os.getpid()


def fail(state: int, item: int) -> int:
    raise ValueError(f"{state} {item}")


@pytest.mark.parametrize("method", pipeline.parallel.METHODS)
def test_processes_get_the_state_and_results_come_in_order(method: str) -> None:
    with Workers(10, count=2, items=1000, method=method) as workers:
        found = list(workers.start(add, range(20)))
    assert [value for value, _ in found] == [*range(10, 30)]
    assert os.getpid() not in {pid for _, pid in found}


def test_few_items_stay_in_this_process() -> None:
    with Workers(1, count=2, items=10) as workers:
        assert list(workers.start(add, [2])) == [(3, os.getpid())]


@pytest.mark.parametrize("method", pipeline.parallel.METHODS)
def test_an_error_of_a_process_is_raised_here(method: str) -> None:
    with (
        pytest.raises(ValueError, match="1 2"),
        Workers(1, count=2, items=1000, method=method) as workers,
    ):
        list(workers.start(fail, [2]))


def read_files(out: Path) -> dict[str, bytes]:
    root = out.resolve()
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(("workers", "method"), [(2, "fork"), (4, "fork"), (2, "spawn")])
def test_a_site_has_the_same_bytes_with_any_number_of_processes(
    workers: int, method: str, tmp_path: Path, city_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.parallel, "FEWEST_ITEMS", 20)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: [method])
    started = []
    real = multiprocessing.get_context

    def get_context(name: str) -> object:
        started.append(name)
        return real(name)

    monkeypatch.setattr(multiprocessing, "get_context", get_context)
    out = tmp_path / "public"
    build_site(BuildOptions(UMIBE, out, AT, workers=workers, cache=tmp_path / "cache"))
    assert started == [method]
    assert read_files(out) == read_files(city_site)
