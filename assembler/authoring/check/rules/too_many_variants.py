"""D09: a build would write more variants than the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.variants import too_many, variant_counts
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find campaigns with more variants than `max_variants`, and those whose variants are too many to be counted."""
    yield from too_many(variant_counts(checked), checked.project)


RULE = Rule(
    code="D09",
    severity="error",
    summary="A build would write more variants than policy.max_variants.",
    fix="Slots multiply where what they hold depends on needs or tests of their own: share these, build a part of all "
    "(--select) or a sample (--sample pairs), or raise max_variants.",
    find=find,
)
"""The rule. What is found says which slots multiply the variants."""
