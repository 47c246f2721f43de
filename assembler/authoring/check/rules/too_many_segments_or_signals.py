"""There are more segments or signals than the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule("T09", "warning", __doc__, "Keep to the few that change what people read, or change the policy.")
def too_many_segments_or_signals(checked: CheckedProject) -> Iterator[Finding]:
    settings = checked.project.settings
    segments, signals = settings.policy.max_segments, settings.policy.max_signals
    if segments is not None and len(settings.segments) > segments:
        message = f"there are {len(settings.segments)} segments; the policy is {segments} at most"
        hint = "merge segments that get nearly the same copy, or change max_segments under `policy`"
        yield Finding(settings.segments[segments].place("id"), message, hint)
    if signals is not None and len(settings.signals) > signals:
        message = f"there are {len(settings.signals)} signals; the policy is {signals} at most"
        hint = "remove signals that decide little, or change max_signals under `policy`"
        yield Finding(settings.key_place("signals", list(settings.signals)[signals]), message, hint)
