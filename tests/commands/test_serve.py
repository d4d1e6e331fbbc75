"""serve: what is sent to open pages after each build, and when the next one begins."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

import commands.serve
from commands.build import Attempt, Built
from commands.serve import rebuild, report_attempt, serve_site
from faq.model.problem import CommandError, Place, Problem, make_error, make_warning
from pipeline.options import BuildOptions
from preview.board import Board, News
from preview.watch import Watch
from terminal.interface import print_problems
from tests.conftest import AT

BUILT = Attempt((), Built(AT, "https://faq.shiken.example.lg.jp/sub/", hidden=5))
WARNING = make_warning(Place("content/faq/a.csv", 3, "公開終了"), "date_bad", value="あす")


def make_errors(count: int) -> list[Problem]:
    return [
        make_error(Place("content/faq/a.csv", row, "更新日"), "date_bad", value="きのう")
        for row in range(2, 2 + count)
    ]


def test_a_site_is_named_by_its_moment_and_by_what_is_not_in_it() -> None:
    news = report_attempt(News(), BUILT)
    assert news.lead == (
        "プレビュー 2026年11月21日 9時00分の内容です。"
        "このほか 5 件（下書き、期間の外など）は出していません。"
    )
    assert news.base == "/sub/"
    assert (news.status, news.errors.lines, news.warnings.lines) == ("", (), ())


@pytest.mark.parametrize("problems", [[*make_errors(1), WARNING], make_errors(9)])
def test_the_page_says_of_problems_what_the_terminal_says(
    problems: list[Problem], capsys: pytest.CaptureFixture[str]
) -> None:
    news = report_attempt(News(), Attempt(problems))
    print_problems(problems)
    printed = capsys.readouterr().err.splitlines()
    shown = [
        line
        for notes in (news.errors, news.warnings)
        for text in notes.lines
        for line in text.splitlines()
    ]
    assert sorted(shown) == sorted(printed)
    assert any("更新日" in line and "きのう" in line for line in shown)


def test_errors_and_warnings_are_counted_apart() -> None:
    news = report_attempt(News(), Attempt([*make_errors(2), WARNING]))
    assert (news.errors.title, news.warnings.title) == ("エラー 2 件", "注意 1 件")
    assert "エラーが 2 件" in news.status


def test_errors_leave_what_was_said_of_the_site_before() -> None:
    before = report_attempt(News(), BUILT)
    after = report_attempt(before, Attempt(make_errors(1)))
    assert (after.lead, after.base) == (before.lead, before.base)


def test_only_a_new_site_makes_the_open_pages_out_of_date() -> None:
    board = Board(News())
    first = board.edition
    rebuild(board, build=lambda: Attempt(make_errors(1)))
    assert board.edition == first
    rebuild(board, build=lambda: BUILT)
    assert board.edition != first
    assert board.news.errors.lines == ()


def test_while_it_builds_the_pages_know() -> None:
    board = Board(News(lead="前"))
    seen = []

    def build() -> Attempt:
        seen.append(board.news)
        return BUILT

    rebuild(board, build=build)
    assert seen == [News(lead="前", status="作り直しています。")]


def test_a_refused_build_is_reported_and_leaves_the_site(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def build() -> Attempt:
        raise CommandError("no_release", out="public")

    board = Board(News(lead="前"))
    edition = board.edition
    assert rebuild(board, build=build) is None
    reason = "エラー: public には、戻せる前の版がありません。"
    assert capsys.readouterr().err == f"{reason}\n"
    assert board.news.errors.lines == (reason,)
    assert board.news.status == "作り直せませんでした。"
    assert (board.news.lead, board.edition) == ("前", edition)


def count_builds(
    folder: Path, monkeypatch: pytest.MonkeyPatch, attempt: Attempt, *, minutes: list[int]
) -> int:
    """Builds made, all with this outcome, while no file changes and the clock goes from AT on."""
    clock = iter(minutes)
    now = AT
    count = 0

    def build() -> Attempt:
        nonlocal count
        count += 1
        return attempt if count == 1 else LATER

    def sleep(_: float) -> None:
        nonlocal now
        try:
            now = AT + timedelta(minutes=next(clock))
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(commands.serve, "Watch", partial(Watch, sleep=sleep))
    options = BuildOptions(folder, folder.parent / "public", AT)
    with pytest.raises(KeyboardInterrupt):
        serve_site(options, port=0, build=build, clock=lambda: now)
    return count


BOUNDED = Attempt((), Built(AT, "https://x.example/", next_change=AT + timedelta(minutes=30)))
LATER = Attempt((), Built(AT, "https://x.example/", next_change=AT + timedelta(days=1)))


@pytest.mark.parametrize(("minutes", "builds"), [([29, 29], 1), ([29, 30, 31, 32], 2)])
def test_it_builds_once_when_a_boundary_passes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, minutes: list[int], builds: int
) -> None:
    assert count_builds(folder, monkeypatch, BOUNDED, minutes=minutes) == builds


def test_a_build_with_errors_waits_for_a_change_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Attempt(make_errors(1))
    assert count_builds(folder, monkeypatch, failed, minutes=[29, 30, 10_000]) == 1


def test_where_the_first_build_is_refused_that_is_the_end(folder: Path) -> None:
    def build() -> Attempt:
        raise CommandError("out_foreign", out="public")

    options = BuildOptions(folder, folder.parent / "public", AT)
    with pytest.raises(CommandError, match="out_foreign"):
        serve_site(options, port=0, build=build, clock=lambda: AT)
