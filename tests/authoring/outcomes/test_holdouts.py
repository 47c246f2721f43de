"""A holdout has people while it has a share and has not ended; it may leave nobody with an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest

from assembler.authoring.outcomes.holdouts import has_holdout, holdouts, treated_have_id
from assembler.library.records import Content, Holdout
from tests.authoring.outcomes.records import library

NOW = 100


@dataclass(frozen=True)
class Case:
    """Two holdouts, as a share and an end, and whether they hold some people, and leave some with an id."""

    everywhere: tuple[int, int | None] | None
    own: tuple[int, int | None] | None
    some: bool
    some_left: bool


CASES = [
    Case(None, None, some=False, some_left=True),
    Case((0, None), None, some=False, some_left=True),
    Case((1, None), None, some=True, some_left=True),
    Case((9_999, None), None, some=True, some_left=True),
    Case((10_000, None), None, some=True, some_left=False),
    Case(None, (10_000, None), some=True, some_left=False),
    Case((0, None), (1, None), some=True, some_left=True),
    Case((10_000, NOW + 1), None, some=True, some_left=False),
    Case((10_000, NOW), None, some=False, some_left=True),
    Case((10_000, NOW - 1), (500, NOW + 1), some=True, some_left=True),
    Case((500, NOW), (500, NOW), some=False, some_left=True),
]


def content(case: Case, unassigned: Literal["treat", "default"] = "treat") -> Content:
    everywhere, own = (
        None if holdout is None else Holdout(share=holdout[0], until=holdout[1], salt="x")
        for holdout in (case.everywhere, case.own)
    )
    return library({}, holdout=everywhere, own_holdout=own, unassigned=unassigned)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_whom_holdouts_hold_and_leave(case: Case) -> None:
    assert has_holdout(content(case), "it", NOW) == case.some
    ids = (True,) if case.some_left else ()
    assert treated_have_id(content(case), "it", NOW) == (*ids, False)
    assert treated_have_id(content(case, "default"), "it", NOW) == ids


@pytest.mark.parametrize("case", CASES, ids=str)
def test_ended_holdouts_are_listed_too_the_one_over_all_first(case: Case) -> None:
    written = [holdout for holdout in (case.everywhere, case.own) if holdout is not None]
    assert [(holdout.share, holdout.until) for holdout in holdouts(content(case), "it")] == written
