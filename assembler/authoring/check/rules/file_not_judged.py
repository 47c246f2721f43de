"""R10: a file could not be judged."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.compile import budget, extent, shape
from assembler.authoring.compile.links import MOST_MARKED
from assembler.authoring.diagnostics import Finding
from assembler.authoring.load.strict_yaml import MOST_NUMBER


def find(subject: Subject) -> Iterator[Finding]:
    """Files on which a step of loading or compiling failed; those on which a rule fails come to them."""
    return subject.reported("R10")


_LIMITS = (
    f"a template has at most {shape.MOST_BLOCKS} blocks within each other, {shape.MOST_BRANCHES} branches of a "
    f"condition, {shape.MOST_BRACKETS} brackets within each other and {shape.MOST_OPERATORS} operators or filters upon "
    f"each other in an expression, and {budget.MOST_INCLUDES} templates that are included within each other",
    f"rendering one takes at most {budget.MOST_STEPS:,} steps, each of them a part of an expression or "
    f"{budget.CHARACTERS_IN_A_STEP} characters, makes {budget.MOST_CALLS} calls within each other and calls "
    f"{budget.MOST_SLOT_CALLS} slots, and writes {budget.MOST_CHARACTERS:,} characters",
    f"a document has at most {extent.MOST_TAGS:,} tags, {extent.MOST_LEVELS} elements within each other and, with its "
    f"styles inlined, {extent.MOST_FINISHED:,} characters; its tags times the declarations of inline.css are at most "
    f"{extent.MOST_DECLARED:,}",
    f"a style sheet has at most {extent.MOST_SHEET:,} characters, the brand's values in it",
    f"Markdown has at most {MOST_MARKED} lists, quotations or emphases within each other",
    f"a number is at most {MOST_NUMBER:,}",
)

RULE = Rule(
    code="R10",
    severity="error",
    summary="A file could not be judged: reading it, compiling it or a rule failed on it. The other findings stand.",
    fix="Write the file simpler. The limits: " + "; ".join(_LIMITS) + ".",
    find=find,
)
