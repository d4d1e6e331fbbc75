"""受付中 and 受付時間外 beside a department's hours, whatever the citizen's clock says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from faq.model.dates import JST
from faq.model.hours import list_spans, parse_hours
from faq.render.schedule import encode_schedule, make_schedule
from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import AT, Serve

DEPARTMENTS = """
- {id: sendai, 名前: 仙台風, 電話: 022-000-0000, 受付時間: [毎日 8:00-17:00, 月-金 8:00-20:00, 祝日 8:00-17:00, 12/29-1/3 8:00-17:00], 常に表示: はい}
- {id: setagaya, 名前: 世田谷風, 受付時間: [月-金 8:30-17:15, 土 9:00-17:00, 第3土 休み, 祝日 休み, 12/29-1/3 休み], 常に表示: はい}
- {id: hiru, 名前: 昼休みのある課, 受付時間: ["月-金 8:30-12:00,13:00-17:15"], 常に表示: はい}
- {id: yakan, 名前: 夜間の課, 受付時間: ["毎日 0:00-8:30,17:00-24:00"], 常に表示: はい}
- {id: shobo, 名前: 消防, 受付時間: [毎日 24時間], 常に表示: はい}
- {id: nenmatsu, 名前: 年末に休む当直, 受付時間: [毎日 24時間, 12/31-1/3 休み], 常に表示: はい}
- {id: kyukan, 名前: 休館中, 受付時間: [毎日 休み], 常に表示: はい}
- {id: nashi, 名前: 受付時間のない課, 常に表示: はい}
- {id: kinkyu, 名前: 緊急の課, 受付時間: [月-金 8:30-17:15, 祝日 休み], 常に表示: はい}
"""
NOTICES = """
- 題名: 大雨による避難
  重さ: 緊急
  受付時間: [毎日 24時間]
  担当課: 緊急の課
  公開開始: 2026-11-20 16:00
  公開終了: 2026-11-22 12:00
"""
DAY = 24 * 60
STEP = 15
# One a day behind Japan's, one ahead of it.
ZONES = ("America/New_York", "Pacific/Kiritimati")


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a site whose departments have every kind of hours, in an emergency."""
    folder = tmp_path_factory.mktemp("offices")
    content = folder / "content"
    (content / "faq").mkdir(parents=True)
    site = "名前: 試験\n市の名前: 試験市\nアドレス: https://faq.shiken.example.lg.jp/\n総合案内の担当課: sendai\n"
    for name, text in (("site", site), ("departments", DEPARTMENTS), ("notices", NOTICES)):
        (content / f"{name}.yml").write_text(text, encoding="utf-8")
    build_site(BuildOptions(content, folder / "public", AT, allow_shrink=True))
    return serve(folder / "public", "/")


@pytest.fixture(params=ZONES)
def anywhere(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser whose clock shows another zone's time."""
    context = browser.new_context(locale="ja-JP", timezone_id=request.param)
    yield context
    context.close()


def find_state(page: Page) -> Locator:
    return page.locator(".department-card .hours-now")


def measure_height(part: Locator) -> float:
    """The height of a part in pixels."""
    return float(part.evaluate("part => part.getBoundingClientRect().height"))


def read_state(page: Page, offices: str, department: str, at: str) -> str:
    """What the department's card says at a moment of Japan; empty when it says nothing."""
    page.clock.set_fixed_time(datetime.fromisoformat(at).replace(tzinfo=JST))
    address = f"{offices}departments/{department}/"
    if page.url == address:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    else:
        page.goto(address)
        page.wait_for_selector("html[data-started]", state="attached")
    state = find_state(page)
    return state.inner_text().replace("\n", " ") if state.is_visible() else ""


CASES = [
    ("sendai", "2026-11-20T07:59:59", "受付時間外 次はきょう8時から"),
    ("sendai", "2026-11-20T08:00:00", "受付中 20時まで"),
    ("sendai", "2026-11-20T19:59:59", "受付中 20時まで"),
    ("sendai", "2026-11-20T20:00:00", "受付時間外 次はあす8時から"),
    ("sendai", "2026-11-21T16:59", "受付中 17時まで"),
    ("sendai", "2026-11-23T17:00", "受付時間外 次はあす8時から"),
    ("sendai", "2026-12-29T17:00", "受付時間外 次はあす8時から"),
    ("setagaya", "2026-11-20T08:29", "受付時間外 次はきょう8時30分から"),
    ("setagaya", "2026-11-20T08:30", "受付中 17時15分まで"),
    ("setagaya", "2026-11-20T17:14", "受付中 17時15分まで"),
    ("setagaya", "2026-11-20T17:15", "受付時間外 次は11月24日（火）8時30分から"),
    ("setagaya", "2026-11-14T16:59", "受付中 17時まで"),
    ("setagaya", "2026-11-21T10:00", "受付時間外 次は11月24日（火）8時30分から"),
    ("setagaya", "2026-11-23T10:00", "受付時間外 次はあす8時30分から"),
    ("setagaya", "2026-12-28T17:15", "受付時間外 次は1月4日（月）8時30分から"),
    ("setagaya", "2026-12-31T23:59", "受付時間外 次は1月4日（月）8時30分から"),
    ("setagaya", "2027-03-22T09:00", "受付時間外 次はあす8時30分から"),
    ("hiru", "2026-11-20T11:59", "受付中 12時まで"),
    ("hiru", "2026-11-20T12:00", "受付時間外 次はきょう13時から"),
    ("hiru", "2026-11-20T13:00", "受付中 17時15分まで"),
    ("yakan", "2026-11-20T23:59", "受付中 あす8時30分まで"),
    ("yakan", "2026-11-21T00:00", "受付中 8時30分まで"),
    ("yakan", "2026-11-21T08:30", "受付時間外 次はきょう17時から"),
    ("shobo", "2026-11-21T03:00", "24時間受付中"),
    ("shobo", "2027-12-20T03:00", "24時間受付中"),
    ("shobo", "2027-12-31T03:00", "受付中"),
    ("nenmatsu", "2026-12-01T12:00", "24時間受付中"),
    ("nenmatsu", "2026-12-28T12:00", "受付中 12月30日（水）24時まで"),
    ("nenmatsu", "2026-12-30T12:00", "受付中 24時まで"),
    ("nenmatsu", "2026-12-31T00:00", "受付時間外 次は1月4日（月）0時から"),
    ("kyukan", "2026-11-20T10:00", "受付時間外"),
    ("kinkyu", "2026-11-20T15:59", "受付中 11月22日（日）12時まで"),
    ("kinkyu", "2026-11-21T03:00", "受付中 あす12時まで"),
    ("kinkyu", "2026-11-22T11:59", "受付中 12時まで"),
    ("kinkyu", "2026-11-22T12:00", "受付時間外 次は11月24日（火）8時30分から"),
    ("setagaya", "2027-12-31T23:59", "受付時間外"),
    ("setagaya", "2028-01-01T00:00", ""),
    ("setagaya", "2026-10-31T23:59", ""),
    ("nashi", "2026-11-20T10:00", ""),
]  # fmt: skip


def test_the_state_is_that_of_japan_in_every_zone(anywhere: BrowserContext, offices: str) -> None:
    page = anywhere.new_page()
    reported = [(name, at, read_state(page, offices, name, at)) for name, at, _ in CASES]
    assert reported == CASES


def test_the_footer_reports_the_state_of_the_general_department(page: Page, offices: str) -> None:
    page.clock.set_fixed_time(datetime(2026, 11, 20, 9, tzinfo=JST))
    page.goto(offices)
    expect(page.get_by_role("contentinfo").locator(".hours-now")).to_have_text("受付中 20時まで")


def test_the_state_changes_with_the_minute_while_the_page_is_open(page: Page, offices: str) -> None:
    page.clock.install(time=datetime(2026, 11, 20, 17, 14, tzinfo=JST))
    page.goto(f"{offices}departments/setagaya/")
    state = find_state(page)
    expect(state).to_have_text("受付中 17時15分まで")
    page.clock.pause_at(datetime(2026, 11, 20, 17, 14, 59, tzinfo=JST))
    expect(state).to_have_text("受付中 17時15分まで")
    page.clock.run_for(1000)
    expect(state).to_have_text("受付時間外 次は11月24日（火）8時30分から")
    page.clock.fast_forward("55:00:00")
    expect(state).to_have_text("受付時間外 次はあす8時30分から")


def test_a_page_seen_again_reports_the_state_of_now(page: Page, offices: str) -> None:
    page.clock.set_fixed_time(datetime(2026, 11, 20, 12, tzinfo=JST))
    page.goto(f"{offices}departments/setagaya/")
    expect(find_state(page)).to_contain_text("受付中")
    page.clock.set_fixed_time(datetime(2026, 11, 20, 18, tzinfo=JST))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(find_state(page)).to_contain_text("受付時間外")


def test_the_state_is_no_live_region(page: Page, offices: str) -> None:
    page.goto(f"{offices}departments/setagaya/")
    assert find_state(page).evaluate("place => place.closest('[aria-live], [role]')") is None


def test_without_scripts_the_written_hours_be_alone(browser: Browser, offices: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{offices}departments/setagaya/")
    expect(find_state(page)).to_be_hidden()
    card = page.locator(".department-card")
    expect(card.get_by_role("listitem")).to_have_text(
        ["月曜日〜金曜日 8時30分〜17時15分", "土曜日 9時〜17時", "第3土曜日 休み", "祝日 休み",
         "12月29日〜1月3日 休み"]
    )  # fmt: skip
    context.close()


def test_the_hours_of_an_emergency_are_written_first(page: Page, offices: str) -> None:
    page.goto(f"{offices}departments/kinkyu/")
    reported = page.locator(".department-card dd").first.inner_text().splitlines()
    assert [line for line in reported if line] == [
        "「大雨による避難」による受付時間 （2026年11月22日12時まで）", "毎日 24時間",
        "ふだんの受付時間", "月曜日〜金曜日 8時30分〜17時15分", "祝日 休み",
    ]  # fmt: skip


def test_the_telephone_is_a_link_that_a_thumb_can_hit(page: Page, offices: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{offices}departments/sendai/")
    link = page.locator(".department-card").get_by_role("link", name="仙台風 電話")
    assert link.get_attribute("href") == "tel:0220000000"
    assert measure_height(link) >= 44


@pytest.mark.parametrize("colours", ["none", "active"])
def test_open_and_closed_differ_by_more_than_colour(
    browser: Browser, offices: str, colours: str
) -> None:
    context = browser.new_context(forced_colors=colours)  # type: ignore[arg-type]
    page = context.new_page()
    words = {}
    for at in ("2026-11-20T09:00", "2026-11-20T18:00"):
        read_state(page, offices, "setagaya", at)
        word = page.locator(".department-card .hours-now-word")
        words[word.inner_text()] = word.evaluate("word => getComputedStyle(word).borderTopWidth")
    context.close()
    assert words == {"受付中": "1px", "受付時間外": "1px"}


def test_the_line_that_the_script_fills_is_kept_free(page: Page, offices: str) -> None:
    page.route("**/hours.js", lambda route: route.abort())
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{offices}departments/sendai/")
    kept = measure_height(find_state(page))
    page.unroute("**/hours.js")
    page.clock.set_fixed_time(datetime(2026, 11, 20, 9, tzinfo=JST))
    page.reload()
    expect(find_state(page)).to_have_text("受付中 20時まで")
    assert measure_height(find_state(page)) == kept


def list_states(page: Page, schedule: dict[str, Any], days: int) -> str:
    """1 for open, 0 for closed, at every `STEP` minutes of the days, as the script finds it."""
    found = page.evaluate(
        """async ([script, schedule, minutes, step]) => {
          const { findState } = await import(script);
          let states = "";
          for (let minute = 0; minute < minutes; minute += step) {
            states += Number(findState(schedule, schedule.first * 1440 + minute).isOpen);
          }
          return states;
        }""",
        [
            (page.locator("script[src$='start.js']").get_attribute("src") or "").replace(
                "foundation/start", "components/hours/hours"
            ),
            schedule,
            days * DAY,
            STEP,
        ],
    )
    return str(found)


def test_the_browser_finds_what_the_rules_say_on_every_day(page: Page, offices: str) -> None:
    hours = parse_hours(
        ["月-金 8:30-12:00,13:00-17:15", "第1・3土 9:00-24:00", "日 0:00-2:00", "祝日 休み",
         "12/29-1/3 休み", "2027-03-22 10:00-11:00"]
    )  # fmt: skip
    first, last = date(2026, 11, 1), date(2027, 12, 31)
    schedule: dict[str, Any] = encode_schedule(make_schedule(hours, first=first, last=last))
    page.goto(offices)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    expected = "".join(
        str(int(any(opens <= minute < closes for opens, closes in list_spans(hours, on=day))))
        for day in days
        for minute in range(0, DAY, STEP)
    )
    assert list_states(page, schedule, len(days)) == expected
    # The check sees a schedule that forgot one holiday.
    _, closed = next(group for group in schedule["except"] if not group[0])
    closed.pop(0)
    assert list_states(page, schedule, len(days)) != expected
