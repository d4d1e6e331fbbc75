"""Images are what their suffix says, and their names work on every system."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.read.content import read_content
from faq.read.images import check_image_names

HEADS = {
    "png": b"\x89PNG\r\n\x1a\n....",
    "jpg": b"\xff\xd8\xff\xe0....",
    "jpeg": b"\xff\xd8\xff\xdb....",
    "gif": b"GIF89a......",
    "webp": b"RIFF\x1a\n\x00\x00WEBPVP8 ",
}


def find_problems(folder: Path, files: dict[str, bytes]) -> list[tuple[str, str]]:
    for name, data in files.items():
        path = folder / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    _, problems = read_content(folder)
    return [(item.place.file.removeprefix("content/images/"), item.code) for item in problems]


@pytest.mark.parametrize("suffix", HEADS)
def test_an_image_of_each_kind_is_taken(folder: Path, suffix: str) -> None:
    files = {f"a.{suffix}": HEADS[suffix], f"b/B.{suffix.upper()}": HEADS[suffix]}
    assert find_problems(folder, files) == []


@pytest.mark.parametrize("suffix", HEADS)
@pytest.mark.parametrize(
    "data", [b"<html><script>alert(1)</script>", b"<svg/>", b"", b"RIFF....WAVE", b"\x89PNG"]
)
def test_anything_else_under_its_name_is_an_error(folder: Path, suffix: str, data: bytes) -> None:
    name = f"a.{suffix}"
    assert find_problems(folder, {name: data}) == [(name, "image_bytes_bad")]


def test_one_kind_under_the_name_of_another_is_an_error(folder: Path) -> None:
    assert find_problems(folder, {"a.png": HEADS["jpg"]}) == [("a.png", "image_bytes_bad")]


def find_name_problems(*names: str) -> list[tuple[str, str]]:
    # As values: not every system could hold such files.
    return [(item.place.file, item.code) for item in check_image_names(names)]


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ("A.png", "a.png", "a.png"),
        ("a.PNG", "a.png", "a.png"),
        ("Ａ.png", "ａ.png", "ａ.png"),
        ("Map/a.png", "map/b.png", "map"),
        ("か\u3099.png", "が.png", "が.png"),
    ],
)
def test_names_that_differ_in_case_only_are_an_error(first: str, second: str, named: str) -> None:
    assert find_name_problems(first, second) == [(named, "image_name_twice")]


@pytest.mark.parametrize("name", ["con.png", "CON.png", "aux.x.png", "com1.png", "nul/a.png"])
def test_the_names_of_windows_devices_are_an_error(name: str) -> None:
    named = "nul" if "/" in name else name
    assert find_name_problems(name) == [(named, "image_name_device")]


@pytest.mark.parametrize("name", ["console.png", "com.png", "com10.png", "a/con-1.png"])
def test_names_that_only_begin_like_a_device_are_taken(name: str) -> None:
    assert find_name_problems(name) == []


def test_names_are_looked_at_in_a_content_folder(folder: Path) -> None:
    assert find_problems(folder, {"nul/a.png": HEADS["png"]}) == [("nul", "image_name_device")]
