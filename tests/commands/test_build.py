"""The whole build: its bytes, what it leaves unwritten, what it never lets out."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import faq.publish.staging
import faq.window.select
import pipeline.make
import pipeline.release
from faq.model.choices import Audience
from faq.model.dates import JST
from faq.model.problem import ContentError, PublishError
from faq.publish.manifest import FileRow
from faq.publish.releases import list_releases
from faq.read.content import read_content
from faq.render.assets import collect_assets
from faq.render.look import complete_look, make_look
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, GOLDEN, GOLDEN_AT, ROOT, UMIBE
from tests.golden.renew import read_site


def list_bytes(folder: Path) -> dict[str, bytes]:
    real = folder.resolve()
    return {
        path.relative_to(real).as_posix(): path.read_bytes()
        for path in sorted(real.rglob("*"))
        if path.is_file()
    }


def test_the_golden_site_is_the_same_byte_for_byte(small_site: Path) -> None:
    built, golden = read_site(small_site), list_bytes(GOLDEN / "public")
    assert sorted(built) == sorted(golden)
    assert [name for name in golden if built[name] != golden[name]] == []


def test_the_site_has_every_asset_as_it_is_in_the_program(small_site: Path) -> None:
    assets = list_bytes(small_site / "assets")
    assert len({name.split("/")[0] for name in assets}) == 1
    assert {name.split("/", 1)[1]: data for name, data in assets.items()} == collect_assets(
        make_look(complete_look(read_content(GOLDEN / "content")[0]))
    )


def test_a_change_of_one_page_is_seen_and_one_of_the_assets_alone_is_not(tmp_path: Path) -> None:
    page = b'<link href="/sub/assets/%s/site.css"><p>%s</p>'
    pages = [page % values for values in ((b"0" * 12, b"a"), (b"1" * 12, b"a"), (b"1" * 12, b"b"))]
    read = []
    for number, data in enumerate(pages):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "index.html").write_bytes(data)
        read.append(read_site(tmp_path / str(number)))
    assert read[0] == read[1] != read[2]


def test_one_process_and_two_write_the_same_bytes(tmp_path: Path) -> None:
    for workers in (1, 2):
        build_site(BuildOptions(UMIBE, tmp_path / str(workers), AT, workers=workers))
    assert list_bytes(tmp_path / "1") == list_bytes(tmp_path / "2")


def test_the_seed_of_pythons_hashes_changes_no_byte(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "build.py", "--content", str(UMIBE), "--out", str(tmp_path / seed),
                   "--at", "2026-11-21"]  # fmt: skip
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    assert list_bytes(tmp_path / "1") == list_bytes(tmp_path / "2")


_BUILD_IN_ORDER = """
import sys
from pathlib import Path
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT
folder = Path(sys.argv[1])
for name in sys.argv[3:]:
    build_site(BuildOptions(folder / name, folder / sys.argv[2] / name, AT))
"""


def test_the_words_of_one_city_change_nothing_in_another_built_beside_it(tmp_path: Path) -> None:
    for name, word in (("kita", "しるべの湯"), ("minami", "湯のまち")):
        (tmp_path / name / "faq").mkdir(parents=True)
        for file, text in {
            "site.yml": f"名前: {name}\n市の名前: {name}市\nアドレス: https://{name}.example.lg.jp/\n",
            "userdict.csv": f"言葉,読み\n{word},ゆ\n",
            "readings.yml": f"湯: {'ゆ' if name == 'kita' else 'たん'}\n",
            "faq/a.yml": "- {番号: 1, 質問: しるべの湯のまち, 回答: 湯です, 状態: 承認済み}\n",
        }.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    for out, order in (("one", ["kita", "minami"]), ("two", ["minami", "kita"])):
        command = [sys.executable, "-c", _BUILD_IN_ORDER, str(tmp_path), out, *order]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    # The first city of each process was built alone, the second after the other.
    for name in ("kita", "minami"):
        one, two = (list_bytes(tmp_path / out / name) for out in ("one", "two"))
        assert one == two
    sites = [list_bytes(tmp_path / "one" / name) for name in ("kita", "minami")]
    lexicons = [[sites[n][file] for file in sites[n] if "lexicon" in file] for n in (0, 1)]
    assert lexicons[0] != lexicons[1]


def test_another_base_address_changes_every_link(tmp_path: Path) -> None:
    out = tmp_path / "public"
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT, base_url="https://x.example/a/b"))
    home = (out / "index.html").read_text(encoding="utf-8")
    inner = re.findall(r'(?:href|src|action)="(/[^"]*)', home)
    assert [address for address in inner if not address.startswith("/a/b/")] == []
    assert "https://x.example/a/b/" in home


def test_on_an_error_nothing_is_written_and_the_old_site_stays(
    tmp_path: Path, folder: Path
) -> None:
    out = tmp_path / "public"
    write_faq(folder, "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n")
    build_site(BuildOptions(folder, out, AT))
    before = list_bytes(tmp_path / "public.releases")
    write_faq(folder, "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み, 分野: ない}\n")
    with pytest.raises(ContentError, match="分野「ない」"):
        build_site(BuildOptions(folder, out, AT))
    assert list_bytes(tmp_path / "public.releases") == before


def write_faq(folder: Path, text: str) -> None:
    (folder / "faq" / "a.yml").write_text(text, encoding="utf-8")


def test_killed_while_writing_the_old_site_is_served_whole(tmp_path: Path) -> None:
    out = tmp_path / "public"
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))
    before = list_bytes(out)
    process = multiprocessing.get_context("fork").Process(target=_build_and_die, args=(out,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert any((tmp_path / "public.releases").glob("staging-*/index.html"))
    assert list_bytes(out) == before
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))
    assert not any((tmp_path / "public.releases").glob("staging-*"))
    assert list_bytes(out) == before


def _build_and_die(out: Path) -> None:
    real = faq.publish.staging.write_files

    def write_some(staging: Path, files: Iterable[tuple[str, str, bytes]]) -> dict[str, FileRow]:
        for number, file in enumerate(files):
            real(staging, [file])
            if file[0] == "index.html" or number > 500:
                os.kill(os.getpid(), signal.SIGKILL)
        return {}

    for room in (pipeline.make, pipeline.release):
        vars(room)["write_files"] = write_some
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))


def test_three_releases_are_kept_and_only_code_assets_outlive_them(tmp_path: Path) -> None:
    out = tmp_path / "public"
    for _ in range(5):
        build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))
    assert len(list_releases(tmp_path / "public.releases")) == 3
    assert len(list((tmp_path / "public.releases").glob("*.json"))) == 3
    old = out.resolve() / "assets" / "0123456789ab"
    old.mkdir()
    (old / "site.css").write_text("old", encoding="utf-8")
    (out.resolve() / "search" / "documents-old.json").write_text("old", encoding="utf-8")
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))
    assert (out / "assets" / "0123456789ab" / "site.css").exists()
    assert not (out / "search" / "documents-old.json").exists()


def test_every_file_is_on_the_disk_before_the_link_is_switched(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "public"
    write_faq(folder, "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n")
    build_site(BuildOptions(folder, out, AT))
    before, synced = out.resolve(), []

    def sync() -> None:
        [staging] = (tmp_path / "public.releases").glob("staging-*")
        synced.append((out.resolve(), sorted(list_bytes(staging))))

    monkeypatch.setattr(os, "sync", sync)
    build_site(BuildOptions(folder, out, AT))
    assert synced == [(before, sorted(list_bytes(out)))]


def test_a_server_of_another_user_can_read_the_site_whatever_the_umask(
    tmp_path: Path, folder: Path
) -> None:
    out = tmp_path / "www" / "faq" / "public"
    write_faq(folder, "- {番号: 1, 質問: い, 回答: ろ, 状態: 承認済み}\n")
    umask = os.umask(0o077)
    try:
        build_site(BuildOptions(folder, out, AT))
        assets = next((out / "assets").iterdir())
        old = assets.rename(assets.with_name("0123456789ab"))
        (old / "site.css").chmod(0o600)
        build_site(BuildOptions(folder, out, AT))
    finally:
        os.umask(umask)
    assert (out / "assets" / "0123456789ab").is_dir()
    folders = [tmp_path / "www", tmp_path / "www/faq", out.resolve().parent, out.resolve()]
    modes = {path: path.stat().st_mode & 0o777 for path in [*folders, *out.resolve().rglob("*")]}
    assert [
        path for path, mode in modes.items() if mode != (0o755 if path.is_dir() else 0o644)
    ] == []


@pytest.mark.parametrize("make", ["file", "folder", "content", "program"])
def test_a_place_that_is_not_shirubes_is_not_written_over(tmp_path: Path, make: str) -> None:
    out = tmp_path / "public"
    if make == "file":
        out.write_text("mine", encoding="utf-8")
    elif make == "folder":
        out.mkdir()
        (out / "mine.txt").write_text("mine", encoding="utf-8")
    else:
        out = GOLDEN / "content" if make == "content" else ROOT
    with pytest.raises(PublishError):
        build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))


def test_an_internal_site_never_replaces_the_public_one(tmp_path: Path) -> None:
    out = tmp_path / "public"
    build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT))
    with pytest.raises(PublishError, match="out_other_audience"):
        build_site(BuildOptions(GOLDEN / "content", out, GOLDEN_AT, Audience.STAFF))


# --- What may not be shown is in no byte. Words that nothing else could produce; each begins with
# a letter of its own, so that no shortened form of one is hidden behind another.
FIRST, LAST = datetime(2027, 4, 1, tzinfo=JST), datetime(2027, 6, 1, tzinfo=JST)
SECOND = timedelta(seconds=1)
PNG = b"\x89PNG\r\n\x1a\n"
MARKS = {
    "1": "ヴェゾグピム", "2": "ギョヌザペフ", "3": "ゼモブギュラ", "4": "ドゥヨガベソ",
    "5": "ビャルゲザポ", "6": "ペグノジヂャ",
}  # fmt: skip
AUDIENCES = {"4": "センター", "5": "職員", "6": "センター、職員"}
STATUSES = {"2": "確認待ち", "3": "下書き"}


def write_marked(folder: Path) -> None:
    """FAQs whose every field, image, and thesaurus group holds a word of their own."""
    rows, thesaurus, notices = [], [], []
    (folder / "images").mkdir()
    for faq_id, mark in MARKS.items():
        (folder / "images" / f"i{faq_id}.png").write_bytes(PNG + f"image of {mark}".encode())
        rows.append(
            f"- 番号: {faq_id}\n  質問: {mark}はどこですか\n  ほかの聞き方: [{mark}とは]\n"
            f"  回答: '{mark}です ![{mark}](i{faq_id}.png)'\n  短い回答: {mark}\n  分野: zei\n"
            f"  担当課: zeimu\n  ライフイベント: kekkon\n  キーワード: [{mark}]\n  持ち物: [{mark}]\n"
            f"  リンク: ['{mark} | https://www.example.lg.jp/{mark.encode().hex()}']\n"
            f"  根拠: [{mark}法]\n  やさしい日本語: {mark}\n"
            f"  翻訳: {{en: {{質問: {mark}?, 回答: {mark}.}}}}\n"
            f"  状態: {STATUSES.get(faq_id, '承認済み')}\n  見せる相手: {AUDIENCES.get(faq_id, '')}\n"
            f"  公開開始: 2027-04-01 00:00\n  公開終了: 2027-05-31 24:00\n  更新日: 2027-03-01\n"
            f"  旧アドレス: [old-{faq_id}.html]\n"
        )
        thesaurus.append(f"- [どこ, {mark}]\n- [いつも, {mark}ことば, {mark}]\n")
    others = ", ".join(f"'{faq_id}'" for faq_id in MARKS)
    rows.append(
        f"- 番号: 9\n  質問: いつもあります。どこですか\n  回答: 'はい [中](/faq/2/)'\n"
        f"  関連FAQ: [{others}]\n  分野: zei\n  担当課: zeimu\n  状態: 承認済み\n"
    )
    for text, mark in (("前", "ヂェムガソピ"), ("後", "ヌョゴザブエ")):
        notices.append(f"- 題名: {text}{mark}\n  本文: {mark}\n")
    notices[0] += "  公開終了: 2027-03-31\n"
    notices[1] += "  公開開始: 2027-06-01\n"
    write_faq(folder, "".join(rows))
    (folder / "thesaurus.yml").write_text("".join(thesaurus), encoding="utf-8")
    (folder / "notices.yml").write_text("".join(notices), encoding="utf-8")
    (folder / "featured.yml").write_text(
        f"注目のFAQ: [{others}]\n注目のキーワード: [{', '.join(MARKS.values())}]\n",
        encoding="utf-8",
    )
    (folder / "rankings").mkdir()
    views = "".join(f"  {faq_id}: {90000 + int(faq_id)}\n" for faq_id in MARKS)
    (folder / "rankings" / "views.yml").write_text(f"閲覧数:\n{views}", encoding="utf-8")


def find_marks(out: Path) -> set[str]:
    """Ids whose words, images or view counts are found in any file, decompressed where needed."""
    found = set()
    for name, data in list_bytes(out).items():
        forms = [data.decode("utf-8", "replace"), _unpack(data), name, _unfold(name, data)]
        text = "\n".join(forms)
        for faq_id, mark in MARKS.items():
            names = (mark, mark.encode().hex(), f"i{faq_id}.png", f"{90000 + int(faq_id):,}")
            hiragana = "".join(chr(ord(c) - 0x60) for c in mark)
            if any(word in text for word in (*names, hiragana)):
                found.add(faq_id)
    return found


def _unpack(data: bytes) -> str:
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data).decode("utf-8", "replace")
    try:
        return zlib.decompress(data).decode("utf-8", "replace")
    except zlib.error:
        return ""


def _unfold(name: str, data: bytes) -> str:
    """The lexicon's spellings, written out."""
    if "lexicon" not in name:
        return ""
    words = []
    for line in data.decode().partition("\n\n")[0].split("\n"):
        for item in line.split(";"):
            head, _, endings = item.partition(":")
            words += [part + end for part in head.split("=") for end in endings.split(",")]
    return "\n".join(words)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("boundary", [FIRST, LAST])
@pytest.mark.parametrize("step", [-SECOND, 0 * SECOND, SECOND])
def test_what_may_not_be_seen_is_in_no_byte(
    tmp_path: Path, folder: Path, boundary: datetime, step: timedelta, audience: Audience
) -> None:
    write_marked(folder)
    at = boundary + step
    build_site(BuildOptions(folder, tmp_path / "public", at, audience))
    open_now = FIRST <= at < LAST
    allowed = {
        faq_id
        for faq_id in MARKS
        if open_now and faq_id not in STATUSES
        and audience in (AUDIENCES.get(faq_id) or "市民センター職員")
    }  # fmt: skip
    assert find_marks(tmp_path / "public") == allowed
    texts = b"".join(list_bytes(tmp_path / "public").values()).decode("utf-8", "replace")
    assert ("ヂェムガソピ" in texts) is (at < FIRST)
    assert ("ヌョゴザブエ" in texts) is (at >= LAST)


def test_the_leak_test_sees_a_leak_when_the_filter_is_taken_out(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_marked(folder)
    monkeypatch.setattr(faq.window.select, "is_shown", lambda *_, **__: True)
    build_site(BuildOptions(folder, tmp_path / "public", FIRST - SECOND))
    assert find_marks(tmp_path / "public") == set(MARKS)


def test_an_ended_faq_answers_at_its_address_without_its_text(tmp_path: Path, folder: Path) -> None:
    write_marked(folder)
    build_site(BuildOptions(folder, tmp_path / "public", LAST))
    page = (tmp_path / "public/faq/1/index.html").read_text(encoding="utf-8")
    assert "この質問の掲載は終了しました" in page
    assert "/fields/zei/" in page
    assert not (tmp_path / "public/faq/2").exists()
    assert not (tmp_path / "public/faq/5").exists()


def test_an_ended_faq_leads_to_the_one_that_replaces_it(small_site: Path) -> None:
    page = (small_site / "faq/107/index.html").read_text(encoding="utf-8")
    assert 'href="/sub/faq/104/"' in page
    assert "終わりました。" not in page
