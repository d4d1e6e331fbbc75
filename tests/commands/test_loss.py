"""A build that takes away much of what is public, or everything, is published only on request."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import build
from commands.build import build_again
from faq.model.dates import JST
from faq.model.problem import PublishError
from faq.publish.releases import list_releases
from faq.publish.switch import check_loss
from pipeline.build import build_site
from pipeline.cache import Cache
from pipeline.options import BuildOptions, BuildResult
from terminal.interface import run_command
from tests.conftest import AT

LATER = datetime(2026, 12, 1, tzinfo=JST)


def write_faqs(folder: Path, count: int, *, ending: int = 0) -> None:
    """FAQs of which the first `ending` end with November 2026."""
    rows = "".join(
        f"{number},質問{number},はい,承認済み,{'2026-11-30' if number <= ending else ''}\n"
        for number in range(1, count + 1)
    )
    (folder / "faq" / "a.csv").write_text(f"番号,質問,回答,状態,公開終了\n{rows}", encoding="utf-8")


def make(folder: Path, *, at: datetime = AT, allow_shrink: bool = False) -> BuildResult:
    return build_site(BuildOptions(folder, folder.parent / "public", at, allow_shrink=allow_shrink))


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder.parent / "public.releases").iterdir())


def test_three_tenths_fewer_are_not_published(folder: Path) -> None:
    write_faqs(folder, 10)
    make(folder)
    before = list_names(folder)
    write_faqs(folder, 7)
    with pytest.raises(PublishError, match="publishes_fewer") as refusal:
        make(folder)
    assert refusal.value.values == {"public": 10, "faqs": 7}
    assert list_names(folder) == before


def test_a_little_less_is_published(folder: Path) -> None:
    write_faqs(folder, 10)
    make(folder)
    write_faqs(folder, 8)
    assert make(folder).faqs == 8


def test_on_request_fewer_are_published(folder: Path) -> None:
    write_faqs(folder, 10)
    make(folder)
    write_faqs(folder, 1)
    assert make(folder, allow_shrink=True).faqs == 1


def test_what_has_reached_its_end_goes_without_being_asked(folder: Path) -> None:
    write_faqs(folder, 10, ending=9)
    make(folder)
    assert make(folder, at=LATER).faqs == 1


def test_a_loss_beside_what_has_ended_is_noticed(folder: Path) -> None:
    write_faqs(folder, 10, ending=4)
    make(folder)
    write_faqs(folder, 7, ending=4)
    with pytest.raises(PublishError) as refusal:
        make(folder, at=LATER)
    assert refusal.value.values == {"public": 6, "faqs": 3}


def test_a_first_site_without_any_faq_is_not_published(folder: Path) -> None:
    with pytest.raises(PublishError, match="publishes_nothing"):
        make(folder)
    assert not (folder.parent / "public").exists()


def test_a_site_that_has_been_empty_may_stay_so(folder: Path) -> None:
    make(folder, allow_shrink=True)
    assert make(folder).faqs == 0


def test_without_a_record_the_number_in_build_json_counts(folder: Path) -> None:
    write_faqs(folder, 10)
    make(folder)
    [release] = list_releases(folder.parent / "public.releases")
    release.with_name(f"{release.name}.json").unlink()
    with pytest.raises(PublishError, match="publishes_fewer"):
        check_loss(folder.parent / "public", faqs=7, at=AT)


def test_the_refusal_names_both_numbers_and_the_way_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_faqs(folder, 10)
    arguments = ["--content", str(folder), "--out", str(folder.parent / "public")]
    run_command(build.program, arguments)
    write_faqs(folder, 7)
    assert run_command(build.program, arguments) == 2
    assert "公開中の FAQ 10 件" in (reason := capsys.readouterr().err)
    assert "7 件に減る" in reason
    assert "--allow-shrink" in reason
    assert run_command(build.program, [*arguments, "--allow-shrink"]) == 0


def test_serve_shows_a_site_that_is_being_begun(folder: Path) -> None:
    options = BuildOptions(folder, folder.parent / "public", AT)
    assert build_again(options, cache=Cache()).built
    assert build_again(options, cache=Cache()).built
