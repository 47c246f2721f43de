"""Every variant that somebody can get: the runtime's own choice, asked in place of every kind of person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from assembler.authoring.build.selection import EVERYTHING, Selection
from assembler.authoring.outcomes.variants import PlanVariants, PossibleVariant
from assembler.runtime.library import Library


def enumerate_variants(library: Library, at: datetime, selection: Selection = EVERYTHING) -> Iterator[PossibleVariant]:
    """Return every variant that some treated or held-out person can get at a moment, by campaign, channel and locale.

    Raises `TooManyStates` as `PlanVariants` does.
    """
    cells = selection.cells(library.content)
    for plan in selection.plans(library):
        yield from PlanVariants(plan, library.content, at, cells)
