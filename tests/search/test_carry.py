"""Which excerpt files of the previous release are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from japanese.analyze import Analyzer
from search.carry import carry_excerpts
from search.documents import Document
from search.index import analyse_documents, build_index
from search.stores import EXCERPTS_PER_FILE

ROWS = tuple((str(number), f"答え{number}", "2027-03-01") for number in range(1, 21))

ANALYZER = Analyzer()


def make_index(rows: Sequence[tuple[str, str, str]], *, store: str = "compact") -> dict[str, bytes]:
    documents = [
        Document(row_id, {"question": f"質問{row_id}"}, f"質問{row_id}", excerpt, updated=updated)
        for row_id, excerpt, updated in rows
    ]
    return build_index(
        documents, analyse_documents(documents, analyzer=ANALYZER), analyzer=ANALYZER, store=store
    )


def write_index(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def list_excerpts(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in files if name.startswith("excerpts-")]


def test_files_are_kept_where_every_row_is_shown_unchanged(tmp_path: Path) -> None:
    old = make_index(ROWS)
    new = make_index([("999", "新しい答え", ""), *ROWS])
    carried = carry_excerpts(write_index(tmp_path, old), new)
    assert carried == {name: old[name] for name in list_excerpts(old)}


@pytest.mark.parametrize("changed", ["ended", "answer", "date"])
def test_a_file_with_a_row_no_longer_public_is_dropped(tmp_path: Path, changed: str) -> None:
    old = make_index(ROWS)
    first, *others = ROWS
    rows = {
        "ended": others,
        "answer": [(first[0], "直した答え", first[2]), *others],
        "date": [(first[0], first[1], "2027-03-31"), *others],
    }[changed]
    carried = carry_excerpts(write_index(tmp_path, old), make_index(rows))
    assert '答え1"' not in b"".join(carried.values()).decode()
    if changed == "ended":  # the second file's rows moved, and are all still there
        assert len(carried) == 1
        assert len(json.loads(*carried.values())) == len(ROWS) - EXCERPTS_PER_FILE


def test_a_file_is_kept_for_one_release_only(tmp_path: Path) -> None:
    new, newer = ("998", "新しい答え", ""), ("999", "もっと新しい答え", "")
    first, second, third = map(make_index, (ROWS, (new, *ROWS), (newer, new, *ROWS)))
    carried = carry_excerpts(write_index(tmp_path / "1", first), second)
    assert list_excerpts(carried)
    folder = write_index(tmp_path / "2", {**second, **carried})
    assert not carry_excerpts(folder, third).keys() & carried.keys()


def test_what_the_new_index_has_itself_is_not_carried(tmp_path: Path) -> None:
    index = make_index(ROWS)
    assert carry_excerpts(write_index(tmp_path, index), index) == {}


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b'{"parts": 1}', b'{"parts": {"a": "../secret.json", "b": 3}}']
)
def test_a_folder_that_is_no_index_gives_nothing(tmp_path: Path, manifest: bytes) -> None:
    new = make_index(ROWS)
    assert carry_excerpts(tmp_path / "none", new) == {}
    (tmp_path / "secret.json").write_bytes(b"[]")
    folder = write_index(tmp_path / "search", {"index.json": manifest})
    assert carry_excerpts(folder, new) == {}


def test_the_chunked_store_has_nothing_to_carry(tmp_path: Path) -> None:
    old = make_index(ROWS, store="pagefind")
    assert carry_excerpts(write_index(tmp_path, old), make_index(ROWS)) == {}
