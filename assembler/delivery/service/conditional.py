"""Answers that a client may have already (RFC 9110, 13.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

_DIGITS: Final = 32


def entity_tag(body: bytes) -> bytes:
    """Return the tag of a body: the same bytes have the same."""
    return b'"%s"' % sha256(body).hexdigest()[:_DIGITS].encode()


def has_already(headers: Mapping[bytes, bytes], tag: bytes) -> bool:
    """Return whether a client says that it has what has this tag."""
    tags = headers.get(b"if-none-match", b"").split(b",")
    return any(one.strip().removeprefix(b"W/") in (tag, b"*") for one in tags)
