"""Handlebars: comparisons have no `or` between them, so that they are nested and a branch repeats for each token."""

from __future__ import annotations

import re
from typing import Final

from assembler.delivery.export.emission import Attributes, Branches, Emitter
from assembler.delivery.export.neutral import Switch

_BLANK: Final = "{{!}}"
_OPENS_LINE = re.compile(r"[ \t]*\r?\n|\}")
_CLOSES_LINE = re.compile(r"\n[ \t]*\Z")


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
        kept=_kept,
    )


def _kept(words: str, before: str, after: str) -> str:
    """The end of a line goes with the tag beside it."""
    first = _BLANK if before and _OPENS_LINE.match(words) else ""
    last = _BLANK if after and _CLOSES_LINE.search(words) else ""
    return first + words + last


def _value(attributes: Attributes, field: str, raw: bool) -> tuple[str, str]:
    name = attributes.fields[field]
    return f"{{{{#if {name}}}}}" + (f"{{{{{{{name}}}}}}}" if raw else f"{{{{{name}}}}}") + "{{else}}", "{{/if}}"
