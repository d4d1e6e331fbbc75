"""What lies in a content folder and is no plain file of a sensible size is refused by name."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import faq.read.files
from faq.model.problem import CellError
from faq.read.content import read_content
from faq.read.documents import DEEPEST, read_yaml
from faq.read.files import check_file, list_files, read_file
from faq.read.raw import TableError


def list_messages(folder: Path) -> list[str]:
    return [str(problem) for problem in read_content(folder)[1]]


def test_a_link_to_a_file_elsewhere_is_refused_and_its_target_never_listed(folder: Path) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "a.png").symlink_to("/etc/hostname")
    content, problems = read_content(folder)
    assert content.images == ()
    assert ["content/images/a.png: シンボリックリンク" in str(one) for one in problems] == [True]


@pytest.mark.parametrize("name", ["faq/x.csv", "site.yml", "pages/p.md", "departments.yml"])
def test_a_link_in_any_place_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").write_text("秘密\n", encoding="utf-8")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(tmp_path / "elsewhere")
    messages = list_messages(folder)
    assert any(f"content/{name}: シンボリックリンク" in message for message in messages)
    assert not any("秘密" in message for message in messages)


def test_a_link_to_a_folder_is_refused_and_not_followed(folder: Path) -> None:
    (folder / "images").symlink_to("/usr/share", target_is_directory=True)
    content, problems = read_content(folder)
    assert content.images == ()
    assert "content/images: シンボリックリンク" in str(problems[0])


@pytest.mark.parametrize("name", ["site.yml", "pages/f.md", "faq/f.csv", "images/f.png"])
def test_a_pipe_is_refused_without_waiting_for_it(folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert any(
        f"content/{name}: ふつうのファイルではありません" in m for m in list_messages(folder)
    )


def test_a_file_that_became_a_pipe_or_a_link_after_it_was_listed_is_not_read(
    tmp_path: Path,
) -> None:
    pipe, link = tmp_path / "pipe.yml", tmp_path / "link.yml"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for path, code in ((pipe, "file_is_special"), (link, "file_is_link")):
        with pytest.raises(CellError) as refused:
            read_file(path)
        assert refused.value.code == code


def test_a_device_is_refused() -> None:
    with pytest.raises(CellError) as refused:
        check_file(Path("/dev/zero"))
    assert refused.value.code == "file_is_special"


def test_an_unreadable_file_is_refused_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "faq" / "a.csv").write_text("番号,質問,回答\n", encoding="utf-8")
    # Root may read everything: the system's answer is what is given here.
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "a.csv")
    assert ["content/faq/a.csv: ファイルを読めません" in m for m in list_messages(folder)] == [True]


def test_a_file_over_its_limit_says_its_size_and_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(faq.read.files.SIZE_LIMITS, ".yml", 2_000_000)
    (folder / "faq" / "big.yml").write_text("#" * 2_500_000, encoding="utf-8")
    assert any(
        re.search(r"content/faq/big.yml: 大きすぎます（2.5 MB、上限 2 MB）", message)
        for message in list_messages(folder)
    )


def test_hidden_files_and_folders_are_passed_over(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "link").symlink_to("/etc/hostname")
    (folder / ".DS_Store").symlink_to("/etc/hostname")
    files, problems = list_files(folder)
    assert problems == []
    assert {path.name for path in files} == {"site.yml", "categories.yml", "departments.yml"}


@pytest.mark.parametrize("unit", ["- ", "[", "{a: ", "? "])
def test_yaml_nested_without_end_is_reported_with_the_limit(unit: str) -> None:
    with pytest.raises(TableError) as refused:
        read_yaml(unit * 50_000 + "a", file="d.yml")
    assert f"深すぎます（{DEEPEST}段まで）" in str(refused.value)


def test_yaml_as_deep_as_the_limit_is_read() -> None:
    assert read_yaml("[" * DEEPEST + "a" + "]" * DEEPEST, file="d.yml")


def test_yaml_nulls_are_empty_and_quoted_ones_are_text() -> None:
    found = read_yaml("[~, null, NULL, '', 'null', \"~\"]", file="d.yml")[0].get_items()
    assert [raw.value for raw in found] == ["", "", "", "", "null", "~"]
