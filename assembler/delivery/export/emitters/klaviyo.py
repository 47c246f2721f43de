"""Klaviyo: the template language of Django; a property of a profile is looked up each time."""

from __future__ import annotations

import re

from assembler.delivery.export.emission import Attributes, Branches, Emitter
from assembler.delivery.export.neutral import Switch


def _value(attributes: Attributes, field: str, raw: bool) -> tuple[str, str]:
    name = f"person|lookup:'{attributes.fields[field]}'"
    return f"{{% if {name} %}}{{{{ {name}|{'safe' if raw else 'escape'} }}}}{{% else %}}", "{% endif %}"


def _switch(attributes: Attributes, switch: Switch) -> Branches:
    for number, case in enumerate(switch.cases):
        tests = " or ".join(f"person|lookup:'{attributes.token}' == '{token}'" for token in case.tokens)
        yield f"{{% {'elif' if number else 'if'} {tests} %}}"
        yield case.content
    yield "{% else %}"
    yield switch.otherwise
    yield "{% endif %}"


KLAVIYO = Emitter(
    delimiters=re.compile(r"\{(?=[{%#])"), prologue=lambda attributes, switches: "", value=_value, switch=_switch
)
