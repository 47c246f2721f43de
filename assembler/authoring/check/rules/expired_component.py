"""G06: a component has expired, or soon will."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.days import ahead
from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding

_SOON = 14


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find ready components whose `valid_until` is past, or within two weeks."""
    for component in checked.ready:
        last = component.tags.valid_until
        if last is None:
            continue
        left = (last - checked.today).days
        place = component.tags.place("valid_until")
        if left < 0:
            message = f"{component.address} expired on {last} and is still ready"
            yield Finding(place, message, "retire it (`status: retired` and `learnt:`), or give it a later day")
        elif left <= _SOON:
            message = f"{component.address} expires {ahead(left)}, on {last}"
            yield Finding(place, message, "see what people get from then on")


RULE = Rule(
    code="G06",
    severity="warning",
    summary="A ready component has expired, or expires within 14 days.",
    fix="Retire it, or give it a later last day.",
    find=find,
)
