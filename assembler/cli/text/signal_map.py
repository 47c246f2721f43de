"""The signal map: signal -> rules that read it -> components -> what happens without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped

if TYPE_CHECKING:
    from assembler.authoring.project.settings import Settings
    from assembler.library.records import Audience, Campaign, Component, Content


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
        blocks = [_block(signal) for signal in self.signals if signal.used]
        unused = [signal.signal for signal in self.signals if not signal.used]
        if unused:
            blocks.append(wrapped(", ".join(unused), first="no rule uses: ", rest="  "))
        return "\n\n".join(blocks)

    def to_dict(self) -> dict[str, object]:
        """The map as JSON has it, with the names of signals that nothing uses."""
        unused = [signal.signal for signal in self.signals if not signal.used]
        return {"signals": [asdict(signal) for signal in self.signals], "unused": unused}


def signal_map(settings: Settings, content: Content) -> SignalMap:
    """The map of a project's signals."""
    return SignalMap(tuple(_mapped(name, settings, content) for name in settings.signals))


def _mapped(name: str, settings: Settings, content: Content) -> MappedSignal:
    signal = settings.signals[name]
    segments, stages = (_readers(name, audiences) for audiences in (content.segments, content.stages))
    components = [
        component
        for component in content.components
        if name in component.needs or _names_one(component.segments, segments) or _names_one(component.stages, stages)
    ]
    return MappedSignal(
        signal=name,
        kind=signal.kind,
        source=signal.source_name,
        segments=segments,
        stages=stages,
        needed_by=tuple(component.address for component in components if name in component.needs),
        components={
            id_: tuple(component.address for component in components if _can_fill(component, id_, campaign))
            for id_, campaign in content.campaigns.items()
        },
        response=signal.response,
        fallback=signal.fallback,
    )


def _readers(signal: str, audiences: Iterable[Audience]) -> tuple[str, ...]:
    from assembler.conditions.evaluation import signals_read

    return tuple(audience.id for audience in audiences if signal in signals_read(audience.condition))


def _names_one(names: tuple[str, ...] | None, readers: tuple[str, ...]) -> bool:
    return not set(readers).isdisjoint(names or ())


def _can_fill(component: Component, id_: str, campaign: Campaign) -> bool:
    """Whether a component may fill some slot of a campaign that varies."""
    types = {slot.type for slot in campaign.slots if not slot.constant}
    return component.is_open_to(id_) and component.status == "ready" and component.type in types


def _block(signal: MappedSignal) -> str:
    readers = (
        ("segments", signal.segments),
        ("stages", signal.stages),
        ("needed by", signal.needed_by),
        *((f"in {campaign}", components or ("nothing",)) for campaign, components in signal.components.items()),
        ("without it", (signal.fallback or "not said",)),
    )
    source = f", from {signal.source}" if signal.source else ""
    rows = ((name, ", ".join(names)) for name, names in readers if names)
    return wrapped(f"{signal.signal} ({signal.kind}{source})", rest="    ") + "\n" + table(rows)
