"""Who can never win is what trying everybody shows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Literal

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring.outcomes.losers import Loser, losers
from assembler.library.records import Component, Content, Test as Trial, Window
from assembler.runtime.choose import choose, slot_plans
from assembler.runtime.reasons import Loss
from tests.authoring.outcomes.records import component, library
from tests.examples import examples

DEFAULT = component("a/default")


def content(candidates: Iterable[Component], unassigned: Literal["treat", "default"] = "treat") -> Content:
    """Two slots, of types a and b; the segment s and the stage t."""
    by_type = {type_: [one for one in candidates if one.type == type_] for type_ in "ab"}
    return library(by_type, defaults={"a": DEFAULT}, segments=("s",), stages=("t",), unassigned=unassigned)


class Somebody:
    """A person, told in full."""

    def __init__(
        self, segment: str | None, stage: str | None, known: frozenset[str], bucket: int | None, at: int
    ) -> None:
        self.segment, self.stage, self.moment = segment, stage, at
        self._known, self._bucket = known, bucket

    def knows(self, name: str) -> bool:
        return name in self._known

    def bucket(self, test: str) -> int | None:
        return self._bucket


def everybody(content: Content) -> Iterator[Somebody]:
    """Everybody from moment 10 on, as far as these components can tell people apart."""
    buckets = [0, 2_000, 5_000, 8_000, *([None] if content.unassigned == "treat" else [])]
    known = [frozenset(facts) for size in range(3) for facts in itertools.combinations("xy", size)]
    yield from (
        Somebody(*somebody)
        for somebody in itertools.product(("s", None), ("t", None), known, buckets, (10, 15, 20, 30))
    )


def losing(content: Content, now: int, *limits: int) -> Iterator[Loser]:
    return losers(content, list(slot_plans(content)), now, *limits)


def winners(content: Content) -> set[str | None]:
    return {
        choice.component
        for plan in slot_plans(content)
        for somebody in everybody(content)
        for choice in choose(plan, somebody)
    }


@st.composite
def components(draw: st.DrawFn) -> tuple[Component, ...]:
    """Some components of both types, with one test."""
    listed = []
    cut = draw(st.sampled_from([0, 5_000, 10_000]))
    for number in range(draw(st.integers(1, 5))):
        type_ = draw(st.sampled_from("ab"))
        ranges = draw(st.sampled_from([None, None, (0, cut), (cut, 10_000), (0, 10_000)]))
        others = [f"a/{other}" for other in range(number)] + ["a/default"]
        listed.append(
            Component(
                address=f"{type_}/{number}",
                type=type_,
                status="ready",
                locales=("en",),
                segments=draw(st.sampled_from([None, ("s",), ("s",), ()])),
                stages=draw(st.sampled_from([None, None, ("t",)])),
                needs=tuple(sorted(draw(st.sets(st.sampled_from("xy"), max_size=2)))),
                requires=tuple(draw(st.lists(st.sampled_from(others), max_size=1))) if type_ == "b" else (),
                excludes=tuple(draw(st.lists(st.sampled_from(others), max_size=1))) if type_ == "b" else (),
                window=draw(st.sampled_from([Window(), Window(), Window(start=15), Window(end=20), Window(end=5)])),
                test=None if ranges is None else Trial(id="t", ranges={"it": ranges}),
            )
        )
    return tuple(listed)


@given(components(), st.sampled_from(["treat", "default"]))
@settings(max_examples=examples(100), deadline=None)
def test_who_never_wins_is_what_trying_everybody_shows(
    components: tuple[Component, ...], unassigned: Literal["treat", "default"]
) -> None:
    every = content(components, unassigned)
    won = winners(every)
    over = {
        component.address for component in components if component.window.end is not None and component.window.end <= 10
    }
    told = list(losing(every, 10))
    assert {loser.component.address for loser in told} == {component.address for component in components} - won - over
    assert all(loser.decided for loser in told)


def share(low: int, high: int, name: str = "t") -> Trial:
    return Trial(id=name, ranges={"it": (low, high)})


EVERYBODY = component("a/a", test=share(0, 10_000))
PLAIN = component("a/b")


def told(
    *candidates: Component, now: int = 10, unassigned: Literal["treat", "default"] = "default"
) -> dict[str, object]:
    """By the address of each that never wins: what always beats it, else the reasons for which it loses."""
    listed = losing(content(candidates, unassigned), now)
    return {loser.component.address: sorted(loser.beaten_by) or list(loser.losses) for loser in listed}


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([EVERYBODY, PLAIN], {"a/b": ["a/a"]}),
        ([component("a/a", test=share(0, 9_999)), PLAIN], {}),
        ([component("a/a", test=share(1, 10_000)), PLAIN], {}),
        (
            [component("a/a", test=share(0, 5_000)), component("a/b", test=share(5_000, 10_000)), component("a/c")],
            {"a/c": ["a/a", "a/b"]},
        ),
        ([component("a/a", test=share(0, 5_000)), component("a/b", test=share(5_001, 10_000)), component("a/c")], {}),
        ([component("a/a", test=share(0, 0))], {"a/a": [Loss.TEST]}),
        ([component("a/a", test=share(10_000, 10_000))], {"a/a": [Loss.TEST]}),
        ([component("a/a", test=share(9_999, 10_000))], {}),
        ([component("a/a", test=share(0, 5_000), needs=("x",)), component("a/b", test=share(0, 5_000, "u"))], {}),
        ([component("b/a", requires=("a/gone",))], {"b/a": [Loss.REQUIRES]}),
        ([component("b/a", excludes=("a/default",))], {"b/a": [Loss.EXCLUDES]}),
        ([component("a/a", window=Window(start=20, end=20))], {"a/a": [Loss.WINDOW]}),
        ([component("a/a", segments=())], {"a/a": []}),
        ([component("a/a", segments=("s",)), PLAIN], {}),
        ([component("a/a", needs=("x",)), component("a/b", segments=("s",), needs=("x",)), PLAIN], {}),
    ],
)
def test_why_somebody_never_wins(candidates: list[Component], expected: dict[str, object]) -> None:
    assert told(*candidates) == expected


@pytest.mark.parametrize(
    ("window", "other", "expected"),
    [
        (Window(end=10), Window(), {}),
        (Window(end=11), Window(), {"a/b": ["a/a"]}),
        (Window(), Window(start=10), {"a/b": ["a/a"]}),
        (Window(), Window(start=11), {}),
        (Window(), Window(end=20), {}),
        (Window(end=20), Window(end=20), {"a/b": ["a/a"]}),
        (Window(start=20), Window(end=20), {}),
        (Window(start=19), Window(start=19), {"a/b": ["a/a"]}),
        (Window(start=20, end=30), Window(start=19, end=30), {"a/b": ["a/a"]}),
        (Window(start=20, end=31), Window(start=19, end=30), {}),
    ],
)
def test_who_is_left_a_moment_wins(window: Window, other: Window, expected: dict[str, object]) -> None:
    always = component("a/a", test=share(0, 10_000), window=other)
    assert told(always, component("a/b", window=window)) == expected


def test_without_an_id_nobody_is_in_a_test() -> None:
    assert told(EVERYBODY, PLAIN, unassigned="treat") == {}
    assert told(EVERYBODY, PLAIN, unassigned="default") == {"a/b": ["a/a"]}


def test_what_only_people_without_an_id_hold_rules_nothing_out_for_the_others() -> None:
    first = [component("a/a", test=share(0, 10_000)), component("a/b")]
    last = component("b/a", excludes=("a/b",))
    assert list(losing(library({"first": first, "last": [last]}, unassigned="treat"), 10)) == []


def test_one_component_fills_one_slot() -> None:
    twice = library({"first": [PLAIN], "second": [PLAIN]})
    assert list(losing(twice, 10)) == []
    last = component("a/b", requires=("a/b",))
    assert [(one.component, list(one.losses)) for one in losing(library({"first": [last]}), 10)] == [
        (last, [Loss.REQUIRES])
    ]


def trials(most: int, most_in_all: int = 100) -> list[tuple[str, bool, int]]:
    """What becomes of two that lose in two situations each, when so many may be tried."""
    candidates = [component(f"a/{name}", test=share(0, 10_000)) for name in "a"]
    candidates += [component(f"a/{name}", needs=(name,)) for name in "xy"]
    listed = losing(content(candidates, "default"), 10, most, most_in_all)
    return [(loser.component.address, loser.decided, loser.trials) for loser in listed]


def test_as_many_are_tried_as_are_allowed_and_no_more() -> None:
    (_, _, x), (_, _, y) = trials(100)
    assert trials(100) == [("a/x", True, x), ("a/y", True, y)]
    assert trials(max(x, y) + 1) == [("a/x", True, x), ("a/y", True, y)]
    assert trials(x) == [("a/x", False, x), *([("a/y", False, x)] if y >= x else [("a/y", True, y)])]
    assert trials(100, x + y + 1) == [("a/x", True, x), ("a/y", True, y)]
    assert trials(100, x + y) == [("a/x", True, x), ("a/y", False, y)]
