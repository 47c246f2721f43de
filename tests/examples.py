"""How many examples a law is tried with."""

from __future__ import annotations

import os
from typing import Final

ALL: Final = os.environ.get("ASSEMBLER_EXAMPLES") == "all"
"""Whether as many are asked for as a law wants; else there are enough to see that it holds."""


def examples(wanted: int) -> int:
    """So many examples, where all are asked for; else a fifth of them, but five at least if so many are wanted."""
    return wanted if ALL else max(wanted // 5, min(wanted, 5))
