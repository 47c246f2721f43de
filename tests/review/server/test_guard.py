"""What is let in, over a real socket: the page that the server handed out, and nobody else."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest

from assembler.review.gallery.page import content_policy
from assembler.review.server.guard import MOST_BYTES, is_number
from assembler.review.server.server import ReviewServer
from tests.review.server.conftest import Desk

EMPTY = b'{"schema": 1, "decisions": []}'
CANARY = "canary<b>7b1f</b>"


def test_the_page_opens_at_its_address(calm: Desk) -> None:
    page = calm.ask("GET", calm.server.address.partition(calm.host)[2], {"X-Assembler-Token": None})
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (
        f'<script type="application/json" id="session">{{"token":"{calm.token}","revision":{calm.number}}}'
        in page.body.decode()
    )


def test_only_this_machine_is_answered(calm: Desk) -> None:
    """The socket is bound to 127.0.0.1: its other addresses are closed, of which 127.0.0.2 is one."""
    for address in ("127.0.0.2", "::1"):
        with pytest.raises(OSError):
            socket.create_connection((address, calm.port), timeout=2)


def test_tokens_are_long_and_never_the_same(calm: Desk) -> None:
    with ReviewServer(calm.session) as other:
        assert other.guard.token != calm.token
    assert len(calm.token) >= 43


@pytest.mark.parametrize("token", ["", "x", "{token}x", "é", "\x80\xff"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/contents"), ("POST", "/decisions")])
def test_without_the_token_there_is_nothing(calm: Desk, method: str, path: str, token: str) -> None:
    token = token.format(token=calm.token)
    reply = calm.ask(
        method, f"{path}?token={quote_from_bytes(token.encode('latin-1'))}", {"X-Assembler-Token": token}, EMPTY
    )
    assert reply.status == 403
    assert "token is not the right one" in reply.json["problem"]


def test_the_token_in_an_address_opens_the_page_alone(calm: Desk) -> None:
    """So no link and no form can make the browser do more than show the page."""
    without = {"X-Assembler-Token": None}
    assert calm.ask("GET", f"/contents?token={calm.token}", without).status == 403
    assert calm.ask("POST", f"/decisions?token={calm.token}", without, EMPTY).status == 403
    assert calm.ask("GET", "/").status == 403


FOREIGN: list[Mapping[str, str | None]] = [
    {"Host": None},
    {"Host": "evil.example"},
    {"Host": "evil.example:{port}"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1:1"},
    {"Host": "127.0.0.1.evil.example:{port}"},
    {"Host": "localhost.:{port}"},
    {"Origin": "null"},
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize(("method", "path"), [("GET", "/?token={token}"), ("GET", "/contents"), ("POST", "/decisions")])
def test_other_names_and_other_pages_are_refused(
    calm: Desk, method: str, path: str, headers: Mapping[str, str | None]
) -> None:
    sent = {name: value and value.format(port=calm.port) for name, value in headers.items()}
    reply = calm.ask(method, path.format(token=calm.token), sent, EMPTY)
    assert reply.status == 403
    assert "token" not in reply.json["problem"]


def test_whoever_is_refused_need_not_send_a_body(calm: Desk) -> None:
    """Nothing of it is read: an answer comes though it never does."""
    good = {"Host": calm.host, "Origin": f"http://{calm.host}", "X-Assembler-Token": calm.token}
    json = {"Content-Type": "application/json", "Content-Length": "999"}
    for wrong, status in (
        ({"Host": "evil.example"}, 403), ({"Origin": "http://evil.example"}, 403), ({"X-Assembler-Token": "x"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Content-Type": "text/plain"}, 415),
        ({"Content-Length": "-1"}, 400), ({"Content-Length": str(MOST_BYTES + 1)}, 413),
    ):  # fmt: skip
        lines = [f"{name}: {value}" for name, value in {**good, **json, **wrong}.items()]
        with socket.create_connection(("127.0.0.1", calm.port), timeout=5) as connection:
            connection.sendall("\r\n".join(["POST /decisions HTTP/1.1", *lines, "", ""]).encode())
            assert connection.recv(100).startswith(f"HTTP/1.0 {status} ".encode()), wrong


def test_what_changes_something_says_where_it_comes_from(calm: Desk) -> None:
    assert calm.ask("POST", "/decisions", {"Origin": None}, EMPTY).status == 403
    assert calm.ask("GET", "/contents", {"Origin": None}).status == 200
    local = {"Host": f"localhost:{calm.port}", "Origin": f"http://localhost:{calm.port}"}
    assert calm.ask("POST", "/decisions", {**local, "Sec-Fetch-Site": "same-origin"}, EMPTY).status == 200


def test_two_hosts_are_none(calm: Desk) -> None:
    request = f"GET /?token={calm.token} HTTP/1.1\r\nHost: {calm.host}\r\nHost: evil.example\r\n\r\n"
    assert calm.sent(request.encode()).startswith(b"HTTP/1.0 403 ")


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_form_cannot_hand_in_decisions(calm: Desk, kind: str | None) -> None:
    assert calm.ask("POST", "/decisions", {"Content-Type": kind}, EMPTY).status == 415


@pytest.mark.parametrize("path", ["/favicon.ico", "/index.html", "/../assembler.yaml", "/decisions/", "/reviews"])
def test_there_is_nothing_else(calm: Desk, path: str) -> None:
    assert calm.ask("GET", path).status == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/decisions", "POST"),
        ("POST", "/", "GET"),
        ("POST", "/contents", "GET"),
        ("PUT", "/decisions", "POST"),
        ("DELETE", "/decisions", "POST"),
        ("OPTIONS", "/decisions", "POST"),
        ("HEAD", "/", "GET"),
        (CANARY, "/", "GET"),
    ],
)
def test_each_address_has_one_method(calm: Desk, method: str, path: str, allowed: str) -> None:
    reply = calm.ask(method, path)
    assert (reply.status, reply.headers["Allow"]) == (405, allowed)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": None}, 411),
        ({"Content-Length": None, "Transfer-Encoding": "chunked"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
        ({"Content-Length": "-1"}, 400),
        ({"Content-Length": "+5"}, 400),
        ({"Content-Length": "²"}, 400),
        ({"Content-Length": "9" * 5000}, 400),
        ({"Content-Length": str(MOST_BYTES + 1)}, 413),
    ],
)
def test_a_body_says_how_long_it_is(calm: Desk, headers: Mapping[str, str | None], status: int) -> None:
    assert calm.ask("POST", "/decisions", headers).status == status


def test_the_largest_body_that_is_read(calm: Desk) -> None:
    assert calm.ask("POST", "/decisions", body=EMPTY.ljust(MOST_BYTES)).status == 200
    assert calm.ask("POST", "/decisions", body=EMPTY.ljust(MOST_BYTES + 1)).status == 413


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", True),
        ("9" * 12, True),
        ("9" * 13, False),
        ("", False),
        ("-1", False),
        ("+1", False),
        ("²", False),
        ("٣", False),
    ],
)
def test_what_is_a_number(text: str, number: bool) -> None:
    assert is_number(text) == number


def test_a_body_that_is_too_large_is_told_so(calm: Desk) -> None:
    """However much of it is still on its way: the answer must not be lost with the connection."""
    reply = calm.ask("POST", "/decisions", body=b" " * 2 * MOST_BYTES)
    assert reply.status == 413
    assert "hand in fewer decisions" in reply.json["problem"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"schema": 1, "decisions": [{"schema": 1}]}']
)
def test_what_is_no_decision_is_refused(calm: Desk, body: bytes) -> None:
    reply = calm.ask("POST", "/decisions", body=body)
    assert (reply.status, reply.json["problem"]) == (
        400,
        "These are no decisions such as the page hands in. Load it again.",
    )


def test_every_answer_is_closed_to_other_pages(calm: Desk) -> None:
    replies = [
        calm.ask("GET", f"/?token={calm.token}"),
        calm.ask("GET", "/contents"),
        calm.ask("POST", "/decisions", body=EMPTY),
        calm.ask("GET", "/nothing"),
        calm.ask("PUT", "/"),
    ]
    assert [reply.status for reply in replies] == [200, 200, 200, 404, 405]
    for reply in replies:
        assert reply.headers["Content-Security-Policy"] == content_policy(served=True) + "; frame-ancestors 'none'"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert reply.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert reply.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in reply.headers
        assert "Python" not in reply.headers["Server"]


def test_no_answer_repeats_its_request(calm: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    requests = [
        f"GET /{CANARY} HTTP/1.1\r\nHost: {calm.host}\r\n\r\n",
        f"GET /?token={CANARY} HTTP/1.1\r\nHost: {CANARY}\r\n\r\n",
        f"{CANARY} / HTTP/1.1\r\nHost: {calm.host}\r\n\r\n",
        f"{CANARY}\r\n\r\n",
        f"GET / {CANARY}\r\n\r\n",
        f"GET / HTTP/9.{CANARY}\r\n\r\n",
        f"GET /{CANARY * 5000} HTTP/1.1\r\n\r\n",
        f"GET / HTTP/1.1\r\n{CANARY}: {CANARY * 5000}\r\n\r\n",
        f"POST /decisions HTTP/1.1\r\nHost: {calm.host}\r\nContent-Length: {CANARY}\r\n\r\n",
    ]
    for request in requests:
        answer = calm.sent(request.encode())
        assert answer or len(request) > 65536
        assert b"canary" not in answer
        assert b"Traceback" not in answer
    written = capfd.readouterr()
    assert "canary" not in written.out + written.err
    assert calm.token not in written.out + written.err


def test_nothing_was_written_by_any_of_this(calm: Desk) -> None:
    assert not Path(calm.folder, "reviews").exists()
