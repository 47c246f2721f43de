"""Handlebars: comparisons have no `or` between them, so that they are nested and a branch repeats for each token."""

from __future__ import annotations

import re

from assembler.delivery.export.emission import Attributes, Branches, Emitter
from assembler.delivery.export.neutral import Switch


def handlebars(equals: str) -> Emitter:
    """Return the emitter of a provider whose helper of this name compares."""

    def switch(attributes: Attributes, switch: Switch) -> Branches:
        branches = [(token, case.content) for case in switch.cases for token in case.tokens]
        for token, content in branches:
            yield f'{{{{#{equals} {attributes.token} "{token}"}}}}'
            yield content
            yield "{{else}}"
        yield switch.otherwise
        yield f"{{{{/{equals}}}}}" * len(branches)

    return Emitter(
        delimiters=re.compile(r"\{(?=\{)|(?<!\\)\\++(?=\{\{)"),
        prologue=lambda attributes, switches: "",
        value=_value,
        switch=switch,
        blank="{{!}}",
    )


def _value(attributes: Attributes, field: str, raw: bool) -> tuple[str, str]:
    name = attributes.fields[field]
    return f"{{{{#if {name}}}}}" + (f"{{{{{{{name}}}}}}}" if raw else f"{{{{{name}}}}}") + "{{else}}", "{{/if}}"
