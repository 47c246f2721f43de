"""`assembler send`, in conversation with real mail servers, and with such as misbehave."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session
from syrupy.assertion import SnapshotAssertion

from assembler.delivery.mailing import MOST_RECIPIENTS, Login, MailNotSent, MailServer, send_mail
from tests.authoring.builders import MOMENT, in_memory, project as files
from tests.cli.conftest import Run

TO = "Maya <maya@people.example>"


class Inbox:
    """Takes messages, but for addresses that begin with `no`, and bodies that say REFUSE."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(self, _: Any, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:  # noqa: N802
        if address.startswith("no"):
            return "550 5.1.1 no such user\x1b[31m"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 taken"


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def mail_server(inbox: Any, **options: Any) -> Iterator[str]:
    address = closed_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=int(address.rpartition(":")[2]), **options)
    controller.start()
    try:
        yield address
    finally:
        controller.stop()


@contextmanager
def talking(talk: Callable[[socket.socket], object]) -> Iterator[str]:
    """A server of one connection that says what it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join(timeout=10)


def server_of(address: str, **more: Any) -> MailServer:
    host, _, port = address.rpartition(":")
    return MailServer(host, int(port), more.pop("encryption", "none"), **more)


def problem(server: MailServer, to: str = "maya@people.example") -> str:
    with pytest.raises(MailNotSent) as caught:
        list(send_mail(server, "a@b.example", {to: b"Subject: Hello\r\n\r\nHello\r\n"}))
    return str(caught.value)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def test_each_recipient_gets_the_message_of_their_own(run: Run, inbox: Inbox) -> None:
    variant = (
        in_memory(files())
        .compile(MOMENT)
        .assemble("back", channel="email", context={"fields": {"first_name": "Maya"}}, at=MOMENT)
    )
    with mail_server(inbox) as address:
        options = ("--smtp", address, "--to", TO, "--to", "leo@people.example", "--field", "first_name=Maya")
        result = run("send", "back", "--channel", "email", *options)
    sent = [f"sent {variant.key} to {whom}\n" for whom in ("maya@people.example", "leo@people.example")]
    assert (result.exit_code, result.stdout) == (0, "".join(sent)), result.stderr
    assert [envelope.rcpt_tos for envelope in inbox.envelopes] == [["maya@people.example"], ["leo@people.example"]]
    for envelope, whom in zip(inbox.envelopes, (TO, "leo@people.example"), strict=True):
        assert envelope.mail_from == "growth@sample.example"
        unsubscribe = "https://www.sample.example/u/1"
        sender = "Sample & Sons <growth@sample.example>"
        assert envelope.content == variant.message(sender=sender, to=whom, unsubscribe=unsubscribe)
        assert email.message_from_bytes(envelope.content, policy=email.policy.default)["To"] == whom


def test_json_says_what_was_decided_and_sent(run: Run, inbox: Inbox) -> None:
    with mail_server(inbox) as address:
        result = run("send", "back", "--channel", "email", "--smtp", address, "--to", TO, "--format", "json")
    printed = json.loads(result.stdout)
    assert (printed["server"], printed["sent"]) == (address, ["maya@people.example"])
    assert printed["decision"]["key"].startswith("back/email/en/")


@pytest.mark.parametrize(("count", "code"), [(MOST_RECIPIENTS, 0), (MOST_RECIPIENTS + 1, 2)])
def test_ten_recipients_and_no_more(run: Run, inbox: Inbox, count: int, code: int) -> None:
    recipients = [option for number in range(count) for option in ("--to", f"p{number}@people.example")]
    with mail_server(inbox) as address:
        result = run("send", "back", "--channel", "email", "--smtp", address, *recipients)
    assert (result.exit_code, len(inbox.envelopes)) == (code, count if code == 0 else 0)
    if code:
        assert "11 recipients: a test mail goes to 10 at most; this is no sender" in result.stderr


HOSTILE = {
    "a line break in a recipient": ("--to", "maya@people.example\r\nBcc: leo@people.example"),
    "two recipients in one": ("--to", "maya@people.example, leo@people.example"),
    "a command of SMTP": ("--to", "maya@people.example>\r\nRCPT TO:<leo@people.example"),
    "a line break in a name": ("--to", "Maya\nBcc: leo@people.example <maya@people.example>"),
    "an encoded word": ("--to", "=?utf-8?q?Maya=0D=0ABcc:_leo?= <maya@people.example>"),
    "no address": ("--to", "maya"),
    "a line break in the sender": ("--to", TO, "--from", "Shop\nBcc: leo@people.example <a@shop.example>"),
    "a link that is none": ("--to", TO, "--unsubscribe", "https://x.example/\r\nBcc: leo@people.example"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_sent_where_a_header_could_be_added(run: Run, inbox: Inbox, name: str) -> None:
    with mail_server(inbox) as address:
        result = run("send", "back", "--channel", "email", "--smtp", address, *HOSTILE[name])
    assert (result.exit_code, result.stdout, inbox.envelopes) == (2, "", [])
    assert "no message: " in result.stderr


USAGE = {
    "no port": ("--smtp", "localhost", "--to", TO),
    "a port too high": ("--smtp", "localhost:65536", "--to", TO),
    "port 0": ("--smtp", "localhost:0", "--to", TO),
    "a line break in the host": ("--smtp", "local\r\nhost:25", "--to", TO),
    "nobody": ("--smtp", "localhost:25"),
    "an encryption that is none": ("--smtp", "localhost:25", "--to", TO, "--tls", "starttsl"),
    "a channel without a subject": ("--channel", "page", "--smtp", "localhost:25", "--to", TO),
    "an unknown channel": ("--channel", "emial", "--smtp", "localhost:25", "--to", TO),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_told(run: Run, words: SnapshotAssertion, name: str) -> None:
    result = run("send", "back", "--channel", "email", *USAGE[name])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words


def test_a_refused_recipient_is_told_with_who_was_sent_to_before(run: Run, inbox: Inbox) -> None:
    with mail_server(inbox) as address:
        options = ("--to", TO, "--to", "nobody@people.example", "--to", "leo@people.example")
        result = run("send", "back", "--channel", "email", "--smtp", address, *options)
    told = f"not sent: {address} refused the recipient nobody@people.example: 550 5.1.1 no such user [31m"
    assert (result.exit_code, len(inbox.envelopes)) == (2, 1)
    assert " ".join(result.stderr.split()) == f"Error: {told}; sent to maya@people.example before"


def test_nothing_listens(run: Run) -> None:
    address = closed_port()
    result = run("send", "back", "--channel", "email", "--smtp", address, "--to", TO)
    assert (result.exit_code, result.stderr) == (2, f"Error: not sent: nothing listens at {address}\n")


ODD: dict[str, tuple[Callable[[socket.socket], object], str]] = {
    "it closes at once": (lambda connection: None, "{} closed the connection"),
    "it is busy": (lambda connection: connection.sendall(b"421 4.3.2 too busy\r\n"), "{} answered 421 4.3.2 too busy"),
    "it is no mail server": (
        lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        "{} is no mail server",
    ),
    "it says nothing": (lambda connection: connection.recv(1) and None, "{} did not answer within 0.3 seconds"),
}


@pytest.mark.parametrize("name", ODD)
def test_a_server_that_misbehaves_is_told_of(name: str) -> None:
    talk, told = ODD[name]
    with talking(talk) as address:
        assert problem(server_of(address, to_answer=0.3)) == told.format(address)


def test_a_server_that_never_ends_its_line_is_cut_off() -> None:
    def drip(connection: socket.socket) -> None:
        with_time = threading.Event()
        for _ in range(100):
            try:
                connection.sendall(b"2")
            except OSError:
                return
            with_time.wait(timeout=0.1)

    with talking(drip) as address:
        told = problem(server_of(address, to_answer=1, in_all=0.5))
        assert told == f"{address} took longer than 0.5 seconds"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
    return folder / "certificate.pem", folder / "key.pem"


def tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.mark.parametrize("encryption", ["starttls", "implicit"])
def test_an_encrypted_server_is_trusted_by_its_certificate(
    run: Run, inbox: Inbox, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, encryption: str
) -> None:
    options = {"ssl_context": tls(certificate)} if encryption == "implicit" else {"tls_context": tls(certificate)}
    with mail_server(inbox, **options) as address:
        arguments = ("send", "back", "--channel", "email", "--smtp", address, "--to", TO, "--tls", encryption)
        refused = run(*arguments)
        told = f"Error: not sent: the certificate of {address} is not trusted: self-signed certificate"
        assert (refused.exit_code, inbox.envelopes) == (2, [])
        assert " ".join(refused.stderr.split()) == told
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert run(*arguments).exit_code == 0
    assert len(inbox.envelopes) == 1


def test_a_server_without_encryption_is_not_trusted_with_a_mail(inbox: Inbox) -> None:
    with mail_server(inbox) as address:
        assert problem(server_of(address, encryption="starttls")) == f"{address} offers no STARTTLS"
        assert problem(server_of(address, encryption="implicit")).startswith(f"{address} speaks no TLS there (")
    assert inbox.envelopes == []


@pytest.mark.parametrize(("password", "code"), [("right-Canary", 0), ("wrong-Canary", 2)])
def test_a_login_comes_from_the_environment_and_is_never_shown(
    run: Run, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, password: str, code: int
) -> None:
    asked: list[bytes] = []

    def authenticate(_: Any, __: Any, ___: Any, ____: str, login: Any) -> AuthResult:
        asked.append(login.password)
        return AuthResult(
            success=login.password == b"right-Canary", handled=False, message=f"535 no {login.password!r}"
        )

    monkeypatch.setenv("ASSEMBLER_SMTP_LOGIN", "me-Canary")
    monkeypatch.setenv("ASSEMBLER_SMTP_PASSWORD", password)
    with mail_server(inbox, authenticator=authenticate, auth_required=True, auth_require_tls=False) as address:
        result = run("send", "back", "--channel", "email", "--smtp", address, "--to", TO)
    assert (result.exit_code, len(inbox.envelopes)) == (code, 1 - code // 2)
    assert set(asked) == {password.encode()}
    assert "Canary" not in result.output + result.stderr + caplog.text
    assert code == 0 or f"not sent: {address} refused the login (535)" in result.stderr
    assert repr(Login("me-Canary", password)) == "<Login>"


LOGINS = {
    "a user alone": ({"ASSEMBLER_SMTP_LOGIN": "me"}, "localhost:25", "none"),
    "a password alone": ({"ASSEMBLER_SMTP_PASSWORD": "secret"}, "localhost:25", "none"),
    "in the clear": ({"ASSEMBLER_SMTP_LOGIN": "me", "ASSEMBLER_SMTP_PASSWORD": "x"}, "mail.sample.example:25", "none"),
    "beyond ASCII": ({"ASSEMBLER_SMTP_LOGIN": "me", "ASSEMBLER_SMTP_PASSWORD": "é"}, "localhost:25", "none"),
}


@pytest.mark.parametrize("name", LOGINS)
def test_a_login_that_cannot_be_used_is_told(
    run: Run, words: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    environment, address, encryption = LOGINS[name]
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    result = run("send", "back", "--channel", "email", "--smtp", address, "--to", TO, "--tls", encryption)
    assert result.exit_code == 2
    assert result.stderr == words
