"""A text is longer than its type allows; a warning where only a long merge field makes it so."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.copy import count_graphemes, visible_words
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, ComponentUnit
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import FieldValue


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    """Find texts over `max_length` with the fallbacks in them; as a warning, those that a long value may make so."""
    for copy in unit.copies:
        if copy.spec.max_length is None:
            continue
        length = count_graphemes(visible_words(copy))
        if length > copy.spec.max_length:
            hint = f"take away {length - copy.spec.max_length}"
            yield Finding(copy.place, f"{copy.name} has {length} characters; {copy.spec.max_length} are allowed", hint)
        elif MERGE_FIELD.search(copy.text):
            yield from _with_long_values(unit, copy, copy.spec.max_length)


@PROJECT.rule(
    "C05",
    "error",
    __doc__,
    "Use fewer words, or, where the design has room, raise max_length in _type.yaml.",
    READY_COMPONENTS.by(_in_copy),
)
def too_long(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("C05")


def _with_long_values(unit: ComponentUnit, copy: FieldValue, allowed: int) -> Iterator[Finding]:
    fields = unit.around.settings.fields

    def longest(name: str, fallback: str) -> str:
        return max(fallback, "m" * fields[name].limit, key=len) if name in fields else fallback

    length = count_graphemes(visible_words(copy, longest))
    if length > allowed:
        names = ", ".join(sorted({match["name"] for match in MERGE_FIELD.finditer(copy.text)}))
        message = f"{copy.name} may reach {length} characters with the longest {names}; {allowed} are allowed"
        hint = "use fewer words, or give the field a max_length in assembler.yaml"
        yield Finding(copy.place, message, hint, severity="warning")
