"""What one look at a project leaves for the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from assembler.authoring.compile.fragments import Fragments
from assembler.authoring.memory import Memory

__all__ = ["Kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The fragments that were compiled, on disk and in memory, and everything else that need not be done again."""

    fragments: Fragments = field(default_factory=Fragments)
    memory: Memory = field(default_factory=Memory)
