"""What is said of a person's values: how texts compare, which of them are blank, and how large a number may be."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

CONTROLS: Final = r"\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""For use in a character class: control characters, line and paragraph separators, bidi controls, lone surrogates."""

INVISIBLE: Final = (
    r"\x00-\x20\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5"
    r"\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""For use in a character class: separators (Z*), controls (Cc), formats (Cf), fillers, variation selectors and other
default ignorables."""

LARGEST: Final = 1 << 2_000
"""Integers beyond this are not read, so that one value has a bounded cost; it has fewer digits than the 640 that
Python, however it is set, writes out."""

_visible = re.compile(f"[^{INVISIBLE}]").search


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen: only white space, zero-width and other invisible characters."""
    return _visible(text) is None


def in_nfc(text: str) -> str:
    """The text in Unicode's normalization form C, in which what is spelled in two ways is equal."""
    return text if text.isascii() else normalize("NFC", text)
