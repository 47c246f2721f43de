"""R02: a key is unknown or missing, or a value is of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.settings import Signal


def find(subject: Subject) -> Iterator[Finding]:
    """What does not fit the shape of its file, and signals whose keys do not fit their kind."""
    yield from subject.reported("R02")
    for name, signal in subject.project.settings.signals.items():
        yield from _signal_faults(name, signal)


def _signal_faults(name: str, signal: Signal) -> Iterator[Finding]:
    if signal.kind == "choice" and not signal.values:
        yield Finding(signal.key_place(), f"the choice {name!r} has no values", "add `values: [one, two]`")
    if signal.kind != "choice" and signal.values is not None:
        yield Finding(
            signal.key_place("values"),
            f"values are for a choice; {name!r} is of kind {signal.kind}",
            "make it a choice, or remove them",
        )
    if signal.range is None:
        return
    if signal.kind not in ("integer", "number"):
        yield Finding(
            signal.key_place("range"), f"a range is for numbers; {name!r} is of kind {signal.kind}", "remove it"
        )
    elif signal.range[0] > signal.range[1]:
        yield Finding(
            signal.place("range"), f"the range of {name!r} ends before it begins", "write the smaller number first"
        )


RULE = Rule(
    code="R02",
    severity="error",
    summary="A key is unknown or missing, or its value is of the wrong type.",
    fix="Use the keys of the file's kind (`assembler schema` lists them) with values as the hint says.",
    find=find,
)
