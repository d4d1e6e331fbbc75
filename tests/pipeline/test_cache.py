"""What one build leaves to the next, and when it is thrown away."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import pipeline.cache
from faq.markup.text import MarkupText
from japanese.analyze import Analyzer
from pipeline.cache import FILE_NAME, Cache
from search.documents import INDEX_FIELDS, Document
from search.index import Analysed, analyse_documents

KEY, OTHER = b"a" * 16, b"b" * 16
GONE = "公開を終えた文です"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public.cache"


def save(folder: Path, values: dict[bytes, object], *, version: str = "1") -> None:
    """As a build does that used these values."""
    cache = Cache(folder, version=version)
    for key, value in values.items():
        cache.open_shelf("rows").put(key, value)
    cache.save({"rows": list(values)}, notes={"public": "noted"})


def find(folder: Path, key: bytes = KEY, *, version: str = "1") -> object:
    found: object = Cache(folder, version=version).open_shelf("rows").get(key)
    return found


def test_a_value_is_there_for_the_next_build(folder: Path) -> None:
    text = MarkupText("**申請**は窓口へ")
    save(folder, {KEY: {"answer": text}})
    assert find(folder) == {"answer": text}
    assert Cache(folder, version="1").read_note("public") == "noted"


def test_another_version_of_the_program_finds_nothing(folder: Path) -> None:
    save(folder, {KEY: 1})
    assert find(folder, version="2") is None
    assert not (folder / FILE_NAME).exists()


def test_what_a_build_did_not_keep_is_overwritten_on_the_disk(folder: Path) -> None:
    save(folder, {KEY: GONE, OTHER: "残る文"})
    assert GONE.encode() in (folder / FILE_NAME).read_bytes()
    cache = Cache(folder, version="1")
    cache.open_shelf("rows").get(OTHER)
    cache.save({"rows": [OTHER]}, notes={})
    data = (folder / FILE_NAME).read_bytes()
    assert GONE.encode() not in data
    assert "残る文".encode() in data
    assert list(folder.iterdir()) == [folder / FILE_NAME]


def test_what_another_build_saved_meanwhile_is_removed_unless_kept(folder: Path) -> None:
    save(folder, {KEY: 1})
    cache = Cache(folder, version="1")
    cache.open_shelf("rows").get(KEY)
    save(folder, {OTHER: GONE})
    cache.save({"rows": [KEY]}, notes={})
    assert GONE.encode() not in (folder / FILE_NAME).read_bytes()
    assert find(folder, OTHER) is None


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4000])
def test_a_broken_file_is_replaced(folder: Path, data: bytes) -> None:
    save(folder, {KEY: 1})
    (folder / FILE_NAME).write_bytes(data)
    assert find(folder) is None
    save(folder, {KEY: 2})
    assert find(folder) == 2


def test_a_value_that_was_changed_on_the_disk_is_not_taken(folder: Path) -> None:
    save(folder, {KEY: "甲"})
    with closing(sqlite3.connect(folder / FILE_NAME)) as database, database:
        [packed] = database.execute("select value from entries").fetchone()
        database.execute(
            "update entries set value = ?", (packed.replace("甲".encode(), "乙".encode()),)
        )
    assert find(folder) is None


@pytest.mark.parametrize(
    "name",
    [
        ("os", "mkdir"),
        ("faq.read.files", "os.mkdir"),  # through a module that one of ours imports
        ("faq.read.files", "read_file"),
        ("search.pagefind", "subprocess.Popen"),
        ("search.pagefind", "Path"),
    ],
)
def test_a_value_that_would_run_something_is_not_taken(folder: Path, name: tuple[str, str]) -> None:
    save(folder, {KEY: 1})
    made = str(folder / "made")
    # What pickle writes of `module.name(path)`.
    call = b"".join(b"\x8c" + bytes([len(text)]) + text.encode() for text in (*name,))
    blob = b"\x80\x05" + call + b"\x93" + b"\x8c" + bytes([len(made)]) + made.encode() + b"\x85R."
    packed = pipeline.cache._sum_up(KEY, blob) + blob
    with closing(sqlite3.connect(folder / FILE_NAME)) as database, database:
        database.execute("update entries set value = ?", (packed,))
    assert find(folder) is None
    assert not Path(made).exists()


def test_the_analysis_of_documents_comes_back(folder: Path) -> None:
    document = Document("1", dict.fromkeys(INDEX_FIELDS, "住民票の申請"), "住民票")
    analysed = analyse_documents([document], analyzer=Analyzer())
    save(folder, {KEY: analysed})
    found = find(folder)
    assert isinstance(found, Analysed)
    assert found.readings == analysed.readings
    assert found.vocabulary == analysed.vocabulary


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720])
def test_a_folder_that_others_may_write_into_is_not_used(folder: Path, mode: int) -> None:
    save(folder, {KEY: 1})
    folder.chmod(mode)
    assert find(folder) is None
    assert Cache(folder, version="1").open_templates() is None
    folder.chmod(0o700)
    assert find(folder) == 1


def test_nobody_else_may_read_it(folder: Path) -> None:
    umask = os.umask(0)
    try:
        save(folder, {KEY: 1})
    finally:
        os.umask(umask)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_without_a_folder_values_last_as_long_as_the_process() -> None:
    cache = Cache()
    cache.open_shelf("rows").put(KEY, 1)
    cache.save({"rows": [KEY]}, notes={})
    assert cache.open_shelf("rows").get(KEY) == 1
    cache.save({"rows": []}, notes={})
    assert cache.open_shelf("rows").get(KEY) is None
