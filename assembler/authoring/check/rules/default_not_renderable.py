"""D06: a default cannot be shown in a channel of its slot."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.standing import DefaultOf, channel_slots, defaults
from assembler.authoring.diagnostics import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """Defaults that are not for a channel in which their slot stands, or have no rendition there."""
    for each in defaults(subject):
        channels = each.component.tags.channels
        for channel, slots in channel_slots(subject, each.campaign).items():
            if each.name not in slots:
                continue
            if channels is not None and channel not in channels:
                hint = f"add {channel}, or remove `channels`: a default stands in every channel of its slot"
                yield Finding(each.component.tags.place("channels"), f"{each} is not for the channel {channel}", hint)
            elif _unrendered(subject, each, channel):
                hint = "see what its templates write, or choose another default"
                yield Finding(each.place, f"{each} cannot be rendered in the channel {channel}", hint)


def _unrendered(subject: Subject, each: DefaultOf, channel: str) -> bool:
    """Whether a call of the slot lacks the default although nothing else that was found explains it."""
    component, project = each.component, subject.project
    if not component.ready or component.type != each.slot.type or _explained(subject, each, channel):
        return False
    for locale, parts in subject.compiled.content.campaigns[each.campaign.id].channels[channel].documents.items():
        if component.in_locale(project.settings.lineage(locale)) is None:
            continue
        calls = (call for document in parts.values() for call in document.calls if call.slot == each.name)
        if any(component.address not in call.fragments for call in calls):
            return True
    return False


def _explained(subject: Subject, each: DefaultOf, channel: str) -> bool:
    """Whether compiling found something in the templates of the slot or in the files of its default."""
    paths = {words.source.path for words in each.component.words.values()}
    findings = subject.compiled.findings
    places = (finding.place.path for code in findings.codes() for finding in findings.of(code))
    return any(path in paths or path.startswith(f"templates/{channel}/") for path in places)


RULE = Rule(
    code="D06",
    severity="error",
    summary="A default cannot be rendered in a channel of its slot.",
    fix="A default stands in every channel whose layout calls its slot: widen its channels and write the templates.",
    find=find,
)
