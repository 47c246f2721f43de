"""L02: a targeted component lacks a locale."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.check.translations import lacking_locales, translation_path
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find components for some segment or stage that people in some locale never get."""
    for component in checked.ready:
        lacking = lacking_locales(checked.project, component) if component.tags.targeted else []
        if lacking:
            message = f"{component.address} is not translated into {', '.join(lacking)}, where people get the default"
            hint = f"write {translation_path(component, lacking[0])}"
            yield Finding(targeting_place(component.tags), message, hint)


RULE = Rule(
    code="L02",
    severity="warning",
    summary="A targeted component is not translated into every locale, so that some people get the default instead.",
    fix="Write the missing translation beside the component: <id>.<locale>.md.",
    judges=(FRONT_MATTER.by(find),),
)
