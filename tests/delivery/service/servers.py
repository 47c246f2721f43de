"""Services that really run, and a client that says what came back. Nothing here waits for ever."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from tests.conftest import ROOT
from tests.processes import started

SECONDS = 20.0
"""Anything is there by then, or never will be."""

AS_JSON = {"Content-Type": "application/json"}
PERSON = {
    "id": "c-42",
    "locale": "fr-CA",
    "consent": ["marketing"],
    "signals": {"months_since_purchase": 9, "spend_last_year": 640.5},
    "fields": {"first_name": "Maya"},
}
ASKED = {"campaign": "come_back", "channel": "email", "context": PERSON, "at": "2026-11-22T12:00:00Z"}


@dataclass(frozen=True)
class Reply:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, as JSON has it."""
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str, list[str]]:
        """The status, the code and the known names of an error, which has a sentence as well."""
        assert set(self.json) == {"error"}
        details = self.json["error"]
        assert set(details) == {"code", "message", "known"}
        assert details["message"].endswith((".", "`"))
        return self.status, details["code"], details["known"]


@dataclass(frozen=True)
class Running:
    """A service that runs: its port, its process, and the file of what it said."""

    port: int
    process: Popen[str]
    said: Path

    def connect(self) -> HTTPConnection:
        """A connection to it."""
        return HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def socket(self) -> socket.socket:
        """A connection to it, byte by byte."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Ask in a connection of its own. What is no text or bytes is sent as JSON."""
        with contextlib.closing(self.connect()) as connection:
            return ask(connection, method, path, body, headers)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        """GET."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: object = ASKED, headers: Mapping[str, str] | None = None) -> Reply:
        """POST JSON."""
        return self.ask("POST", path, body, headers)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=SECONDS)

    def lines(self) -> list[str]:
        """What it said on standard error."""
        return self.said.read_text(encoding="utf-8").splitlines()


def ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Ask in a connection."""
    data = body if body is None or isinstance(body, str | bytes) else json.dumps(body)
    connection.request(method, path, data, {**(AS_JSON if data is not None else {}), **(headers or {})})
    answer = connection.getresponse()
    return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


@contextlib.contextmanager
def serving(library: Path, *options: str, folder: Path) -> Iterator[Running]:
    """A service of a library, on a port that is free; what it says goes to a file in the folder."""
    said = folder / "said.txt"
    command = [sys.executable, "-m", "assembler", "serve", str(library), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    with said.open("w") as file, started(command, cwd=folder, env=environment, stdout=PIPE, stderr=file) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, said.read_text(encoding="utf-8")
        running = Running(int(address.rpartition(":")[2]), process, said)
        until(lambda: running.get("/readyz").status == 200)
        yield running


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened. Raises `AssertionError` where it does not."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if happened():
                return
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")
