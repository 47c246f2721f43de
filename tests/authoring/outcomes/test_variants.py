"""Variants are counted, and listed, exactly as people get them; and in bounded work, however many there are."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.combinations import combinations
from assembler.authoring.outcomes.people import anybody, slots_by_cell
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes
from assembler.authoring.outcomes.possible_rows import TooManyStates
from assembler.authoring.outcomes.variants import MOST_COUNTED, PlanVariants, count_variants
from assembler.library.records import BUCKETS, Component, Content, Holdout, Test as Trial
from assembler.runtime.choose import SlotPlan, choose, slot_plans
from tests.authoring.builders import MOMENT, in_memory
from tests.authoring.exploding import exploding
from tests.authoring.outcomes.everybody import AT, NAMES, NOW, Somebody, contents, everybody
from tests.authoring.outcomes.records import component, library
from tests.examples import examples

Slots = tuple[str | None, ...]


def listed(variants: PlanVariants) -> list[Slots]:
    return [tuple(choice.component for choice in variant.choices) for variant in variants]


def known(segment: str | None, stage: str | None) -> Somebody:
    """Someone of whom all is known, and who is in no test."""
    return Somebody(segment, stage, NOW, frozenset(NAMES), None)


def returned(content: Content, plan: SlotPlan, wanted: list[Cell]) -> set[Slots]:
    """What people with an id get now who are in some cells, what those of whom all is known get outside of tests, and
    the default, where a holdout runs."""
    people = [somebody for somebody in everybody(content) if somebody.moment == NOW and somebody.buckets is not None]
    chosen = [choose(plan, somebody) for somebody in people if (somebody.segment, somebody.stage) in wanted]
    chosen += [choose(plan, known(segment, stage)) for segment, stage in wanted]
    chosen += [plan.defaults] if content.holdout is not None else []
    return {tuple(choice.component for choice in choices) for choices in chosen}


@given(content=contents())
@settings(max_examples=examples(60), deadline=None)
def test_what_is_listed_is_what_people_get_each_once_and_counted_so(content: Content) -> None:
    (plan,) = slot_plans(content)
    some: list[list[Cell]] = [cells(content), [(None, None)], [("s", "u"), ("t", None)]]
    for wanted in some:
        variants = PlanVariants(plan, content, AT, wanted)
        rows = listed(variants)
        assert len(rows) == len(set(rows))
        assert set(rows) == returned(content, plan, wanted)
        beginnings = tuple(len({row[: count + 1] for row in rows}) for count in range(len(plan.slots)))
        assert variants.beginnings() == beginnings
        counted = count_variants("it", [plan], content, AT, wanted)
        assert (counted.variants, counted.exact) == (len(rows), True)
        assert {row[0] for row in slots_by_cell(plan, AT, wanted)} == {segment for segment, _ in wanted}


@given(content=contents())
@settings(max_examples=examples(40), deadline=None)
def test_a_cell_belongs_to_the_variant_of_its_people(content: Content) -> None:
    (plan,) = slot_plans(content)
    by_cell = {cell: variant for variant in PlanVariants(plan, content, AT, cells(content)) for cell in variant.cells}
    assert by_cell.keys() == set(cells(content))
    for (segment, stage), variant in by_cell.items():
        assert variant.choices == choose(variant.plan, known(segment, stage))


@pytest.mark.parametrize(("slots", "shared"), [(0, False), (4, False), (12, False), (30, False), (30, True)])
def test_each_slot_with_a_need_of_its_own_doubles_the_variants(slots: int, shared: bool) -> None:
    """Counted in work that grows with the slots, not with the variants: 57,982,058,508 of them."""
    project = in_memory(exploding(slots, shared=shared))
    back, start = project.check(MOMENT).variants
    times = 2 if shared else 2**slots
    assert (back.campaign, back.variants, back.exact) == ("back", 54 * times, True)
    assert (start.campaign, start.variants) == ("start", 12)
    doubled = ["more0"] if shared else [f"more{number}" for number in range(slots)]
    assert {slot: times for slot, times in back.slots.items() if slot.startswith("more")} == dict.fromkeys(doubled, 2)
    assert sorted(back.slots.values(), reverse=True) == list(back.slots.values())


def one_slot_of_many_needs() -> Content:
    """20 components that each need 5 things of their own: 21 variants."""
    return library({"a": [component(f"a/{n:02}", needs=tuple(f"f{n}_{x}" for x in range(5))) for n in range(20)]})


def many_slots_of_many_needs() -> Content:
    """30 such slots: 21 to the power of 30 variants."""
    return library(
        {
            f"s{slot}": [
                component(f"t{slot}/{n:02}", needs=tuple(f"f{slot}_{n}_{x}" for x in range(5))) for n in range(20)
            ]
            for slot in range(30)
        }
    )


def the_same_needs_in_other_orders() -> Content:
    """30 slots of 30 components, each of which needs one of 30 things, in another order in each slot."""
    return library(
        {
            f"s{slot}": [component(f"t{slot}/{n:02}", needs=(f"f{(n * (2 * slot + 1)) % 30}",)) for n in range(30)]
            for slot in range(30)
        }
    )


def one_type_in_many_slots() -> Content:
    """30 slots that take the same 30 components."""
    return library({f"s{slot}": [component(f"t/{n:02}", needs=(f"f{n}",)) for n in range(30)] for slot in range(30)})


def linked_tests() -> Content:
    """30 slots with 10 components of one of 7 tests, each: 10 million variants."""

    def test(slot: int, number: int) -> Trial:
        return Trial(id=f"x{slot % 7}", ranges={"it": (number * BUCKETS // 10, (number + 1) * BUCKETS // 10)})

    return library(
        {f"s{slot}": [component(f"t{slot}/{n}", test=test(slot, n)) for n in range(10)] for slot in range(30)}
    )


def a_tangle_of_exclusions() -> Content:
    """30 slots of 5 components that need something and exclude three of earlier slots."""
    candidates: dict[str, list[Component]] = {}
    for slot in range(30):
        earlier = [f"t{one}/{n}" for one, n in product(range(slot), range(5))]
        candidates[f"s{slot}"] = [
            component(f"t{slot}/{n}", needs=(f"f{slot}_{n}",), excludes=tuple(earlier[(n * 7 + slot) % 11 :: 13][:3]))
            for n in range(5)
        ]
    return library(candidates)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (one_slot_of_many_needs(), 21),
        (many_slots_of_many_needs(), None),
        (the_same_needs_in_other_orders(), None),
        (one_type_in_many_slots(), None),
        (linked_tests(), None),
        (a_tangle_of_exclusions(), None),
    ],
    ids=["one slot", "needs", "orders", "one type", "tests", "exclusions"],
)
def test_counting_ends_after_a_number_of_trials(content: Content, count: int | None) -> None:
    most = 5_000
    (plan,) = slot_plans(content)
    counted = count_variants("it", [plan], content, AT, cells(content), most)
    if count is not None:
        assert (counted.variants, counted.exact) == (count, True)
    else:
        assert not counted.exact
        assert 1 < counted.variants <= MOST_COUNTED
    outcomes = PlanOutcomes(plan, [anybody(plan, (None, None), NOW, ids=(True,))], most=most)
    try:
        outcomes.possible.beginnings()
    except TooManyStates as error:
        assert error.most == most
    assert outcomes.trials <= most + 1
    assert count is not None or combinations(plan, NOW).after is None


def test_more_variants_than_can_be_said_are_at_least_so_many() -> None:
    content = library({f"s{slot}": [component(f"t{slot}/a", needs=(f"f{slot}",))] for slot in range(60)})
    (plan,) = slot_plans(content)
    assert PlanVariants(plan, content, AT, cells(content)).beginnings()[-1] == 2**60
    counted = count_variants("it", [plan], content, AT, cells(content))
    assert (counted.variants, counted.exact) == (MOST_COUNTED, False)
    assert combinations(plan, NOW).before is None


@pytest.mark.parametrize(("slots", "doubled", "said"), [(14, 1, True), (15, 0, True), (15, 1, False)])
def test_the_most_that_is_said(slots: int, doubled: int, said: bool) -> None:
    """Ten ways to fill each slot, and two ways some: 2 * 10**14, 10**15, and 2 * 10**15."""
    ten = {
        f"s{slot:02}": [component(f"t{slot:02}/{number}", needs=(f"f{slot}_{number}",)) for number in range(9)]
        for slot in range(slots)
    }
    two = {f"z{slot}": [component(f"z{slot}/a", needs=(f"z{slot}",))] for slot in range(doubled)}
    content = library({**ten, **two})
    (plan,) = slot_plans(content)
    counted = count_variants("it", [plan], content, AT, cells(content))
    count = 10**slots * 2**doubled
    assert (counted.variants, counted.exact) == (min(count, MOST_COUNTED), said)
    assert combinations(plan, NOW).before == (count if said else None)
    assert combinations(plan, NOW).after == (count if said else None)


@pytest.mark.parametrize(
    ("share", "until", "held"), [(0, None, False), (1, None, True), (1, NOW, False), (1, NOW + 1, True)]
)
def test_the_default_is_a_variant_where_somebody_is_held_out(share: int, until: int | None, held: bool) -> None:
    content = library({"s": [component("a/a")]}, holdout=Holdout(share=share, salt="x", until=until))
    (plan,) = slot_plans(content)
    variants = PlanVariants(plan, content, AT, cells(content))
    assert set(listed(variants)) == {("a/a",), *([(None,)] if held else [])}
    assert {variant.choices[0].component: variant.cells for variant in variants}["a/a"] == [(None, None)]


def test_those_with_some_components_are_listed_once_whether_or_not_anybody_gets_them() -> None:
    content = library({"s": [component("a/a"), component("a/b")]})
    (plan,) = slot_plans(content)
    variants = PlanVariants(plan, content, AT, cells(content))
    wanted: list[dict[str, str | None]] = [{"s": "a/b"}, {"s": "gone"}, {"s": None}, {"s": "a/b"}, {"t": None}]
    assert [variant.choices[0].component for variant in variants.with_components(wanted)] == ["a/b", None]


def test_counts_of_plans_add_up_and_the_channel_that_has_most_tells_what_multiplies_them() -> None:
    two = library(
        {"s": [component("a/a", needs=("x",))], "t": [component("b/a", needs=("y",))]}, channels=("email", "page")
    )
    plans = list(slot_plans(two))
    counted = count_variants("it", plans, two, AT, cells(two))
    assert (counted.variants, counted.exact, counted.channel, counted.slots) == (8, True, "email", {"s": 2, "t": 2})
    assert count_variants("it", [], two, AT, cells(two)).variants == 0
    (empty,) = slot_plans(library({}))
    assert (combinations(empty, NOW).before, combinations(empty, NOW).after) == (1, 1)
    assert count_variants("it", [empty], two, AT, cells(two)).variants == 1
