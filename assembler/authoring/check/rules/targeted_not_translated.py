"""A targeted component is not translated into every locale, so that some people get the default instead."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.compared_components import locales_only_of_others
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.check.translations import lacking_locales, translations_hint
from assembler.authoring.diagnostics import Finding


@FRONT_MATTER.rule("L02", "warning", __doc__, "Write the missing translation beside the component: <id>.<locale>.md.")
def targeted_not_translated(checked: CheckedProject) -> Iterator[Finding]:
    told = locales_only_of_others(checked.project, checked.ready)
    for component in checked.ready:
        locales = lacking_locales(checked.project, component) if component.tags.targeted else []
        lacking = [locale for locale in locales if locale not in told.get(component.address, ())]
        if lacking:
            message = f"{component.address} is not translated into {', '.join(lacking)}, where people get the default"
            yield Finding(
                targeting_place(component.tags), message, translations_hint(checked.project, component, lacking)
            )
