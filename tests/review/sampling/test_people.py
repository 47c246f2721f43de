"""The rows that are possible are exactly those that the runtime returns to somebody: on random libraries."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings

from assembler.authoring.outcomes.choosing import Choosing, Scene
from assembler.authoring.outcomes.possible import Row, TooManyStates
from assembler.library.records import Campaign, Channel, Component, Content, Slot
from assembler.review.sampling.people import People, Person, moments
from assembler.runtime.choose import SlotPlan, choose, slot_plans
from tests.authoring.outcomes.everybody import AT, NAMES, NOW, TESTS, Somebody, contents, everybody


def treated(content: Content, each: Somebody) -> bool:
    if each.buckets is None:
        return content.unassigned == "treat"
    holdout = content.holdout
    return holdout is None or holdout.share < 10_000 or (holdout.until is not None and each.moment >= holdout.until)


def returned(content: Content, plan: SlotPlan, people: People) -> set[Row]:
    rows = {people.of(choose(plan, each)) for each in everybody(content) if treated(content, each)}
    late = [edge for edge in moments(plan, content, AT) if edge not in {each.moment for each in everybody(content)}]
    for moment in late:
        for each in everybody(content):
            later = Somebody(each.segment, each.stage, moment, each.known, each.buckets)
            if each.moment == NOW and treated(content, later):
                rows.add(people.of(choose(plan, later)))
    return rows | {people.of(plan.defaults)}


@given(content=contents())
@settings(max_examples=60, deadline=None)
def test_a_row_is_possible_when_somebody_gets_it(content: Content) -> None:
    (plan,) = slot_plans(content)
    people = People(plan, content, AT)
    rows = returned(content, plan, people)
    by_slot = [
        [number for number, value in enumerate(people.values) if value.slot == slot] for slot in range(len(plan.slots))
    ]
    assert {row for row in product(*by_slot) if people.possible.holds(row)} == rows
    for row in product(*by_slot):
        assert (people.someone(row) is not None) == (row in rows)


@given(content=contents())
@settings(max_examples=60, deadline=None)
def test_values_are_partners_when_somebody_gets_both(content: Content) -> None:
    (plan,) = slot_plans(content)
    people = People(plan, content, AT)
    together = {pair for row in returned(content, plan, people) for pair in product(row, row)}
    partners = people.possible.partners()
    found = {(one, two) for one in partners for two in range(len(people.values)) if partners[one] >> two & 1}
    assert found == together


@given(content=contents())
@settings(max_examples=40, deadline=None)
def test_whoever_is_named_gets_the_row(content: Content) -> None:
    (plan,) = slot_plans(content)
    people = People(plan, content, AT)
    for row in returned(content, plan, people):
        person = people.someone(row)
        assert person is not None
        if person.held:
            assert row == people.of(plan.defaults)
        else:
            assert people.of(choose(plan, _as_said(person))) == row


def _as_said(person: Person) -> Somebody:
    known = frozenset(NAMES) - frozenset(person.unknown)
    return Somebody(
        person.segment,
        person.stage,
        person.moment,
        known,
        {**dict.fromkeys(TESTS, 0), **person.tests} if person.id else None,
    )


def test_what_would_take_too_long_is_refused() -> None:
    component = Component(address="a/1", type="a", status="ready", locales=("en",), needs=("first_name",))
    slots = tuple(Slot(name=f"slot{number}", type="a", default=None) for number in range(4))
    channel = Channel(layout="board", slots=tuple(each.name for each in slots), documents={}, defaults={})
    content = Content(
        name="small", locales=("en",), link_hosts=(), unassigned="treat", fields={}, signals={}, segments=(), stages=(),
        components=(component,), campaigns={"it": Campaign(slots=slots, channels={"page": channel})}, holes=(),
    )  # fmt: skip
    (plan,) = slot_plans(content)
    scenes = [Scene(None, None, NOW, (True,))]
    with pytest.raises(TooManyStates) as caught:
        assert Choosing(plan, scenes, most=3).possible
    assert str(caught.value) == (
        "it in page and en: its plan is too large, more than 3 beginnings of a variant that later slots tell apart. "
        "Every component with needs, requires, excludes or a test multiplies it; by slot: slot0 (1), slot1 (1), "
        "slot2 (1), slot3 (1). Take these tags away where they are not needed, make a slot constant, or split the "
        "campaign."
    )
    assert caught.value.beginnings == (2,)
