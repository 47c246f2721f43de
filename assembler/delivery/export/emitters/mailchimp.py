"""Mailchimp: merge tags; a condition compares with one value, so that a branch repeats for each token.

That values are escaped in HTML is documented nowhere, so that none stands there.
"""

from __future__ import annotations

import re

from assembler.delivery.export.emission import Attributes, Branches, Emitter
from assembler.delivery.export.neutral import Switch


def _value(attributes: Attributes, field: str, raw: bool) -> tuple[str, str]:
    name = attributes.fields[field]
    return f"*|IF:{name}|**|{name}|**|ELSE:|*", "*|END:IF|*"


def _switch(attributes: Attributes, switch: Switch) -> Branches:
    branches = [(token, case.content) for case in switch.cases for token in case.tokens]
    for number, (token, content) in enumerate(branches):
        yield f"*|{'ELSEIF' if number else 'IF'}:{attributes.token}={token}|*"
        yield content
    yield "*|ELSE:|*"
    yield switch.otherwise
    yield "*|END:IF|*"


MAILCHIMP = Emitter(
    encodes=frozenset({"plain", "subject"}),
    delimiters=re.compile(r"\*(?=\|)|(?<=\|)\*"),
    prologue=lambda attributes, switches: "",
    value=_value,
    switch=_switch,
)
