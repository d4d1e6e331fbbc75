"""Free texts: posted, masked, to the receiver that the city names, and to nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from faq.model.site import Site as SiteSettings
from faq.render.policy import make_policy
from pipeline.build import build_site
from pipeline.options import BuildOptions
from preview.server import SiteHandler
from tests.conftest import AT

SENT = "よりよい案内にするために使います"
FAILED = "送れませんでした"
TEXT = "山田太郎です。090-1234-5678へ。ことばが難しい"
MASKED = "●です。●へ。ことばが難しい"


@dataclass
class Notes:
    """What a server was asked: one line each, and the bodies that were posted."""

    lines: list[str] = field(default_factory=list)
    bodies: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


class NotingHandler(SiteHandler):
    """The site's server, with an access log."""

    def __init__(self, *arguments: Any, notes: Notes, **settings: Any) -> None:
        self.notes = notes
        super().__init__(*arguments, **settings)

    def log_request(self, code: object = "-", size: object = "-") -> None:  # noqa: ARG002
        self.notes.lines.append(unquote(f"{self.requestline} {self.headers.get('Referer', '')}"))


class Receiver(BaseHTTPRequestHandler):
    """The plainest receiver of a form: it answers 200 and knows nothing of CORS."""

    def __init__(self, *arguments: Any, notes: Notes) -> None:
        self.notes = notes
        super().__init__(*arguments)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        fields = parse_qs(body, keep_blank_values=True)
        self.notes.bodies.append({name: values[0] for name, values in fields.items()})
        self.notes.headers.append(dict(self.headers.items()))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Nothing."""


@dataclass
class Site:
    """A served site with a receiver, and what either was asked."""

    address: str
    served: Notes
    received: Notes
    stop_receiver: Callable[[], None]


@pytest.fixture
def site(tmp_path: Path, folder: Path) -> Iterator[Site]:
    """A site of one FAQ whose free texts go to a receiver on another port."""
    received, served = Notes(), Notes()
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), partial(Receiver, notes=received))
    with (folder / "site.yml").open("a", encoding="utf-8") as file:
        file.write(
            f"ご意見の送り先: http://127.0.0.1:{receiver.server_port}/iken\n"
            "アンケートの項目: [見つけやすさ]\n"
        )
    (folder / "faq" / "a.yml").write_text(
        "- {番号: 7, 質問: 税金はいつ納めますか, 回答: 4月です, 状態: 承認済み}\n", encoding="utf-8"
    )
    out = tmp_path / "public"
    build_site(BuildOptions(folder, out, AT))
    handler = partial(NotingHandler, notes=served, directory=str(out))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    for each in (receiver, server):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    is_stopped: list[bool] = []

    def stop() -> None:
        if not is_stopped:
            receiver.shutdown()
            receiver.server_close()
            is_stopped.append(True)

    yield Site(f"http://127.0.0.1:{server.server_port}/", served, received, stop)
    stop()
    server.shutdown()
    server.server_close()


def open_reasons(page: Page, site: Site) -> Locator:
    page.goto(f"{site.address}faq/7/")
    box = page.get_by_role("region", name="この回答は役に立ちましたか")
    box.get_by_role("button", name="いいえ").click()
    return box


def test_a_text_is_posted_masked_to_the_receiver_with_number_and_reasons(
    page: Page, site: Site
) -> None:
    box = open_reasons(page, site)
    box.get_by_role("checkbox", name="説明が分かりにくい").check()
    box.get_by_role("textbox").fill(TEXT)
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(SENT)
    assert site.received.bodies == [{"faq": "7", "reason": "hard", "text": MASKED}]
    (headers,) = site.received.headers
    assert headers["Content-Type"] == "application/x-www-form-urlencoded;charset=UTF-8"
    assert headers["Origin"] == site.address.removesuffix("/")
    assert "Cookie" not in headers
    assert "/faq/" not in headers["Referer"]


def test_the_site_s_own_server_never_sees_a_text(page: Page, site: Site) -> None:
    box = open_reasons(page, site)
    box.get_by_role("textbox").fill(TEXT)
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(SENT)
    log = "\n".join(site.served.lines)
    assert "GET /_log/reason?faq=7&reason= " in log
    assert "ことば" not in log
    assert not [line for line in site.served.lines if "text=" in line or "POST" in line]


def test_without_a_text_nothing_is_posted(page: Page, site: Site) -> None:
    box = open_reasons(page, site)
    box.get_by_role("checkbox", name="そのほか").check()
    box.get_by_role("textbox").fill("  \n ")
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(SENT)
    assert site.received.bodies == []


def test_the_survey_s_text_is_posted_and_its_levels_are_facts(page: Page, site: Site) -> None:
    page.goto(f"{site.address}survey/")
    main = page.get_by_role("main")
    main.get_by_role("group", name="全体の満足度").get_by_role("radio", name="やや満足").check()
    main.get_by_role("textbox").fill(TEXT)
    main.get_by_role("button", name="送る").click()
    expect(main.get_by_role("status")).to_contain_text("回答を送りました")
    assert site.received.bodies == [{"faq": "", "reason": "", "text": MASKED}]
    assert [line for line in site.served.lines if "GET /_log/survey?overall=4 " in line]
    assert "ことば" not in "\n".join(site.served.lines)


def test_a_receiver_that_is_not_there_is_reported_and_the_text_stays(
    page: Page, site: Site
) -> None:
    site.stop_receiver()
    box = open_reasons(page, site)
    box.get_by_role("textbox").fill(TEXT)
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(FAILED)
    expect(box.get_by_role("textbox")).to_have_value(TEXT)


def test_a_text_is_not_posted_twice_where_only_the_reasons_failed(page: Page, site: Site) -> None:
    box = open_reasons(page, site)
    box.get_by_role("checkbox", name="そのほか").check()
    box.get_by_role("textbox").fill(TEXT)
    page.route("**/_log/reason**", lambda route: route.abort())
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(FAILED)
    page.unroute("**/_log/reason**")
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(SENT)
    assert [body["text"] for body in site.received.bodies] == [MASKED]


def test_without_the_rules_for_masking_no_text_leaves(page: Page, site: Site) -> None:
    page.route("**/personal.json", lambda route: route.abort())
    box = open_reasons(page, site)
    box.get_by_role("textbox").fill(TEXT)
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text(FAILED)
    assert site.received.bodies == []


def test_the_rules_for_masking_are_not_asked_for_before_a_text_is_sent(
    page: Page, site: Site
) -> None:
    open_reasons(page, site)
    page.wait_for_load_state("networkidle")
    assert not [line for line in site.served.lines if "personal.json" in line]


def test_no_text_leaves_under_global_privacy_control(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="ja-JP")
    page = context.new_page()
    box = open_reasons(page, site)
    box.get_by_role("textbox").fill(TEXT)
    before = len(site.served.lines)
    # Turned on while the form is open: the strictest moment.
    page.evaluate("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    box.get_by_role("button", name="送る").click()
    expect(box.get_by_role("status")).to_contain_text("何も送りませんでした")
    context.close()
    assert site.received.bodies == []
    assert site.served.lines[before:] == []


def test_the_policy_names_the_receiver_s_origin_only() -> None:
    plain = SiteSettings("よくある質問", "市", "https://faq.example.lg.jp/")
    site = replace(plain, opinion_url="https://iken.example.lg.jp:8443/a/b?c=d")
    policy = make_policy(site, runs_wasm=False)
    assert "connect-src 'self' https://iken.example.lg.jp:8443;" in policy
    assert "https" not in make_policy(plain, runs_wasm=False)
