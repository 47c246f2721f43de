"""A campaign, a segment or a targeted component has no hypothesis; a signal has no response or fallback."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.inheritance import inherited
from assembler.authoring.check.missing_keys import lacks, place_of
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.diagnostics import Finding

_HINT = "add `hypothesis: <what should change in people's behaviour, and why>`"
_SIGNAL_HINTS = {
    "response": "add `response: <what people get because of it>`",
    "fallback": "add `fallback: <what people get when it is unknown>`",
}


@PROJECT.rule(
    "G02",
    "error",
    __doc__,
    "Write down what is expected to happen and why, so that it can be tested, and forgotten when it is wrong.",
)
def missing_hypothesis(checked: CheckedProject) -> Iterator[Finding]:
    for segment in checked.project.settings.segments:
        if lacks(checked, segment, "hypothesis"):
            yield Finding(segment.place("id"), f"segment {segment.id!r} has no hypothesis", _HINT)
    for campaign in checked.project.campaigns.values():
        if lacks(checked, campaign, "hypothesis"):
            place = place_of(campaign, "hypothesis", campaign.place())
            yield Finding(place, f"campaign {campaign.id!r} has no hypothesis", _HINT)
    yield from _components(checked)
    yield from _signals(checked)


def _components(checked: CheckedProject) -> Iterator[Finding]:
    """The findings of components that inherit none, but from campaigns that lack one themselves, or are not there:
    those are told."""
    declared = checked.project.declared["campaign"]
    told = {campaign.id for campaign in checked.project.campaigns.values() if campaign.hypothesis is not None}
    for component in checked.ready:
        tags = component.tags
        inherits = inherited(checked.project, component, "hypothesis") is not None or any(
            map(component.open_to, (declared | {*(tags.campaigns if tags.campaigns != "all" else ())}) - told)
        )
        if tags.targeted and not inherits and lacks(checked, tags, "hypothesis"):
            message = f"{component.address} is for some people only, and nobody says why: no hypothesis"
            yield Finding(targeting_place(tags), message, _HINT)


def _signals(checked: CheckedProject) -> Iterator[Finding]:
    settings = checked.project.settings
    for name, signal in settings.signals.items():
        for key, hint in _SIGNAL_HINTS.items():
            if lacks(checked, signal, key):
                yield Finding(settings.key_place("signals", name), f"signal {name!r} has no {key}", hint)
