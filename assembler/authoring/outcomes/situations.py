"""People made up to see what the runtime chooses for them."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.library.records import Content

__all__ = ["Cell", "Known", "cells"]

Cell = tuple[str | None, str | None]
"""A segment and a stage, None for neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Someone of whom all is known, outside every test: a `Situation` of the runtime. `moment` is in microseconds."""

    segment: str | None
    stage: str | None
    moment: int

    def knows(self, name: str) -> bool:
        """All signals and fields are known."""
        return True

    def bucket(self, test: str) -> int | None:
        """No test includes this person."""
        return None


def cells(content: Content) -> list[Cell]:
    """Every segment and none, with every stage and none: a service may vouch for any pair."""
    return [
        (segment, stage)
        for segment in (*(each.id for each in content.segments), None)
        for stage in (*(each.id for each in content.stages), None)
    ]
