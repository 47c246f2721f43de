"""A build would write more variants than policy.max_variants."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.variants import too_many, variant_counts
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "D09",
    "error",
    __doc__,
    (
        "Slots multiply where what they hold depends on needs or tests of their own: share these, build a part of all "
        "(--select) or a sample (--sample pairs), or raise max_variants."
    ),
)
def too_many_variants(checked: CheckedProject) -> Iterator[Finding]:
    yield from too_many(variant_counts(checked), checked.project)
