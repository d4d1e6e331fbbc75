"""Whatever lies in place of a file is read, or refused by name; a build writes all or nothing."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copytree

import pytest

from commands.check import check_folder
from commands.exchange import import_faqs
from faq.model.problem import ContentError, Problem, select_errors
from pipeline.build import build_site
from pipeline.load import load_content
from pipeline.options import BuildOptions
from tests.conftest import AT
from tests.hostile.conftest import Limit
from tests.hostile.corpus import FILES, WRONG_YAML

# Every file that a content folder may hold, but for the FAQs' and images' own names.
PLACES = (
    "site.yml", "categories.yml", "departments.yml", "notices.yml", "featured.yml",
    "thesaurus.yml", "readings.yml", "search-tests.yml", "rankings/views.yml", "userdict.csv",
    "search-parameters.json", "pages/a.md", "faq/a.csv", "faq/a.tsv", "faq/a.yml", "faq/a.xlsx",
    "images/a.png",
)  # fmt: skip


@pytest.fixture
def site(folder: Path) -> Path:
    """A folder with an FAQ, so that there is something to build."""
    (folder / "faq" / "own.yml").write_text(
        "- {番号: 900, 質問: い, 回答: ろ, 状態: 承認済み}\n", encoding="utf-8"
    )
    return folder


def clear_place(folder: Path, name: str) -> Path:
    """The path, with its folder and nothing there."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="module")
def built() -> set[str]:
    """What has been built, as read: most odd entries are read alike, and one build covers all."""
    return set()


def check_and_build(folder: Path, out: Path, built: set[str]) -> list[Problem]:
    """The errors of the folder; where there are none, the site is built."""
    loaded = load_content(folder)
    content, errors = loaded.content, select_errors(loaded.problems)
    if not errors and repr(content) not in built:
        build_site(BuildOptions(folder, out, AT))
        built.add(repr(content))
    return errors


@pytest.mark.parametrize("kind", FILES)
def test_an_odd_entry_is_refused_by_name_or_built(
    site: Path, tmp_path: Path, limit: Limit, built: set[str], kind: str
) -> None:
    for number, name in enumerate(PLACES):
        folder = tmp_path / str(number) / "content"
        copytree(site, folder)
        FILES[kind](clear_place(folder, name))
        with limit(20, f"{kind} as {name}"):
            errors = check_and_build(folder, folder.parent / "public", built)
        elsewhere = [str(e) for e in errors if not e.place.file.startswith(f"content/{name}")]
        assert elsewhere == [], name


@pytest.mark.parametrize("name", [name for name in PLACES if name.endswith((".yml", ".md"))])
def test_a_file_of_every_type_of_value_is_refused_by_name_or_built(
    site: Path, tmp_path: Path, limit: Limit, built: set[str], name: str
) -> None:
    path = clear_place(site, name)
    for number, text in enumerate(WRONG_YAML):
        path.write_text(f"---\n{text}\n---\n" if name.endswith(".md") else text, encoding="utf-8")
        with limit(20, f"{text!r} in {name}"):
            errors = check_and_build(site, tmp_path / str(number) / "public", built)
        assert [str(e) for e in errors if e.place.file != f"content/{name}"] == [], text


@pytest.mark.parametrize("kind", ["a pipe", "a link to a device", "YAML: lists in lists"])
def test_a_refused_entry_leaves_nothing_of_a_build(site: Path, tmp_path: Path, kind: str) -> None:
    FILES[kind](clear_place(site, "notices.yml"))
    with pytest.raises(ContentError):
        build_site(BuildOptions(site, tmp_path / "public", AT))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content"]


NAMES = (
    "a\nb.csv",
    "a\x1b[2Jb.csv",
    "a\u202evsc.csv",
    b"\xff.csv",
    b"\x83\x65\x83\x58.csv",
    "\x7f.yml",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_shown_is_refused_in_escapes(
    site: Path, capsys: pytest.CaptureFixture[str], name: str | bytes
) -> None:
    path = site / "faq" / os.fsdecode(name)
    path.write_text("番号,質問,回答\n", encoding="utf-8")
    assert check_folder(site, whole=False, as_json=False, at=AT) == 1
    lines = capsys.readouterr().err.split("\n")
    assert ["名前に、使えない文字" in line for line in lines].count(True) == 1
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("kind", FILES)
def test_an_odd_entry_is_imported_or_refused(
    site: Path, tmp_path: Path, limit: Limit, kind: str
) -> None:
    for name in ("table.csv", "map.yml"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "table.csv").write_text("番号,質問,回答\n1,い,ろ\n", encoding="utf-8")
        (folder / "map.yml").write_text(
            "列: {番号: 番号, 質問: 質問, 回答: 回答}\n", encoding="utf-8"
        )
        FILES[kind](clear_place(folder, name))
        out = folder / "out.csv"
        with limit(20, f"{kind} as {name}"):
            result = import_faqs(
                folder / "table.csv", map_file=folder / "map.yml", to=out, content=site
            )
        assert out.exists() == (result == 0)
