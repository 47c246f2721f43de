"""Liquid: a `case` on a variable that is assigned first, so that an attribute which is missing is an empty text."""

from __future__ import annotations

import re
from collections.abc import Callable

from assembler.delivery.export.emission import Attributes, Branches, Emitter
from assembler.delivery.export.neutral import Switch


def liquid(reference: Callable[[str], str]) -> Emitter:
    """Return the emitter of a provider whose Liquid names the attributes of a person so."""

    def prologue(attributes: Attributes, switches: bool) -> str:
        token = [f"{{% assign asm = {reference(attributes.token)} | default: '' %}}"] if switches else []
        fields = (
            f"{{% assign asm_{field} = {reference(name)} | default: '' | strip %}}"
            for field, name in attributes.fields.items()
        )
        return "".join([*token, *fields])

    return Emitter(
        delimiters=re.compile(r"\{(?=[{%])"),
        prologue=prologue,
        value=_value,
        switch=_switch,
        kept=_kept,
    )


def _kept(words: str, before: str, after: str) -> str:
    """A block of nothing but white space is left out."""
    return words + "{{ '' }}" if words.isspace() else words


def _value(attributes: Attributes, field: str, raw: bool) -> tuple[str, str]:
    written = f"asm_{field}" if raw else f"asm_{field} | escape"
    return f"{{% if asm_{field} != '' %}}{{{{ {written} }}}}{{% else %}}", "{% endif %}"


def _switch(attributes: Attributes, switch: Switch) -> Branches:
    yield "{% case asm %}"
    for case in switch.cases:
        yield "{% when " + ", ".join(f"'{token}'" for token in case.tokens) + " %}"
        yield case.content
    yield "{% else %}"
    yield switch.otherwise
    yield "{% endcase %}"
