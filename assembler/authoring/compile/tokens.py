"""Inert tokens that stand for merge fields and slot calls until the finished document has been parsed.

Letters and digits only, so that Markdown, Jinja, CSS inlining and every kind of escaping leave them as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from assembler.authoring.diagnostics import Place

__all__ = ["CALL", "FIELD", "RESERVED", "MergeField", "Tokens", "call_token"]

FIELD = re.compile(r"zqf[0-9]{6}qz")
CALL = re.compile(r"zqs[0-9]{6}qz")
RESERVED = re.compile(r"zq[fsu][0-9]{6}qz")


@dataclass(frozen=True, slots=True)
class MergeField:
    """A merge field as written: its name, its fallback, where it stands, and in which field of a component (if any).

    `link`: it is the whole of a link, or a part of one that it can lead nowhere else.
    """

    name: str
    fallback: str
    place: Place
    within: str | None = None
    link: Literal["whole", "part"] | None = None


@dataclass(slots=True)
class Tokens:
    """Gives each merge field its token, and each token its merge field."""

    _fields: dict[str, MergeField] = field(default_factory=dict)
    _tokens: dict[MergeField, str] = field(default_factory=dict)

    def of(self, merge_field: MergeField) -> str:
        """The token of a merge field; the same for an equal one."""
        token = self._tokens.get(merge_field)
        if token is None:
            token = f"zqf{len(self._tokens):06d}qz"
            self._tokens[merge_field] = token
            self._fields[token] = merge_field
        return token

    def __getitem__(self, token: str) -> MergeField:
        return self._fields[token]


def call_token(index: int) -> str:
    """The token of a layout's slot call, by its number in the part."""
    return f"zqs{index:06d}qz"
