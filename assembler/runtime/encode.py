"""Values made safe for the place they stand in, and what counts as a safe link.

An encoder turns text into text that cannot change the structure around it, or into None where the place must hold its
fallback instead. Authoring encodes fallbacks with the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Final

import msgspec

from assembler.library.records import Encoder
from assembler.library.values import CONTROLS, INVISIBLE

Encode = Callable[[str, Container[str]], str | None]
"""Turns a value into text that is safe in its place, or into None; the container holds the hosts of safe links."""

_invisible = re.compile(f"[{INVISIBLE}{CONTROLS}]").search
_https = re.compile(r"(?i:https)://([A-Za-z0-9.:-]+)(?:[/?#][!#-&(-;=?-\[\]^_a-z|~\x80-\U0010ffff]*)?").fullmatch
_unsafe_in_subject = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]|=\?|\A\?|=\Z").search
_special_in_json = re.compile(r"[\x00-\x1f\x22\x26\x27\x3c\x3e\\\x7f-\x9f\u2028\u2029\ud800-\udfff]").search

_PERCENT: Final = tuple(
    chr(byte) if re.fullmatch("[A-Za-z0-9_.~-]", chr(byte)) else f"%{byte:02X}" for byte in range(256)
)


def is_safe_url(text: str, hosts: Container[str]) -> bool:
    """Whether the text is an https URL on one of the `hosts` (lower case, `host` or `host:port`), and nothing else."""
    match = _https(text)
    return match is not None and match[1].lower() in hosts and (text.isascii() or not _invisible(text))


def encode(encoder: Encoder, text: str, hosts: Container[str]) -> str | None:
    """The text made safe for a place of kind `encoder`, or None where only the fallback may stand there."""
    return ENCODERS[encoder](text, hosts)


def escaped(text: str) -> str:
    """Text as it stands in HTML, in titles and in quoted attributes alike; the text itself, if it needs no escapes."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return text


def _html(text: str, hosts: Container[str]) -> str:
    """For HTML text, titles and quoted attributes."""
    return escaped(text)


def _url(text: str, hosts: Container[str]) -> str | None:
    """For the whole of an attribute that holds a link."""
    return escaped(text) if is_safe_url(text, hosts) else None


def _url_text(text: str, hosts: Container[str]) -> str | None:
    """For the whole of a link in plain text, or in a JSON string: a safe link needs no escapes there."""
    return text if is_safe_url(text, hosts) else None


def _url_part(text: str, hosts: Container[str]) -> str:
    """For one part of a link: everything but RFC 3986's unreserved characters is percent-encoded, and so is a full stop
    at its end, which programs that look for links in plain text would leave out."""
    encoded = "".join(map(_PERCENT.__getitem__, text.encode()))
    return encoded[:-1] + "%2E" if encoded.endswith(".") else encoded


def _plain(text: str, hosts: Container[str]) -> str:
    """For a document of plain text."""
    return text


def _subject(text: str, hosts: Container[str]) -> str | None:
    """For a mail header: no control character, and no start of an encoded word (RFC 2047), whatever stands around."""
    return None if _unsafe_in_subject(text) else text


def _json(text: str, hosts: Container[str]) -> str:
    """For the inside of a JSON string in a script element."""
    if not _special_in_json(text):
        return text
    quoted = msgspec.json.encode(text).decode()[1:-1]
    quoted = quoted.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("'", "\\u0027")
    return quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


ENCODERS: Final[dict[Encoder, Encode]] = {
    "html": _html,
    "url": _url,
    "url_text": _url_text,
    "url_part": _url_part,
    "plain": _plain,
    "subject": _subject,
    "json": _json,
}
