"""A signal is used by no rule or needs; a segment or stage is named by no component."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assembler.authoring.check.missing_keys import is_partly_read
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.load.names import slug_of
from assembler.authoring.outcomes.cells import bare_stages
from assembler.authoring.project.settings import Segment, Settings, Stage

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_]\w*")


@PROJECT.rule("T11", "warning", __doc__, "Use it or remove it: what serves nothing is forgotten, and is in the way.")
def unused_name(checked: CheckedProject) -> Iterator[Finding]:
    settings = checked.project.settings
    tags = [component.tags for component in checked.ready]
    used = _in_rules(settings).union(*(component.needs for component in tags))
    for name in settings.signals:
        if name not in used:
            hint = "remove it: a signal that decides nothing should not be collected"
            yield Finding(settings.key_place("signals", name), f"no rule or needs uses the signal {name!r}", hint)
    if is_partly_read(checked.project):
        return
    yield from _unnamed("segment", settings.segments, set().union(*(component.segments or () for component in tags)))
    # Of a stage that some campaign is for G08 tells.
    told = bare_stages(checked.compiled.content, checked.plans)[None]
    yield from _unnamed("stage", settings.stages, set(told).union(*(component.stages or () for component in tags)))


def _in_rules(settings: Settings) -> set[str]:
    """The names that rules hold, by their words: a rule with a fault still uses its signals."""
    rules = [*(segment.when for segment in settings.segments), *(stage.when for stage in settings.stages)]
    return {name for rule in rules for name in _NAME.findall(_QUOTED.sub("", rule))}


def _unnamed(kind: str, audiences: Sequence[Segment | Stage], named: Collection[str]) -> Iterator[Finding]:
    for audience in audiences:
        if audience.id not in named and slug_of(audience.id) not in named:  # R04 tells of one that is no id
            message = f"no component names the {kind} {audience.id!r}"
            yield Finding(audience.place("id"), message, "write a component for it, or remove it")
