"""The keyboard journeys: they pass on the city, and report planted faults and missing engines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from a11y.engines import CHROMIUM, ENGINES, FIREFOX, WEBKIT
from a11y.engines.driver import Driver, Engine
from a11y.journey import describe_failure, make_missing_failure, run_journeys
from tests.conftest import Serve

STATUS = ('role="status" data-search', "data-search")
FIELD = ('type="text"', 'type="text" tabindex="-1"')
MENU_BUTTON = ("<summary", '<summary tabindex="-1"')


def plant(site: Path, to: Path, *faults: tuple[str, str]) -> Path:
    """A copy of the site with texts replaced by faults in every page."""
    shutil.copytree(site.resolve(), to)
    for page in to.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for right, wrong in faults:
            text = text.replace(right, wrong)
        page.write_text(text, encoding="utf-8")
    return to


def test_chromium_completes_every_journey(city: str) -> None:
    assert run_journeys(city, query="住民票", engines=[CHROMIUM]) == []


def test_a_status_not_announced_and_a_menu_out_of_reach_are_reported(
    city_site: Path, tmp_path: Path, serve: Serve
) -> None:
    home = serve(plant(city_site, tmp_path / "public", STATUS, MENU_BUTTON), "/")
    search, reason, menu = run_journeys(home, query="住民票", engines=[CHROMIUM], timeout=2)
    expected = "知らせ「status 「住民票」の検索結果 …件」"
    assert describe_failure(search) == (
        "Chromium、「探して、読んで、評価して、検索結果に戻る」の9番目、Enter を押す: "
        f"{expected} のはずが、何もなし でした"
    )
    assert reason.expected == expected
    assert menu.step.endswith("「メニュー」まで Tab で移る")
    assert menu.expected == "フォーカス「メニュー」"


def test_a_field_out_of_the_tab_order_is_reported(
    city_site: Path, tmp_path: Path, serve: Serve
) -> None:
    home = serve(plant(city_site, tmp_path / "public", FIELD), "/")
    failure = run_journeys(home, query="住民票", engines=[CHROMIUM], timeout=2)[0]
    assert failure.expected == "フォーカス「combobox 質問や言葉を入力してください」"
    assert failure.found == "button 検索する"


@pytest.mark.parametrize("engine", [FIREFOX, WEBKIT], ids=lambda engine: engine.name)
def test_a_missing_engine_is_a_failure_that_names_its_package(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    failures = run_journeys("http://127.0.0.1/", query="x", engines=[engine])
    assert failures == [make_missing_failure(engine)]
    assert f"apt-get install {' '.join(engine.packages)}" in describe_failure(failures[0])


def test_an_engine_that_crashes_is_a_failure_with_its_error() -> None:
    @contextmanager
    def start() -> Iterator[Driver]:
        raise RuntimeError("no display")
        yield

    (failure,) = run_journeys(
        "http://127.0.0.1/",
        query="x",
        engines=[replace(CHROMIUM, is_installed=lambda: True, start=start)],
    )
    assert "RuntimeError: no display" in describe_failure(failure)


def test_an_audit_runs_in_all_three_engines() -> None:
    assert [engine.name for engine in ENGINES] == ["Chromium", "Firefox", "WebKit"]
