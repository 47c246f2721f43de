"""Every rule that can be explained: those of `check`, and those by which an export is refused."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.authoring.check.examples import RuleExample, rule_examples
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.rules import RULES
from assembler.delivery import export
from assembler.delivery.export.rules import EXPORT_RULES


def every_rule() -> Mapping[str, Rule]:
    """Return the rules by their codes, in order."""
    return {rule.code: rule for rule in (*RULES, *EXPORT_RULES)}


def every_example() -> Mapping[str, RuleExample]:
    """Return the example of each rule, by its code."""
    return {**rule_examples(), **rule_examples(export.__name__)}
