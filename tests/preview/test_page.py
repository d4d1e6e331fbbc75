"""The open page in a real browser: it keeps up with the content by itself."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from preview.live import OWN_FILES
from tests.browser.violations import find_violations
from tests.conftest import AT, ROOT
from tests.preview.conftest import BAD, GOOD, MESSAGE, Preview

LONG = GOOD.replace("4月です", "4月です。" + "くわしくは窓口で。" * 400)
LEAD = "プレビュー 2026年11月21日 9時00分の内容です。"
VIOLATIONS = """addEventListener("securitypolicyviolation",
  ({ violatedDirective }) => (globalThis.violations ??= []).push(violatedDirective))"""


def open_faq(page: Page, site: Preview) -> None:
    page.goto(f"{site.address}faq/7/")
    expect(page.locator(".preview-lead")).to_have_text(LEAD)


def save_and_load(page: Page, site: Preview, text: str) -> None:
    with page.expect_event("load"):
        site.save(text)


def test_a_saved_answer_shows_by_itself(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    save_and_load(page, preview, GOOD.replace("4月です", "5月です"))
    expect(page.locator("main")).to_contain_text("5月です")


def test_the_page_stays_where_it_was_scrolled_to(page: Page, preview: Preview) -> None:
    preview.save(LONG)
    open_faq(page, preview)
    page.evaluate("scrollTo({ top: 500, behavior: 'instant' })")
    save_and_load(page, preview, LONG.replace("4月です", "5月です"))
    page.wait_for_function("Math.abs(scrollY - 500) < 50")  # the browser keeps a line in its place


def test_an_error_shows_on_the_page_and_goes_when_it_is_corrected(
    page: Page, preview: Preview
) -> None:
    open_faq(page, preview)
    errors = page.locator(".preview-errors")
    expect(errors).to_be_hidden()
    preview.save(BAD)
    expect(errors.get_by_text(MESSAGE)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="エラーが 1 件")).to_be_visible()
    expect(page.locator("main")).to_contain_text("4月です")
    save_and_load(page, preview, GOOD)
    expect(page.locator(".preview-lead")).to_be_visible()
    expect(errors).to_be_hidden()


def test_warnings_are_folded(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    warning = page.locator(".preview-warnings").get_by_text("分野が空欄の")
    expect(warning).to_be_hidden()
    page.get_by_text("注意 2 件").click()
    expect(warning).to_be_visible()


def test_without_a_site_the_problems_show_until_there_is_one(page: Page, unbuilt: Preview) -> None:
    page.set_viewport_size({"width": 390, "height": 400})
    page.goto(unbuilt.address)
    expect(page.get_by_role("heading")).to_have_text("まだ表示できるページがありません")
    expect(page.locator(".preview-errors").get_by_text(MESSAGE)).to_be_visible()
    save_and_load(page, unbuilt, GOOD)
    expect(page.locator("main")).to_contain_text("税金はいつ納めますか")
    assert page.evaluate("scrollY") == 0


def test_what_editors_write_stays_text(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    preview.save(BAD.replace("承認ずみ", "<img src=x>"))
    expect(page.locator(".preview-errors")).to_contain_text("「<img src=x>」")
    expect(page.locator(".preview img")).to_have_count(0)


def test_a_page_of_an_earlier_run_is_loaded_again(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    with page.expect_event("load"):
        preview.restart()
    expect(page.locator(".preview-lead")).to_have_text(LEAD)


def test_the_page_says_that_the_preview_has_ended(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    preview.close()
    expect(page.get_by_text("serve が止まっています")).to_be_visible()
    with page.expect_event("load"):
        preview.restart()


def test_a_page_that_nobody_looks_at_holds_no_connection_and_catches_up(
    page: Page, preview: Preview
) -> None:
    hide = """(state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    open_faq(page, preview)
    page.evaluate(hide, "hidden")
    preview.save(GOOD.replace("4月です", "5月です"))
    assert "4月です" in page.locator("main").inner_text()
    with page.expect_event("load"):
        page.evaluate(hide, "visible")
    expect(page.locator("main")).to_contain_text("5月です")


def test_many_open_pages_are_served(browser: Browser, preview: Preview) -> None:
    """More than a browser opens connections to one server, in windows of which one is seen."""
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(document, 'visibilityState', { value: 'hidden' })"
    )
    pages = [context.new_page() for _ in range(8)]
    for page in pages:
        page.goto(f"{preview.address}faq/7/")
        expect(page.locator("main")).to_contain_text("4月です")
    context.close()


def test_no_page_breaks_its_security_policy(page: Page, preview: Preview) -> None:
    page.add_init_script(VIOLATIONS)
    logged: list[str] = []

    def note(message: ConsoleMessage) -> None:
        logged.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: logged.append(str(error)))
    for file in preview.out.resolve().rglob("*.html"):
        path = file.relative_to(preview.out.resolve()).as_posix().removesuffix("index.html")
        page.goto(preview.address + path)
        expect(page.locator(".preview-lead")).to_have_text(LEAD)
        assert page.evaluate("globalThis.violations") is None
    assert logged == []


def test_a_planted_breach_of_the_policy_is_seen(
    page: Page, preview: Preview, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "preview.js"
    script.write_text("document.body.innerHTML = '<p>x</p>';", encoding="utf-8")
    monkeypatch.setitem(OWN_FILES, "preview.js", script)
    page.add_init_script(VIOLATIONS)
    page.goto(preview.address)
    page.wait_for_function("globalThis.violations")
    assert page.evaluate("violations") == ["require-trusted-types-for"]


def press_until(page: Page, key: str, name: str) -> None:
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.textContent") == name:
            return
    raise AssertionError(f"{key} never reaches {name}")


def test_the_bar_is_reached_and_closed_by_keyboard(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    bar = page.get_by_role("complementary", name="プレビュー")
    expect(bar).to_be_visible()
    press_until(page, "Tab", "閉じる")
    page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    save_and_load(page, preview, GOOD.replace("4月です", "5月です"))
    expect(page.locator(".preview-lead")).to_have_text(LEAD)
    expect(bar).to_be_hidden()
    preview.save(BAD)
    expect(bar.get_by_text(MESSAGE)).to_be_visible()


def find_covered(page: Page) -> list[str]:
    """What the bar covers when the focus comes to it, on the way back through the page."""
    covered = []
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        found = page.evaluate("""() => {
          const focused = document.activeElement;
          const bar = document.querySelector(".preview");
          const isOver = focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
          return isOver && !bar.contains(focused) && focused !== document.body
            ? focused.outerHTML : "";
        }""")
        covered += [found] if found else []
    return covered


@pytest.mark.parametrize("size", [(390, 844), (320, 480)])
def test_the_bar_covers_neither_the_focus_nor_the_last_line(
    page: Page, preview: Preview, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    open_faq(page, preview)
    preview.save(BAD)
    expect(page.locator(".preview-errors")).to_be_visible()
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    assert page.evaluate("""() => document.querySelector("footer").getBoundingClientRect().bottom
      <= document.querySelector(".preview").getBoundingClientRect().top + 1""")
    assert find_covered(page) == []


def test_a_bar_that_covers_the_focus_is_seen(page: Page, preview: Preview) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    page.emulate_media(reduced_motion="reduce")
    open_faq(page, preview)
    preview.save(BAD)
    expect(page.locator(".preview-errors")).to_be_visible()
    page.evaluate("document.querySelector('.preview').style.position = 'fixed'")
    page.evaluate("document.querySelector('.preview').style.height = '70vh'")
    page.evaluate("document.querySelector('.preview').style.maxHeight = 'none'")
    page.evaluate("""new ResizeObserver(() => {
      document.documentElement.style.scrollPaddingBottom = "0px";
    }).observe(document.querySelector(".preview"))""")
    assert find_covered(page) != []


def test_the_bar_is_not_printed(page: Page, preview: Preview) -> None:
    open_faq(page, preview)
    expect(page.locator(".preview")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".preview")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_bar_and_panel(
    browser: Browser, preview: Preview, scheme: str, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    open_faq(page, preview)
    page.get_by_text("注意 2 件").click()
    assert find_violations(page) == []
    preview.save(BAD)
    expect(page.locator(".preview-errors")).to_be_visible()
    assert find_violations(page) == []
    page.add_style_tag(content=".preview p { color: #444444 !important }")
    assert {found.rule for found in find_violations(page)} == {"axe/color-contrast"}
    context.close()


def test_axe_finds_nothing_where_there_is_no_site(browser: Browser, unbuilt: Preview) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(unbuilt.address)
    expect(page.locator(".preview-errors")).to_be_visible()
    assert find_violations(page) == []
    context.close()


def test_a_file_saved_under_the_command_shows_by_itself(page: Page, folder: Path) -> None:
    """The whole way: the command, a file, the page; and the end, with a page still open."""
    file = folder / "faq" / "a.yml"
    file.write_text(GOOD, encoding="utf-8")
    command = (sys.executable, ROOT / "build.py", "serve", "--port", "0", "--at", AT.isoformat())
    with subprocess.Popen(command, cwd=folder.parent, stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stdout.readline, "") if process.stdout else iter(())
            address = next(found[0] for line in lines if (found := re.search(r"http://\S+/", line)))
            page.goto(f"{address}faq/7/")
            expect(page.locator(".preview-lead")).to_have_text(LEAD)
            with page.expect_event("load"):
                file.write_text(GOOD.replace("4月です", "5月です"), encoding="utf-8")
            expect(page.locator("main")).to_contain_text("5月です")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 130
        finally:
            process.kill()
