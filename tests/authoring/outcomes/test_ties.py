"""Ties are those that the runtime could meet: on cases at every boundary, and on random libraries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.ties import ties
from assembler.library.records import Component, Content, Test as Trial, Window
from assembler.runtime.choose import Candidate, SlotCandidates, SlotPlan, slot_plans
from assembler.runtime.eligibility import ELIGIBILITY_CHECKS, Choice, Evaluation
from tests.authoring.outcomes.everybody import NOW, Somebody, contents, everybody
from tests.authoring.outcomes.records import component, library
from tests.examples import examples

Told = list[tuple[str, str, str, Cell]]
"""Of each tie: both components, the slot, and the cell."""


def told(content: Content) -> Told:
    tied = ties(content, slot_plans(content))
    return [(tie.first.address, tie.second.address, tie.slot, tie.cell) for tie in tied]


def share(low: int, high: int, name: str = "t") -> Trial:
    return Trial(id=name, ranges={"it": (low, high)})


def pair(first: dict[str, object], second: dict[str, object]) -> Content:
    """One slot with two candidates for everybody, but for these tags."""
    return library({"s": [component("a/a", **first), component("a/b", **second)]}, segments=("s", "t"), stages=("x",))


TIE: Told = [("a/a", "a/b", "s", (None, None))]


@pytest.mark.parametrize(
    ("first", "second", "tie"),
    [
        ({}, {}, True),
        ({"needs": ("x",)}, {"needs": ("y",)}, True),
        ({"needs": ("x",)}, {"needs": ("x", "y")}, False),
        ({"test": share(0, 5_000)}, {}, False),
        ({"test": share(0, 5_000)}, {"test": share(5_000, 10_000)}, False),
        ({"test": share(0, 5_000)}, {"test": share(0, 5_000, "u")}, True),
        ({"test": share(0, 0)}, {"test": share(0, 5_000, "u")}, False),
        ({"test": share(9_999, 10_000)}, {"test": share(0, 1, "u")}, True),
        ({"test": share(10_000, 10_000)}, {"test": share(0, 1, "u")}, False),
        ({"window": Window(end=10)}, {"window": Window(start=9)}, True),
        ({"window": Window(end=10)}, {"window": Window(start=10)}, False),
        ({"window": Window(start=10, end=20)}, {"window": Window(start=19)}, True),
        ({"window": Window(start=10, end=20)}, {"window": Window(start=20)}, False),
        ({"window": Window(start=10, end=20)}, {}, True),
        ({"window": Window(start=20, end=20)}, {}, False),
        ({"window": Window(start=20, end=10)}, {}, False),
        ({"status": "draft"}, {}, False),
        ({"campaigns": ("other",)}, {}, False),
        ({"channels": ("email",)}, {}, False),
        ({"locales": ()}, {}, False),
        ({"requires": ("a/b",)}, {}, False),
        ({"requires": ("a/gone",)}, {}, False),
        ({"excludes": ("a/b",)}, {}, True),
    ],
)
def test_two_of_one_slot(first: dict[str, object], second: dict[str, object], tie: bool) -> None:
    for content in (pair(first, second), pair(second, first)):
        assert [(slot, cell) for _, _, slot, cell in told(content)] == [("s", (None, None))] * tie


@pytest.mark.parametrize(
    ("first", "second", "cell"),
    [
        ({"segments": ("s",)}, {"segments": ("t", "s")}, ("s", None)),
        ({"segments": ("s",)}, {"segments": ("t",)}, None),
        ({"segments": ("s",)}, {"stages": ("x",)}, None),
        ({"stages": ("x",)}, {"stages": ("x",)}, (None, "x")),
        ({"segments": ("t", "s"), "stages": ("x",)}, {"segments": ("t",), "stages": ("x",)}, ("t", "x")),
        ({"segments": ("s",), "stages": ("x",)}, {"segments": ("s",)}, None),
        ({"segments": ()}, {"segments": ()}, None),
    ],
)
def test_they_tie_for_people_of_a_cell(first: dict[str, object], second: dict[str, object], cell: Cell | None) -> None:
    assert [tie[3] for tie in told(pair(first, second))] == ([] if cell is None else [cell])


def test_a_component_is_the_second_of_one_pair_and_those_after_it_are_told_too() -> None:
    every = library({"s": [component(f"a/{name}") for name in "abc"], "t": [component("b/a"), component("b/b")]})
    assert [tie[:3] for tie in told(every)] == [("a/a", "a/b", "s"), ("a/a", "a/c", "s"), ("b/a", "b/b", "t")]


def test_the_first_that_overlaps_is_told() -> None:
    ending = component("a/a", window=Window(end=10))
    lasting = component("a/b", window=Window(start=1, end=20))
    assert told(library({"s": [ending, lasting, component("a/c", window=Window(start=10))]})) == [
        ("a/a", "a/b", "s", (None, None)),
        ("a/b", "a/c", "s", (None, None)),
    ]


BOTH = [component("a/b", needs=("x",)), component("a/c", needs=("y",))]


@pytest.mark.parametrize(
    ("above", "tie"),
    [
        (component("a/a", needs=("x", "y")), False),
        (component("a/a", needs=("x", "z")), True),
        (component("a/a", test=share(0, 10_000)), True),
        (component("a/a", needs=("x", "y"), window=Window(start=10)), True),
        (component("a/a", needs=("x", "y"), excludes=("z/z",)), True),
        (component("a/a", needs=("x", "y"), requires=("z/z",)), True),
        (component("a/a", needs=("x", "y"), channels=("email",)), True),
    ],
)
def test_what_always_goes_before_both_leaves_no_tie(above: Component, tie: bool) -> None:
    assert bool(told(library({"s": [above, *BOTH]}))) == tie


@pytest.mark.parametrize(
    ("low", "high", "tie"), [(0, 10_000, False), (1, 10_000, True), (0, 9_999, True), (0, 5_000, True)]
)
def test_a_test_of_everybody_goes_before_those_who_are_in_another(low: int, high: int, tie: bool) -> None:
    both = [
        component("a/b", test=share(0, 100, "u"), needs=("x",)),
        component("a/c", test=share(0, 100, "v"), needs=("y",)),
    ]
    first = component("a/a", test=share(low, high), needs=("x", "y"))
    assert bool(told(library({"s": [first, *both]}))) == tie


def masked(pair_window: Window, *windows: Window) -> bool:
    """Whether two that are open in a window could tie where some that go before them are open in others."""
    above = [
        component(f"a/{number}", needs=("x", "y"), window=window, test=None) for number, window in enumerate(windows)
    ]
    both = [component(tagged.address, needs=tagged.needs, window=pair_window) for tagged in BOTH]
    return any(second in ("a/b", "a/c") for _, second, *_ in told(library({"s": [*above, *both]})))


@pytest.mark.parametrize(
    ("windows", "tie"),
    [
        ([Window(start=10, end=20)], False),
        ([Window(start=11, end=20)], True),
        ([Window(start=10, end=19)], True),
        ([Window(start=9, end=21)], False),
        ([Window(start=10, end=15), Window(start=15, end=20)], False),
        ([Window(start=10, end=15), Window(start=16, end=20)], True),
        ([Window(end=10)], True),
        ([Window(start=20)], True),
    ],
)
def test_what_goes_before_both_at_every_moment_leaves_no_tie(windows: Sequence[Window], tie: bool) -> None:
    assert masked(Window(start=10, end=20), *windows) == tie


def test_a_second_slot_is_left_to_the_two() -> None:
    above = component("a/a", needs=("x", "y"))
    assert told(library({"one": [above, *BOTH]})) == []
    two = library({"one": [above, *BOTH], "two": [above, *BOTH]})
    assert told(two) == [("a/b", "a/c", "two", (None, None))]
    fixed = library({"one": [above, *BOTH], "two": [above, *BOTH]}, constant=["one"])
    assert told(fixed) == []


OFFER = component("o/o", segments=("s",))


def requiring(*required: str, offers: Sequence[Component] = (OFFER,), slots: int = 1) -> Content:
    """Two that tie but for what the first requires, in the last slot; offers are in the slots before it."""
    return library(
        {
            **{f"o{number}": offers for number in range(slots)},
            "s": [component("a/a", requires=required), component("a/b")],
        },
        segments=("s", "t"),
        stages=("x",),
    )


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (requiring(), (None, None)),
        (requiring("o/o"), ("s", None)),
        (requiring("o/o", "o/p", offers=(OFFER, component("o/p", stages=("x",)))), None),
        (requiring("o/o", "o/p", offers=(OFFER, component("o/p", stages=("x",))), slots=2), ("s", "x")),
        (requiring("o/o", "o/p", offers=(OFFER, component("o/p", segments=("t",))), slots=2), None),
        (requiring("o/p", offers=(component("o/p", requires=("o/o",)), OFFER), slots=2), ("s", None)),
        (requiring("o/p", offers=(component("o/p", requires=("o/o",)), OFFER)), None),
        (requiring("o/p", offers=(component("o/p", requires=("a/b",)),)), None),
        (requiring("o/o", offers=(component("o/o", window=Window(start=5, end=5)),)), None),
        (requiring("o/o", offers=(component("o/o", test=share(3, 3)),)), None),
        (
            requiring("o/o", offers=(component("o/o", test=share(3, 4), needs=("x",), window=Window(start=5)),)),
            (None, None),
        ),
        (requiring("o/o", "o/p", offers=(OFFER, component("o/p", excludes=("o/o",))), slots=2), None),
    ],
)
def test_what_is_required_must_find_a_slot_before(content: Content, cell: Cell | None) -> None:
    assert [tie[3] for tie in told(content)] == ([] if cell is None else [cell])


def test_what_goes_before_both_counts_in_the_cell_of_what_they_require() -> None:
    both = [
        component("a/a", needs=("x",), segments=("s", "t"), requires=("o/o",)),
        component("a/b", needs=("y",), segments=("s", "t")),
    ]
    above = component("a/c", needs=("x", "y"), segments=("t",))
    slots = {"o": [component("o/o", segments=("t",))], "s": [above, *both]}
    assert told(library(slots, segments=("s", "t"))) == []
    assert told(library(slots | {"s": both}, segments=("s", "t"))) == [("a/a", "a/b", "s", ("t", None))]


def test_a_default_that_is_required_is_for_everybody() -> None:
    default = component("o/o", segments=("s",))
    slots = {"o": [component("o/p")], "s": [component("a/a", requires=("o/o",)), component("a/b")]}
    assert told(library(slots, defaults={"o": default}, segments=("s",))) == TIE


@pytest.mark.parametrize("slots", [1, 2])
def test_one_moves_on_so_that_another_finds_a_slot(slots: int) -> None:
    """The first may take either slot; the second, which is a default, no other than the first slot."""
    both = [component("a/a", requires=("o/o", "o/p")), component("a/b")]
    offers = {f"o{number}": [component("o/o")] for number in range(slots)}
    content = library({**offers, "s": both}, defaults={"o0": component("o/p")})
    assert told(content) == (TIE if slots == 2 else [])


def test_in_one_locale_and_one_channel_is_enough() -> None:
    both = [component("a/a", locales=("en", "fr"), channels=("page",)), component("a/b", locales=("fr",))]
    every = library({"s": both}, locales=("en", "fr"), channels=("email", "page"))
    assert told(every) == TIE
    apart = [component("a/a", locales=("en",)), component("a/b", locales=("fr",))]
    assert told(library({"s": apart}, locales=("en", "fr"))) == []


def people(content: Content) -> Iterator[Somebody]:
    """Everybody of the kinds that can make a difference, at any moment."""
    earlier = [NOW + 1000 * number for number in (-3, -1)]
    for somebody in everybody(content):
        yield somebody
        if somebody.moment == NOW:
            yield from (
                Somebody(somebody.segment, somebody.stage, at, somebody.known, somebody.buckets) for at in earlier
            )


def rank(candidate: Candidate) -> tuple[int, bool, int]:
    fits = ("segment+stage", "segment", "stage", "everyone")
    return fits.index(candidate.choice.fit), candidate.component.test is None, -len(candidate.component.needs)


def able(slot: SlotCandidates, person: Somebody, earlier: Sequence[Choice]) -> list[Candidate]:
    """Those whom nothing but the rank keeps from a slot."""
    return [
        candidate
        for candidate in slot.candidates
        if not any(
            check.fails(
                Evaluation(
                    component=candidate.component, slot_context=slot.slot_context, situation=person, earlier=earlier
                )
            )
            for check in ELIGIBILITY_CHECKS
            if check.timing in ("audience", "call")
        )
    ]


def meets_a_tie(plan: SlotPlan, person: Somebody) -> bool:
    earlier: list[Choice] = []
    for slot in plan.slots:
        best = sorted(able(slot, person, earlier), key=rank)[:2]
        if len(best) == 2 and rank(best[0]) == rank(best[1]):
            return True
        earlier.append(best[0].choice if best else slot.default)
    return False


@given(content=contents())
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_tie_that_the_runtime_could_meet_is_missed(content: Content) -> None:
    (plan,) = slot_plans(content)
    met = any(meets_a_tie(plan, person) for person in people(content))
    tied = told(content)
    assert tied or not met
    if not any(component.requires or component.excludes for component in content.components):
        assert met == bool(tied)
    for first, second, slot, _ in tied:
        candidates = next(row for row in plan.slots if row.name == slot).candidates
        ranks = {candidate.component.address: rank(candidate) for candidate in candidates}
        assert first != second and ranks[first] == ranks[second]


def test_seconds_are_told_once_over_all_plans() -> None:
    every = library({"s": [component(f"a/{name}") for name in "abc"]}, locales=("en",), channels=("email", "page"))
    seconds = [second for _, second, *_ in told(every)]
    assert seconds == ["a/b", "a/c"]
    twice = list(ties(every, [*slot_plans(every), *slot_plans(every)]))
    assert [tie.second.address for tie in twice] == seconds
    assert {tie.campaign for tie in twice} == {"it"}
