"""Folders and files -> a measurement: exposures and outcomes are read, looked at, and put with earlier looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assembler.errors import AssemblerError
from assembler.measure.compaction.table import ExposuresError, begin, view_compacted
from assembler.measure.goal import Goal, require_countable
from assembler.measure.look import look
from assembler.measure.measurement import Measurement
from assembler.measure.outcomes import read_outcomes
from assembler.measure.people import Comparison

_MEMORY: Final = "1GB"
"""What does not fit is put on the disk."""


class EarlierLook(AssemblerError):
    """What was measured before cannot be gone on with: its last look was later, or it asked something else."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return self.reason


def measured(
    comparison: Comparison,
    goal: Goal,
    *,
    exposures: Path,
    outcomes: Path,
    key: Callable[[], str],
    as_of: datetime,
    earlier: Measurement | None,
    digests: Mapping[str, str],
) -> Measurement:
    """Return what is measured at a moment, of compacted exposures in a folder and outcomes in a file; `earlier` is what
    was measured before, and `digests` are those of components.

    Raises `ExposuresError` and `OutcomesError` for what cannot be read, `UncountableEvent`, and `EarlierLook` where
    earlier looks were later or counted something else.
    """
    require_countable(goal.event)
    _require_same(goal, as_of, earlier)
    with TemporaryDirectory() as working, closing(begin(Path(working))) as connection:
        if not view_compacted(connection, exposures):
            raise ExposuresError(exposures, "nothing is compacted here; run `assembler exposures compact` on it first")
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        read_outcomes(connection, outcomes, goal, key)
        return look(connection, comparison, goal, as_of=as_of, earlier=earlier, digests=digests)


def _require_same(goal: Goal, as_of: datetime, earlier: Measurement | None) -> None:
    if earlier is None:
        return
    if as_of < earlier.as_of:
        raise EarlierLook(f"the last look was at {earlier.as_of.isoformat()}, which is later; looks go forward in time")
    before = earlier.goal
    if (goal.event, goal.within, goal.metric) != (before.event, before.within, before.metric):
        raise EarlierLook(
            f"earlier looks counted {before.event} within {before.within.days} days as a {before.metric}, so that they "
            "cannot go on with another; measure that into another folder, or move the old file away"
        )
