"""An id -> what stands for it wherever people are counted."""

from __future__ import annotations

import hmac
from typing import Final

from assembler.runtime.context import id_of

_DIGITS: Final = 32


def pseudonym(id: object, key: str | bytes) -> str:  # noqa: A002  # callers name it as contexts do
    """Return what stands for an id: 32 hexadecimal digits of HMAC-SHA-256 (RFC 2104) under a secret key.

    An id is what a context has: text, used as given, or an integer, which is its decimal text. Without the key nobody
    can tell the id, not even by trying all; with another key everybody has another pseudonym.

    Raises `ValueError` for what is no id, and for a blank key.
    """
    person = id_of(id)
    if person is None:
        raise ValueError(
            "this is no id: an id is text with something visible in it, up to 512 characters, or an integer"
        )
    secret = key.encode() if isinstance(key, str) else key
    if not secret.strip():
        raise ValueError("the key of pseudonyms is blank: anybody could tell the ids from them")
    return hmac.digest(secret, person.encode(), "sha256").hex()[:_DIGITS]
