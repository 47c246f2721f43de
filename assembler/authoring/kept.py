"""What one look at a project leaves for the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from assembler.authoring.build.written import Written
from assembler.authoring.compile.fragments import Fragments
from assembler.authoring.incremental.memo_cache import MemoCache

__all__ = ["Kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The fragments that were compiled, on disk and in memory; everything else that need not be worked out again; and,
    where builds follow each other, what was written."""

    fragments: Fragments = field(default_factory=Fragments)
    memo: MemoCache = field(default_factory=MemoCache)
    written: Written | None = None
