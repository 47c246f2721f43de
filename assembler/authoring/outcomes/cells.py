"""Cells: which segment and stage people can be in together, and which of these components are for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from assembler.library.records import Audience, Component, Content
from assembler.runtime.choose import SlotPlan

Cell = tuple[str | None, str | None]
"""A segment and a stage, None for neither."""


def cells(content: Content) -> list[Cell]:
    """Return every segment and none, with every stage and none: a service may vouch for any pair."""
    return list(product((*_ids(content.segments), None), (*_ids(content.stages), None)))


def common_cells(components: Iterable[Component], content: Content) -> Iterator[Cell]:
    """Return the cells that all of some components name; where none of them names a segment, or stage, that is None."""
    every = list(components)
    segments = _common([component.segments for component in every], _ids(content.segments))
    stages = _common([component.stages for component in every], _ids(content.stages))
    return product(segments, stages)


def named_stages(plans: Iterable[SlotPlan]) -> frozenset[str]:
    """Return the stages that candidates of some plans are tagged for."""
    candidates = (candidate for plan in plans for slot in plan.slots for candidate in slot.candidates)
    return frozenset(stage for candidate in candidates for stage in candidate.component.stages or ())


def _ids(audiences: Iterable[Audience]) -> list[str]:
    return [audience.id for audience in audiences]


def _common(tags: Sequence[tuple[str, ...] | None], names: Sequence[str]) -> Sequence[str | None]:
    """The names that all tags hold; only None where nothing is tagged."""
    restricting = [tag for tag in tags if tag is not None]
    return [name for name in names if all(name in tag for tag in restricting)] if restricting else [None]
