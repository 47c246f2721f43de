"""A ready component has expired, or expires within 14 days."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.days import ahead
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding

_SOON = 14


@PROJECT.rule("G06", "warning", __doc__, "Retire it, or give it a later last day.")
def expired_component(checked: CheckedProject) -> Iterator[Finding]:
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
