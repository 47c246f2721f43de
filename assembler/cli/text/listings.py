"""What `assembler ls` lists: each kind as text, and as plain dictionaries and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from assembler.cli.text.columns import table
from assembler.cli.text.signal_map import SignalMap, signal_map

if TYPE_CHECKING:
    from assembler import Library
    from assembler.authoring import Project
    from assembler.library.records import Component, Slot

_Cell = tuple[str | None, str | None]


class Listing(Protocol):
    """All of one kind that a project has."""

    @property
    def count(self) -> int:
        """How many the project has."""

    def text(self) -> str:
        """The list in 80 columns."""

    def to_dict(self) -> dict[str, object]:
        """The list as JSON has it."""


@dataclass(frozen=True, slots=True)
class ComponentListing:
    """Every component with its tags."""

    components: tuple[Component, ...]

    @property
    def count(self) -> int:
        """How many components there are."""
        return len(self.components)

    def text(self) -> str:
        """Return each address, with the status where it is not ready, and for whom the component is."""
        return table(((component.address, _tags(component)) for component in self.components), indent="")

    def to_dict(self) -> dict[str, object]:
        """Return every component's tags; null where a tag does not restrict it."""
        return {"components": [_component(component) for component in self.components]}


@dataclass(frozen=True, slots=True)
class CampaignListing:
    """Every campaign with its channels and slots."""

    campaigns: dict[str, dict[str, object]]

    @property
    def count(self) -> int:
        """How many campaigns there are."""
        return len(self.campaigns)

    def text(self) -> str:
        """Return each campaign, and its keys below it."""
        return "\n\n".join(f"{name}\n{table(_lines(keys))}" for name, keys in self.campaigns.items())

    def to_dict(self) -> dict[str, object]:
        """Return each campaign with its keys."""
        return {"campaigns": [{"campaign": name, **keys} for name, keys in self.campaigns.items()]}


@dataclass(frozen=True, slots=True, kw_only=True)
class _ListedAudience:
    """A segment or a stage, its rule as it is written, and how many components are tagged with it."""

    id: str
    rule: str
    components: int
    owner: str | None = None
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class AudienceListing:
    """The segments in priority order, and the stages in funnel order."""

    segments: tuple[_ListedAudience, ...]
    stages: tuple[_ListedAudience, ...]

    @property
    def count(self) -> int:
        """How many segments there are."""
        return len(self.segments)

    def text(self) -> str:
        """Return the segments and the stages, each with its rule and how many components are tagged with it."""
        titled = (("segments, in priority order", self.segments), ("stages, in funnel order", self.stages))
        return "\n\n".join(f"{title}\n{table(_audience_lines(audiences))}" for title, audiences in titled if audiences)

    def to_dict(self) -> dict[str, object]:
        """Return the segments, and the stages, which have no owner and no day of review."""
        stages = [{"id": stage.id, "rule": stage.rule, "components": stage.components} for stage in self.stages]
        return {"segments": [asdict(segment) for segment in self.segments], "stages": stages}


@dataclass(frozen=True, slots=True, kw_only=True)
class _ListedVariant:
    """A variant: its key, the reason, and the cells that get it."""

    key: str
    reason: str
    cells: tuple[_Cell, ...]


@dataclass(frozen=True)
class VariantListing:
    """Every variant that somebody can get, of a project and its library at a moment; counted without being listed."""

    project: Project
    library: Library
    at: datetime

    @property
    def count(self) -> int:
        """How many variants there are; where they cannot be counted, how many at least."""
        return sum(campaign.variants for campaign in self.project.check(self.at).variants)

    @cached_property
    def variants(self) -> tuple[_ListedVariant, ...]:
        """The variants by their keys."""
        from assembler.authoring.outcomes.variants import enumerate_variants

        variants = sorted(enumerate_variants(self.library, self.at), key=lambda variant: variant.key)
        return tuple(
            _ListedVariant(key=variant.key, reason=variant.reason, cells=tuple(variant.cells)) for variant in variants
        )

    def text(self) -> str:
        """Return each key with the reason and the cells that get it: every segment with its stages."""
        rows = ((variant.key, variant.reason, _cells(variant.cells)) for variant in self.variants)
        return table(rows, indent="")

    def to_dict(self) -> dict[str, object]:
        """Return each key with the reason and the cells, as the manifest has them."""
        return {
            "variants": [
                {
                    "key": variant.key,
                    "reason": variant.reason,
                    "cells": [{"segment": segment, "stage": stage} for segment, stage in variant.cells],
                }
                for variant in self.variants
            ]
        }


def _components(project: Project, library: Library, at: datetime) -> ComponentListing:
    return ComponentListing(library.content.components)


def _campaigns(project: Project, library: Library, at: datetime) -> CampaignListing:
    from assembler.library.records import BUCKETS

    written = project.loaded.campaigns
    return CampaignListing(
        {
            campaign_id: {
                "objective": written[campaign_id].objective,
                "owner": written[campaign_id].owner,
                "decide_by": _iso(written[campaign_id].decide_by),
                "review_by": _iso(written[campaign_id].review_by),
                "holdout": campaign.holdout.share / BUCKETS if campaign.holdout else None,
                "channels": {name: channel.layout for name, channel in campaign.channels.items()},
                "slots": {slot.name: _written_slot(slot) for slot in campaign.slots},
            }
            for campaign_id, campaign in library.content.campaigns.items()
        }
    )


def _audiences(project: Project, library: Library, at: datetime) -> AudienceListing:
    settings, components = project.loaded.settings, library.content.components
    segments = Counter(name for component in components for name in component.segments or ())
    stages = Counter(name for component in components for name in component.stages or ())
    return AudienceListing(
        tuple(
            _ListedAudience(
                id=segment.id,
                rule=segment.when,
                owner=segment.owner,
                review_by=_iso(segment.review_by),
                components=segments[segment.id],
            )
            for segment in settings.segments
        ),
        tuple(_ListedAudience(id=stage.id, rule=stage.when, components=stages[stage.id]) for stage in settings.stages),
    )


def _signals(project: Project, library: Library, at: datetime) -> SignalMap:
    return signal_map(project.loaded.settings, library.content)


LISTINGS: Mapping[str, Callable[[Project, Library, datetime], Listing]] = {
    "components": _components,
    "campaigns": _campaigns,
    "segments": _audiences,
    "signals": _signals,
    "variants": VariantListing,
}


def _written_slot(slot: Slot) -> dict[str, object]:
    return {"type": slot.type, "default": slot.default, "constant": slot.constant}


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _component(component: Component) -> dict[str, object]:
    return {
        "component": component.address,
        "status": component.status,
        "campaigns": component.campaigns or "all",
        "segments": component.segments,
        "stages": component.stages,
        "channels": component.channels,
        "locales": component.locales,
        "valid_from": component.window.first,
        "valid_until": component.window.last,
        "needs": component.needs,
        "test": component.test.id if component.test else None,
    }


def _tags(component: Component) -> str:
    """Return a component's status, where it is not ready, and every tag that restricts it, in words."""
    window = component.window
    tags = (
        ("", component.status if component.status != "ready" else ""),
        ("", _names(component.campaigns, "every campaign")),
        ("for ", _names(component.segments)),
        ("at ", _names(component.stages)),
        ("in ", _names(component.channels)),
        ("from ", window.first),
        ("until ", window.last),
        ("needs ", _names(component.needs)),
        ("test ", component.test.id if component.test else None),
    )
    return "; ".join(word + text for word, text in tags if text)


def _names(names: Sequence[str] | None, otherwise: str = "") -> str:
    return otherwise if names is None else ", ".join(names)


def _lines(keys: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in keys.items():
        if key in _IN_WORDS or value is not None:
            yield key, _IN_WORDS.get(key, str)(value)


def _slots(slots: Mapping[str, Mapping[str, object]]) -> str:
    return "; ".join(
        f"{name}: {'always' if slot['constant'] else 'default'} {slot['default'] or 'empty'}"
        for name, slot in slots.items()
    )


_IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "holdout": lambda share: "none" if share is None else f"{share:.2%}",
    "channels": lambda layouts: ", ".join(f"{channel} ({layout})" for channel, layout in layouts.items()),
    "slots": _slots,
}
"""What a campaign's keys say, where it is not the value as it is."""


def _audience_lines(audiences: Iterable[_ListedAudience]) -> Iterator[tuple[str, str]]:
    for audience in audiences:
        count = audience.components
        yield audience.id, f"{audience.rule}  ({count} component{'s' * (count != 1)})"


def _cells(cells: Iterable[_Cell]) -> str:
    """Return the cells by segment: `lapsed_loyal: win_back, long_gone; none: none`."""
    by_segment: dict[str, list[str]] = {}
    for segment, stage in cells:
        by_segment.setdefault(segment or "none", []).append(stage or "none")
    return "; ".join(f"{segment}: {', '.join(stages)}" for segment, stages in by_segment.items())
