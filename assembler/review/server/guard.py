"""What is let in: the page that this server handed out, and nobody else."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from email.message import Message

MOST_BYTES = 16_000_000
"""The largest body that is read: some thousands of decisions."""

_OWN_SITES = frozenset({"none", "same-origin"})
_MOST_DIGITS = 12


class RequestRefused(Exception):
    """A request is not answered: the status of HTTP, and why in a sentence that holds nothing of the request."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(status, problem)
        self.status = status
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The port that is served, and the token that the page and each of its requests must know.

    There is no cookie: a browser would send it to every port of this machine, and for other pages too.
    """

    port: int
    token: str

    def origin(self, headers: Message, *, changes: bool) -> None:
        """Raise `RequestRefused` for what other pages send, and what comes by another name than that of this machine.

        A name that somebody else's server made point here is in `Host`; the page that asks is in `Origin`, which a
        request must have that `changes` something.
        """
        hosts = headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0] not in (f"127.0.0.1:{self.port}", f"localhost:{self.port}"):
            raise RequestRefused(403, "This server answers to 127.0.0.1 and localhost only.")
        own = [f"http://{hosts[0]}"]
        origins, sites = headers.get_all("Origin", [] if changes else own), headers.get_all("Sec-Fetch-Site", [])
        if origins != own or not _OWN_SITES.issuperset(sites):
            raise RequestRefused(403, "Only the page of this server may ask.")

    def knows(self, token: str) -> None:
        """Raise `RequestRefused` for a token that is not the right one."""
        if not hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode()):
            raise RequestRefused(
                403, "The token is not the right one: open the address that `assembler review` printed."
            )


def length(headers: Message) -> int:
    """Return how many bytes a body has.

    Raises `RequestRefused` where that is not said, or it is more than `MOST_BYTES`.
    """
    lengths = headers.get_all("Content-Length", [])
    if "Transfer-Encoding" in headers or not lengths:
        raise RequestRefused(411, "Say the length of the body.")
    if len(lengths) != 1 or not is_number(lengths[0]):
        raise RequestRefused(400, "That is no length of a body.")
    if int(lengths[0]) > MOST_BYTES:
        raise RequestRefused(413, "That is more than is taken at once: hand in fewer decisions together.")
    return int(lengths[0])


def is_number(text: str) -> bool:
    """Return whether a text is a whole number in at most twelve ASCII digits."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
