"""How much is tried: all that tests ask for, or what tells soon that something is wrong."""

from __future__ import annotations

import os
from typing import Final

ALL: Final = os.environ.get("ASSEMBLER_EXAMPLES") == "all"
"""Whether all is asked for: as many examples as a law wants, and what is slow."""


def examples(wanted: int) -> int:
    """So many examples, where all are asked for; else a fifth of them, but five at least if so many are wanted."""
    return wanted if ALL else max(wanted // 5, min(wanted, 5))
