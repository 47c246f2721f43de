"""G02: nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.inheritance import inherited, lacks
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.authored import Authored

_HINT = "add `hypothesis: <what should change in people's behaviour, and why>`"
_SIGNAL_HINTS = {
    "response": "add `response: <what people get because of it>`",
    "fallback": "add `fallback: <what people get when it is unknown>`",
}


def find(subject: Subject) -> Iterator[Finding]:
    """Campaigns, segments and targeted components without hypothesis; signals without response or fallback."""
    project = subject.project
    for segment in project.settings.segments:
        if lacks(subject, segment, "hypothesis"):
            yield Finding(segment.place("id"), f"segment {segment.id!r} has no hypothesis", _HINT)
    for campaign in project.campaigns.values():
        if lacks(subject, campaign, "hypothesis"):
            yield Finding(_place(campaign), f"campaign {campaign.id!r} has no hypothesis", _HINT)
    for component in subject.ready:
        tags = component.tags
        if tags.targeted and inherited(project, component, "hypothesis") is None and lacks(subject, tags, "hypothesis"):
            place = tags.key_place("segments" if tags.segments is not None else "stages")
            message = f"{component.address} is for some people only, and nobody says why: no hypothesis"
            yield Finding(place, message, _HINT)
    for name, signal in project.settings.signals.items():
        for key, hint in _SIGNAL_HINTS.items():
            if lacks(subject, signal, key):
                yield Finding(project.settings.key_place("signals", name), f"signal {name!r} has no {key}", hint)


def _place(noun: Authored) -> Place:
    return noun.place("hypothesis") if noun.written("hypothesis") else noun.place()


RULE = Rule(
    code="G02",
    severity="error",
    summary="A campaign, a segment or a targeted component has no hypothesis; a signal has no response or fallback.",
    fix="Write down what is expected to happen and why, so that it can be tested, and forgotten when it is wrong.",
    find=find,
)
