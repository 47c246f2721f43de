"""campaigns/<campaign>.yaml: one moment worth personalising."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field as Constraint

from assembler.authoring.project.authored import SLUG_SCHEMA, Authored, Day, Microseconds, Name, Share
from assembler.authoring.project.project_limits import MOST_CHANNELS, MOST_SEGMENTS, MOST_SLOTS, MOST_STAGES


class AuthoredOutcome(Authored):
    """What is measured, within how many microseconds, and the lift (in ten-thousandths) that is worth having."""

    event: Annotated[Name, Constraint(examples=["purchase"])]
    within: Microseconds | None = None
    minimum_lift: Share | None = None


class ControlGroup(Authored):
    """The share, in buckets of a ten-thousandth, that gets this campaign's default."""

    share: Share
    owner: Name | None = None
    until: Day | None = None


class AuthoredAudience(Authored):
    """The segments and the stages that a campaign is for: all, where they are left out. Who is in none is always meant.

    Who gets what does not depend on it: coverage and the gallery leave out whoever is not meant.
    """

    segments: Annotated[tuple[str, ...], Constraint(max_length=MOST_SEGMENTS)] | None = None
    stages: Annotated[tuple[str, ...], Constraint(max_length=MOST_STAGES)] | None = None


class AuthoredSlot(Authored):
    """A named place for components of one type. `default` is an address, or `empty`."""

    type: Annotated[str, Constraint(examples=["headline"])]
    default: str | None = None
    constant: bool = False

    @property
    def component(self) -> str | None:
        """The address of the default; None where the slot may be empty, or has none."""
        return None if self.default in (None, "empty") else self.default

    @property
    def required(self) -> bool:
        """Whether the slot must never be empty."""
        return self.default != "empty"


class AuthoredCampaign(Authored):
    """A campaign; its slots are filled in the order written. `channels` gives each channel its layout."""

    channels: Annotated[
        dict[str, Name],
        Constraint(max_length=MOST_CHANNELS, examples=[{"email": "promo"}], json_schema_extra={"minProperties": 1}),
    ]
    slots: Annotated[
        dict[str, AuthoredSlot],
        Constraint(
            max_length=MOST_SLOTS,
            examples=[{"subject": {"type": "subject", "default": "subject/plain"}}],
            json_schema_extra={"minProperties": 1, "propertyNames": SLUG_SCHEMA},
        ),
    ]
    audience: AuthoredAudience = Constraint(default_factory=AuthoredAudience)
    owner: Name | None = None
    objective: str | None = None
    outcome: AuthoredOutcome | None = None
    decide_by: Day | None = None
    hypothesis: str | None = None
    review_by: Day | None = None
    holdout: ControlGroup | None = None

    @cached_property
    def is_whole(self) -> bool:
        """Whether there are slots and channels, and each slot that is written could be read."""
        written = {keys[1] for keys in self.source.keys if len(keys) == 2 and keys[0] == "slots"}
        return bool(self.slots and self.channels) and written == self.slots.keys()

    @cached_property
    def id(self) -> str:
        """The campaign's name: that of its file."""
        return PurePosixPath(self.source.path).stem
