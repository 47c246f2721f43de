"""A few messages handed to a mail server over SMTP (RFC 5321): a test mail to oneself, and nothing that sends to many.

What a server says may hold anything: of its words only printable ASCII is told, and never what was sent to it.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from threading import Timer
from time import monotonic
from typing import Any, Final, Literal, NamedTuple

from assembler.errors import AssemblerError

Encryption = Literal["starttls", "implicit", "none"]

MOST_RECIPIENTS: Final = 10
"""Of a test mail: who writes to more people needs a sender, with suppression lists and bounces."""

SECONDS_TO_ANSWER: Final = 10.0
"""So long a server may take for a line."""

SECONDS_IN_ALL: Final = 60.0
"""So long it may take for all of them."""

_MOST_SAID: Final = 200
_OWN_NAME: Final = "[127.0.0.1]"
"""How this machine calls itself: its real name is nobody's business, and asking for it may take long."""


class Login(NamedTuple):
    """A user and a password; neither is ever shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "<Login>"


class MailServer(NamedTuple):
    """Where messages are handed in, how that is encrypted, as whom, and how many seconds it may take to answer, and in
    all."""

    host: str
    port: int
    encryption: Encryption
    login: Login | None = None
    to_answer: float = SECONDS_TO_ANSWER
    in_all: float = SECONDS_IN_ALL

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class MailNotSent(AssemblerError):
    """A message was not handed in: what the server, the network or the encryption would not do."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


def send_mail(server: MailServer, sender: str, messages: Mapping[str, bytes]) -> Iterator[str]:
    """Hand in messages over one connection, each for the address that it stands under; yield an address once the
    server has taken its message.

    `sender` is an address. Raises `MailNotSent` at the first that is not taken, `ValueError` for more recipients than
    `MOST_RECIPIENTS`.
    """
    if len(messages) > MOST_RECIPIENTS:
        raise ValueError(f"at most {MOST_RECIPIENTS} recipients: this is no sender")
    with _told(server), _connected(server) as connection:
        for address, message in messages.items():
            connection.sendmail(sender, [address], message)
            yield address


class _Timed(smtplib.SMTP):
    """A connection that is cut when its time is over, whatever the server has said until then."""

    def __init__(self, server: MailServer, **more: Any) -> None:
        self._over = Timer(server.in_all, self._cut)
        self._over.daemon = True
        self._over.start()
        with ExitStack() as undone:
            undone.callback(self.close)
            super().__init__(server.host, server.port, local_hostname=_OWN_NAME, timeout=server.to_answer, **more)
            undone.pop_all()

    def close(self) -> None:
        """End it, and the count of its time."""
        self._over.cancel()
        super().close()

    def _cut(self) -> None:
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


class _TimedOverTls(_Timed, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and logged in as it is wanted."""
    context = ssl.create_default_context()
    connection = _TimedOverTls(server, context=context) if server.encryption == "implicit" else _Timed(server)
    with closing(connection):
        if server.encryption == "starttls":
            connection.starttls(context=context)
        if server.login is not None:
            connection.login(*server.login)
        yield connection
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()


@contextmanager
def _told(server: MailServer) -> Iterator[None]:
    """Say in words what went wrong with a server."""
    start = monotonic()
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        is_over = monotonic() - start >= server.in_all
        slow = f"{server} took longer than {server.in_all:g} seconds"
        raise MailNotSent(slow if is_over else _problem(server, error)) from None


def _problem(server: MailServer, error: Exception) -> str:
    match error:
        case smtplib.SMTPResponseException():
            return _response_problem(server, error)
        case smtplib.SMTPRecipientsRefused():
            address, (code, words) = next(iter(error.recipients.items()))
            return f"{server} refused the recipient {address}: {_reply(code, words)}"
        case smtplib.SMTPNotSupportedError():
            return f"{server} offers no {'STARTTLS' if server.encryption == 'starttls' else 'login'}"
        case smtplib.SMTPServerDisconnected():
            is_late = isinstance(error.__context__, TimeoutError)
            return _late(server) if is_late else f"{server} closed the connection"
        case smtplib.SMTPException():
            return f"{server} offers no login of a known kind"
    return _network_problem(server, error)


def _response_problem(server: MailServer, error: smtplib.SMTPResponseException) -> str:
    reply = _reply(error.smtp_code, error.smtp_error)
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"{server} refused the login ({error.smtp_code})"
        case smtplib.SMTPSenderRefused():
            return f"{server} refused the sender {error.sender}: {reply}"
        case smtplib.SMTPDataError():
            return f"{server} refused the mail: {reply}"
    return f"{server} is no mail server" if error.smtp_code < 0 else f"{server} answered {reply}"


def _network_problem(server: MailServer, error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"the certificate of {server} is not trusted: {error.verify_message}"
        case ssl.SSLError():
            return f"{server} speaks no TLS there ({error.reason})"
        case socket.gaierror():
            return f"there is no host {server.host}"
        case TimeoutError():
            return _late(server)
        case ConnectionRefusedError():
            return f"nothing listens at {server}"
        case _:
            return f"{server} cannot be reached: {getattr(error, 'strerror', None) or type(error).__name__}"


def _late(server: MailServer) -> str:
    return f"{server} did not answer within {server.to_answer:g} seconds"


def _reply(code: int, words: bytes | str) -> str:
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    return f"{code} " + "".join(character if " " <= character <= "~" else " " for character in text[:_MOST_SAID])
