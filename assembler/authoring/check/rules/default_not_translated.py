"""A default is not translated into every locale."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.slots import slot_defaults
from assembler.authoring.check.translations import lacking_locales, translations_hint
from assembler.authoring.diagnostics import Finding


@PROJECT.rule("D05", "error", __doc__, "Write the missing translation beside the component: <id>.<locale>.md.")
def default_not_translated(checked: CheckedProject) -> Iterator[Finding]:
    for default in slot_defaults(checked):
        lacking = lacking_locales(checked.project, default.component)
        if lacking:
            message = f"{default} is not translated into {', '.join(lacking)}"
            yield Finding(default.place, message, translations_hint(checked.project, default.component, lacking))
