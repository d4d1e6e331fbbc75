"""The nginx configurations in deploy/, run by a real nginx over a built site."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.build import build_site
from pipeline.options import BuildOptions
from tests.conftest import GOLDEN, GOLDEN_AT, ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

# As a city's own site would have: its rule for pictures must not take the FAQ's.
OTHER_RULES = r"location ~* \.(css|svg)$ { return 418; }"
HTTP = """
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    {maps}
    server {{ listen unix:{folder}/socket; {others} {rules} }}
}}
"""
Ask = Callable[[str], HTTPResponse]


class LocalConnection(http.client.HTTPConnection):
    """A connection to a socket in the file system."""

    def __init__(self, path: Path) -> None:
        super().__init__("www.city.example.lg.jp")
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


def run_nginx(rules: str, *, out: Path, others: str = "") -> Iterator[Ask]:
    """Yields a function that asks a server with the rules of a file in deploy/ for an address."""
    maps, rules = (
        (ROOT / "deploy" / name)
        .read_text(encoding="utf-8")
        .replace("/srv/shirube/public", str(out))
        for name in ("nginx-maps.conf", rules)
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        user = "user root;" if os.geteuid() == 0 else ""
        text = HTTP.format(user=user, folder=folder, maps=maps, others=others, rules=rules)
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        command = [str(NGINX), "-p", name, "-c", f"{name}/nginx.conf"]
        # It returns as soon as it listens.
        subprocess.run(command, check=True, capture_output=True)

        def ask(address: str) -> HTTPResponse:
            connection = LocalConnection(folder / "socket")
            connection.request("GET", address)
            return connection.getresponse()

        try:
            yield ask
        finally:
            subprocess.run([*command, "-s", "stop"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The golden content, built for the top of a host and for a folder below it."""
    folder = tmp_path_factory.mktemp("nginx")
    for name, base in (("root", ""), ("faq", "faq/")):
        base_url = f"https://www.city.example.lg.jp/{base}"
        build_site(BuildOptions(GOLDEN / "content", folder / name, GOLDEN_AT, base_url=base_url))
    return {name: folder / name for name in ("root", "faq")}


@pytest.fixture(scope="module")
def below(built: dict[str, Path]) -> Iterator[Ask]:
    yield from run_nginx("nginx-subpath.conf", out=built["faq"], others=OTHER_RULES)


@pytest.fixture(scope="module")
def top(built: dict[str, Path]) -> Iterator[Ask]:
    yield from run_nginx("nginx-root.conf", out=built["root"])


def find_style(out: Path) -> str:
    """The address of the style sheet below the site's base."""
    return next(out.resolve().glob("assets/*/*.css")).relative_to(out.resolve()).as_posix()


def list_old_addresses(out: Path) -> list[tuple[str, str]]:
    rows = (out / "redirects.map").read_text(encoding="utf-8").splitlines()
    return [(old, new) for _, old, _, new, _ in (row.split('"') for row in rows)]


def test_the_home_page_is_below_the_folder(below: Ask) -> None:
    answer = below("/faq/")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"


def test_the_folder_without_its_slash_leads_to_the_home_page(below: Ask) -> None:
    answer = below("/faq")
    assert (answer.status, answer.getheader("Location")) == (301, "/faq/")


def test_a_page_without_its_slash_leads_to_the_page(below: Ask) -> None:
    assert below("/faq/faq/101").getheader("Location") == "/faq/faq/101/"


def test_a_missing_page_is_the_sites_own(below: Ask, built: dict[str, Path]) -> None:
    answer = below("/faq/nothing/here/")
    assert answer.status == 404
    assert answer.read() == (built["faq"] / "404.html").read_bytes()
    assert answer.getheader("Cache-Control") == "no-cache"


def test_the_rest_of_the_host_is_not_the_sites(below: Ask) -> None:
    answer = below("/nothing/")
    assert answer.status == 404
    assert answer.getheader("Content-Security-Policy") is None


def test_the_hosts_rules_for_styles_do_not_take_the_sites(
    below: Ask, built: dict[str, Path]
) -> None:
    assert below("/style.css").status == 418
    assert below(f"/faq/{find_style(built['faq'])}").status == 200


@pytest.mark.parametrize("path", ["/faq../", "/faq/../", "/faq/..%2f", "/faq/%2e%2e/"])
def test_no_record_beside_the_releases_is_served(
    below: Ask, built: dict[str, Path], path: str
) -> None:
    record = next(built["faq"].resolve().parent.glob("release-*.json"))
    assert below(path + record.name).status in (400, 404)


def test_only_assets_are_kept_for_long(below: Ask, built: dict[str, Path]) -> None:
    style = below(f"/faq/{find_style(built['faq'])}").getheader("Cache-Control") or ""
    assert "immutable" in style
    for address in ("/faq/", "/faq/search/", "/faq/assets/000000000000/missing.css"):
        assert below(address).getheader("Cache-Control") == "no-cache"


def test_old_addresses_lead_to_new_ones(below: Ask, top: Ask, built: dict[str, Path]) -> None:
    for ask, name in ((below, "faq"), (top, "root")):
        rows = list_old_addresses(built[name])
        assert rows
        for old, new in rows:
            answer = ask(old)
            assert answer.status == 301
            assert (answer.getheader("Location") or "").endswith(new)


def test_both_configurations_send_the_same_headers(below: Ask, top: Ask) -> None:
    names = (
        "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
        "Permissions-Policy", "Strict-Transport-Security",
    )  # fmt: skip
    headers = [
        [ask(path).getheader(name) for name in names]
        for ask, path in ((below, "/faq/"), (top, "/"))
    ]
    assert headers[0] == headers[1]
    assert None not in headers[0]


def test_at_the_top_a_missing_page_is_the_sites_own(top: Ask, built: dict[str, Path]) -> None:
    answer = top("/nothing/")
    assert answer.status == 404
    assert answer.read() == (built["root"] / "404.html").read_bytes()
