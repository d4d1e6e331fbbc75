"""A site made from what is there already is, byte for byte, the site made anew."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

import pipeline.stages
import search.thesaurus
from faq.model.digest import digest_value
from faq.publish.releases import read_record
from pipeline.build import build_site
from pipeline.cache import Cache
from pipeline.load import Loaded, load_content
from pipeline.options import BuildOptions, BuildResult
from pipeline.search import Analysis
from pipeline.site import Site
from tests.pipeline.edits import EDITS, START, City, change_department, change_end, change_question

EDIT_COUNT = 100
# What keeps the moment of its build where nothing has changed since.
STAMPED = ("api/faq.json", "build.json")


class Pair:
    """Two sites of one content: one made from the last each time, the other anew."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.warm = folder / "warm"
        self.clean = folder / "clean"
        self.cache = folder / "warm.cache"

    def build(self, city: City) -> BuildResult:
        """Writes the content and builds both; raises `ContentError` where it is refused."""
        city.write(self.content)
        warm = BuildOptions(self.content, self.warm, city.at, cache=self.cache, allow_shrink=True)
        result = build_site(warm)
        build_site(BuildOptions(self.content, self.clean, city.at, allow_shrink=True))
        return result

    def list_differences(self, result: BuildResult) -> list[str]:
        """The files in which the two sites differ."""
        warm, clean = read_site(self.warm), read_site(self.clean)
        if result.is_unchanged:
            for name in STAMPED:
                mine, theirs = (json.loads(site.pop(name)) for site in (warm, clean))
                mine.pop("at")
                theirs.pop("at")
                if mine != theirs:
                    return [name]
        return sorted(
            name for name in warm.keys() | clean.keys() if warm.get(name) != clean.get(name)
        )


def read_site(out: Path) -> dict[str, bytes]:
    """Every file, but for what is carried over from the release before for pages that are open."""
    root = out.resolve()
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
    home = files["index.html"].decode()
    named = set(json.loads(files["search/index.json"])["parts"].values()) | {"index.json"}
    excerpts = {f"search/{name}" for name in named}
    return {
        name: data
        for name, data in files.items()
        if not (name.startswith("assets/") and name.split("/")[1] not in home)
        and not (
            name.startswith("search/excerpts-") and name not in excerpts and _is_old(name, named)
        )
    }


def _is_old(name: str, named: set[str]) -> bool:
    return Path(name).name not in named and not any(name.endswith(part) for part in named)


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two groups in place of a thousand words, which every clean build would analyse."""
    groups = (("ごみ", "廃棄物"), ("引っ越し", "転居", "転入"))
    monkeypatch.setattr(search.thesaurus, "load_thesaurus", lambda: groups)
    monkeypatch.setattr(search.thesaurus, "_fold_thesaurus", lambda: groups)


@pytest.mark.parametrize("seed", [12, 34])
def test_after_each_of_two_hundred_edits_the_site_is_the_one_made_anew(
    seed: int, tmp_path: Path
) -> None:
    city, pair = City(seed), Pair(tmp_path)
    pair.build(city)
    done: list[str] = []
    while len(done) < EDIT_COUNT:
        done.append(city.edit())
        assert not pair.list_differences(pair.build(city)), done[-3:]
    assert len(set(done)) > len(EDITS) - 6


def test_a_page_whose_digest_misses_something_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison can fail: here, what pages depend on beside themselves is forgotten."""
    monkeypatch.setattr(Site, "digest_page", lambda _, page: digest_value(page).hex())
    city, pair = City(12), Pair(tmp_path)
    pair.build(city)
    change_department(city)
    assert any(name.startswith("faq/") for name in pair.list_differences(pair.build(city)))


def test_search_data_whose_digest_misses_something_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Analysis, "digest_index", lambda _: b"always the same")
    city, pair = City(12), Pair(tmp_path)
    pair.build(city)
    change_question(city)
    assert any(name.startswith("search/") for name in pair.list_differences(pair.build(city)))


def test_nothing_is_switched_where_nothing_has_changed(tmp_path: Path) -> None:
    city, pair = City(12), Pair(tmp_path)
    pair.build(city)
    before = pair.warm.resolve()
    city.at += timedelta(hours=1)
    assert pair.build(city).is_unchanged
    city.at += timedelta(days=5)  # another day, which no page shows
    assert pair.build(city).is_unchanged
    assert pair.warm.resolve() == before


def test_content_that_is_saved_during_a_build_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, pair = City(12), Pair(tmp_path)
    city.write(pair.content)
    real = load_content

    def save_and_load(folder: Path, *, cache: Cache) -> Loaded:
        later = City(12)
        later.faqs[5]["回答"] = "ビルドのあいだに保存した回答です。"
        later.write(folder)
        return real(folder, cache=cache)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.stages, "load_content", save_and_load)
        build_site(BuildOptions(pair.content, pair.warm, city.at, cache=pair.cache))
    # What was there when the build began is there again.
    assert not pair.list_differences(pair.build(city))


@pytest.mark.parametrize("name", ["faq/5/index.html", "search/index.json", "robots.txt"])
def test_a_public_file_that_somebody_changed_is_made_again(name: str, tmp_path: Path) -> None:
    city, pair = City(12), Pair(tmp_path)
    pair.build(city)
    (pair.warm / name).write_text("changed by hand", encoding="utf-8")
    assert not pair.list_differences(pair.build(city))
    (pair.warm / name).unlink()
    assert not pair.list_differences(pair.build(city))


def test_the_end_of_a_notice_is_recorded_where_nothing_else_changes(tmp_path: Path) -> None:
    city, pair = City(12), Pair(tmp_path)
    city.notices = [{"題名": "お知らせです", "重さ": "お知らせ", "公開終了": "2027-01-01"}]
    pair.build(city)
    change_end(city)
    assert not pair.build(city).is_unchanged
    record = read_record(pair.warm.resolve())
    assert record
    assert {end.year for end in record.shown.values() if end} == {2030}


def test_a_change_that_only_the_data_for_machines_has_is_published(tmp_path: Path) -> None:
    city, pair = City(12), Pair(tmp_path)
    city.faqs[5] |= {"回答": "記号のない回答です。", "書式": "Markdown"}
    pair.build(city)
    city.faqs[5]["書式"] = "文章"
    result = pair.build(city)
    assert not result.is_unchanged
    assert not pair.list_differences(result)


def test_one_answer_changes_its_page_and_what_machines_read(tmp_path: Path) -> None:
    city, pair = City(12), Pair(tmp_path)
    pair.build(city)
    before = {path: path.stat().st_ino for path in pair.warm.resolve().rglob("*.html")}
    names = {path.relative_to(pair.warm.resolve()): ino for path, ino in before.items()}
    city.faqs[5]["回答"] = "これまでとはちがう回答です。"
    pair.build(city)
    now = {
        path.relative_to(pair.warm.resolve()): path.stat().st_ino
        for path in pair.warm.resolve().rglob("*.html")
    }
    assert [str(name) for name in names if now[name] != names[name]] == ["faq/5/index.html"]


def test_what_has_ended_is_neither_in_the_cache_nor_in_the_spare(tmp_path: Path) -> None:
    city, pair = City(12), Pair(tmp_path)
    city.faqs[5] |= {"回答": "ひみつになる回答です。", "公開終了": "2026-11-21 12:00"}
    pair.build(city)
    assert find_files(tmp_path, "ひみつになる") == ["cache", "clean", "warm"]
    for hours in range(1, 8):
        city.at = START + timedelta(hours=2 + hours)
        city.faqs[6]["回答"] = f"{hours}回目の回答です。"
        pair.build(city)
        assert "cache" not in find_files(tmp_path, "ひみつになる")
    # Releases from before its end are kept for a way back, and then gone.
    assert find_files(tmp_path, "ひみつになる") == []


def find_files(folder: Path, words: str) -> list[str]:
    """Which of the sites and caches hold the words, in any file."""
    return sorted({
        path.relative_to(folder).parts[0].replace("warm.cache", "cache").removesuffix(".releases")
        for path in folder.rglob("*")
        if path.is_file() and "content" not in path.parts and words.encode() in path.read_bytes()
    })  # fmt: skip
