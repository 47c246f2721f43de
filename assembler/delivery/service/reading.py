"""A body, read within its limit, and JSON made of it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from assembler.delivery.service.answers import JSON, RequestError

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Body = TypeVar("Body", bound=msgspec.Struct)

_LONGEST_INTEGER: Final = 1_000
"""Of digits: a longer one is read as a float, which is infinite for the runtime. It is far over every integer that it
takes."""


class ClientGone(Exception):
    """Nobody waits for an answer any more."""


async def read_body(headers: Mapping[bytes, bytes], receive: Receive, most: int) -> bytes:
    """Return the body of a request, whole.

    Raises `RequestError` where it is no JSON by its headers, or has more bytes than `most`, as soon as that is known;
    `ClientGone` where it ends too early.
    """
    content_type = headers.get(b"content-type", b"")
    if content_type != JSON and content_type.partition(b";")[0].strip().lower() != JSON:
        raise RequestError("UNSUPPORTED_MEDIA_TYPE")
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise RequestError("UNSUPPORTED_MEDIA_TYPE")
    if int(headers.get(b"content-length", b"0")) > most:
        raise RequestError("TOO_LARGE")
    parts: list[bytes] = []
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGone
        parts.append(message["body"])
        length += len(message["body"])
        if length > most:
            raise RequestError("TOO_LARGE")
        more = message["more_body"]
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_json(body: bytes) -> Any:
    """Return what a body holds.

    Raises `RequestError` where that is no JSON. Numbers out of every range, and halves of characters, are JSON: what
    they stand for is the library's to judge.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _read_slowly(body)


def request_reader(kind: type[Body]) -> Callable[[bytes], Body]:
    """Return what makes a request of some kind of a body. It raises `RequestError` where that is no such request."""
    decode = msgspec.json.Decoder(kind).decode

    def read(body: bytes) -> Body:
        try:
            return decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _converted(read_json(body), kind)

    return read


def _read_slowly(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_refused, parse_int=_integer)
    except (ValueError, RecursionError):
        raise RequestError("NOT_JSON") from None


def _refused(constant: str) -> None:
    raise ValueError("NaN and infinities are no JSON")


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _converted(data: object, kind: type[Body]) -> Body:
    """What JSON holds as a request. The error says which of the known keys is wrong, and how it must be."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError:
        raise _bad_request(data, kind) from None


def _bad_request(data: object, kind: type[msgspec.Struct]) -> RequestError:
    """Return what is wrong with data that is no request of some kind: the first that is, in the order of its keys."""
    fields = msgspec.structs.fields(kind)
    known = [field.encode_name for field in fields]
    if not isinstance(data, dict):
        return RequestError("BAD_REQUEST", known, "The body must be an object with the keys that are known.")
    for field in fields:
        name = field.encode_name
        if name not in data:
            if field.required:
                return RequestError("BAD_REQUEST", known, f"`{name}` is missing. {_wanted(name, kind)}")
            continue
        try:
            msgspec.convert(data[name], field.type)
        except msgspec.ValidationError:
            return RequestError("BAD_REQUEST", known, f"`{name}` is not as it must be. {_wanted(name, kind)}")
    return RequestError("BAD_REQUEST", known, "The body holds a key that is none of those that are known.")


def _wanted(name: str, kind: type[msgspec.Struct]) -> str:
    """The description of a field, which is the schema's, too."""
    _, schemas = msgspec.json.schema_components([kind])
    description = schemas[kind.__name__]["properties"][name]["description"]
    return str(description)
