"""Slow, silent, broken and many: nobody holds up the others, and no request is answered by a traceback."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import pytest

from assembler.review.server.connections import Connections, Incoming, ServerLimits
from assembler.review.server.server import ReviewServer
from tests.review.server.conftest import Desk
from tests.review.server.test_guard import EMPTY
from tests.review.server.test_session import now

SECONDS = 10
"""No test waits longer for an answer."""


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=SECONDS)


def rest(connection: socket.socket) -> bytes:
    """All that still comes, until the connection is closed."""
    received = b""
    try:
        while data := connection.recv(65536):
            received += data
    except ConnectionError:
        pass
    return received


def head(desk: Desk, *lines: str) -> bytes:
    """The head of a request that is let in, but for its body."""
    own = (f"Host: {desk.host}", f"Origin: http://{desk.host}", f"X-Assembler-Token: {desk.token}")
    return "\r\n".join(["POST /decisions HTTP/1.1", *own, "Content-Type: application/json", *lines, "", ""]).encode()


@contextmanager
def served_again(desk: Desk, **limits: Any) -> Iterator[Desk]:
    """The same session, served once more under some limits."""
    with ReviewServer(desk.session, limits=ServerLimits(**limits)) as server:
        yield Desk(desk.folder, desk.session, server)


# --- time ------------------------------------------------------------------------------------------------------------


@contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        one.settimeout(SECONDS)
        yield one, other


def test_a_deadline_is_for_all_that_comes() -> None:
    """However steadily it comes: the clock goes on by a second with each byte."""
    with pair() as (one, other):
        clock = count()
        incoming = Incoming(one, 5, clock=lambda: float(next(clock)))
        other.sendall(b"x" * 100)
        pieces = []
        with pytest.raises(TimeoutError):
            while True:
                pieces.append(incoming.read(1))
        assert pieces == [b"x"] * 4
        incoming.allow(3)
        assert incoming.read(1) == b"x"


def test_who_sends_nothing_is_not_waited_for() -> None:
    with pair() as (one, _), pytest.raises(TimeoutError):
        Incoming(one, 0.05).read(1)


@pytest.mark.parametrize("sent", [b"", b"GET /", b"GET / HTTP/1.1\r\nHost: x\r\nA: b"])
def test_a_head_that_does_not_end_is_let_go(calm: Desk, sent: bytes) -> None:
    with served_again(calm, head=0.1) as desk, connected(desk.port) as connection:
        connection.sendall(sent)
        assert rest(connection) == b""


def test_a_body_that_does_not_end_is_told_so(calm: Desk) -> None:
    with served_again(calm, body=0.1) as desk, connected(desk.port) as connection:
        connection.sendall(head(desk, "Content-Length: 999") + b"{")
        assert connection.recv(100).startswith(b"HTTP/1.0 408 ")


def test_a_body_that_ends_early_is_told_so(calm: Desk) -> None:
    with connected(calm.port) as connection:
        connection.sendall(head(calm, f"Content-Length: {len(EMPTY) + 1}") + EMPTY)
        connection.shutdown(socket.SHUT_WR)
        answer = rest(connection)
        assert answer.startswith(b"HTTP/1.0 400 ")
        assert b"The body ends before it should." in answer


def test_who_goes_on_sending_after_the_answer_is_let_go(calm: Desk) -> None:
    with served_again(calm, rest=0.1) as desk, connected(desk.port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionError):
            for _ in range(100_000):
                connection.sendall(b"x" * 1000)
                rest_of_answer = connection.recv(65536)
                assert b"Traceback" not in rest_of_answer


# --- many ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(calm: Desk) -> Iterator[Desk]:
    """The project served once more: by a server that nobody else is connected to."""
    with served_again(calm) as desk:
        yield desk


def own_threads(before: set[threading.Thread]) -> int:
    return len(set(threading.enumerate()) - before)


STARTS = (b"", b"GET /?tok", b"POST /decisions HTTP/1.1\r\nContent-Length: 999\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nA:")


def test_hundreds_of_slow_clients_hold_up_nobody(fresh: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    before = set(threading.enumerate())
    with ExitStack() as stack:
        for number in range(400):
            slow = stack.enter_context(connected(fresh.port))
            slow.sendall(STARTS[number % len(STARTS)])
            if number % 50 == 0:
                assert fresh.ask("POST", "/decisions", body=EMPTY).status == 200
        assert fresh.ask("POST", "/decisions", body=EMPTY).status == 200
        assert len(fresh.server.connections) <= ServerLimits().connections
        assert own_threads(before) <= ServerLimits().connections + 40, "those that had to go are about to end"
    assert fresh.ask("POST", "/decisions", body=EMPTY).status == 200
    assert "Traceback" not in capfd.readouterr().err


def test_the_connection_that_has_waited_the_longest_has_to_go() -> None:
    connections = Connections(2)
    with ExitStack() as stack:
        pairs = [stack.enter_context(pair()) for _ in range(4)]
        first, second, third, fourth = (one for one, _ in pairs)
        assert all(map(connections.add, (first, second)))
        connections.let_in(first)
        assert connections.add(third)
        assert second.recv(1) == b"", "it has ended, for whoever reads from it"
        connections.let_in(third)
        assert not connections.add(fourth), "there is nobody who could go"
        connections.remove(first)
        assert connections.add(fourth)
        connections.let_in(second)
        assert len(connections) == 2, "who had to go is not let in any more"


def test_where_all_are_let_in_the_next_is_told_so(calm: Desk) -> None:
    """And as soon as one has gone, there is room."""
    with served_again(calm, connections=2, news=5.0) as desk, ExitStack() as stack:
        lines = ("GET /contents?after={} HTTP/1.1", "Host: {}", "X-Assembler-Token: {}", "", "")
        waiting = "\r\n".join(lines).format(desk.number, desk.host, desk.token).encode()
        pages = [stack.enter_context(connected(desk.port)) for _ in range(2)]
        for page in pages:
            page.sendall(waiting)
        _until(desk.server.connections.is_full)  # who is not let in yet would give way to the next
        refused = desk.ask("POST", "/decisions", body=EMPTY)
        assert refused.headers["Retry-After"] == "1"
        assert refused.headers["X-Content-Type-Options"] == "nosniff"
        assert refused.json == {"problem": "Too many pages are open: close some."}
        assert rest(pages[0]).startswith(b"HTTP/1.0 204 ")
        _until(lambda: len(desk.server.connections) < 2)
        assert desk.ask("POST", "/decisions", body=EMPTY).status == 200


def test_where_no_thread_can_be_started_the_next_is_told_so(
    fresh: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def none_left(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", none_left)
        assert fresh.ask("GET", "/contents").status == 503
    assert len(fresh.server.connections) == 0
    assert fresh.ask("GET", "/contents?after=0").status == 200
    assert "Traceback" not in capfd.readouterr().err


def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    waiting = threading.Event()
    for _ in range(SECONDS * 100):
        if holds():
            return
        waiting.wait(0.01)
    raise AssertionError("it did not come to that")


# --- broken ----------------------------------------------------------------------------------------------------------

BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "an empty line": b"\r\n\r\n",
    "zeros": b"\0" * 100 + b"\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xaa" * 60 + b"\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n",
    "HTTP/0.9 that posts": b"POST /decisions\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a version that is none": b"GET / HTTP/1.1.1\r\n\r\n",
    "a version of other digits": "GET / HTTP/1.\u00b2\r\n\r\n".encode("latin-1"),
    "a version without end": b"GET / HTTP/1." + b"1" * 5000 + b"\r\n\r\n",
    "too many words": b"GET / / HTTP/1.1\r\n\r\n",
    "half of a head": b"GET / HTTP/1.1\r\nHost: 127",
    "a long first line": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nA: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "a header without end": b"GET / HTTP/1.1\r\nA: " + b"a" * 1_000_000,
    "many headers": b"GET / HTTP/1.1\r\n" + b"A: a\r\n" * 10_000 + b"\r\n",
    "a header that is none": b"GET / HTTP/1.1\r\n: x\r\n\x00\r\nHost 127.0.0.1\r\n\r\n",
    "headers in the wrong encoding": b"GET / HTTP/1.1\r\nHost: \xff\xfe\xed\xa0\x80\r\n\r\n",
    "an address in the wrong encoding": b"GET /\xff\xfe?token=%ff%fe%ed%a0%80 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "an address of somebody else": b"GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "two slashes": b"GET //evil.example/?token={token} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a query without end": b"GET /?" + b"&=%" * 20_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "chunks without a length": b"{head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "chunks and a length": b"{head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "no length": b"{head}\r\n{}",
    "a length below zero": b"{head}Content-Length: -1\r\n\r\n{}",
    "a length of other digits": "{head}Content-Length: \u00b2\r\n\r\n{}".encode("latin-1"),
    "a huge length": b"{head}Content-Length: 99999999999999999999\r\n\r\n{}",
    "a length of many digits": b"{head}Content-Length: " + b"9" * 60_000 + b"\r\n\r\n{}",
    "two lengths": b"{head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a body in the wrong encoding": b"{head}Content-Length: 4\r\n\r\n\xff\xfe\xed\xa0",
    "a body of zeros": b"{head}Content-Length: 1000\r\n\r\n" + b"\0" * 1000,
    "deep JSON": b"{head}Content-Length: 100000\r\n\r\n" + b"[" * 100_000,
    "waiting to be asked on": b"{head}Content-Length: 30\r\nExpect: 100-continue\r\n\r\n",
    "a method of bytes": b"\xff\xfe / HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a method that is a name here": b"_handle / HTTP/1.1\r\nHost: {host}\r\n\r\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_request_is_answered_or_closed(calm: Desk, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    begin = head(calm).removesuffix(b"\r\n")
    request = BROKEN[name].replace(b"{head}", begin).replace(b"{host}", calm.host.encode())
    with connected(calm.port) as connection:
        try:
            connection.sendall(request.replace(b"{token}", calm.token.encode()))
            connection.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # not all was read
        answer = rest(connection)
    assert not answer or answer.startswith((b"HTTP/1.0 4", b"HTTP/1.0 505 "))
    assert answer or name in ("nothing", "a header without end", "half of a head") or len(request) > 65_536
    written = capfd.readouterr()
    assert "Traceback" not in written.out + written.err
    assert calm.ask("POST", "/decisions", body=EMPTY).status == 200


def test_of_two_requests_at_once_the_first_is_answered(calm: Desk) -> None:
    with connected(calm.port) as connection:
        connection.sendall((head(calm, f"Content-Length: {len(EMPTY)}") + EMPTY) * 3)
        answer = rest(connection)
    assert answer.startswith(b"HTTP/1.0 200 ")
    assert answer.count(b"HTTP/1.0 ") == 1


# --- among the decisions ---------------------------------------------------------------------------------------------


def test_a_pipe_among_decisions_holds_up_nobody(desk: Desk) -> None:
    card = next(iter(desk.cards.values()))
    folder = desk.folder / "reviews" / card.digest
    folder.mkdir(parents=True)
    for name in ("20261122T130000.000000Z-maya.json", "x", "x.json"):
        os.mkfifo(folder / name)
    reply = desk.hand_in(now(card))
    assert (reply.status, reply.json["refused"]) == (200, [])
    assert [fault.problem for fault in desk.session.revision.review.unreadable] == ["no regular file"] * 3
    (written,) = (path for path in folder.iterdir() if path.is_file())
    assert json.loads(written.read_bytes())["subject"] == card.digest


@pytest.mark.parametrize("linked", ["reviews", "subject"])
def test_nothing_is_written_behind_a_link(desk: Desk, linked: str) -> None:
    card = next(iter(desk.cards.values()))
    outside = desk.folder.with_name("outside")
    outside.mkdir()
    link = desk.folder / "reviews" if linked == "reviews" else desk.folder / "reviews" / card.digest
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    try:
        reply = desk.hand_in(now(card))
        words = f"Not everything could be written: {link.name} is a symbolic link, which is not followed."
        assert (reply.status, reply.json) == (500, {"problem": words})
        assert list(outside.iterdir()) == []
    finally:
        link.unlink()
        outside.rmdir()
