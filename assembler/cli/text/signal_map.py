"""The signal map: signal -> rules that read it -> components -> what happens without it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assembler.cli.text.columns import table, wrapped

if TYPE_CHECKING:
    from assembler.authoring.project.settings import Settings
    from assembler.library.records import Audience, Component, Content

MappedSignal = dict[str, Any]
"""A signal, what reads it, and by campaign the components that are there because of it."""


def signal_map(settings: Settings, content: Content) -> dict[str, Any]:
    """Return the map of a project's signals, as JSON has it, with the names of those that nothing uses."""
    signals = [_mapped(name, settings, content) for name in settings.signals]
    return {"signals": signals, "unused": [signal["signal"] for signal in signals if not _is_used(signal)]}


def signal_map_text(data: dict[str, Any]) -> str:
    """Return the map in 80 columns; signals that nothing uses come last."""
    blocks = [_block(signal) for signal in data["signals"] if _is_used(signal)]
    if data["unused"]:
        blocks.append(wrapped(", ".join(data["unused"]), first="no rule uses: ", rest="  "))
    return "\n\n".join(blocks)


def _is_used(signal: MappedSignal) -> bool:
    return bool(signal["segments"] or signal["stages"] or signal["needed_by"])


def _mapped(name: str, settings: Settings, content: Content) -> MappedSignal:
    signal = settings.signals[name]
    segments, stages = (_readers(name, audiences) for audiences in (content.segments, content.stages))
    components = [component for component in content.components if _depends(component, name, segments, stages)]
    types = {
        id_: {slot.type for slot in campaign.slots if not slot.constant} for id_, campaign in content.campaigns.items()
    }
    return {
        "signal": name,
        "kind": signal.kind,
        "source": signal.source_name,
        "segments": segments,
        "stages": stages,
        "needed_by": [component.address for component in components if name in component.needs],
        "components": {
            id_: [
                component.address
                for component in components
                if component.is_open_to(id_) and component.status == "ready" and component.type in varying
            ]
            for id_, varying in types.items()
        },
        "response": signal.response,
        "fallback": signal.fallback,
    }


def _readers(signal: str, audiences: Iterable[Audience]) -> list[str]:
    from assembler.conditions.evaluation import signals_read

    return [audience.id for audience in audiences if signal in signals_read(audience.condition)]


def _depends(component: Component, signal: str, segments: list[str], stages: list[str]) -> bool:
    tagged = {*segments}.intersection(component.segments or ()) or {*stages}.intersection(component.stages or ())
    return signal in component.needs or bool(tagged)


def _block(signal: MappedSignal) -> str:
    readers = (
        ("segments", signal["segments"]),
        ("stages", signal["stages"]),
        ("needed by", signal["needed_by"]),
        *((f"in {campaign}", addresses or ["nothing"]) for campaign, addresses in signal["components"].items()),
        ("without it", [signal["fallback"] or "not said"]),
    )
    source = f", from {signal['source']}" if signal["source"] else ""
    rows = ((name, ", ".join(names)) for name, names in readers if names)
    return wrapped(f"{signal['signal']} ({signal['kind']}{source})", rest="    ") + "\n" + table(rows)
