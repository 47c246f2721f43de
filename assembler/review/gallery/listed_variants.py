"""The variants that a gallery shows: the cards of the plan first, then every other variant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.people import ScriptedPerson
from assembler.authoring.outcomes.variants import PlanVariants
from assembler.library.records import Content
from assembler.review.gallery.phrases import enumerated, spoken
from assembler.review.sampling.digests import Card
from assembler.review.sampling.plan import CardStatus, PlanGroup, PlannedCard, ReviewPlan, Why
from assembler.runtime.library import Library

_NOT_MEANT = "people for whom the campaign is not"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryVariant:
    """A variant in the gallery. `why` and `status` are those of the plan; `other` variants are in no plan.

    `cells` get it at the moment of the gallery, of those that the campaign is for; `who` says in words who gets it
    where no such cell does.
    """

    card: Card
    why: Why | Literal["other"]
    status: CardStatus | Literal["other"]
    cells: tuple[Cell, ...]
    who: str


def list_variants(
    library: Library, at: datetime, plan: ReviewPlan, *, others: bool = True
) -> tuple[GalleryVariant, ...]:
    """Return every card of the plan, and with the `others` every variant that somebody can get at the moment, each
    once.

    Raises `TooManyStates` as `PlanVariants` does.
    """
    content = library.content
    listed = [_planned(planned, content, at) for planned in plan.cards]
    if others:
        for group in plan.groups:
            if not group.exhaustive:
                listed += _others(group, content, at)
    return tuple(listed)


def _others(group: PlanGroup, content: Content, at: datetime) -> Iterator[GalleryVariant]:
    """Every variant of a group whose key is not that of a planned one."""
    digests, planned = group.digests, {planned.card.key for planned in group.cards}
    for variant in PlanVariants(digests.plan, content, at, cells(content)):
        if variant.key not in planned:
            card = digests.card({choice.slot: choice.component for choice in variant.choices})
            meant = _meant(variant.cells, digests.campaign, content)
            who = _NOT_MEANT if variant.cells else "people in a test, or about whom something is not known"
            yield GalleryVariant(card=card, why="other", status="other", cells=meant, who="" if meant else who)


def _planned(planned: PlannedCard, content: Content, at: datetime) -> GalleryVariant:
    card = planned.card
    cells = _meant(planned.cells, card.place[0], content)
    who = "" if cells else _NOT_MEANT if planned.cells else _person_in_words(planned.person, at)
    return GalleryVariant(card=card, why=planned.why, status=planned.status, cells=cells, who=who)


def _meant(cells: Iterable[Cell], campaign: str, content: Content) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if content.campaigns[campaign].is_for(*cell))


def _person_in_words(person: ScriptedPerson | None, at: datetime) -> str:
    """Somebody in words, such as "lapsed loyal at win back, without first name, from 1 Dec 2026"."""
    if person is None:
        return "held-out people"
    words = [_audience(person.segment, person.stage)]
    if not person.has_id:
        words.append("without an id")
    if person.unknown:
        words.append("without " + enumerated([spoken(name) for name in person.unknown]))
    if person.tests:
        words.append("in the test " + enumerated([spoken(name) for name in person.tests]))
    moment = _EPOCH + timedelta(microseconds=person.moment)
    if moment > at:
        words.append(f"from {moment.day} {moment:%b %Y}")
    return ", ".join(words)


def _audience(segment: str | None, stage: str | None) -> str:
    if segment and stage:
        return f"{spoken(segment)} at {spoken(stage)}"
    if segment:
        return spoken(segment)
    return f"people at {spoken(stage)}" if stage else "people in no segment and stage"
