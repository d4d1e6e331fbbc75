"""Releases share unchanged files, old ones go after the switch, and no kill harms what is public."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.model.dates import JST
from faq.publish import remove, staging, switch
from faq.publish.manifest import digest_data, make_row, read_manifest, read_published
from faq.publish.releases import (
    Record,
    end_hold,
    find_current,
    list_releases,
    locate_manifest,
    locate_releases,
    locate_spare,
)
from faq.publish.remove import KEPT_RELEASES, remove_old
from faq.publish.staging import link_file, open_staging, reuse_files, write_files
from faq.publish.switch import roll_back, switch_release

AT = datetime(2027, 4, 1, 8, 30, tzinfo=JST)
Files = Mapping[str, bytes]
SITE: Files = {
    "index.html": b"home",
    "faq/1/index.html": b"first",
    "faq/1/furigana.json": b"{}",
    "faq/2/index.html": b"second",
    "assets/0a/site.css": b"css",
}


def publish(out: Path, files: Files, *, removes: bool = True) -> list[str]:
    """A build of these files; returns the names that it had to write."""
    wanted = {name: digest_data(data) for name, data in files.items()}
    public = read_published(out)
    folder = open_staging(out)
    rows = reuse_files(public, folder, wanted) if public else {}
    written = [name for name in files if name not in rows]
    rows |= write_files(folder, ((name, wanted[name], files[name]) for name in written))
    switch_release(out, folder, record=Record(AT, AT, {}), rows=rows)
    if removes:
        remove_old(out)
    return written


def publish_often(out: Path, files: Files = SITE, *, times: int = KEPT_RELEASES + 2) -> Path:
    """Enough builds that the next one has a spare; returns it."""
    for _ in range(times):
        publish(out, files)
    return get_spare(out)


def get_current(out: Path) -> Path:
    current = find_current(out)
    assert current
    return current


def get_spare(out: Path) -> Path:
    return locate_spare(get_current(out))


def read_tree(folder: Path) -> dict[str, bytes | None]:
    """The bytes of every file, and the folders."""
    paths = sorted(folder.rglob("*"))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in paths
    }


def expect_tree(files: Files) -> dict[str, bytes | None]:
    folders = {
        "/".join(name.split("/")[:depth])
        for name in files
        for depth in range(1, name.count("/") + 1)
    }
    return dict(sorted({**files, **dict.fromkeys(folders)}.items()))


@pytest.fixture(scope="module", autouse=True)
def no_sync() -> Iterator[None]:
    """Nobody cuts the power here; a busy disk would make each test wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None)
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_an_unchanged_file_is_the_same_file_with_the_same_time(out: Path) -> None:
    publish(out, SITE)
    before = (out / "faq/1/index.html").stat()
    assert publish(out, {**SITE, "faq/2/index.html": b"new"}) == ["faq/2/index.html"]
    after = (out / "faq/1/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_changed_file_leaves_the_one_in_the_release_before_as_it_was(out: Path) -> None:
    publish(out, SITE)
    before = out.resolve()
    publish(out, {**SITE, "faq/2/index.html": b"new"})
    assert read_tree(before) == expect_tree(SITE)


def test_a_build_with_a_spare_makes_no_file_but_the_changed_one(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_often(out)
    linked: list[str] = []
    monkeypatch.setattr(os, "link", lambda source, _: linked.append(source))
    assert publish(out, {**SITE, "faq/2/index.html": b"new"}) == ["faq/2/index.html"]
    assert linked == []


def test_a_file_that_changed_back_is_the_one_that_is_public(out: Path) -> None:
    publish_often(out, times=3)
    publish(out, {**SITE, "faq/2/index.html": b"other!"})
    publish(out, SITE)
    public = (out / "faq/2/index.html").stat().st_ino
    for _ in range(KEPT_RELEASES):
        publish(out, SITE)
        assert (out / "faq/2/index.html").stat().st_ino == public


NAMES = st.sampled_from([
    "index.html", "a/index.html", "a/b/index.html", "a/c", "d/e/f/g.json", "h.txt", "改 行\n\t.html",
])  # fmt: skip
SITES = st.lists(
    st.dictionaries(NAMES, st.sampled_from([b"", b"1", b"2", b"long"])), min_size=1, max_size=9
)


@settings(max_examples=40, deadline=None)
@given(SITES)
def test_every_release_is_what_a_clean_build_makes(sites: list[dict[str, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        for files in sites:
            publish(out, files)
            assert read_tree(out.resolve()) == expect_tree(files)
            public = read_published(out)
            assert public
            assert public.has_just({name: digest_data(data) for name, data in files.items()})


def test_a_file_becomes_a_folder_and_a_folder_a_file(out: Path) -> None:
    publish_often(out, {"a": b"file", "b/index.html": b"folder"})
    swapped = {"a/index.html": b"folder", "b": b"file"}
    publish(out, swapped)
    assert read_tree(out.resolve()) == expect_tree(swapped)


def edit(path: Path) -> None:
    path.write_bytes(b"SECOND")


def edit_and_set_the_time_back(path: Path) -> None:
    times = path.stat()
    path.write_bytes(b"secondary")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def put_another_in_its_place(path: Path) -> None:
    times = path.stat()
    other = path.with_name("other")
    other.write_bytes(b"SECOND")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)


def change_mode(path: Path) -> None:
    path.chmod(0o600)


def put_a_link(path: Path) -> None:
    target = path.with_name("elsewhere")
    path.rename(target)
    path.symlink_to(target)


def put_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


TOUCHES = [
    edit, edit_and_set_the_time_back, put_another_in_its_place, change_mode, put_a_link,
    put_a_folder, Path.unlink,
]  # fmt: skip


@pytest.mark.parametrize("touch", TOUCHES)
@pytest.mark.parametrize("times", [1, KEPT_RELEASES + 2])
def test_what_somebody_touched_in_the_public_release_is_written_anew(
    out: Path, touch: Callable[[Path], None], times: int
) -> None:
    publish_often(out, times=times)
    touch(out / "faq/2/index.html")
    for _ in range(KEPT_RELEASES + 1):
        publish(out, SITE)
        assert read_tree(out.resolve()) == expect_tree(SITE)
        assert stat.S_IMODE((out / "faq/2/index.html").lstat().st_mode) == 0o644


def test_what_somebody_put_into_a_release_never_comes_back_with_the_spare(out: Path) -> None:
    publish(out, SITE)
    (out / "faq" / "mine").mkdir(mode=0o700)
    (out / "faq" / "mine" / "index.html").write_bytes(b"mine")
    for _ in range(KEPT_RELEASES + 2):
        publish(out, SITE)
        assert read_tree(out.resolve()) == expect_tree(SITE)


def test_a_folder_that_was_closed_is_open_in_the_next_releases(out: Path) -> None:
    publish(out, SITE)
    (out / "faq" / "1").chmod(0o700)
    for _ in range(KEPT_RELEASES + 2):
        publish(out, SITE)
        assert stat.S_IMODE((out / "faq" / "1").stat().st_mode) == 0o755


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def drop_the_last_row(data: bytes) -> bytes:
    return data.rsplit(b"\0", 3)[0]


def name_another_form(data: bytes) -> bytes:
    return b"0" + data[data.index(b"\0") :]


FAULTS = [cut, drop_the_last_row, name_another_form, lambda _: b"", lambda _: b"\xff\xfe{}"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_manifest_shares_nothing(out: Path, fault: Callable[[bytes], bytes]) -> None:
    publish_often(out)
    manifest = locate_manifest(out.resolve())
    manifest.write_bytes(fault(manifest.read_bytes()))
    assert publish(out, SITE) == list(SITE)
    assert read_tree(out.resolve()) == expect_tree(SITE)


def test_a_release_of_the_version_before_shares_nothing_but_its_assets(out: Path) -> None:
    publish(out, SITE)
    locate_manifest(out.resolve()).unlink()
    files = {"index.html": b"home", "assets/0b/site.css": b"new"}
    assert publish(out, files) == list(files)
    carried = {**files, "assets/0a/site.css": b"css"}
    assert read_tree(out.resolve()) == expect_tree(carried)


def test_the_manifest_has_no_text_of_the_site(out: Path) -> None:
    publish(out, {"index.html": "税金のこと".encode()})
    [row] = read_manifest(out.resolve()).values()
    assert row == make_row(str(out / "index.html"), row.key)
    assert "税金".encode() not in locate_manifest(out.resolve()).read_bytes()


def test_public_release_and_rows_go_between_processes(out: Path) -> None:
    publish(out, SITE)
    public = read_published(out)
    assert pickle.loads(pickle.dumps(public)) == public  # noqa: S301


def test_assets_of_the_releases_before_stay_in_the_order_of_their_use(out: Path) -> None:
    used = ["0a", "0b", "0c", "0a", "0d", "0e", "0f"]
    for digest in used:
        publish(out, {"index.html": digest.encode(), f"assets/{digest}/site.css": b"css"})
    assert sorted(path.name for path in (out / "assets").iterdir()) == ["0a", "0d", "0e", "0f"]


def test_an_old_asset_is_carried_with_the_same_time(out: Path) -> None:
    publish(out, SITE)
    before = (out / "assets/0a/site.css").stat().st_mtime_ns
    publish(out, {"assets/0b/site.css": b"new"})
    assert (out / "assets/0a/site.css").stat().st_mtime_ns == before


def refuse(*_: object, **__: object) -> None:
    raise OSError("no links here")


def test_without_hard_links_the_files_are_copied_with_their_times(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse)
    publish(out, SITE)
    before = (out / "index.html").stat()
    for _ in range(KEPT_RELEASES + 2):
        assert publish(out, SITE) == []
        assert read_tree(out.resolve()) == expect_tree(SITE)
    after = (out / "index.html").stat()
    assert after.st_mtime_ns == before.st_mtime_ns


def test_a_public_folder_that_is_a_copy_shares_no_file_with_the_releases(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "symlink", refuse)
    publish_often(out)
    (out / "index.html").write_bytes(b"edited")
    assert publish(out, SITE) == []
    assert (out / "index.html").read_bytes() == b"home"
    assert (out / "index.html").stat().st_nlink == 1


def test_whatever_the_umask_reused_and_written_files_can_be_read(out: Path) -> None:
    umask = os.umask(0o077)
    try:
        publish_often(out)
        publish(out, {**SITE, "faq/3/index.html": b"third"})
    finally:
        os.umask(umask)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in out.resolve().rglob("*")}
    assert modes == {0o644, 0o755}


def test_link_file_says_whether_it_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    assert link_file(str(tmp_path / "a"), str(tmp_path / "b"))
    (tmp_path / "b").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", refuse)
        assert not link_file(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "b").read_bytes() == b"a"


def test_a_name_is_never_written_twice(out: Path) -> None:
    publish(out, SITE)
    public = read_published(out)
    assert public
    folder = open_staging(out)
    reuse_files(public, folder, {"index.html": digest_data(b"home")})
    with pytest.raises(FileExistsError):
        write_files(folder, [("index.html", "key", b"changed")])
    assert (out / "index.html").read_bytes() == b"home"


def test_the_switch_itself_removes_nothing(out: Path) -> None:
    for number in range(KEPT_RELEASES + 3):
        publish(out, {"index.html": b"%d" % number}, removes=False)
    assert len(list_releases(locate_releases(out))) == KEPT_RELEASES + 3
    remove_old(out)
    assert len(list_releases(locate_releases(out))) == KEPT_RELEASES


def test_one_spare_is_left_and_records_go_with_their_releases(out: Path) -> None:
    for _ in range(3):
        publish_often(out)
    left = sorted(path.suffix for path in locate_releases(out).iterdir())
    assert (
        left == [""] * (KEPT_RELEASES + 1) + [".files"] * KEPT_RELEASES + [".json"] * KEPT_RELEASES
    )


def test_the_spare_holds_nothing_that_is_not_public(out: Path) -> None:
    publish_often(out)
    for number in range(KEPT_RELEASES + 1):
        files = {**SITE, "faq/2/index.html": b"%d" % number}
        files.pop("faq/1/index.html" if number % 2 else "faq/1/furigana.json")
        publish(out, files)
        spare, public = read_tree(get_spare(out)), read_tree(out.resolve())
        assert spare.items() <= public.items()
        assert "faq/2/index.html" not in spare


def test_after_a_rollback_the_next_build_is_whole_and_makes_a_new_spare(out: Path) -> None:
    for number in range(KEPT_RELEASES + 2):
        publish(out, {**SITE, "index.html": b"%d" % number})
    lost = get_spare(out)
    roll_back(out, list_releases(locate_releases(out))[-2], now=AT, reason="test")
    public = read_published(out)
    folder = open_staging(out)
    rows = reuse_files(public, folder, {"index.html": digest_data(b"3")}) if public else {}
    switch_release(out, folder, record=Record(AT, AT, {}), rows=rows, ends_hold=True)
    assert read_tree(out.resolve()) == expect_tree(
        {"index.html": b"3", "assets/0a/site.css": b"css"}
    )
    remove_old(out)
    assert not lost.exists()


def test_a_spare_of_another_release_than_the_public_one_is_not_used(out: Path) -> None:
    publish_often(out)
    public = read_published(out)
    assert public
    less = {name: data for name, data in SITE.items() if name != "faq/2/index.html"}
    folders = [open_staging(out), locate_releases(out) / "staging-1"]
    folders[1].mkdir(mode=0o755)
    # Two builds at once: one without the answer, and after it one that still has it.
    for folder, files in zip(folders, (less, SITE), strict=True):
        wanted = {name: digest_data(data) for name, data in files.items()}
        rows = reuse_files(public, folder, wanted)
        switch_release(out, folder, record=Record(AT, AT, {}), rows=rows)
    remove_old(out)
    assert (get_spare(out) / "faq/2/index.html").exists()
    roll_back(out, list_releases(locate_releases(out))[-2], now=AT, reason="test")
    end_hold(out)
    publish(out, less)
    assert read_tree(out.resolve()) == expect_tree(less)


def test_while_builds_are_held_the_release_they_are_held_at_stays(out: Path) -> None:
    publish_often(out)
    release = list_releases(locate_releases(out))[0]
    roll_back(out, release, now=AT, reason="test")
    remove_old(out)
    assert out.resolve() == release
    assert read_tree(release) == expect_tree(SITE)


def test_two_builds_at_once_do_not_share_the_spare(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_often(out)
    public = read_published(out)
    assert public
    wanted = {name: digest_data(data) for name, data in SITE.items()}
    first = open_staging(out)
    second = first.with_name("staging-1")  # of a process that is alive
    second.mkdir(mode=0o755)
    rows = [reuse_files(public, folder, wanted) for folder in (first, second)]
    monkeypatch.setattr(staging, "_is_alive", lambda _: True)
    for folder, its in zip((first, second), rows, strict=True):
        switch_release(out, folder, record=Record(AT, AT, {}), rows=its)
        assert read_tree(out.resolve()) == expect_tree(SITE)
    remove_old(out)
    assert read_tree(out.resolve()) == expect_tree(SITE)


def test_a_spare_of_another_user_is_not_used(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_often(out, times=KEPT_RELEASES)
    monkeypatch.setattr(remove, "_keep_files", refuse)
    publish(out, SITE)
    assert not get_spare(out).exists()
    assert publish(out, SITE) == []


# Every step on the way; the process ends at its n-th call.
STEPS: list[tuple[object, str, int]] = [
    (Path, "rename", 1),  # the spare becomes the staging folder
    (staging, "_remove_file", 1),
    (staging, "_locate_file", 1),
    (staging, "make_row", 1),
    (switch, "_carry_assets", 1),
    (switch, "_flush_files", 1),
    (Path, "rename", 2),  # the staging folder becomes a release
    (switch, "write_manifest", 1),
    (switch, "write_record", 1),
    (switch, "point_to", 1),
    (Path, "replace", 1),
    (Path, "replace", 3),  # the link
    (remove, "_remove", 1),
    (Path, "rename", 3),  # the old release is taken away
    (remove, "_keep_files", 1),
    (os, "unlink", 2),
    (Path, "rename", 4),  # what is left of it becomes the spare
    (remove, "remove_lost_records", 1),
]
OLD: Files = {**SITE, "faq/3/index.html": b"leaves", "faq/2/index.html": b"before"}


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(len(STEPS)))
def test_killed_at_any_step_the_public_release_is_whole_and_the_next_build_works(
    out: Path, step: int, *, after: bool
) -> None:
    publish_often(out, OLD)
    process = multiprocessing.get_context("fork").Process(
        target=_publish_and_die, args=(out, *STEPS[step]), kwargs={"after": after}
    )
    process.start()
    process.join()
    assert process.exitcode == 9
    assert read_tree(out.resolve()) in (expect_tree(OLD), expect_tree(SITE))
    publish(out, SITE)
    assert read_tree(out.resolve()) == expect_tree(SITE)
    left = {path.name.split("-")[0] for path in locate_releases(out).iterdir()}
    assert left <= {"release", "spare", ".release"}
    assert len(list_releases(locate_releases(out))) <= KEPT_RELEASES + 1


def _publish_and_die(out: Path, place: object, name: str, call: int, *, after: bool) -> None:
    real: Callable[..., object] = getattr(place, name)
    calls: Iterator[int] = iter(range(1, 1000))

    def die(*arguments: object, **values: object) -> object:
        dies = next(calls) == call
        if dies and not after:
            os._exit(9)
        result = real(*arguments, **values)
        if dies:
            os._exit(9)
        return result

    setattr(place, name, die)
    publish(out, SITE)
