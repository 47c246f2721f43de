"""A variant as an e-mail message: bytes that a mail server takes (RFC 5322, 2045-2047, 8058).

Header values refuse control characters and `=?`, so nothing that a person is called can add a header. Bodies are
quoted-printable, encoded piece by piece: an encoded piece is the same in every message, so it can be kept.
"""

from __future__ import annotations

import re
from binascii import b2a_base64, b2a_qp
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from assembler.runtime.recognise import text_of

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", re.ASCII
)
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|=\?")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_HTTPS = re.compile(r"https://[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{1,900}")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.-]{1,250}>")

_TOUCHY = re.compile(rb"(?m)^(?:\.|F(?=rom ))[^\r\n]*")
"""A line that mail servers change at its start."""

_plain = re.compile(rb"(?!\.|From )[ -<>-~]{1,75}").fullmatch
"""Most values: text that stands in one line as it is."""

_LINE = 76
_LONGEST = 998
"""Of a header's value: of a line (RFC 5322, 2.1.1)."""

_LONGEST_WORDS = 200
"""Of a name beside an address, so that its line is short enough though every character were escaped."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT = 60
_WORD_BYTES = 39
"""A line that holds an encoded word has at most 76 characters (RFC 2047): `Subject: `, and 12 around 52 of base64."""


def message(
    subject: bytes,
    bodies: Mapping[str, bytes],
    *,
    sender: str,
    to: str,
    unsubscribe: str,
    message_id: str | None,
    date: datetime,
) -> bytes:
    """The message of a subject, in UTF-8, and of bodies, as `quoted_printable` has them, by their subtype of `text`.

    `sender` and `to` are addresses, with or without a name: `Harbour & Pine <hello@brand.example>`. `unsubscribe` is an
    https URL that takes a one-click POST. `date` is in UTC. A `message_id` that is not given is made of the content, so
    the same call has the same bytes. Raises `TypeError` for what is no text; `ValueError` for a value that cannot stand
    in a header, and where there is no subject or no body.
    """
    words = subject.decode()
    if not words.strip() or not bodies:
        raise ValueError("a message needs a subject and a body")
    from_, domain = _mailbox("sender", _given("sender", sender))
    recipient, _ = _mailbox("to", _given("to", to))
    sent, link = _date(date), _given("unsubscribe", unsubscribe)
    if not _HTTPS.fullmatch(link):
        raise ValueError("unsubscribe must be an https URL of at most 900 characters")
    entities = {kind: body + b"\r\n" for kind, body in bodies.items()}
    digest = sha256(b"\0".join([subject, recipient, sent, *entities.values()])).hexdigest()
    identity = f"<{digest[:32]}@{domain}>".encode() if message_id is None else _message_id(message_id)
    headers = [
        b"From: " + from_,
        b"To: " + recipient,
        b"Subject: " + _text("subject", words),
        b"Date: " + sent,
        b"Message-ID: " + identity,
        b"List-Unsubscribe: <" + link.encode() + b">",
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        b"MIME-Version: 1.0",
    ]
    return b"\r\n".join([*headers, *_entity(entities, f"=_{digest[:32]}".encode())])


def quoted_printable(piece: bytes) -> bytes:
    """A piece of text as quoted-printable that may be followed by any other such piece.

    It ends inside a line, or with a soft line break; lines have at most 76 characters.
    """
    if _plain(piece):
        return piece + b"=\r\n"
    lines = piece.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    encoded = b2a_qp(lines + b"x\r\n", istext=True).removesuffix(b"x\r\n")
    while _TOUCHY.search(encoded):
        encoded = _TOUCHY.sub(_untouched, encoded)
    return encoded if encoded.endswith(b"\r\n") or not encoded else encoded + b"=\r\n"


def _untouched(line: re.Match[bytes]) -> bytes:
    """The line with its first character encoded, broken after it where no room would be left for a soft line break."""
    first, rest = b"=%02X" % line[0][0], line[0][1:]
    return first + rest if len(first + rest) < _LINE else first + b"=\r\n" + rest


def _given(name: str, value: object) -> str:
    """A value for a header as exactly `str`."""
    text = text_of(value, _LONGEST)
    if text is None:
        raise TypeError(f"{name} must be text")
    if len(text) > _LONGEST:
        raise ValueError(f"{name} is longer than {_LONGEST} characters")
    _refuse(name, text)
    return text


def _entity(quoted: Mapping[str, bytes], boundary: bytes) -> list[bytes]:
    """Content headers, an empty line and the content, as lines."""
    headers = b'Content-Type: text/%s; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    entities = [headers % kind.encode() + body for kind, body in quoted.items()]
    if len(entities) == 1:
        return entities
    opening = b'Content-Type: multipart/alternative;\r\n boundary="%s"' % boundary
    return [opening, b"", *(b"--" + boundary + b"\r\n" + entity for entity in entities), b"--" + boundary + b"--", b""]


def _mailbox(name: str, value: str) -> tuple[bytes, str]:
    """An address as a header writes it, and its domain."""
    match = _NAMED.fullmatch(value.strip())
    words, address = (match["name"].strip().strip('"'), match["address"]) if match else ("", value.strip())
    if len(words) > _LONGEST_WORDS:
        raise ValueError(f"the name in {name} is longer than {_LONGEST_WORDS} characters")
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise ValueError(f"{name} holds no e-mail address")
    written, domain = address.encode(), address.partition("@")[2]
    if not words:
        return written, domain
    if _ATOMS.fullmatch(words):
        display = words.encode() + b" "
    elif _PRINTABLE.fullmatch(words):
        display = b'"' + re.sub(r'([\\"])', r"\\\1", words).encode() + b'" '
    else:
        display = _words(words) + b"\r\n "
    return display + b"<" + written + b">", domain


def _text(name: str, value: str) -> bytes:
    _refuse(name, value)
    return value.encode() if len(value) <= _SHORT and _PRINTABLE.fullmatch(value) else _words(value)


def _words(text: str) -> bytes:
    """Text as encoded words, folded; no character is cut."""
    chunks: list[bytes] = [b""]
    for character in text:
        data = character.encode()
        if len(chunks[-1]) + len(data) > _WORD_BYTES:
            chunks.append(b"")
        chunks[-1] += data
    return b"\r\n ".join(b"=?utf-8?B?" + b2a_base64(chunk, newline=False) + b"?=" for chunk in chunks)


def _date(utc: datetime) -> bytes:
    day = f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04}"
    return f"{day} {utc.hour:02}:{utc.minute:02}:{utc.second:02} +0000".encode()


def _message_id(given: object) -> bytes:
    text = _given("message_id", given)
    if not _MESSAGE_ID.fullmatch(text):
        raise ValueError("message_id must look like <text@domain>")
    return text.encode()


def _refuse(name: str, value: str) -> None:
    if _UNSAFE.search(value):
        raise ValueError(f"{name} holds control characters or '=?'")
