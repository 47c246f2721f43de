"""A part of all variants: those of some campaigns, channels, locales, segments or stages; or a sample of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.variants import (
    CampaignVariants,
    PlanVariants,
    PossibleVariant,
    count_variants,
    every_plan,
)
from assembler.errors import AssemblerError, nearest
from assembler.library.records import Content
from assembler.runtime.choose import SlotPlan
from assembler.runtime.library import Library

NONE = "none"
"""What people of no segment, or no stage, are selected by."""

KINDS = ("campaign", "channel", "locale", "segment", "stage")


class SelectionError(AssemblerError):
    """A selection that cannot be read, or that names what is not there; the message says what is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Names by kind: a variant is selected if each kind that is listed names it. Nothing listed is everything."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def parse(cls, written: Iterable[str]) -> Selection:
        """Return what `segment:a,segment:b,channel:email` selects: of one kind any, of several kinds all.

        Raises `SelectionError` where it cannot be read.
        """
        names: dict[str, dict[str, None]] = {}
        for term in (part.strip() for text in written for part in text.split(",")):
            kind, colon, name = term.partition(":")
            if not colon or not name:
                raise SelectionError(
                    f"{term[:80]!r} selects nothing; write it like segment:new_friend or channel:email"
                )
            if kind not in KINDS:
                raise SelectionError(_unknown("kind of selection", kind, KINDS))
            names.setdefault(kind, {})[name] = None
        return cls({kind: tuple(names[kind]) for kind in KINDS if kind in names})

    def check(self, content: Content) -> None:
        """Check that a selection has something in a library.

        Raises `SelectionError` where a name stands for nothing, or no selected campaign is in a selected channel.
        """
        known = _known(content)
        for kind, name in ((kind, name) for kind, names in self.names.items() for name in names):
            if name not in known[kind]:
                raise SelectionError(_unknown(kind, name, known[kind]))
        places = {name: content.campaigns[name].channels for name in self.names.get("campaign", ())}
        if places and not any(self._has("channel", channel) for channel in chain.from_iterable(places.values())):
            there = "; ".join(f"{name} is in {', '.join(channels)}" for name, channels in places.items())
            raise SelectionError(f"nothing is both in such a campaign and in such a channel: {there}")

    def plans(self, library: Library) -> list[SlotPlan]:
        """Return the plans of a library that are selected."""
        return [plan for plan in every_plan(library) if self.takes(plan)]

    def counts(self, library: Library, at: datetime) -> tuple[CampaignVariants, ...]:
        """Return how many variants of a library are selected at an aware moment, of each campaign that has any."""
        content, wanted = library.content, self.cells(library.content)
        by_campaign = groupby(self.plans(library), key=lambda plan: plan.campaign)
        return tuple(count_variants(campaign, plans, content, at, wanted) for campaign, plans in by_campaign)

    def takes(self, plan: SlotPlan) -> bool:
        """Return whether variants of a plan are selected."""
        places = {"campaign": plan.campaign, "channel": plan.channel, "locale": plan.locale}
        return all(self._has(kind, name) for kind, name in places.items())

    def cells(self, content: Content) -> list[Cell]:
        """Return the cells that are selected."""
        return [cell for cell in cells(content) if self._has("segment", cell[0]) and self._has("stage", cell[1])]

    def _has(self, kind: str, name: str | None) -> bool:
        return kind not in self.names or (NONE if name is None else name) in self.names[kind]


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some variants, by their components: the `slots` of each by campaign, channel and locale. `shows` says what they
    are enough to show, and `of` of how many variants; None where those are too many to be counted."""

    shows: str
    slots: Mapping[tuple[str, str, str], Sequence[Mapping[str, str | None]]]
    of: int | None

    @property
    def count(self) -> int:
        """How many variants it has."""
        return sum(map(len, self.slots.values()))


@dataclass(frozen=True, slots=True)
class BuildPart:
    """What of all variants a build has: those of a selection, or of these a sample."""

    selection: Selection = EVERYTHING
    sample: Sample | None = None

    @property
    def whole(self) -> bool:
        """Whether it is everything."""
        return not self.selection.names and self.sample is None

    def to_dict(self) -> dict[str, object]:
        """Return what the manifest says of it; nothing where it is everything."""
        select = {"select": self.selection.names} if self.selection.names else {}
        return {**select, **({"sample": {"shows": self.sample.shows, "of": self.sample.of}} if self.sample else {})}

    def variants(self, plan: SlotPlan, content: Content, at: datetime) -> Iterator[PossibleVariant]:
        """Return the variants of a plan that belong to it. Raises `TooManyStates` as `PlanVariants` does."""
        variants = PlanVariants(plan, content, at, self.selection.cells(content))
        if self.sample is None:
            return iter(variants)
        return variants.with_components(self.sample.slots.get((plan.campaign, plan.channel, plan.locale), ()))


def _known(content: Content) -> dict[str, tuple[str, ...]]:
    channels = dict.fromkeys(channel for campaign in content.campaigns.values() for channel in campaign.channels)
    return {
        "campaign": tuple(content.campaigns),
        "channel": tuple(channels),
        "locale": content.locales,
        "segment": (*(segment.id for segment in content.segments), NONE),
        "stage": (*(stage.id for stage in content.stages), NONE),
    }


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> str:
    close = nearest(name, known)
    return f"no {kind} {name[:80]!r}; " + (f"did you mean {close}?" if close else "there is " + ", ".join(known))
