"""The server of a published folder: what it answers, and to whom."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from preview.server import make_server


class Client:
    """Asks the server of a folder, below the base path `/sub/`."""

    def __init__(self, out: Path) -> None:
        self.server = make_server(out, base="/sub/", port=0)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, path: str, *, host: str | None = None) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.putrequest("GET", path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        return connection.getresponse()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    release = tmp_path / "public.releases" / "release-000001"
    (release / "assets" / "0123").mkdir(parents=True)
    (release / "assets" / "0123" / "site.css").write_text("css", encoding="utf-8")
    (release / "index.html").write_text("home", encoding="utf-8")
    (release / "404.html").write_text("ページが見つかりません", encoding="utf-8")
    (tmp_path / "public").symlink_to(release)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (release / "secret.txt").symlink_to(tmp_path / "secret.txt")
    (release / "outside").symlink_to(tmp_path)
    opened = Client(tmp_path / "public")
    yield opened
    opened.close()


def test_it_answers_to_the_names_of_this_machine(client: Client) -> None:
    for name in ("127.0.0.1", "localhost"):
        assert client.get("/sub/", host=f"{name}:{client.port}").read() == b"home"


@pytest.mark.parametrize(
    "host", ["", "evil.example", "evil.example:{port}", "[::1]:{port}", "127.0.0.1", "localhost:1"]
)
def test_under_any_other_name_it_answers_with_a_sentence_only(client: Client, host: str) -> None:
    for path in ("/sub/", "/sub/nowhere"):
        answer = client.get(path, host=host.format(port=client.port))
        assert answer.status == 403
        assert f"http://127.0.0.1:{client.port}/sub/ を開いて" in answer.read().decode()


@pytest.mark.parametrize(
    "path",
    ["assets/", "assets", "assets/0123/", "assets/.", "assets/%2e/", "assets/%2F", "assets//"],
)
def test_no_folder_is_listed(client: Client, path: str) -> None:
    answer = client.get(f"/sub/{path}")
    while answer.status == 301:
        answer = client.get(answer.headers["Location"])
    assert answer.status == 404
    assert answer.read().decode() == "ページが見つかりません"


@pytest.mark.parametrize("path", ["%00", "assets/%00/", "a%00.html"])
def test_a_nul_in_an_address_is_not_found(
    client: Client, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert client.get(f"/sub/{path}").status == 404
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("path", ["secret.txt", "outside/secret.txt", "outside/", "outside"])
def test_no_link_out_of_the_folder_is_followed(client: Client, path: str) -> None:
    assert client.get(f"/sub/{path}").status == 404


def test_a_file_is_served_from_behind_the_published_link(client: Client) -> None:
    assert client.get("/sub/assets/0123/site.css").read() == b"css"
    assert client.get("/sub/assets/0123/site.css/").status == 404
