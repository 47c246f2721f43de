"""D05: a default lacks a locale."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.slots import slot_defaults
from assembler.authoring.check.translations import lacking_locales, translation_path
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find defaults that have no words in some locale of the project, nor in a parent of it."""
    for default in slot_defaults(checked):
        lacking = lacking_locales(checked.project, default.component)
        if lacking:
            message = f"{default} is not translated into {', '.join(lacking)}"
            yield Finding(default.place, message, f"write {translation_path(default.component, lacking[0])}")


RULE = Rule(
    code="D05",
    severity="error",
    summary="A default is not translated into every locale.",
    fix="Write the missing translation beside the component: <id>.<locale>.md.",
    find=find,
)
