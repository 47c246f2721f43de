"""A text is longer than its type allows; a warning where only a long merge field makes it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.authoring.check.copy import count_graphemes, visible_words
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, ComponentUnit
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import FieldValue


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    """Find texts over `max_length` with the fallbacks in them; as a warning, those that a long value may make so."""
    for copy in unit.copies:
        limits = _limits(unit, copy)
        over = _over(limits, count_graphemes(visible_words(copy))) if limits else None
        if over is not None:
            length, allowed, spare = over
            yield Finding(copy.place, f"{copy.name} has {length} characters; {allowed} allowed", f"take away {spare}")
        elif limits and MERGE_FIELD.search(copy.text) and not _has_odd_length(unit, copy):
            yield from _with_long_values(unit, copy, limits)


@PROJECT.rule(
    "C05",
    "error",
    __doc__,
    (
        "Use fewer words, or, where the design has room, raise max_length in _type.yaml: a number, or one for a channel"
        " such as {email: 90, sms: 40}."
    ),
    READY_COMPONENTS.by(_in_copy),
)
def too_long(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("C05")


def _limits(unit: ComponentUnit, copy: FieldValue) -> Mapping[str, int]:
    """How many characters a text may have, by channel; under no name where that holds for all."""
    lengths = copy.spec.max_length
    if isinstance(lengths, int):
        return {"": lengths}
    return {channel: lengths[channel] for channel in unit.channels if channel in lengths} if lengths else {}


def _has_odd_length(unit: ComponentUnit, copy: FieldValue) -> bool:
    """Return whether a merge field of a text has a max_length that could not be read, which is a finding of its own."""
    known = unit.around.settings.fields
    fields = (known[match["name"]] for match in MERGE_FIELD.finditer(copy.text) if match["name"] in known)
    return any(field.max_length is None and field.has_key("max_length") for field in fields)


def _over(limits: Mapping[str, int], length: int) -> tuple[int, str, int] | None:
    """The length of a text, what is allowed in the channels for which it is too long, and by how much in the least."""
    over = {channel: limit for channel, limit in limits.items() if length > limit}
    if not over:
        return None
    allowed = " and ".join(f"{limit} in {channel}" if channel else str(limit) for channel, limit in over.items())
    return length, f"{allowed} are", length - min(over.values())


def _with_long_values(unit: ComponentUnit, copy: FieldValue, limits: Mapping[str, int]) -> Iterator[Finding]:
    fields = unit.around.settings.fields

    def longest(name: str, fallback: str) -> str:
        return max(fallback, "m" * fields[name].limit, key=len) if name in fields else fallback

    over = _over(limits, count_graphemes(visible_words(copy, longest)))
    if over is not None:
        length, allowed, _ = over
        names = ", ".join(sorted({match["name"] for match in MERGE_FIELD.finditer(copy.text)}))
        message = f"{copy.name} may reach {length} characters with the longest {names}; {allowed} allowed"
        hint = "use fewer words, or give the field a max_length in assembler.yaml"
        yield Finding(copy.place, message, hint, severity="warning")
