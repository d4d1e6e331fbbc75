"""The live server: what it adds to pages, and to nothing else."""

from __future__ import annotations

import hashlib
import json
import threading
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from faq.addresses import is_reserved
from preview.live import LiveHandler
from tests.conftest import Serve
from tests.preview.conftest import BAD, GOOD, MESSAGE, Preview


def ask(preview: Preview, path: str, *, method: str = "GET", **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", preview.port, timeout=10)
    connection.request(method, path, headers=headers)
    return connection.getresponse()


def read_event(answer: HTTPResponse) -> dict[str, Any]:
    """The next news of an open answer."""
    while not (line := answer.readline()).startswith(b"data: "):
        assert line, "the answer ended"
    news: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return news


def make_tags(preview: Preview) -> bytes:
    return (
        '<link rel="stylesheet" href="/_preview/preview.css"><script type="module" '
        f'src="/_preview/preview.js?edition={preview.board.edition}"></script>'
    ).encode()


def digest_files(folder: Path) -> dict[str, str]:
    real = folder.resolve()
    return {
        path.relative_to(real).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(real.rglob("*"))
        if path.is_file()
    }


def test_a_page_differs_from_its_file_by_the_two_tags_alone(preview: Preview) -> None:
    for file in sorted(preview.out.resolve().rglob("*.html")):
        path = file.relative_to(preview.out.resolve()).as_posix().removesuffix("index.html")
        answer = ask(preview, f"/{path}")
        body = answer.read()
        assert body.count(make_tags(preview)) == 1
        assert body.replace(make_tags(preview), b"") == file.read_bytes()
        assert answer.headers["Content-Length"] == str(len(body))
        assert body.index(make_tags(preview)) < body.index(b"</head>") < body.index(b"<body")


def test_serving_leaves_the_published_files_as_they_are(preview: Preview) -> None:
    before = digest_files(preview.out)
    for name in before:
        ask(preview, f"/{name}").read()
    assert digest_files(preview.out) == before


def test_what_is_no_page_is_sent_as_it_is(preview: Preview) -> None:
    for file in preview.out.resolve().rglob("*"):
        if file.is_file() and file.suffix != ".html":
            path = file.relative_to(preview.out.resolve()).as_posix()
            assert ask(preview, f"/{path}").read() == file.read_bytes()


def test_a_page_that_is_not_there_is_the_sites_own_with_the_tags(preview: Preview) -> None:
    answer = ask(preview, "/nowhere/")
    assert answer.status == 404
    page = (preview.out / "404.html").read_bytes()
    assert answer.read().replace(make_tags(preview), b"") == page


def test_head_answers_as_get_does_without_a_body(preview: Preview) -> None:
    for path in ("/", "/nowhere/", "/_preview/preview.js", "/_preview/events"):
        answer = ask(preview, path, method="HEAD")
        assert answer.read() == b""
        if path != "/_preview/events":
            got = ask(preview, path)
            assert answer.headers["Content-Length"] == str(len(got.read()))
            assert (answer.status, answer.headers["Content-Type"]) == (
                got.status, got.headers["Content-Type"],
            )  # fmt: skip


def test_no_page_is_kept_by_a_browser_across_editions(preview: Preview) -> None:
    """A file that did not change has the date it had, but names another edition."""
    answer = ask(preview, "/", **{"If-Modified-Since": "Thu, 31 Dec 2099 00:00:00 GMT"})
    assert answer.status == 200
    assert answer.headers["Last-Modified"] is None
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_plain_server_adds_nothing(small_site: Path, serve: Serve) -> None:
    port = int(serve(small_site, "/sub/").split(":")[2].split("/")[0])
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/sub/")
    assert connection.getresponse().read() == (small_site / "index.html").read_bytes()


def test_no_site_has_a_page_where_the_preview_has_its_own() -> None:
    assert is_reserved("/_preview/preview.js", languages=(), ids=())


@pytest.mark.parametrize(
    "path", ["nowhere", "../live.py", "%2e%2e/live.py", "events/", "", "preview.js/"]
)
def test_nothing_else_is_below_its_own_address(preview: Preview, path: str) -> None:
    assert ask(preview, f"/_preview/{path}").status == 404


@pytest.mark.parametrize("path", ["/_preview/events", "/_preview/preview.js", "/"])
def test_under_a_foreign_name_it_tells_nothing(preview: Preview, path: str) -> None:
    assert ask(preview, path, Host="evil.example").status == 403


def test_the_news_come_at_once_and_at_every_change(preview: Preview) -> None:
    answer = ask(preview, "/_preview/events")
    assert answer.headers["Content-Type"] == "text/event-stream"
    first = read_event(answer)
    assert first["edition"] == preview.board.edition
    preview.save(BAD)
    while not (news := read_event(answer))["errors"]["lines"]:
        assert news["edition"] == first["edition"]
    assert news["errors"]["lines"][0].startswith(MESSAGE)
    preview.save(GOOD)
    while (news := read_event(answer))["edition"] == first["edition"]:
        pass
    assert news["errors"]["lines"] == []


def test_whoever_leaves_frees_the_thread(preview: Preview) -> None:
    before = set(threading.enumerate())
    answer = ask(preview, "/_preview/events")
    read_event(answer)
    (thread,) = set(threading.enumerate()) - before
    answer.close()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_closing_ends_the_events_of_everyone(preview: Preview) -> None:
    before = set(threading.enumerate())
    answers = [ask(preview, "/_preview/events") for _ in range(3)]
    for answer in answers:
        read_event(answer)
    threads = set(threading.enumerate()) - before
    preview.close()
    for thread in threads:
        thread.join(timeout=10)
    assert not any(thread.is_alive() for thread in threads)
    preview.open()


def test_without_a_site_every_address_waits_for_one(unbuilt: Preview) -> None:
    for path in ("/", "/faq/7/", "/_log/vote"):
        answer = ask(unbuilt, path)
        assert answer.status == 503
        assert make_tags(unbuilt) in (page := answer.read())
        assert "まだ表示できるページがありません" in page.decode()


def test_the_top_leads_to_the_site_below_its_base(preview: Preview) -> None:
    site = preview.content / "site.yml"
    site.write_text(site.read_text("utf-8").replace("lg.jp/", "lg.jp/faq/"), "utf-8")
    preview.build()
    answer = ask(preview, "/")
    assert (answer.status, answer.headers["Location"]) == (302, "/faq/")
    assert make_tags(preview) in ask(preview, "/faq/").read()


def test_a_page_without_an_end_of_its_head_gets_the_tags_at_its_end(preview: Preview) -> None:
    (preview.out / "plain.html").write_text("<title>x</title><p>y", encoding="utf-8")
    assert ask(preview, "/plain.html").read() == b"<title>x</title><p>y" + make_tags(preview)


def test_a_planted_date_is_seen(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above finds a server that answers pages as plain files."""
    monkeypatch.setattr(LiveHandler, "_read_page", lambda _: None)
    answer = ask(preview, "/", **{"If-Modified-Since": "Thu, 31 Dec 2099 00:00:00 GMT"})
    assert answer.status == 304
