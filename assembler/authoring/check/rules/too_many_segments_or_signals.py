"""T09: there are more segments or signals than the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find the first segment and the first signal beyond what the project allows itself."""
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


RULE = Rule(
    code="T09",
    severity="warning",
    summary="There are more segments or signals than the policy allows.",
    fix="Keep to the few that change what people read, or change the policy.",
    find=find,
)
