"""How a service ends: everybody is answered, and told that it ends."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.delivery.service.servers import AS_JSON, ASKED, Running, ask, serving, until

CONNECTIONS = 32


class Client(threading.Thread):
    """Asks over one connection, again and again, until an answer says that it ends; then over another."""

    def __init__(self, running: Running, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._running, self._stop_asking = running, stop
        self.answers = 0
        self.told = 0
        self.lost: list[str] = []

    def run(self) -> None:
        while not self._stop_asking.is_set():
            with contextlib.closing(self._running.connect()) as connection:
                ended = False
                while not ended:
                    try:
                        reply = ask(connection, "POST", "/v1/decide", ASKED)
                    except OSError as error:
                        self.lost.append(repr(error))
                        return
                    assert reply.status == 200
                    self.answers += 1
                    ended = reply.headers.get("connection") == "close"
                    self.told += ended
            if ended:
                return


@pytest.mark.parametrize("workers", [1, 2])
def test_no_request_is_lost_over_connections_that_are_kept(workers: int, library_file: Path, tmp_path: Path) -> None:
    options = ("--drain", "3s", "--workers", str(workers))
    with serving(library_file, *options, folder=tmp_path) as running:
        stop = threading.Event()
        clients = [Client(running, stop) for _ in range(CONNECTIONS)]
        for client in clients:
            client.start()
        until(lambda: all(client.answers > 2 for client in clients))
        running.process.send_signal(signal.SIGTERM)
        for client in clients:
            client.join(timeout=20)
        assert [client.lost for client in clients if client.lost] == []
        assert [client.told for client in clients] == [1] * CONNECTIONS
        assert running.process.wait(timeout=20) == 0


def test_an_idle_connection_is_told_with_its_next_answer(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "2s", folder=tmp_path) as running:
        kept = [running.connect() for _ in range(CONNECTIONS)]
        for connection in kept:
            assert ask(connection, "GET", "/livez").headers.get("connection") is None
        running.process.send_signal(signal.SIGTERM)
        until(lambda: running.get("/readyz").status == 503)
        reply = running.get("/readyz")
        assert reply.error == (503, "UNAVAILABLE", [])
        assert reply.headers["retry-after"] == "1"
        for connection in kept:
            assert ask(connection, "POST", "/v1/decide", ASKED).headers["connection"] == "close"
            connection.close()
        assert running.get("/livez").status == 200
        assert running.process.wait(timeout=20) == 0


def test_a_body_that_is_still_coming_is_answered(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "0s", folder=tmp_path) as running, running.socket() as connection:
        connection.sendall(b"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        body = b'{"campaign": "come_back", "channel": "email"}'
        connection.sendall(b"Content-Length: %d\r\n\r\n" % len(body) + body[:9])
        until(lambda: running.get("/livez").status == 200)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.4)
        connection.sendall(body[9:])
        received = connection.recv(65_536)
        assert received.startswith(b"HTTP/1.1 200 OK")
        assert b"connection: close" in received.lower()
        assert running.process.wait(timeout=20) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_ends_it_at_once(workers: int, library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "60s", "--workers", str(workers), folder=tmp_path) as running:
        begun = time.monotonic()
        assert running.end(signal.SIGINT) == 0
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_signal_ends_what_goes_on(workers: int, library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "60s", "--workers", str(workers), folder=tmp_path) as running:
        running.process.send_signal(signal.SIGTERM)
        until(lambda: running.get("/readyz").status == 503)
        begun = time.monotonic()
        assert running.end() == 0
        assert time.monotonic() - begun < 10


def test_the_last_line_says_that_it_has_stopped(library_file: Path, tmp_path: Path) -> None:
    with serving(library_file, "--drain", "0s", folder=tmp_path) as running:
        assert running.post("/v1/decide", headers=AS_JSON).status == 200
        assert running.end() == 0
        assert running.lines() == ["stopped"]
