"""The content of a component equals that of another of its type."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.equal_content import equal_components
from assembler.authoring.check.scope import TYPES, TypeUnit
from assembler.authoring.diagnostics import Finding


@TYPES.rule("V01", "error", __doc__, "Keep one of them, and tag it for everyone that both are for.")
def same_content(unit: TypeUnit) -> Iterator[Finding]:
    """Find components that say the same in every locale as one before them, in the order of their addresses."""
    for component, first in equal_components(unit.project.settings, unit.components.values()):
        message = f"{component.address} says the same as {first.address}"
        hint = "keep one of them, tagged for everyone that both are for"
        yield Finding(component.original.body_place, message, hint)
