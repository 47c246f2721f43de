"""G02: nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.inheritance import inherited
from assembler.authoring.check.missing_keys import lacks, place_of
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.diagnostics import Finding

_HINT = "add `hypothesis: <what should change in people's behaviour, and why>`"
_SIGNAL_HINTS = {
    "response": "add `response: <what people get because of it>`",
    "fallback": "add `fallback: <what people get when it is unknown>`",
}


def find(subject: Subject) -> Iterator[Finding]:
    """Find campaigns, segments and targeted components without hypothesis; signals without response or fallback."""
    for segment in subject.project.settings.segments:
        if lacks(subject, segment, "hypothesis"):
            yield Finding(segment.place("id"), f"segment {segment.id!r} has no hypothesis", _HINT)
    for campaign in subject.project.campaigns.values():
        if lacks(subject, campaign, "hypothesis"):
            place = place_of(campaign, "hypothesis", campaign.place())
            yield Finding(place, f"campaign {campaign.id!r} has no hypothesis", _HINT)
    yield from _components(subject)
    yield from _signals(subject)


def _components(subject: Subject) -> Iterator[Finding]:
    for component in subject.ready:
        tags = component.tags
        inherits = inherited(subject.project, component, "hypothesis") is not None
        if tags.targeted and not inherits and lacks(subject, tags, "hypothesis"):
            message = f"{component.address} is for some people only, and nobody says why: no hypothesis"
            yield Finding(targeting_place(tags), message, _HINT)


def _signals(subject: Subject) -> Iterator[Finding]:
    settings = subject.project.settings
    for name, signal in settings.signals.items():
        for key, hint in _SIGNAL_HINTS.items():
            if lacks(subject, signal, key):
                yield Finding(settings.key_place("signals", name), f"signal {name!r} has no {key}", hint)


RULE = Rule(
    code="G02",
    severity="error",
    summary="A campaign, a segment or a targeted component has no hypothesis; a signal has no response or fallback.",
    fix="Write down what is expected to happen and why, so that it can be tested, and forgotten when it is wrong.",
    find=find,
)
