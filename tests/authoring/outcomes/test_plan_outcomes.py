"""The rows that are possible are exactly those that the runtime returns to somebody: on random libraries."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import product
from typing import Literal

import pytest
from hypothesis import given, settings

from assembler.authoring.outcomes.cells import cells
from assembler.authoring.outcomes.people import ScriptedPerson, anybody, bucket_in
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes, components_by_slot, outcomes_from
from assembler.authoring.outcomes.possible_rows import PossibleRows, Row, TooManyStates
from assembler.library.records import Campaign, Channel, Component, Content, Holdout, Slot, Test as Trial, Window
from assembler.runtime.choose import SlotPlan, choose, slot_plans
from tests.authoring.outcomes.everybody import AT, NAMES, NOW, TESTS, Somebody, contents, everybody
from tests.authoring.outcomes.records import component, library
from tests.examples import examples


def treated(content: Content, somebody: Somebody) -> bool:
    if somebody.buckets is None:
        return content.unassigned == "treat"
    holdout = content.holdout
    return holdout is None or holdout.share < 10_000 or (holdout.until is not None and somebody.moment >= holdout.until)


def returned(content: Content, plan: SlotPlan, outcomes: PlanOutcomes) -> set[Row]:
    """The rows of everybody, also when the holdout has ended, and the default."""
    ends = [] if content.holdout is None or content.holdout.until is None else [content.holdout.until]
    people = [
        Somebody(somebody.segment, somebody.stage, moment, somebody.known, somebody.buckets)
        for somebody in everybody(content)
        for moment in (somebody.moment, *ends)
    ]
    rows = {outcomes.row_of(choose(plan, somebody)) for somebody in people if treated(content, somebody)}
    return rows | {outcomes.row_of(plan.defaults)}


@given(content=contents())
@settings(max_examples=examples(60), deadline=None)
def test_a_row_is_possible_when_somebody_gets_it(content: Content) -> None:
    (plan,) = slot_plans(content)
    outcomes = outcomes_from(plan, content, AT, cells(content))
    rows = returned(content, plan, outcomes)
    by_slot = [
        [number for number, value in enumerate(outcomes.values) if value.slot == slot]
        for slot in range(len(plan.slots))
    ]
    assert {row for row in product(*by_slot) if outcomes.possible.holds(row)} == rows
    for row in product(*by_slot):
        default = row == outcomes.row_of(plan.defaults)
        assert default or (outcomes.somebody(row) is not None) == (row in rows)


@given(content=contents())
@settings(max_examples=examples(60), deadline=None)
def test_values_are_partners_when_somebody_gets_both(content: Content) -> None:
    (plan,) = slot_plans(content)
    outcomes = outcomes_from(plan, content, AT, cells(content))
    together = {pair for row in returned(content, plan, outcomes) for pair in product(row, row)}
    partners = outcomes.possible.partners()
    pairs = {(one, two) for one in partners for two in range(len(outcomes.values)) if partners[one] >> two & 1}
    assert pairs == together


@given(content=contents())
@settings(max_examples=examples(40), deadline=None)
def test_whoever_is_named_gets_the_row(content: Content) -> None:
    (plan,) = slot_plans(content)
    outcomes = outcomes_from(plan, content, AT, cells(content))
    for row in returned(content, plan, outcomes):
        person = outcomes.somebody(row)
        if person is None:
            assert row == outcomes.row_of(plan.defaults)
        else:
            assert outcomes.row_of(choose(plan, _as_said(person))) == row


def _as_said(person: ScriptedPerson) -> Somebody:
    """The same person, written down: what was not asked is known, and the bucket in a test that was not asked is 0."""
    buckets = {test: int(person.answers[bucket_in(test)]) for test in person.tests}
    return Somebody(
        person.segment,
        person.stage,
        person.moment,
        frozenset(NAMES) - frozenset(person.unknown),
        {**dict.fromkeys(TESTS, 0), **buckets} if person.has_id else None,
    )


def test_what_would_take_too_long_is_refused() -> None:
    component = Component(address="a/1", type="a", status="ready", locales=("en",), needs=("first_name",))
    slots = tuple(Slot(name=f"slot{number}", type="a", default=None) for number in range(4))
    channel = Channel(layout="board", slots=tuple(slot.name for slot in slots), documents={}, defaults={})
    content = Content(
        name="small", locales=("en",), link_hosts=(), unassigned="treat", fields={}, signals={}, segments=(), stages=(),
        components=(component,), campaigns={"it": Campaign(slots=slots, channels={"page": channel})}, placeholders=(),
    )  # fmt: skip
    (plan,) = slot_plans(content)
    people = [anybody(plan, (None, None), NOW, ids=(True,))]
    with pytest.raises(TooManyStates) as caught:
        assert PlanOutcomes(plan, people, most=3).possible
    assert str(caught.value) == (
        "it in page and en: its plan is too large, more than 3 beginnings of a variant that later slots tell apart. "
        "Every component with needs, requires, excludes or a test multiplies it; by slot: slot0 (1), slot1 (1), "
        "slot2 (1), slot3 (1). Take these tags away where they are not needed, make a slot constant, or split the "
        "campaign."
    )
    assert caught.value.beginnings == (2,)


def needing(slots: int) -> Content:
    """Slots with a component each that needs something of its own."""
    return library({f"s{number}": [component(f"t{number}/a", needs=(f"f{number}",))] for number in range(slots)})


def test_candidates_are_tried_as_often_as_is_allowed_and_not_once_more() -> None:
    (plan,) = slot_plans(needing(3))

    def outcomes(most: int) -> PlanOutcomes:
        return PlanOutcomes(plan, [anybody(plan, (None, None), NOW, ids=(True,))], most=most)

    whole = outcomes(1_000)
    assert len(list(whole.possible.rows())) == 8
    assert whole.trials == 6
    assert len(list(outcomes(whole.trials).possible.rows())) == 8
    with pytest.raises(TooManyStates) as caught:
        assert outcomes(whole.trials - 1).possible
    assert caught.value.most == whole.trials - 1


def test_somebody_is_sought_by_so_many_trials() -> None:
    """Each slot is tried with what it needs known, and not known."""
    (plan,) = slot_plans(needing(3))
    for most, enough in ((6, True), (5, False)):
        outcomes = PlanOutcomes(plan, [anybody(plan, (None, None), NOW, ids=(True,))], most=most)
        row = outcomes.row_with({"s0": None, "s1": None, "s2": None})
        assert row is not None
        with nullcontext() if enough else pytest.raises(TooManyStates):
            assert outcomes.somebody(row) is not None
            assert outcomes.trials == most


def test_a_row_of_components_by_slot_and_back() -> None:
    content = library({"s": [component("a/a"), component("a/b")], "t": [component("b/a")]})
    (plan,) = slot_plans(content)
    outcomes = outcomes_from(plan, content, AT, cells(content))
    row = outcomes.row_with({"t": None, "s": "a/b"})
    assert row is not None
    assert outcomes.slots_of(row) == {"s": "a/b", "t": None}
    assert [choice.component for choice in outcomes.choices_of(row)] == ["a/b", None]
    assert outcomes.row_of(outcomes.choices_of(row)) == row
    assert outcomes.row_with({"s": "a/b"}) is None
    assert outcomes.row_with({"s": "a/b", "t": None, "u": None}) is None
    assert outcomes.row_with({"s": "b/a", "t": None}) is None
    assert outcomes.somebody(row) is None
    assert components_by_slot(plan) == {"s": {None, "a/a", "a/b"}, "t": {None, "b/a"}}


@pytest.mark.parametrize(
    ("tags", "share", "until", "unassigned", "expected"),
    [
        ({}, 0, None, "default", {None, "a/a"}),
        ({}, 9_999, None, "default", {None, "a/a"}),
        ({}, 10_000, None, "default", {None}),
        ({}, 10_000, None, "treat", {None, "a/a"}),
        ({}, 10_000, NOW, "default", {None, "a/a"}),
        ({}, 10_000, NOW + 1, "default", {None, "a/a"}),
        ({"window": Window(end=NOW + 1)}, 10_000, NOW + 1, "default", {None}),
        ({"window": Window(end=NOW + 2)}, 10_000, NOW + 1, "default", {None, "a/a"}),
        ({"window": Window(end=NOW)}, 0, None, "default", {None}),
        ({"window": Window(end=NOW + 1)}, 0, None, "default", {None, "a/a"}),
        ({"window": Window(start=NOW + 1)}, 0, None, "default", {None, "a/a"}),
        ({"window": Window(start=NOW - 2, end=NOW - 1)}, 0, None, "default", {None}),
        ({"test": Trial(id="t", ranges={"it": (0, 0)})}, 0, None, "default", {None}),
        ({"test": Trial(id="t", ranges={"it": (9_999, 10_000)})}, 0, None, "default", {None, "a/a"}),
        ({"test": Trial(id="t", ranges={"it": (0, 10_000)})}, 10_000, None, "treat", {None}),
    ],
)
def test_what_can_be_got_from_a_moment_on(
    tags: dict[str, object],
    share: int,
    until: int | None,
    unassigned: Literal["treat", "default"],
    expected: set[str | None],
) -> None:
    holdout = Holdout(share=share, salt="x", until=until)
    content = library({"s": [component("a/a", **tags)]}, holdout=holdout, unassigned=unassigned)
    (plan,) = slot_plans(content)
    possible = outcomes_from(plan, content, AT, cells(content)).possible
    assert {plan.slots[0].default.component, *_components(plan, content, possible)} == expected


def _components(plan: SlotPlan, content: Content, possible: PossibleRows) -> set[str | None]:
    values = outcomes_from(plan, content, AT, cells(content)).values
    return {values[number].component for row in possible.rows() for number in row}
