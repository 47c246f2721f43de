"""The rows that are possible are exactly those that the runtime returns to somebody: on random libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings, strategies as st

from assembler.library.records import (
    Audience,
    Campaign,
    Channel,
    Component,
    Content,
    Holdout,
    Known,
    Slot,
    Test as Trial,
    Window,
)
from assembler.review import possible as possible_module
from assembler.review.people import People, Person, moments
from assembler.review.possible import Row, TooManyStates
from assembler.runtime.choose import Plan, choose, plans

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOW = (AT - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
NAMES = ("first_name", "city")
TESTS = ("tone", "order")


@dataclass(frozen=True)
class Somebody:
    """A situation that is simply written down."""

    segment: str | None
    stage: str | None
    moment: int
    known: frozenset[str]
    buckets: Mapping[str, int] | None

    def knows(self, name: str) -> bool:
        return name in self.known

    def bucket(self, test: str) -> int | None:
        return None if self.buckets is None else self.buckets[test]


def everybody(content: Content) -> list[Somebody]:
    """Everyone, of the kinds that can make a difference: every segment, stage, moment, knowledge, and bucket."""
    edges = {0, 9_999}
    edges |= {
        edge for each in content.components if each.test for edge in each.test.ranges.get("it", ()) if edge < 10_000
    }
    times = {NOW}
    for each in content.components:
        times |= {edge for edge in (each.window.start, each.window.end) if edge is not None and edge > NOW}
    known = [frozenset(some) for count in range(len(NAMES) + 1) for some in combinations(NAMES, count)]
    buckets: list[dict[str, int] | None] = [
        dict(zip(TESTS, each, strict=True)) for each in product(sorted(edges), repeat=2)
    ]
    kinds = product(("s", "t", None), ("u", None), sorted(times), known, [*buckets, None])
    return [Somebody(*kind) for kind in kinds]


def tags(name: str) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.sampled_from([None, None, (name,)])


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """A library of one campaign with a few slots, of which two may take the same type."""
    types = draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3))
    slots = []
    components: list[Component] = []
    for number, type_ in enumerate(types):
        default = draw(st.sampled_from([None, f"{type_}/d{number}"]))
        slots.append(
            Slot(
                name=f"slot{number}", type=type_, default=default, constant=draw(st.sampled_from([False] * 4 + [True]))
            )
        )
        if default is not None:
            components.append(Component(address=default, type=type_, status="ready", locales=("en",)))
    for type_ in sorted(set(types)):
        low = dict.fromkeys(TESTS, 0)
        for number in range(draw(st.integers(0, 3))):
            test = draw(st.sampled_from([None, None, *TESTS]))
            ranges = None
            if test is not None:
                high = min(10_000, low[test] + draw(st.sampled_from([0, 2_500, 5_000, 10_000])))
                ranges, low[test] = Trial(id=test, ranges={"it": (low[test], high)}), high
            others = st.sampled_from([each.address for each in components] or ["a/none"])
            start, end = (draw(st.sampled_from([None, None, -1, 1, 2])) for _ in range(2))
            components.append(
                Component(
                    address=f"{type_}/{number}",
                    type=type_,
                    status="ready",
                    locales=("en",),
                    segments=draw(tags("s")),
                    stages=draw(tags("u")),
                    window=Window(start=start and NOW + start * 1000, end=end and NOW + end * 1000),
                    needs=tuple(draw(st.sets(st.sampled_from(NAMES)))),
                    requires=tuple(draw(st.sets(others, max_size=1))) if draw(st.booleans()) else (),
                    excludes=tuple(draw(st.sets(others, max_size=1))) if draw(st.booleans()) else (),
                    test=ranges,
                )
            )
    return Content(
        name="random",
        locales=("en",),
        link_hosts=(),
        unassigned=draw(st.sampled_from(["treat", "default"])),
        fields={},
        signals={},
        segments=(Audience(id="s", rule=Known(signal="x")), Audience(id="t", rule=Known(signal="y"))),
        stages=(Audience(id="u", rule=Known(signal="z")),),
        components=tuple(sorted(components, key=lambda each: each.address)),
        campaigns={
            "it": Campaign(
                slots=tuple(slots),
                channels={
                    "page": Channel(layout="board", slots=tuple(each.name for each in slots), documents={}, defaults={})
                },
            )
        },
        holes=(),
        holdout=draw(
            st.sampled_from([None, Holdout(share=500, salt="x"), Holdout(share=10_000, salt="x", until=NOW + 1500)])
        ),
    )


def treated(content: Content, each: Somebody) -> bool:
    if each.buckets is None:
        return content.unassigned == "treat"
    holdout = content.holdout
    return holdout is None or holdout.share < 10_000 or (holdout.until is not None and each.moment >= holdout.until)


def returned(content: Content, plan: Plan, people: People) -> set[Row]:
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
    (plan,) = plans(content)
    people = People(plan, content, AT)
    rows = returned(content, plan, people)
    by_slot = [
        [number for number, value in enumerate(people.values) if value.slot == slot] for slot in range(len(plan.rows))
    ]
    assert {row for row in product(*by_slot) if people.possible.holds(row)} == rows
    for row in product(*by_slot):
        assert (people.someone(row) is not None) == (row in rows)


@given(content=contents())
@settings(max_examples=60, deadline=None)
def test_values_are_partners_when_somebody_gets_both(content: Content) -> None:
    (plan,) = plans(content)
    people = People(plan, content, AT)
    together = {pair for row in returned(content, plan, people) for pair in product(row, row)}
    partners = people.possible.partners()
    found = {(one, two) for one in partners for two in range(len(people.values)) if partners[one] >> two & 1}
    assert found == together


@given(content=contents())
@settings(max_examples=40, deadline=None)
def test_whoever_is_named_gets_the_row(content: Content) -> None:
    (plan,) = plans(content)
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


def test_what_would_take_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    component = Component(address="a/1", type="a", status="ready", locales=("en",), needs=("first_name",))
    slots = tuple(Slot(name=f"slot{number}", type="a", default=None) for number in range(4))
    channel = Channel(layout="board", slots=tuple(each.name for each in slots), documents={}, defaults={})
    content = Content(
        name="small", locales=("en",), link_hosts=(), unassigned="treat", fields={}, signals={}, segments=(), stages=(),
        components=(component,), campaigns={"it": Campaign(slots=slots, channels={"page": channel})}, holes=(),
    )  # fmt: skip
    (plan,) = plans(content)
    monkeypatch.setattr(possible_module, "MOST_STATES", 3)
    with pytest.raises(TooManyStates) as caught:
        People(plan, content, AT)
    assert str(caught.value) == (
        "it in page and en: its plan is too large, more than 3 different beginnings of a variant. Every component with "
        "needs, requires, excludes or a test multiplies it; by slot: slot0 (1), slot1 (1), slot2 (1), slot3 (1). "
        "Take these tags away where they are not needed, make a slot constant, or split the campaign."
    )
