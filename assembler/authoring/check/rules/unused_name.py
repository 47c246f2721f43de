"""T11: a signal, segment or stage serves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_]\w*")


def find(subject: Subject) -> Iterator[Finding]:
    """Signals that no rule reads and no component needs, and segments and stages that no component is tagged with."""
    settings = subject.project.settings
    ready = [component.tags for component in subject.ready]
    # By their words, so that a rule with a fault still uses its signals.
    rules = [*(each.when for each in settings.segments), *(each.when for each in settings.stages)]
    used = {name for rule in rules for name in _NAME.findall(_QUOTED.sub("", rule))}
    used.update(name for tags in ready for name in tags.needs)
    for name in settings.signals:
        if name not in used:
            hint = "remove it: a signal that decides nothing should not be collected"
            yield Finding(settings.key_place("signals", name), f"no rule or needs uses the signal {name!r}", hint)
    named = {name for tags in ready for name in tags.segments or ()}
    for segment in settings.segments:
        if segment.id not in named:
            hint = "write a component for it, or remove it"
            yield Finding(segment.place("id"), f"no component names the segment {segment.id!r}", hint)
    named = {name for tags in ready for name in tags.stages or ()}
    for stage in settings.stages:
        if stage.id not in named:
            hint = "write a component for it, or remove it"
            yield Finding(stage.place("id"), f"no component names the stage {stage.id!r}", hint)


RULE = Rule(
    code="T11",
    severity="warning",
    summary="A signal is used by no rule or needs; a segment or stage is named by no component.",
    fix="Use it or remove it: what serves nothing is forgotten, and is in the way.",
    find=find,
)
