"""Going back to an earlier release: what may not return, where it leads, and that it holds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import build
from faq.model.dates import JST
from faq.publish.releases import find_current, list_releases, read_record
from terminal.interface import run_command

DAYS = {number: datetime(2027, 1, number, 9, tzinfo=JST) for number in range(1, 32)}


class City:
    """A content folder and its public folder, worked on from the command line at a set time."""

    def __init__(self, folder: Path, clock: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.clock = clock
        self.out = folder.parent / "public"
        self.releases = folder.parent / "public.releases"

    def write(self, faqs: str, *, notices: str = "", pages: str = "") -> None:
        (self.folder / "faq" / "a.yml").write_text(faqs, encoding="utf-8")
        (self.folder / "notices.yml").write_text(notices, encoding="utf-8")
        (self.folder / "pages").mkdir(exist_ok=True)
        (self.folder / "pages" / "guide.md").unlink(missing_ok=True)
        if pages:
            (self.folder / "pages" / "guide.md").write_text(pages, encoding="utf-8")

    def run(self, *arguments: str, day: int = 1) -> int:
        self.clock.setattr(build, "read_clock", lambda: DAYS[day])
        return run_command(build.program, [*arguments, "--out", str(self.out)])

    def build(self, *arguments: str, day: int = 1) -> int:
        """Publishes a release, even where nothing has changed."""
        return self.run("--content", str(self.folder), "--no-cache", *arguments, day=day)

    def roll_back(self, *arguments: str, day: int = 1) -> int:
        return self.run("rollback", *arguments, day=day)

    def number(self) -> int:
        """The running number of the public release."""
        return int(self.out.resolve().name.split("-")[1])


def faq(number: int, *, answer: str = "はい", until: str = "") -> str:
    end = f", 公開終了: {until}" if until else ""
    return f"- {{番号: {number}, 質問: 質問{number}, 回答: {answer}, 状態: 承認済み{end}}}\n"


@pytest.fixture
def city(folder: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    return City(folder, monkeypatch)


def list_everything(folder: Path) -> Iterator[tuple[str, int]]:
    for path in (folder, *sorted(folder.rglob("*"))):
        yield str(path), path.lstat().st_mtime_ns


def test_the_release_before_becomes_public_again(city: City) -> None:
    for answer in ("はじめ", "つぎ"):
        city.write(faq(1, answer=answer))
        city.build()
    assert city.roll_back() == 0
    assert "はじめ" in (city.out / "faq/1/index.html").read_text(encoding="utf-8")


def test_before_the_first_release_there_is_nothing_to_go_back_to(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1))
    city.build()
    assert city.roll_back() == 2
    assert "戻せる前の版がありません" in capsys.readouterr().err


def test_what_has_expired_does_not_return_unasked(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1) + faq(2) + faq(3) + faq(5, until="2027-01-05"))
    city.build(day=1)
    city.build(day=6)
    assert city.roll_back(day=6) == 2
    assert city.number() == 2
    assert "公開終了を過ぎたもの: /faq/5/\n" in capsys.readouterr().err


def test_what_expires_after_the_last_build_is_measured_by_the_clock(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1) + faq(5, until="2027-01-05"))
    city.build(day=1)
    city.build(day=2)
    assert city.roll_back(day=6) == 2
    assert "公開終了を過ぎたもの: /faq/5/\n" in capsys.readouterr().err


def test_an_end_that_only_the_newer_release_knows_counts(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1) + faq(5))
    city.build(day=1)
    city.write(faq(1) + faq(5, until="2027-01-05"))
    city.build(day=2)
    assert city.roll_back(day=6) == 2
    assert "公開終了を過ぎたもの: /faq/5/\n" in capsys.readouterr().err


def test_what_was_withdrawn_since_does_not_return_unasked(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\n題名: 案内\n---\n本文\n"
    city.write("".join(map(faq, (1, 2, 3, 4))), notices="- 題名: 避難の指示\n", pages=text)
    city.build()
    city.write("".join(map(faq, (1, 2, 3))))
    city.build()
    assert city.roll_back() == 2
    assert city.number() == 2
    reason = capsys.readouterr().err
    assert "取り下げたもの: /faq/4/、/pages/guide/、お知らせ 1 件\n" in reason
    assert "公開終了を過ぎたもの: なし\n" in reason


def test_asked_to_it_goes_back_even_so_and_names_what_returned(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1) + faq(5, until="2027-01-05"))
    city.build(day=1)
    city.build(day=6)
    assert city.roll_back("--even-expired", day=6) == 0
    assert city.number() == 1
    assert "公開終了を過ぎたもの: /faq/5/\n" in capsys.readouterr().out


def test_a_release_without_a_record_does_not_return_unasked(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    for record in city.releases.glob("*.json"):
        record.unlink()
    assert city.roll_back() == 2
    assert "記録がありません" in capsys.readouterr().err
    assert city.roll_back("--even-expired") == 0
    assert city.number() == 1


def test_the_next_end_of_the_release_is_announced(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1, until="2027-01-20") + faq(2, until="2027-01-10 17:00") + faq(3))
    city.build()
    city.build()
    city.roll_back(day=6)
    assert "2027-01-10 17:00 に公開を終えるもの" in capsys.readouterr().out


def test_it_goes_back_along_what_was_public(city: City) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back()
    city.build("--release-hold")
    assert city.number() == 3
    city.roll_back()
    assert city.number() == 1


def test_a_second_rollback_goes_further_back(city: City) -> None:
    city.write(faq(1))
    for _ in range(3):
        city.build()
    for number in (2, 1):
        assert city.roll_back() == 0
        assert city.number() == number


def test_the_way_back_outlives_the_releases_that_are_off_it(city: City) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back()
    for _ in range(3):
        city.build("--release-hold")
        city.roll_back()
    city.build("--release-hold")
    names = [path.name.split("-")[1] for path in list_releases(city.releases)]
    assert names == ["000001", "000004", "000005", "000006"]


def test_a_record_holds_addresses_and_moments_but_no_text(city: City) -> None:
    city.write(faq(1, answer="ギョヌザペフ"), notices="- 題名: ヴェゾグピム\n")
    city.build(day=1)
    city.build("--at", "2027-01-02", day=3)
    current = find_current(city.out)
    assert current
    text = current.with_name(f"{current.name}.json").read_text(encoding="utf-8")
    assert "ギョヌザペフ" not in text
    assert "ヴェゾグピム" not in text
    record = read_record(current)
    assert record
    assert record.at == datetime(2027, 1, 2, tzinfo=JST)
    assert record.switched == DAYS[3]
    assert record.follows == "release-000001-20270101T0900"
    assert next(iter(record.shown)) == "faq/1/"


def test_no_record_is_inside_the_public_folder(city: City) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back()
    names = [path.name for path in city.out.resolve().rglob("*")]
    assert [name for name in names if name.startswith(("release-", "hold"))] == []


def test_after_a_rollback_a_build_publishes_nothing(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back("--reason", "料金の誤り", day=4)
    before = list(list_everything(city.releases))
    assert city.build(day=5) == 2
    assert list(list_everything(city.releases)) == before
    assert city.number() == 1
    reason = capsys.readouterr().err
    assert "2027-01-04 09:00 に release-000001-20270101T0900 へ戻した" in reason
    assert "（理由: 料金の誤り）" in reason
    assert "--release-hold" in reason


def test_a_build_that_is_reported_to_ends_the_hold(city: City) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back()
    assert city.build("--release-hold") == 0
    assert city.build() == 0
    assert city.number() == 4


def test_a_build_that_fails_does_not_end_the_hold(city: City) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back()
    city.write(faq(0))
    assert city.build("--release-hold") == 1
    city.write(faq(1))
    assert city.build() == 2


def test_a_build_under_way_does_not_publish_over_a_rollback(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    monkeypatch.setattr(os, "sync", city.roll_back)
    assert city.build() == 2
    assert city.number() == 1
    assert not list(city.releases.glob("staging-*"))


def test_a_hold_that_cannot_be_read_is_a_hold(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.write(faq(1))
    city.build()
    (city.releases / "hold.json").write_text("{", encoding="utf-8")
    assert city.build() == 2
    assert "hold.json を読めない" in capsys.readouterr().err
    assert city.build("--release-hold") == 0


def test_serve_names_the_hold_and_ends(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    city.write(faq(1))
    city.build()
    city.build()
    city.roll_back()
    assert city.run("serve", "--content", str(city.folder)) == 2
    assert "--release-hold" in capsys.readouterr().err


def test_a_record_of_another_shape_counts_as_none(city: City) -> None:
    city.write(faq(1))
    city.build()
    current = find_current(city.out)
    assert current
    for text in ("[]", '{"shown": []}', json.dumps({"at": 1, "switched": 1, "shown": {}})):
        current.with_name(f"{current.name}.json").write_text(text, encoding="utf-8")
        assert read_record(current) is None
