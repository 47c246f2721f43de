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
        yield Finding(
            settings.segments[segments].place("id"),
            f"there are {len(settings.segments)} segments; the policy is {segments} at most",
            "merge segments that get nearly the same copy, or change max_segments under `policy`",
        )
    if signals is not None and len(settings.signals) > signals:
        yield Finding(
            settings.key_place("signals", list(settings.signals)[signals]),
            f"there are {len(settings.signals)} signals; the policy is {signals} at most",
            "remove signals that decide little, or change max_signals under `policy`",
        )
