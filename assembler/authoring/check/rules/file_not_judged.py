"""A file could not be judged: reading it, compiling it or a rule failed on it. The other findings stand."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.compile import (
    document_limits as document,
    rendering_budget as budget,
    template_limits as template,
)
from assembler.authoring.compile.links import MOST_MARKED
from assembler.authoring.diagnostics import Finding
from assembler.authoring.load.strict_yaml import MOST_NUMBER

_LIMITS = (
    f"a template has at most {template.MOST_BLOCKS} blocks within each other, {template.MOST_BRANCHES} branches of a "
    f"condition, {template.MOST_BRACKETS} brackets within each other and {template.MOST_OPERATORS} operators or "
    f"filters upon each other in an expression, and {budget.MOST_INCLUDES} templates that are included within each "
    "other",
    f"rendering one takes at most {budget.MOST_STEPS:,} steps, each of them a part of an expression or "
    f"{budget.CHARACTERS_IN_A_STEP} characters, makes {budget.MOST_CALLS} calls within each other and calls "
    f"{budget.MOST_SLOT_CALLS} slots, and writes {budget.MOST_CHARACTERS:,} characters",
    f"a document has at most {document.MOST_TAGS:,} tags, {document.MOST_LEVELS} elements within each other and, with "
    f"its styles inlined, {document.MOST_FINISHED:,} characters; its tags times the declarations of inline.css are at "
    f"most {document.MOST_DECLARED:,}",
    f"a style sheet has at most {document.MOST_SHEET:,} characters, the brand's values in it",
    f"Markdown has at most {MOST_MARKED} lists, quotations or emphases within each other",
    f"a number is at most {MOST_NUMBER:,}",
)


@PROJECT.rule("R10", "error", __doc__, ("Write the file simpler. The limits: " + "; ".join(_LIMITS) + "."))
def file_not_judged(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("R10")
