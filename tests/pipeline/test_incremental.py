"""A site made from what is there already is, byte for byte, the site made anew."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.build import build_site
from pipeline.options import BuildOptions, BuildResult
from tests.pipeline.edits import City

EDIT_COUNT = 200
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


def test_every_one_of_two_hundred_edits_gives_the_site_made_anew(tmp_path: Path) -> None:
    city, pair = City(seed=12), Pair(tmp_path)
    pair.build(city)
    done: list[str] = []
    while len(done) < EDIT_COUNT:
        done.append(city.edit())
        assert not pair.list_differences(pair.build(city)), done[-3:]
    assert len(set(done)) > 25
