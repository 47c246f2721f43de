"""The rules, one a file, in the order of their codes."""

from __future__ import annotations

from assembler.authoring.check.rule import Rule
from assembler.authoring.check.rules import slot_without_default

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (slot_without_default.RULE,)
