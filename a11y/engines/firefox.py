"""Firefox without geckodriver: Selenium's commands over Marionette, Firefox's own protocol.

A message is its length in bytes, a colon, and JSON: `[0, id, command, parameters]` one way,
`[1, id, error, result]` the other. Source: Firefox Source Docs, Testing, Marionette, Protocol.
"""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

from a11y.engines.driver import Driver, Engine
from a11y.engines.process import run_in_background, wait_for
from a11y.engines.webdriver import WebDriverDriver

PROGRAMS = ("firefox-esr", "firefox")
PREFERENCES = {
    "marionette.port": 0,  # any free port, which Firefox writes into its profile
    "intl.accept_languages": "ja",
    "app.update.disabledForTesting": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
# Selenium's command → Marionette's, where more differs than the first letter's case.
COMMANDS = {
    Command.GET: "Navigate",
    Command.GO_BACK: "Back",
    Command.W3C_ACTIONS: "PerformActions",
    Command.W3C_EXECUTE_SCRIPT: "ExecuteScript",
    Command.GET_ELEMENT_ARIA_ROLE: "GetComputedRole",
    Command.GET_ELEMENT_ARIA_LABEL: "GetComputedLabel",
    Command.QUIT: "DeleteSession",
}
TIMEOUT = 120  # seconds for a start or an answer, ample for a busy machine


class MarionetteConnection:
    """Marionette in place of Selenium's HTTP connection to a driver program."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self._stream = self._socket.makefile("rb")
        self._receive()  # the greeting, with the version of the protocol

    def execute(self, command: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Sends a command and returns its result, or the error for Selenium to raise."""
        name = COMMANDS.get(command) or command[0].upper() + command[1:]
        message = json.dumps([0, 1, f"WebDriver:{name}", dict(parameters)]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._receive()
        if error:
            return {"status": error["error"], "value": error}
        return {"value": result.get("value", result)}

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise ConnectionError("Firefox closed the connection")
            length += byte
        return json.loads(self._stream.read(int(length)))


class _Options(ArgOptions):
    @property
    def default_capabilities(self) -> dict[str, Any]:
        return {}


def find_firefox() -> str | None:
    """The path of Firefox, extended support release first; None without one."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def start_firefox() -> Iterator[Driver]:
    """A headless Firefox with a new profile; raises `FileNotFoundError` without one."""
    program = find_firefox()
    if program is None:
        raise FileNotFoundError(PROGRAMS[0])
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items())
        Path(folder, "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", folder]
        with run_in_background(command):
            port = wait_for(partial(_read_port, Path(folder)), bool, timeout=TIMEOUT)
            with closing(MarionetteConnection(port)) as connection:
                executor = cast(RemoteConnection, connection)
                yield WebDriverDriver(WebDriver(executor, options=_Options()))


def _read_port(profile: Path) -> int:
    """The port Marionette listens on; 0 before it does."""
    file = profile / "MarionetteActivePort"
    return int(file.read_text("utf-8") or 0) if file.is_file() else 0


FIREFOX = Engine("Firefox", ("firefox-esr",), lambda: find_firefox() is not None, start_firefox)
