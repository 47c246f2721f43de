"""The variants that a gallery shows: the cards of the plan first, then every other variant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from assembler.authoring.build.variants import enumerate_variants
from assembler.authoring.outcomes.people import ScriptedPerson
from assembler.review.sampling.plan import Cell, PlannedCard, ReviewPlan, Why
from assembler.review.subjects import Card, Sheet
from assembler.runtime.library import Library

__all__ = ["Listed", "Place", "listing"]

Place = tuple[str, str, str]
"""A campaign, a channel and a locale."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A variant in the gallery. `why` and `status` are those of the plan; `other` variants are in no plan.

    `cells` get it at the moment of the gallery; `who` says in words who gets it where no cell does.
    """

    card: Card
    why: Why | Literal["other"]
    status: Literal["new", "kept", "other"]
    cells: tuple[Cell, ...]
    who: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.card.campaign, self.card.channel, self.card.locale


def listing(library: Library, at: datetime, plan: ReviewPlan, *, others: bool = True) -> tuple[Listed, ...]:
    """Every card of the plan, and with the `others` every variant that somebody can get at the moment, each once."""
    planned = [_planned(each, at) for each in plan.cards]
    if not others:
        return tuple(planned)
    known = {each.card.key for each in planned}
    by_place = {(each.sheet.campaign, each.sheet.channel, each.sheet.locale): each.sheet for each in plan.groups}
    return (*planned, *_others(library, at, by_place, known))


def _others(library: Library, at: datetime, by_place: dict[Place, Sheet], known: set[str]) -> Iterator[Listed]:
    for variant in enumerate_variants(library, at):
        if variant.key not in known:
            sheet = by_place[variant.plan.campaign, variant.plan.channel, variant.plan.locale]
            card = sheet.card({choice.slot: choice.component for choice in variant.choices})
            who = "" if variant.cells else "people of whom something is unknown, or whom a test includes"
            yield Listed(card=card, why="other", status="other", cells=tuple(variant.cells), who=who)


def _planned(planned: PlannedCard, at: datetime) -> Listed:
    who = "" if planned.cells else _described(planned.person, at)
    return Listed(card=planned.card, why=planned.why, status=planned.status, cells=planned.cells, who=who)


def _described(person: ScriptedPerson | None, at: datetime) -> str:
    """Somebody in words, such as "lapsed_loyal at win_back, without first_name, from 1 Dec 2026"."""
    if person is None:
        return "held-out people"
    words = [_audience(person.segment, person.stage)]
    if not person.has_id:
        words.append("without an id")
    if person.unknown:
        words.append("without " + _listed(person.unknown))
    if person.tests:
        words.append("in the test " + _listed(person.tests))
    moment = _EPOCH + timedelta(microseconds=person.moment)
    if moment > at:
        words.append(f"from {moment.day} {moment:%b %Y}")
    return ", ".join(words)


def _audience(segment: str | None, stage: str | None) -> str:
    if segment and stage:
        return f"{segment} at {stage}"
    return segment or (f"people at {stage}" if stage else "people in no segment and stage")


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
