"""Cells: which segment and stage people can be in together, and which of these components are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, filterfalse, product

from assembler.library.records import Audience, Component, Content
from assembler.runtime.choose import SlotPlan

Cell = tuple[str | None, str | None]
"""A segment and a stage, None for neither."""


def cells(content: Content) -> list[Cell]:
    """Return every segment and none, with every stage and none: a service may vouch for any pair."""
    return list(product((*_ids(content.segments), None), (*_ids(content.stages), None)))


def wanted_cells(content: Content, campaign: str) -> list[Cell]:
    """Return the cells that a campaign is for: those of its audience, and those of no segment, or of no stage."""
    return [cell for cell in cells(content) if content.campaigns[campaign].is_for(*cell)]


def common_cells(components: Iterable[Component], content: Content) -> Iterator[Cell]:
    """Return the cells that all of some components name; where none of them names a segment, or stage, that is None."""
    every = list(components)
    segments = _common([component.segments for component in every], _ids(content.segments))
    stages = _common([component.stages for component in every], _ids(content.stages))
    return product(segments, stages)


def wanted_stages(content: Content, campaign: str) -> list[str]:
    """Return the stages that a campaign is for."""
    return [stage for stage in _ids(content.stages) if content.campaigns[campaign].is_for(None, stage)]


def bare_stages(content: Content, plans: Iterable[SlotPlan]) -> dict[str | None, tuple[str, ...]]:
    """Return, by campaign, the stages that it is for and no candidate of its plans is tagged for; and under None those
    for which that is so in every campaign that is for them, of which there is one."""
    named = _named_stages(plans)
    wanted = {campaign: wanted_stages(content, campaign) for campaign in content.campaigns}
    bare = {campaign: tuple(filterfalse(named[campaign].__contains__, stages)) for campaign, stages in wanted.items()}
    served = {stage for campaign, stages in wanted.items() for stage in {*stages}.difference(bare[campaign])}
    everywhere = set(chain.from_iterable(bare.values())) - served
    overall: dict[str | None, tuple[str, ...]] = {None: tuple(filter(everywhere.__contains__, _ids(content.stages)))}
    return overall | bare


def _named_stages(plans: Iterable[SlotPlan]) -> Mapping[str, set[str]]:
    """The stages that candidates are tagged for, by campaign."""
    named: dict[str, set[str]] = defaultdict(set)
    for plan in plans:
        for slot in plan.slots:
            named[plan.campaign].update(*(candidate.component.stages or () for candidate in slot.candidates))
    return named


def _ids(audiences: Iterable[Audience]) -> list[str]:
    return [audience.id for audience in audiences]


def _common(tags: Sequence[tuple[str, ...] | None], names: Sequence[str]) -> Sequence[str | None]:
    """The names that all tags hold; only None where nothing is tagged."""
    restricting = [tag for tag in tags if tag is not None]
    return [name for name in names if all(name in tag for tag in restricting)] if restricting else [None]
