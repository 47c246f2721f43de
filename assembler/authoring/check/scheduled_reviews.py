"""What must be reviewed, by which day, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assembler.authoring.check.inheritance import inherited
from assembler.authoring.check.missing_keys import place_of
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.project import LoadedProject


@dataclass(frozen=True, slots=True)
class ScheduledReview:
    """Something with a review date: what it is, the day (None where none is set), its owner, and its place."""

    kind: Literal["signal", "segment", "campaign", "component"]
    name: str
    day: date | None
    owner: str | None
    place: Place

    @property
    def what(self) -> str:
        """What it is, in a message."""
        return self.name if self.kind == "component" else f"{self.kind} {self.name!r}"


def scheduled_reviews(project: LoadedProject) -> Iterator[ScheduledReview]:
    """The reviews of signals, segments and campaigns, and of components that set a day of their own."""
    settings = project.settings
    for name, signal in settings.signals.items():
        place = place_of(signal, "review_by", signal.key_place())
        yield ScheduledReview("signal", name, signal.review_by, signal.owner, place)
    for segment in settings.segments:
        place = place_of(segment, "review_by", segment.place("id"))
        yield ScheduledReview("segment", segment.id, segment.review_by, segment.owner, place)
    for campaign in project.campaigns.values():
        yield ScheduledReview("campaign", campaign.id, campaign.review_by, campaign.owner, campaign.place("review_by"))
    for component in project.components.values():
        if component.ready and component.tags.review_by:
            owner = inherited(project, component, "owner")
            place = component.tags.place("review_by")
            yield ScheduledReview(
                "component", component.address, component.tags.review_by, str(owner) if owner else None, place
            )
