"""What `assembler ls` lists, each as text and as plain dictionaries and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from assembler.cli.text.columns import table
from assembler.cli.text.signal_map import SignalMap, signal_map

if TYPE_CHECKING:
    from assembler import Library
    from assembler.authoring import Project
    from assembler.library.records import Component, Slot

__all__ = ["LISTINGS", "Listing"]

_Cell = tuple[str | None, str | None]


class Listing(Protocol):
    """A list of one kind of thing."""

    @property
    def count(self) -> int:
        """How many things it holds."""

    def text(self) -> str:
        """The list in 80 columns."""

    def to_dict(self) -> dict[str, object]:
        """The list as JSON has it."""


@dataclass(frozen=True, slots=True)
class Components:
    """Every component with its tags."""

    components: tuple[Component, ...]

    @property
    def count(self) -> int:
        """How many components there are."""
        return len(self.components)

    def text(self) -> str:
        """Address, status where it is not ready, and for whom it is."""
        return table(((each.address, _tags(each)) for each in self.components), indent="")

    def to_dict(self) -> dict[str, object]:
        """Every component's tags; null where a tag does not restrict it."""
        return {"components": [_component(each) for each in self.components]}


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Every campaign with its channels and slots."""

    campaigns: dict[str, dict[str, object]]

    @property
    def count(self) -> int:
        """How many campaigns there are."""
        return len(self.campaigns)

    def text(self) -> str:
        """Each campaign, then its keys."""
        return "\n\n".join(f"{name}\n{table(_lines(keys))}" for name, keys in self.campaigns.items())

    def to_dict(self) -> dict[str, object]:
        """Each campaign with its keys."""
        return {"campaigns": [{"campaign": name, **keys} for name, keys in self.campaigns.items()]}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Audience:
    id: str
    rule: str
    components: int
    owner: str | None = None
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class Audiences:
    """The segments in priority order, and the stages in funnel order."""

    segments: tuple[_Audience, ...]
    stages: tuple[_Audience, ...]

    @property
    def count(self) -> int:
        """How many segments there are."""
        return len(self.segments)

    def text(self) -> str:
        """Each with its rule, and how many components are tagged with it."""
        titled = (("segments, in priority order", self.segments), ("stages, in funnel order", self.stages))
        return "\n\n".join(f"{title}\n{table(_audience_lines(found))}" for title, found in titled if found)

    def to_dict(self) -> dict[str, object]:
        """The segments and the stages."""
        return {
            "segments": [asdict(each) for each in self.segments],
            "stages": [{"id": each.id, "rule": each.rule, "components": each.components} for each in self.stages],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    key: str
    reason: str
    cells: tuple[_Cell, ...]


@dataclass(frozen=True)
class Variants:
    """Every variant that somebody can get, of a project and its library at a moment; counted without being listed."""

    project: Project
    library: Library
    at: datetime

    @property
    def count(self) -> int:
        """How many variants there are; where they cannot be counted, how many at least."""
        return sum(campaign.variants for campaign in self.project.check(self.at).variants)

    @cached_property
    def variants(self) -> tuple[_Variant, ...]:
        """The variants by their keys."""
        from assembler.authoring.build.variants import enumerate_variants

        found = sorted(enumerate_variants(self.library, self.at), key=lambda each: each.key)
        return tuple(_Variant(key=each.key, reason=each.reason, cells=tuple(each.cells)) for each in found)

    def text(self) -> str:
        """Key, reason, and the cells that get it: each segment with its stages."""
        return table(((each.key, each.reason, _cells(each.cells)) for each in self.variants), indent="")

    def to_dict(self) -> dict[str, object]:
        """Key, reason and cells, as the manifest has them."""
        return {
            "variants": [
                {
                    "key": each.key,
                    "reason": each.reason,
                    "cells": [{"segment": segment, "stage": stage} for segment, stage in each.cells],
                }
                for each in self.variants
            ]
        }


def _components(project: Project, library: Library, at: datetime) -> Components:
    return Components(library.content.components)


def _campaigns(project: Project, library: Library, at: datetime) -> Campaigns:
    from assembler.library.records import BUCKETS

    written = project.loaded.campaigns
    return Campaigns(
        {
            name: {
                "objective": written[name].objective,
                "owner": written[name].owner,
                "decide_by": _iso(written[name].decide_by),
                "review_by": _iso(written[name].review_by),
                "holdout": each.holdout.share / BUCKETS if each.holdout else None,
                "channels": {channel: found.layout for channel, found in each.channels.items()},
                "slots": {slot.name: _written_slot(slot) for slot in each.slots},
            }
            for name, each in library.content.campaigns.items()
        }
    )


def _audiences(project: Project, library: Library, at: datetime) -> Audiences:
    settings, components = project.loaded.settings, library.content.components
    return Audiences(
        tuple(
            _Audience(
                id=each.id,
                rule=each.when,
                owner=each.owner,
                review_by=_iso(each.review_by),
                components=sum(each.id in (component.segments or ()) for component in components),
            )
            for each in settings.segments
        ),
        tuple(
            _Audience(
                id=each.id,
                rule=each.when,
                components=sum(each.id in (component.stages or ()) for component in components),
            )
            for each in settings.stages
        ),
    )


def _signals(project: Project, library: Library, at: datetime) -> SignalMap:
    return signal_map(project.loaded.settings, library.content)


LISTINGS: Mapping[str, Callable[[Project, Library, datetime], Listing]] = {
    "components": _components,
    "campaigns": _campaigns,
    "segments": _audiences,
    "signals": _signals,
    "variants": Variants,
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
    """In words: its status, then every tag that restricts it."""
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
        if key == "holdout":
            yield key, "none" if value is None else f"{value:.2%}"
        elif key == "channels" and isinstance(value, dict):
            yield key, ", ".join(f"{channel} ({layout})" for channel, layout in value.items())
        elif key == "slots" and isinstance(value, dict):
            yield key, "; ".join(f"{slot}: {_slot(each)}" for slot, each in value.items())
        elif value is not None:
            yield key, str(value)


def _slot(slot: Mapping[str, object]) -> str:
    return ("always " if slot["constant"] else "default ") + str(slot["default"] or "empty")


def _audience_lines(audiences: Iterable[_Audience]) -> Iterator[tuple[str, str]]:
    for each in audiences:
        yield each.id, f"{each.rule}  ({each.components} component{'s' * (each.components != 1)})"


def _cells(cells: Iterable[_Cell]) -> str:
    """The cells by segment: `lapsed_loyal: win_back, long_gone; none: none`."""
    by_segment: dict[str, list[str]] = {}
    for segment, stage in cells:
        by_segment.setdefault(segment or "none", []).append(stage or "none")
    return "; ".join(f"{segment}: {', '.join(stages)}" for segment, stages in by_segment.items())
