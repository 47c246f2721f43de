"""The signal map: signal -> rules that read it -> components -> what happens without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped

if TYPE_CHECKING:
    from assembler.authoring.project.settings import Settings
    from assembler.library.records import Audience, Campaign, Component, Condition, Content

__all__ = ["MappedSignal", "SignalMap", "signal_map"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedSignal:
    """A signal, what reads it, and by campaign the components that are there because of it."""

    signal: str
    kind: str
    source: str | None
    segments: tuple[str, ...]
    stages: tuple[str, ...]
    needed_by: tuple[str, ...]
    components: dict[str, tuple[str, ...]]
    response: str | None
    fallback: str | None

    @property
    def used(self) -> bool:
        """Whether a rule reads it or a component needs it."""
        return bool(self.segments or self.stages or self.needed_by)


@dataclass(frozen=True, slots=True)
class SignalMap:
    """Every signal of a project."""

    signals: tuple[MappedSignal, ...]

    @property
    def count(self) -> int:
        """How many signals there are."""
        return len(self.signals)

    def text(self) -> str:
        """The map in 80 columns; signals that nothing uses come last."""
        blocks = [_block(each) for each in self.signals if each.used]
        unused = [each.signal for each in self.signals if not each.used]
        if unused:
            blocks.append(wrapped(", ".join(unused), first="no rule uses: ", rest="  "))
        return "\n\n".join(blocks)

    def to_dict(self) -> dict[str, object]:
        """The map as JSON has it, with the names of signals that nothing uses."""
        unused = [each.signal for each in self.signals if not each.used]
        return {"signals": [asdict(each) for each in self.signals], "unused": unused}


def signal_map(settings: Settings, content: Content) -> SignalMap:
    """The map of a project's signals."""
    return SignalMap(tuple(_mapped(name, settings, content) for name in settings.signals))


def _mapped(name: str, settings: Settings, content: Content) -> MappedSignal:
    written = settings.signals[name]
    segments, stages = (_readers(name, audiences) for audiences in (content.segments, content.stages))
    there = [
        each
        for each in content.components
        if name in each.needs or _names_one(each.segments, segments) or _names_one(each.stages, stages)
    ]
    return MappedSignal(
        signal=name,
        kind=written.kind,
        source=written.source_name,
        segments=segments,
        stages=stages,
        needed_by=tuple(each.address for each in there if name in each.needs),
        components={
            id_: tuple(each.address for each in there if _can_fill(each, id_, campaign))
            for id_, campaign in content.campaigns.items()
        },
        response=written.response,
        fallback=written.fallback,
    )


def _readers(signal: str, audiences: Iterable[Audience]) -> tuple[str, ...]:
    return tuple(each.id for each in audiences if signal in _read_by(each.condition))


def _read_by(condition: Condition) -> Iterator[str]:
    """The signals that a rule reads."""
    below = [*getattr(condition, "conditions", ()), *([condition.condition] if hasattr(condition, "condition") else [])]
    for each in below:
        yield from _read_by(each)
    if hasattr(condition, "signal"):
        yield condition.signal


def _names_one(names: tuple[str, ...] | None, readers: tuple[str, ...]) -> bool:
    return any(each in readers for each in names or ())


def _can_fill(component: Component, id_: str, campaign: Campaign) -> bool:
    """Whether a component may fill some slot of a campaign that varies."""
    open_ = component.campaigns is None or id_ in component.campaigns
    types = {slot.type for slot in campaign.slots if not slot.constant}
    return open_ and component.status == "ready" and component.type in types


def _block(found: MappedSignal) -> str:
    readers = (
        ("segments", found.segments),
        ("stages", found.stages),
        ("needed by", found.needed_by),
        *((f"in {campaign}", components or ("nothing",)) for campaign, components in found.components.items()),
        ("without it", (found.fallback or "not said",)),
    )
    source = f", from {found.source}" if found.source else ""
    rows = ((name, ", ".join(names)) for name, names in readers if names)
    return wrapped(f"{found.signal} ({found.kind}{source})", rest="    ") + "\n" + table(rows)
