"""What is answered over HTTP, and the one table of everything that can be wrong with a request."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

import msgspec

Headers = tuple[tuple[bytes, bytes], ...]
JSON: Final = b"application/json"
CLOSE: Final = (b"connection", b"close")


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A status, headers without the length of the body, and the body."""

    status: int
    headers: Headers
    body: bytes


class ErrorKind(msgspec.Struct, frozen=True):
    """A status, the sentence that goes with it, and headers that it needs. It never repeats what was sent."""

    status: int
    message: str
    headers: Headers = ()


ERRORS: Final[dict[str, ErrorKind]] = {
    "NOT_JSON": ErrorKind(400, "The body is no JSON in UTF-8, or is nested too deeply."),
    "BAD_REQUEST": ErrorKind(400, "The request is not as it must be."),
    "UNAUTHORIZED": ErrorKind(
        401,
        "Send a key: `Authorization: Bearer KEY`, or `X-API-Key: KEY`.",
        ((b"www-authenticate", b'Bearer realm="assembler"'),),
    ),
    "FORBIDDEN": ErrorKind(403, "This key lacks the scope that is known to be needed."),
    "UNKNOWN_PATH": ErrorKind(404, "There is nothing at this path; /openapi.json lists what there is."),
    "UNKNOWN_CAMPAIGN": ErrorKind(404, "The library has no such campaign."),
    "UNKNOWN_CHANNEL": ErrorKind(404, "The campaign has no such channel."),
    "UNKNOWN_LOCALE": ErrorKind(404, "The library has no such locale."),
    "UNKNOWN_PART": ErrorKind(404, "The channel has no such part."),
    "METHOD_NOT_ALLOWED": ErrorKind(405, "This path takes other methods."),
    "TIMEOUT": ErrorKind(408, "The request did not arrive in time.", (CLOSE,)),
    "TOO_LARGE": ErrorKind(413, "The request is larger than is taken."),
    "UNSUPPORTED_MEDIA_TYPE": ErrorKind(415, "Send the body as it is, as `Content-Type: application/json`."),
    "FAULT": ErrorKind(500, "This is a fault of the service, not of the request."),
    "UNAVAILABLE": ErrorKind(503, "Ask again in a moment, or another server.", ((b"retry-after", b"1"),)),
}
"""Every code that an error can have."""

_NOT_KEPT: Final = (b"cache-control", b"no-store")


class ErrorDetails(msgspec.Struct, frozen=True):
    """What is wrong, for programs and for people; `known` are the names that there are."""

    code: str
    message: str
    known: list[str] = []


class ErrorAnswer(msgspec.Struct, frozen=True):
    """Why a request is not carried out."""

    error: ErrorDetails


class RequestError(Exception):
    """A request is not carried out: why, as a code of `ERRORS`, the names that there are, and another sentence."""

    def __init__(self, code: str, known: Iterable[str] = (), message: str = "", headers: Headers = ()) -> None:
        super().__init__(code)
        self.code = code
        self.known = tuple(known)
        self.message = message
        self.headers = headers

    @property
    def answer(self) -> Answer:
        """What is answered."""
        return error_answer(self.code, self.known, self.message, self.headers)


def answer(body: bytes, content_type: bytes = JSON, headers: Headers = ()) -> Answer:
    """Return the answer of a request that was carried out."""
    return Answer(200, ((b"content-type", content_type), *headers), body)


def error_answer(code: str, known: Iterable[str] = (), message: str = "", headers: Headers = ()) -> Answer:
    """Return the answer for a code of `ERRORS`."""
    kind = ERRORS[code]
    details = ErrorDetails(code, message or kind.message, [*known])
    own = ((b"content-type", JSON), _NOT_KEPT, *kind.headers, *headers)
    return Answer(kind.status, own, msgspec.json.encode(ErrorAnswer(details)))


def raw_answer(code: str, message: str = "") -> bytes:
    """Return the bytes of an answer that ends a connection before there is a request to answer."""
    answered = error_answer(code, message=message)
    lines = [f"HTTP/1.1 {answered.status} {HTTPStatus(answered.status).phrase}".encode()]
    headers = dict((*answered.headers, CLOSE, (b"content-length", b"%d" % len(answered.body))))
    lines += [name + b": " + value for name, value in headers.items()]
    return b"\r\n".join([*lines, b"", answered.body])
