"""What `assembler ls` lists: each kind as JSON has it, and that in 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assembler.cli.text.columns import table
from assembler.cli.text.measured import measured_in_text, measured_text
from assembler.cli.text.signal_map import signal_map, signal_map_text
from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler import Library
    from assembler.authoring import Project
    from assembler.library.records import Component

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """How all of one kind that a project has at a moment becomes data, and how the data becomes text."""

    data: Callable[[Project, Library, datetime], Data]
    text: Callable[[Data], str]


def counts(project: Project, library: Library, at: datetime) -> dict[str, int]:
    """Return how many a project has of each kind; of variants that cannot be counted, how many at least."""
    from assembler.authoring.build.selection import EVERYTHING

    return {
        "components": len(library.content.components),
        "campaigns": len(library.content.campaigns),
        "segments": len(project.settings.segments),
        "signals": len(project.settings.signals),
        "variants": sum(campaign.variants for campaign in EVERYTHING.counts(library, at)),
    }


def _components(project: Project, library: Library, at: datetime) -> Data:
    """Every component's tags; null where a tag does not restrict it."""
    return {"components": [_component(component) for component in library.content.components]}


def _component(component: Component) -> Data:
    return {
        "component": component.address,
        "status": component.status,
        "campaigns": "all" if component.campaigns is None else component.campaigns,
        "segments": component.segments,
        "stages": component.stages,
        "channels": component.channels,
        "locales": component.locales,
        "valid_from": component.window.first,
        "valid_until": component.window.last,
        "needs": component.needs,
        "test": component.test.id if component.test else None,
    }


def _components_text(data: Data) -> str:
    return table(((component["component"], _tags(component)) for component in data["components"]), indent="")


def _tags(component: Data) -> str:
    """A component's status, where it is not ready, and every tag that restricts it, in words."""
    tags = (
        ("", "" if component["status"] == "ready" else component["status"]),
        ("", "every campaign" if component["campaigns"] == "all" else _names(component["campaigns"])),
        ("for ", _names(component["segments"])),
        ("at ", _names(component["stages"])),
        ("in ", _names(component["channels"])),
        ("from ", component["valid_from"]),
        ("until ", component["valid_until"]),
        ("needs ", _names(component["needs"])),
        ("test ", component["test"]),
        ("", measured_in_text(component.get("measured", ()))),
    )
    return "; ".join(word + text for word, text in tags if text)


def _names(names: Sequence[str] | None) -> str:
    return ", ".join(names or ())


def _campaigns(project: Project, library: Library, at: datetime) -> Data:
    from assembler.library.records import BUCKETS

    written = project.loaded.campaigns
    return {
        "campaigns": [
            {
                "campaign": name,
                "objective": written[name].objective,
                "owner": written[name].owner,
                "decide_by": _iso(written[name].decide_by),
                "review_by": _iso(written[name].review_by),
                "holdout": campaign.holdout.share / BUCKETS if campaign.holdout else None,
                "channels": {channel: placed.layout for channel, placed in campaign.channels.items()},
                "slots": {
                    slot.name: {"type": slot.type, "default": slot.default, "constant": slot.constant}
                    for slot in campaign.slots
                },
            }
            for name, campaign in library.content.campaigns.items()
        ]
    }


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _campaigns_text(data: Data) -> str:
    return "\n\n".join(f"{campaign['campaign']}\n{table(_keys(campaign))}" for campaign in data["campaigns"])


def _keys(campaign: Data) -> Iterator[tuple[str, str]]:
    for key in ("objective", "owner", "decide_by", "review_by"):
        if campaign[key] is not None:
            yield key, campaign[key]
    if "measured" in campaign:
        yield "measured", "; ".join(map(measured_text, campaign["measured"]))
    share, slots = campaign["holdout"], campaign["slots"]
    yield "holdout", "none" if share is None else f"{share:.2%}"
    yield "channels", ", ".join(f"{channel} ({layout})" for channel, layout in campaign["channels"].items())
    held = (
        f"{name}: {'always' if slot['constant'] else 'default'} {slot['default'] or 'empty'}"
        for name, slot in slots.items()
    )
    yield "slots", "; ".join(held)


def _audiences(project: Project, library: Library, at: datetime) -> Data:
    """The segments in priority order, and the stages in funnel order, each with how many components are tagged so."""
    settings, components = project.settings, library.content.components
    segments = Counter(name for component in components for name in component.segments or ())
    stages = Counter(name for component in components for name in component.stages or ())
    return {
        "segments": [
            {
                "id": segment.id,
                "rule": segment.when,
                "components": segments[segment.id],
                "owner": segment.owner,
                "review_by": _iso(segment.review_by),
            }
            for segment in settings.segments
        ],
        "stages": [{"id": stage.id, "rule": stage.when, "components": stages[stage.id]} for stage in settings.stages],
    }


def _audiences_text(data: Data) -> str:
    titles = {"segments": "segments, in priority order", "stages": "stages, in funnel order"}
    return "\n\n".join(
        f"{titles[kind]}\n" + table((one["id"], _audience_text(one)) for one in audiences)
        for kind, audiences in data.items()
        if audiences
    )


def _audience_text(audience: Data) -> str:
    measured = measured_in_text(audience.get("measured", ()))
    return f"{audience['rule']}  ({counted(audience['components'], 'component')})" + (
        f"; {measured}" if measured else ""
    )


def _signals(project: Project, library: Library, at: datetime) -> Data:
    return signal_map(project.settings, library.content)


def _variants(project: Project, library: Library, at: datetime) -> Data:
    """Every variant that somebody can get, with the reason and the cells that get it, as the manifest has them."""
    from assembler.authoring.outcomes.variants import enumerate_variants

    variants = sorted(enumerate_variants(library, at), key=lambda variant: variant.key)
    return {
        "variants": [
            {
                "key": variant.key,
                "reason": variant.reason,
                "cells": [{"segment": segment, "stage": stage} for segment, stage in variant.cells],
            }
            for variant in variants
        ]
    }


def _variants_text(data: Data) -> str:
    rows = ((variant["key"], variant["reason"], _cells(variant["cells"])) for variant in data["variants"])
    return table(rows, indent="")


def _cells(cells: Iterable[Mapping[str, str | None]]) -> str:
    """The cells by segment: `lapsed_loyal: win_back, long_gone; (none): (none)`, as `coverage` has them."""
    by_segment: dict[str, list[str]] = {}
    for cell in cells:
        by_segment.setdefault(cell["segment"] or "(none)", []).append(cell["stage"] or "(none)")
    return "; ".join(f"{segment}: {', '.join(stages)}" for segment, stages in by_segment.items())


LISTINGS: Mapping[str, Listing] = {
    "components": Listing(_components, _components_text),
    "campaigns": Listing(_campaigns, _campaigns_text),
    "segments": Listing(_audiences, _audiences_text),
    "signals": Listing(_signals, signal_map_text),
    "variants": Listing(_variants, _variants_text),
}
