"""The key of pseudonyms, which is in the environment alone: nowhere else would it stay a secret."""

from __future__ import annotations

import os
from typing import Final

from assembler.cli.exit_codes import Unusable

_VARIABLE: Final = "ASSEMBLER_UNIT_KEY"
_LEAST: Final = 32
"""Characters: as many as 128 random bits have in hexadecimal."""


def unit_key(purpose: str) -> str:
    """Return the key that ids become pseudonyms with, for a purpose that needs it.

    Raises `Unusable`, which says how to make one, where there is none, or one that could be guessed.
    """
    key = os.environ.get(_VARIABLE, "").strip()
    if len(key) >= _LEAST:
        return key
    wrong = f"{_VARIABLE} has {len(key)} characters, and {_LEAST} are the least" if key else f"{_VARIABLE} is not set"
    raise Unusable(
        f"{purpose} needs a secret key, by which ids become pseudonyms: {wrong}; make one, and keep it, since another "
        f"one makes everybody somebody else:\n  export {_VARIABLE}=$(openssl rand -hex 32)"
    )
