"""A plan in 80 columns: the people of each question, and what they can show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped

if TYPE_CHECKING:
    from assembler.measure.planning import Base, PlannedQuestion

_HEADS = ("", "in both arms", "shows")
_YEARS = 2
"""What takes longer than so many years cannot be measured."""


def plan_text(campaign: str, questions: Sequence[PlannedQuestion], base: Base) -> str:
    """The report: a row for each question, and what can be asked in place of those that cannot be measured."""
    if not questions:
        return f"{campaign}: nobody in the list would get something else than the default, so nothing can be measured"
    rows: list[Sequence[str]] = [_HEADS]
    for _, family in groupby(questions, lambda question: question.question.family):
        rows += [("",) * len(_HEADS)] if len(rows) > 1 else []
        rows += [_row(campaign, question, base) for question in family]
    head = (
        f"{campaign}: which lift people show, in 80 of 100 tests, and when they tell {base.minimum_lift:.0%} of "
        f"{_mean(base)}, which is worth having"
    )
    return "\n\n".join(block for block in (wrapped(head), table(rows), *_instead(campaign, questions)) if block)


def can_be_measured(question: PlannedQuestion) -> bool:
    """Whether the people of a list, or those who come, can show the least that is worth having."""
    if question.needed is None:
        return False
    return question.people >= question.needed if question.days is None else question.days <= _YEARS * 365


def _row(campaign: str, question: PlannedQuestion, base: Base) -> Sequence[str]:
    lift = question.detectable / base.mean
    shown = "nothing" if math.isinf(lift) else f"{lift:.0%}"
    people = f"{question.treated_people:,} + {question.control_people:,}"
    return _name(campaign, question), people, f"{shown}; {_when(question)}"


def _name(campaign: str, question: PlannedQuestion) -> str:
    family, name = question.question.family, question.question.name
    return f"{family} {name}" if family in ("segment", "stage") else name or campaign


def _when(question: PlannedQuestion) -> str:
    if not can_be_measured(question):
        return "cannot be measured"
    return "with this list" if question.days is None else f"in {math.ceil(question.days):,} days"


def _instead(campaign: str, questions: Sequence[PlannedQuestion]) -> Iterator[str]:
    """What can be asked of all people together, where it cannot be of some."""
    if all(map(can_be_measured, questions)):
        return
    if can_be_measured(questions[0]):
        yield wrapped(f"Ask what cannot be measured of all together: {campaign} can be, {_when(questions[0])}.")
    else:
        needed = questions[0].needed
        more = "" if needed is None else f": it takes {needed:,} people"
        yield wrapped(
            f"Not even {campaign} as a whole can be measured{more}. Hold out more, ask for a larger lift, or measure "
            "all campaigns together: `assembler measure --programme`."
        )


def _mean(base: Base) -> str:
    return f"{base.mean:.2%}" if math.isclose(base.deviation**2, base.mean * (1 - base.mean)) else f"{base.mean:g}"
