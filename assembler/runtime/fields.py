"""Reading one merge field: its text, or what keeps it from being used."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final, Literal

from assembler.library.records import Field
from assembler.runtime.encode import CONTROLS, INVISIBLE, is_blank, is_safe_url
from assembler.runtime.recognise import LARGEST, number_of, text_of

__all__ = ["FieldProblem", "FieldReader"]

FieldProblem = Literal["missing", "blank", "kind", "length"]

_placeholder = re.compile(
    rf"[{INVISIBLE}]*(?:null|none|nan|undefined|\[.*\]|\{{\{{.*\}}\}}|\*\|.*\|\*|%%.*%%)[{INVISIBLE}]*",
    re.IGNORECASE | re.DOTALL,
).fullmatch
_unsafe_in_text = re.compile(rf"[{CONTROLS}]|\{{\{{|\}}\}}|\{{%").search
_unsafe_in_name = re.compile(rf"[{CONTROLS}@<>]|\{{\{{|\}}\}}|\{{%|://|www\.", re.IGNORECASE).search
_harmless = re.compile(r"[A-Za-z0-9À-ÿ][A-Za-z0-9À-ÿ ,'’&-]*").fullmatch
"""Most names and texts: nothing that the patterns above look for but the words."""

_PLACEHOLDER_WORDS: Final = frozenset({"null", "none", "nan", "undefined"})


class FieldReader:
    """Reads one declared merge field out of whatever a caller says about it."""

    def __init__(self, name: str, field: Field, hosts: Container[str]) -> None:
        self.name = name
        self._max_length = field.max_length
        self._is_url = field.kind == "url"
        self._unsafe = _unsafe_in_name if field.kind == "name" else _unsafe_in_text
        self._hosts = hosts

    def read(self, raw: object) -> tuple[str | None, FieldProblem | None]:
        """The text that may stand in copy, or None and the reason why the fallback stands there."""
        text = raw if type(raw) is str else _text_of(raw)
        if text is None:
            return None, _unreadable(raw)
        if len(text) > self._max_length:
            return None, "length"
        if self._fits(text):
            return text, None
        return None, "blank" if is_blank(text) else "kind"

    def _fits(self, text: str) -> bool:
        if self._is_url:
            return is_safe_url(text, self._hosts)
        if _harmless(text):
            return text.rstrip().lower() not in _PLACEHOLDER_WORDS
        return not (is_blank(text) or self._unsafe(text) or _placeholder(text))


def _text_of(raw: object) -> str | None:
    """Text as it is, and a finite number as text."""
    text = text_of(raw)
    if text is not None:
        return text
    number = number_of(raw)
    return None if number is None or abs(number) > LARGEST else str(number)


def _unreadable(raw: object) -> FieldProblem:
    if raw is None:
        return "missing"
    return "kind" if number_of(raw) is None else "length"
