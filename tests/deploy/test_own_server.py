"""The step that publishes to one's own server, run as it is against a real SSH server."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.test_workflows import find_step

TOOLS = ("sshd", "ssh", "ssh-keygen", "rsync", "bash")
PATHS = os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin"
pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool, path=PATHS) for tool in TOOLS), reason="no SSH server or rsync here"
)
SSHD = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile {folder}/pid
PermitRootLogin prohibit-password
PasswordAuthentication no
StrictModes no
UsePAM no
"""


def make_key(path: Path) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True)


class Server:
    """A folder on an SSH server, and the site of the runner that publishes to it."""

    def __init__(self, folder: Path, *, port: int, keys: Path) -> None:
        self.folder = folder / "srv" / "faq"
        self.folder.mkdir(parents=True)
        self.runner = folder / "runner"
        self.runs = 0
        host = (keys / "host.pub").read_text(encoding="utf-8")
        self.settings = {
            "SSH_HOST": "127.0.0.1",
            "SSH_PORT": str(port),
            "SSH_USER": getpass.getuser(),
            "SSH_FOLDER": str(self.folder),
            "SSH_KNOWN_HOSTS": f"[127.0.0.1]:{port} {host}",
            "SSH_KEY": (keys / "key").read_text(encoding="utf-8"),
        }

    def publish(self, files: dict[str, str], **settings: str) -> subprocess.CompletedProcess[str]:
        """Runs the step over a site of these files."""
        self.runs += 1
        shutil.rmtree(self.runner, ignore_errors=True)
        site = self.runner / "artifact"
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        with tarfile.open(self.runner / "artifact.tar", "w") as tar:
            tar.add(site, ".")
        run = {"GITHUB_RUN_ID": f"{self.runs:03}", "GITHUB_RUN_ATTEMPT": "1", "PATH": PATHS}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c",
             find_step("publish.yml", "送って切り替える")],
            cwd=self.runner, env={**run, **self.settings, **settings},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def list_releases(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "releases").iterdir())


@pytest.fixture(scope="module")
def port_and_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """An SSH server with throwaway keys: where it listens, and the folder of the keys."""
    keys = tmp_path_factory.mktemp("keys")
    for name in ("host", "key"):
        make_key(keys / name)
    allowed = "restrict " + (keys / "key.pub").read_text(encoding="utf-8")
    (keys / "authorized_keys").write_text(allowed, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (keys / "sshd.conf").write_text(SSHD.format(port=port, folder=keys), encoding="utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    sshd = shutil.which("sshd", path=PATHS)
    # It goes to the background once it listens.
    subprocess.run([str(sshd), "-f", str(keys / "sshd.conf"), "-E", str(keys / "log")], check=True)
    yield port, keys
    os.kill(int((keys / "pid").read_text(encoding="utf-8")), 15)


@pytest.fixture
def server(tmp_path: Path, port_and_keys: tuple[int, Path]) -> Server:
    port, keys = port_and_keys
    return Server(tmp_path, port=port, keys=keys)


def test_a_site_becomes_public_by_a_link_to_its_release(server: Server) -> None:
    done = server.publish({"index.html": "はじめ", "faq/1/index.html": "い"})
    assert done.returncode == 0, done.stdout + done.stderr
    public = server.folder / "public"
    assert public.is_symlink()
    assert public.resolve().parent == server.folder / "releases"
    assert (public / "faq/1/index.html").read_text(encoding="utf-8") == "い"


def test_everybody_may_read_what_was_sent(server: Server) -> None:
    server.publish({"index.html": "はじめ", "faq/1/index.html": "い"})
    public = server.folder / "public"
    assert public.resolve().stat().st_mode & 0o777 == 0o755
    assert (public / "faq").stat().st_mode & 0o777 == 0o755
    assert (public / "faq/1/index.html").stat().st_mode & 0o777 == 0o644


def test_what_did_not_change_is_the_same_file_and_what_did_is_another(server: Server) -> None:
    server.publish({"index.html": "はじめ", "same.html": "同じ", "size.html": "あ"})
    old = (server.folder / "public").resolve()
    server.publish({"index.html": "つぎに", "same.html": "同じ", "size.html": "い"})
    new = (server.folder / "public").resolve()
    assert old != new
    assert (old / "same.html").stat().st_ino == (new / "same.html").stat().st_ino
    assert (new / "size.html").read_text(encoding="utf-8") == "い"
    assert (old / "size.html").read_text(encoding="utf-8") == "あ"


def test_assets_of_pages_that_are_still_open_stay_for_two_days(server: Server) -> None:
    server.publish({"index.html": "1", "assets/aaaaaaaaaaaa/site.css": "a"})
    server.publish({"index.html": "2", "assets/bbbbbbbbbbbb/site.css": "b"})
    assets = server.folder / "public" / "assets"
    assert sorted(path.name for path in assets.iterdir()) == ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    os.utime(assets / "aaaaaaaaaaaa", (0, 0))
    server.publish({"index.html": "3", "assets/cccccccccccc/site.css": "c"})
    assert sorted(path.name for path in assets.iterdir()) == ["bbbbbbbbbbbb", "cccccccccccc"]


def test_five_releases_are_kept(server: Server) -> None:
    for number in range(7):
        server.publish({"index.html": str(number)})
    assert [name.split("-")[1] for name in server.list_releases()] == [
        "003",
        "004",
        "005",
        "006",
        "007",
    ]
    assert (server.folder / "public" / "index.html").read_text(encoding="utf-8") == "6"


def test_a_hold_on_the_server_stops_publishing(server: Server) -> None:
    server.publish({"index.html": "はじめ"})
    (server.folder / "hold").touch()
    done = server.publish({"index.html": "つぎ"})
    assert done.returncode != 0
    assert "hold があるので" in done.stdout
    assert (server.folder / "public" / "index.html").read_text(encoding="utf-8") == "はじめ"


def test_a_server_with_another_key_gets_nothing(server: Server, tmp_path: Path) -> None:
    make_key(tmp_path / "other")
    other = (tmp_path / "other.pub").read_text(encoding="utf-8")
    known = f"[127.0.0.1]:{server.settings['SSH_PORT']} {other}"
    done = server.publish({"index.html": "はじめ"}, SSH_KNOWN_HOSTS=known)
    assert done.returncode != 0
    assert not (server.folder / "releases").exists()


@pytest.mark.parametrize(
    "name", ["SSH_HOST", "SSH_USER", "SSH_FOLDER", "SSH_KNOWN_HOSTS", "SSH_KEY"]
)
def test_a_missing_setting_is_named(server: Server, name: str) -> None:
    done = server.publish({"index.html": "はじめ"}, **{name: ""})
    assert done.returncode == 1
    assert f"::error::{name} がありません" in done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SSH_HOST", "-oProxyCommand=touch stolen"),
        ("SSH_HOST", "a\n  ProxyCommand touch stolen"),
        ("SSH_USER", "root;touch stolen"),
        ("SSH_PORT", "22 -o ProxyCommand=x"),
        ("SSH_FOLDER", "/srv/faq;touch stolen"),
        ("SSH_FOLDER", "/srv/$(touch stolen)"),
        ("SSH_FOLDER", "/srv/../etc"),
        ("SSH_FOLDER", "/srv"),
        ("SSH_FOLDER", "srv/faq"),
    ],
)
def test_a_setting_that_could_be_a_command_is_refused(
    server: Server, name: str, value: str
) -> None:
    done = server.publish({"index.html": "はじめ"}, **{name: value})
    assert done.returncode == 1
    assert f"::error::{name}" in done.stdout
    assert not (server.runner / "stolen").exists()


def test_an_empty_site_is_not_published(server: Server) -> None:
    assert server.publish({"other.html": "い"}).returncode == 1
    assert not (server.folder / "releases").exists()


def test_a_folder_that_is_no_link_is_not_replaced(server: Server) -> None:
    (server.folder / "public").mkdir()
    (server.folder / "public" / "theirs.html").write_text("大事", encoding="utf-8")
    assert server.publish({"index.html": "はじめ"}).returncode != 0
    assert (server.folder / "public" / "theirs.html").exists()
