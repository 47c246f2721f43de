"""Small libraries of one campaign, `it`, in one channel, written as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from assembler.library.records import (
    Audience,
    Campaign,
    Channel,
    Component,
    Content,
    Holdout,
    Known,
    Slot,
)


def audiences(*names: str) -> tuple[Audience, ...]:
    """Segments or stages; what their conditions say does not matter where somebody vouches for them."""
    return tuple(Audience(id=name, condition=Known(signal="nothing")) for name in names)


def component(address: str, **tags: Any) -> Component:
    """A ready component of the type that its address begins with."""
    return Component(
        **{"address": address, "type": address.split("/")[0], "status": "ready", "locales": ("en",), **tags}
    )


def library(
    candidates: Mapping[str, Sequence[Component]],
    *,
    defaults: Mapping[str, Component] | None = None,
    constant: Sequence[str] = (),
    segments: Sequence[str] = (),
    stages: Sequence[str] = (),
    locales: tuple[str, ...] = ("en",),
    channels: Sequence[str] = ("page",),
    unassigned: Literal["treat", "default"] = "treat",
    holdout: Holdout | None = None,
    own_holdout: Holdout | None = None,
) -> Content:
    """The library whose slots have these candidates, which give a slot its type; one without any has its own name."""
    by_slot = defaults or {}
    every = {
        component.address: component
        for component in (*by_slot.values(), *(one for here in candidates.values() for one in here))
    }
    slots = tuple(
        Slot(
            name=name,
            type=here[0].type if here else name,
            default=by_slot[name].address if name in by_slot else None,
            constant=name in constant,
        )
        for name, here in candidates.items()
    )
    channel = Channel(layout="board", slots=tuple(candidates), documents={}, defaults={})
    return Content(
        name="small",
        locales=locales,
        link_hosts=(),
        unassigned=unassigned,
        fields={},
        signals={},
        segments=audiences(*segments),
        stages=audiences(*stages),
        components=tuple(every[address] for address in sorted(every)),
        campaigns={"it": Campaign(slots=slots, channels=dict.fromkeys(channels, channel), holdout=own_holdout)},
        placeholders=(),
        holdout=holdout,
    )
