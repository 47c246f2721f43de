"""Salesforce Marketing Cloud: AMPscript; it escapes nothing by itself, so that the value for HTML is made first."""

from __future__ import annotations

import re
from functools import reduce
from typing import Final

from assembler.delivery.export.emission import Attributes, Branches, Emitter
from assembler.delivery.export.neutral import Switch

_ESCAPES: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ('""', "&#34;"))
"""What stands for a character in HTML; a quote is doubled in a text of AMPscript."""


def _prologue(attributes: Attributes, switches: bool) -> str:
    lines = [f'SET @asm = AttributeValue("{attributes.token}")'] if switches else []
    for field, name in attributes.fields.items():
        lines.append(f'SET @asm_{field} = Trim(AttributeValue("{name}"))')
        escaped = reduce(lambda text, pair: f'Replace({text}, "{pair[0]}", "{pair[1]}")', _ESCAPES, f"@asm_{field}")
        lines.append(f"SET @asm_{field}_html = {escaped}")
    return f"%%[ {' '.join(lines)} ]%%" if lines else ""


def _value(attributes: Attributes, field: str, raw: bool) -> tuple[str, str]:
    written = f"@asm_{field}" if raw else f"@asm_{field}_html"
    return f"%%[ IF NOT Empty(@asm_{field}) THEN ]%%%%=v({written})=%%%%[ ELSE ]%%", "%%[ ENDIF ]%%"


def _switch(attributes: Attributes, switch: Switch) -> Branches:
    for number, case in enumerate(switch.cases):
        tests = " OR ".join(f'@asm == "{token}"' for token in case.tokens)
        yield f"%%[ {'ELSEIF' if number else 'IF'} {tests} THEN ]%%"
        yield case.content
    yield "%%[ ELSE ]%%"
    yield switch.otherwise
    yield "%%[ ENDIF ]%%"


SFMC = Emitter(delimiters=re.compile(r"%(?=%)|(?<=%)%"), prologue=_prologue, value=_value, switch=_switch)
