"""In-app browsers (LINE and the like): storage, timers and newer APIs may be missing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from faq.check.content import check_content
from faq.read.content import read_content

# What such browsers were seen to lack, or to throw at.
MISSING = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
}
for (const name of ["scheduler", "requestIdleCallback", "DecompressionStream", "IntersectionObserver",
    "ResizeObserver", "Notification", "SharedWorker", "ViewTransition", "BroadcastChannel"]) {
  delete window[name];
}
for (const name of ["serviceWorker", "share", "clipboard", "locks", "storage", "userActivation", "languages"]) {
  delete Navigator.prototype[name];
}
delete Intl.Segmenter;
"""


def test_pages_work_where_apis_are_missing(browser: Browser, city: str) -> None:
    context = browser.new_context(locale="ja-JP", viewport={"width": 390, "height": 700})
    context.add_init_script(MISSING)
    page = context.new_page()
    reported: list[str] = []
    page.on("pageerror", lambda error: reported.append(str(error)))
    page.on("console", lambda message: reported.append(message.text))
    page.goto(city)
    page.get_by_role("combobox").fill("住民票の写し")
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("main").get_by_role("status").first).to_contain_text(
        "「住民票の写し」の検索結果"
    )
    page.locator(".results-link").first.click()
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    box.get_by_role("button", name="はい").click()
    expect(box.get_by_role("status")).to_contain_text("ありがとうございました")
    page.get_by_label("お困りのこと").fill("住民票")
    expect(page.get_by_text("近い質問が5件あります。")).to_be_visible()
    context.close()
    assert reported == []


def test_a_shared_page_has_title_text_and_picture(browser: Browser, city: str) -> None:
    page = browser.new_page()
    page.goto(f"{city}faq/2032/")
    found = {
        meta.get_attribute("property"): meta.get_attribute("content")
        for meta in page.locator("meta[property^='og:']").all()
    }
    assert found["og:title"] == "国民健康保険料は、いつ、どこで納めますか"
    assert found["og:description"]
    assert found["og:url"] == "https://faq.city.umibe.example.lg.jp/faq/2032/"
    picture = (found["og:image"] or "").replace("https://faq.city.umibe.example.lg.jp/", city)
    answer = page.request.get(picture)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    page.close()


def test_a_long_address_is_reported(folder: Path) -> None:
    site = folder / "site.yml"
    text = site.read_text("utf-8").replace("faq.shiken.example", "shitsumon.kotae.shiken.example")
    site.write_text(text, encoding="utf-8")
    (folder / "faq" / "a.yml").write_text(
        "- {番号: shimin-touroku-jumin, 質問: い, 回答: ろ}\n", encoding="utf-8"
    )
    content, _ = read_content(folder)
    reported = [str(problem) for problem in check_content(content)]
    assert any(
        "60文字以上のものが1件あります（shimin-touroku-jumin は" in line for line in reported
    )
