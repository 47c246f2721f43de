"""Which variants an export holds, and the token of each: by the key of a decision, or by a person's cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.holdouts import holdouts
from assembler.authoring.outcomes.moments import moments, windows
from assembler.authoring.outcomes.people import PossibleAnswers, ScriptedPerson
from assembler.authoring.outcomes.possible_rows import TooManyStates
from assembler.authoring.outcomes.variants import PlanVariants
from assembler.library.records import Content
from assembler.runtime.choose import SlotPlan, choose
from assembler.runtime.decide import key_and_reason
from assembler.runtime.eligibility import Choice
from assembler.runtime.moment import EPOCH, Moment

By = Literal["key", "cell"]
"""Whether people's attributes hold the decisions of a batch, or no more than their segments and stages."""

GIVEN_UP: Final = ("holdout", "tests", "needs")
"""What an export by cell cannot honour, and may be told to give up."""

MOST_TOKENS: Final = 2_000
"""More tokens make templates that no provider takes."""

NONE: Final = "-"
"""No segment, or no stage, in the token of a cell: what no name is."""


class TooManyTokens(Exception):
    """There are more tokens than an export may have. `count` of them were counted, or more."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What people with one token get: the variant's key, and the choices that make it. `cell` is theirs, by cell."""

    key: str
    choices: tuple[Choice, ...]
    cell: Cell | None = None

    @property
    def slots(self) -> Mapping[str, str | None]:
        """The component in each slot."""
        return {choice.slot: choice.component for choice in self.choices}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From when on an export is used, and the moment before which it has to hold; None where that is not said."""

    start: datetime
    until: datetime | None = None

    def changes(self, plan: SlotPlan, content: Content) -> tuple[int, ...]:
        """Return the start, and each moment before the end at which people may begin to get something else."""
        ends = (holdout.until for holdout in holdouts(content, plan.campaign))
        last = None if self.until is None else Moment.of(self.until).instant
        every = moments(windows(plan), Moment.of(self.start).instant, ends)
        return tuple(moment for moment in every if last is None or moment < last)


def by_key(plan: SlotPlan, content: Content, period: Period, edition: str | None) -> dict[str, Chosen]:
    """Return every variant that somebody can get in a period, by token; the default is always one of them.

    Raises `TooManyTokens`.
    """
    tokens = {_key_token(chosen.key, edition): chosen for chosen in [_chosen(plan, plan.defaults)]}
    everybody = cells(content)
    for moment in period.changes(plan, content):
        variants = PlanVariants(plan, content, at_instant(moment), everybody)
        try:
            count = (variants.beginnings() or (1,))[-1]
        except TooManyStates as error:
            raise TooManyTokens(max((*error.beginnings, MOST_TOKENS))) from None
        if count > MOST_TOKENS:
            raise TooManyTokens(count)
        for variant in variants:
            tokens.setdefault(_key_token(variant.key, edition), Chosen(key=variant.key, choices=variant.choices))
        if len(tokens) > MOST_TOKENS:
            raise TooManyTokens(len(tokens))
    return tokens


def by_cell(plan: SlotPlan, content: Content, moment: int, edition: str | None) -> dict[str, Chosen]:
    """Return what treated people of each cell get at a moment who are in no test, by token.

    Where `needs` are given up, nobody gets a component that has any. Raises `TooManyTokens`.
    """
    everybody = cells(content)
    if len(everybody) > MOST_TOKENS:
        raise TooManyTokens(len(everybody))
    nothing_known = PossibleAnswers(knows=(False,))
    return {
        _cell_token(cell, edition): _chosen(plan, choose(plan, ScriptedPerson(cell, moment, nothing_known)), cell)
        for cell in everybody
    }


def first_difference(plan: SlotPlan, content: Content, period: Period) -> int | None:
    """Return the first moment of a period from which on people of some cell get something else than at its start."""
    start, *changes = period.changes(plan, content)
    before = list(_keys(plan, content, start))
    return next((change for change in changes if list(_keys(plan, content, change)) != before), None)


def _keys(plan: SlotPlan, content: Content, moment: int) -> Iterator[str]:
    return (chosen.key for chosen in by_cell(plan, content, moment, None).values())


def at_instant(instant: int) -> datetime:
    """Return a moment that is counted in microseconds since 1970."""
    return EPOCH + timedelta(microseconds=instant)


def _chosen(plan: SlotPlan, choices: tuple[Choice, ...], cell: Cell | None = None) -> Chosen:
    return Chosen(key=key_and_reason(plan, choices)[0], choices=choices, cell=cell)


def _key_token(key: str, edition: str | None) -> str:
    """The token of a variant. It begins with a letter: `5e1234567890` alone reads as a number."""
    return _with_edition(f"v{key.rpartition('/')[2]}", edition)


def _cell_token(cell: Cell, edition: str | None) -> str:
    return _with_edition(".".join(NONE if name is None else name for name in cell), edition)


def _with_edition(token: str, edition: str | None) -> str:
    return token if edition is None else f"{edition}-{token}"
