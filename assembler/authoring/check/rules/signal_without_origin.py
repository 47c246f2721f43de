"""A signal has no source, max_age or consent."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding

# Key -> the attribute of the model, and how to mend it.
_KEYS = {
    "source": ("source_name", "add `source: <the first-party system that writes it>`"),
    "max_age": ("max_age", "add `max_age: 35d` (or 12h, 4w), or `max_age: none` where it never ages"),
    "consent": ("consent", "add `consent: <the purpose that must be granted>`, or `consent: none`"),
}


@PROJECT.rule(
    "G07",
    "error",
    __doc__,
    "Name the system that writes it, how old it may be, and the purpose that people must have agreed to.",
)
def signal_without_origin(checked: CheckedProject) -> Iterator[Finding]:
    settings = checked.project.settings
    for name, signal in settings.signals.items():
        for key, (attribute, hint) in _KEYS.items():
            if lacks(checked, signal, key, attribute):
                yield Finding(settings.key_place("signals", name), f"signal {name!r} has no {key}", hint)
