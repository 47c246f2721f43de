"""What is too slow, too large or too many is answered as written, and others are served meanwhile."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.service.servers import ASKED, SECONDS, Running, serving, until

HEAD = b"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def quick(library_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service that waits for half a second."""
    options = ("--header-timeout", "500ms", "--body-timeout", "500ms", "--max-body", "64kB")
    with serving(library_file, *options, folder=tmp_path_factory.mktemp("quick")) as running:
        yield running


def sent(running: Running, *data: bytes) -> bytes:
    """Send bytes, and return all that comes until the connection ends."""
    with running.socket() as connection:
        for some in data:
            connection.sendall(some)
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while some := connection.recv(65_536):
                received += some
        return received


def answered(received: bytes, status: bytes, code: bytes) -> None:
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status), received
    assert b'{"error":{"code":"' + code + b'"' in body
    assert b"connection: close" in head.lower()


@pytest.mark.parametrize(
    "some", [b"P", HEAD, HEAD + b"Content-Length: 5\r\n"], ids=["a letter", "lines", "all but one"]
)
def test_half_a_head_is_answered_after_its_time(some: bytes, quick: Running) -> None:
    begun = time.monotonic()
    answered(sent(quick, some), b"408 Request Timeout", b"TIMEOUT")
    assert 0.4 < time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "some",
    [
        HEAD + b"Content-Length: 500\r\n\r\n",
        HEAD + b'Content-Length: 500\r\n\r\n{"campaign"',
        HEAD + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"cam\r\n',
    ],
    ids=["none", "half", "chunked"],
)
def test_half_a_body_is_answered_after_its_time(some: bytes, quick: Running) -> None:
    answered(sent(quick, some), b"408 Request Timeout", b"TIMEOUT")


def test_a_connection_on_which_nothing_is_sent_is_ended(quick: Running) -> None:
    begun = time.monotonic()
    assert sent(quick) == b""
    assert time.monotonic() - begun < 5


def test_a_head_that_drips_has_no_more_time(quick: Running) -> None:
    begun = time.monotonic()
    with quick.socket() as connection, contextlib.suppress(OSError):
        while time.monotonic() - begun < SECONDS:
            connection.sendall(b"G" if time.monotonic() == begun else b"x")
            time.sleep(0.05)
    assert time.monotonic() - begun < 5


def test_lines_between_requests_keep_no_connection(library_file: Path, tmp_path: Path) -> None:
    """A blank line is no request, and neither half of one nor a reason to wait longer for one."""
    with serving(library_file, "--header-timeout", "300ms", folder=tmp_path) as running, running.socket() as connection:
        begun = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - begun < SECONDS:
                connection.sendall(b"\r\n")
                time.sleep(0.05)
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize("length", [64_000, 64_001])
@pytest.mark.parametrize("how", ["length", "chunked"])
def test_a_body_on_the_limit_and_one_past_it(length: int, how: str, quick: Running) -> None:
    body = b'{"campaign": "come_back", "channel": "email", "context": "' + b"x" * length
    body = body[: length - 2] + b'"}'
    with contextlib.closing(quick.connect()) as connection:
        if how == "length":
            connection.request("POST", "/v1/decide", body, {"Content-Type": "application/json"})
        else:
            pieces = iter([body[:1_000], body[1_000:]])
            connection.request("POST", "/v1/decide", pieces, {"Content-Type": "application/json"}, encode_chunked=True)
        reply = connection.getresponse()
        assert (reply.status, b"TOO_LARGE" in reply.read()) == ((200, False) if length == 64_000 else (413, True))


def test_the_limit_holds_for_the_first_message_of_a_body(quick: Running) -> None:
    """All that comes in one piece, chunked, so that no header says its length."""
    body = b'{"campaign": "' + b"x" * 64_000 + b'"}'
    data = HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    answered(sent(quick, data), b"413", b"TOO_LARGE")


@pytest.mark.parametrize("how", ["length", "chunked"])
def test_fifty_megabytes_are_refused_while_others_are_served(how: str, quick: Running) -> None:
    size = 50_000_000
    chunk = b"x" * 1_000_000
    with quick.socket() as connection:
        if how == "length":
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % size)
        else:
            connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(size // len(chunk)):
                connection.sendall(chunk if how == "length" else b"%x\r\n" % len(chunk) + chunk + b"\r\n")
        assert quick.post("/v1/decide").status == 200
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_who_asks_first_whether_to_send_much_is_told_not_to(quick: Running) -> None:
    with quick.socket() as connection:
        connection.sendall(HEAD + b"Content-Length: 50000000\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")
    with quick.socket() as connection:
        connection.sendall(HEAD + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")


def padded(length: int) -> bytes:
    """A request whose path, and names and values of headers, have so many bytes together."""
    rest = length - len("/livez") - len("Host") - len("x") - len("A")
    return b"GET /livez HTTP/1.1\r\nHost: x\r\nA: " + b"x" * rest + b"\r\n\r\n"


@pytest.mark.parametrize("pieces", [1, 40])
@pytest.mark.parametrize(("length", "status"), [(16_384, b"200"), (16_385, b"413")])
def test_a_head_on_the_limit_and_one_past_it(length: int, status: bytes, pieces: int, quick: Running) -> None:
    data = padded(length)
    step = -(-len(data) // pieces)
    with quick.socket() as connection:
        with contextlib.suppress(ConnectionError):
            for start in range(0, len(data), step):
                connection.sendall(data[start : start + step])
        assert connection.recv(65_536).startswith(b"HTTP/1.1 " + status)


def test_a_head_without_end_is_refused(quick: Running) -> None:
    with quick.socket() as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nA: ")
        with contextlib.suppress(ConnectionError):
            for _ in range(100):
                connection.sendall(b"x" * 16_384)
        with contextlib.suppress(ConnectionError):
            assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"GET / HTTP/9.9\r\n\r\n",
        b"nonsense\r\n\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=lambda data: str(data[-30:]),
)
def test_what_is_no_request_is_answered_too(data: bytes, quick: Running) -> None:
    answered(sent(quick, data), b"400 Bad Request", b"BAD_REQUEST")


def test_requests_in_one_piece_are_answered_in_order(quick: Running) -> None:
    one = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    received = sent(quick, one * 20 + last)
    assert (received.count(b"HTTP/1.1 200 OK"), received.count(b"HTTP/1.1 404 Not Found")) == (20, 1)
    assert received.endswith(b'"known":[]}}')


@pytest.mark.parametrize("protocol", [b"websocket", b"h2c"])
def test_who_wants_another_protocol_gets_an_answer_and_an_end(protocol: bytes, quick: Running) -> None:
    wish = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol + b"\r\n"
    received = sent(quick, b"GET /livez HTTP/1.1\r\nHost: x\r\n" + wish + b"\r\n")
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert b"connection: close" in received.lower()
    received = sent(quick, HEAD + wish + b"Content-Length: 2\r\n\r\n{}")
    answered(received, b"400 Bad Request", b"BAD_REQUEST")
    assert b"without `Upgrade`" in received


def test_who_does_not_read_answers_is_let_go(quick: Running) -> None:
    """Requests for much, of which no answer is read, end with their connection."""
    request = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
    with quick.socket() as connection:
        connection.settimeout(0.2)
        with contextlib.suppress(OSError):
            connection.sendall(request * 200)
        assert quick.post("/v1/decide").status == 200


def test_four_hundred_slow_connections_while_others_are_served(library_file: Path, tmp_path: Path) -> None:
    options = ("--header-timeout", "2s", "--body-timeout", "2s")
    with serving(library_file, *options, folder=tmp_path) as running, contextlib.ExitStack() as stack:
        slow = [stack.enter_context(running.socket()) for _ in range(400)]
        for number, connection in enumerate(slow):
            connection.sendall((b"PO", HEAD, HEAD + b"Content-Length: 9\r\n\r\n{")[number % 3])
        for _ in range(50):
            assert running.post("/v1/decide").status == 200
        for connection in slow:
            assert connection.recv(65_536).startswith(b"HTTP/1.1 408 ")
        assert running.get("/metrics").body.count(b'assembler_requests_total{route="none",status="408"} 400\n') == 1


def test_connections_on_the_limit_and_past_it(library_file: Path, tmp_path: Path) -> None:
    options = ("--max-connections", "10", "--header-timeout", "1m")
    with serving(library_file, *options, folder=tmp_path) as running, contextlib.ExitStack() as stack:
        held: list[socket.socket] = []

        def all_are_in() -> bool:
            """Those of earlier requests may still be ending."""
            while held:
                held.pop().close()
            time.sleep(0.1)
            for _ in range(10):
                held.append(stack.enter_context(running.socket()))
                held[-1].sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            return all(connection.recv(65_536).startswith(b"HTTP/1.1 200") for connection in held)

        until(all_are_in)
        for _ in range(5):
            with running.socket() as connection:
                received = b""
                with contextlib.suppress(ConnectionResetError):
                    connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                    while some := connection.recv(65_536):
                        received += some
                answered(received, b"503 Service Unavailable", b"UNAVAILABLE")
                assert b"retry-after: 1" in received.lower()
        held.pop().close()
        until(lambda: running.get("/livez").status == 200)


def test_the_body_of_a_request_that_needs_none_is_passed_over(quick: Running) -> None:
    with contextlib.closing(quick.connect()) as connection:
        for _ in range(3):
            connection.request("GET", "/livez", b"x" * 100_000)
            reply = connection.getresponse()
            assert (reply.status, reply.read()) == (200, b'{"status":"alive"}')


def test_a_refused_body_leaves_the_connection_for_the_next_request(quick: Running) -> None:
    with contextlib.closing(quick.connect()) as connection:
        connection.request("POST", "/v1/decide", b"x" * 70_000, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        assert (reply.status, b"TOO_LARGE" in reply.read()) == (413, True)
        connection.request("GET", "/livez")
        assert connection.getresponse().status == 200
    assert quick.post("/v1/decide", ASKED).status == 200
