"""A decision names every test that was asked for somebody, in the order of slots."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, strategies as st

from assembler import Library
from assembler.library import records
from assembler.library.records import Component, Holdout
from assembler.runtime.assignment import bucket
from tests.runtime.sample import AT, COMPONENTS, DEFAULTS, component, library, with_control


def asked(sample: Library, context: dict[str, Any], campaign: str = "come_back") -> list[Any]:
    tests: Any = sample.decide(campaign, channel="email", context=context, at=AT).to_dict()["tests"]
    return [(test["test"], test["component"]) for test in tests]


def person(test: str, low: int, high: int) -> str:
    """An id whose bucket lies in a range."""
    return next(f"c-{number}" for number in range(100_000) if low <= bucket(f"come_back|{test}", f"c-{number}") < high)


def test_inside_and_outside_the_ranges_of_a_test() -> None:
    sample = library()
    inside, outside = person("tone", 0, 5000), person("tone", 5000, 10_000)
    assert asked(sample, {"id": inside, "segment": "lapsed"}) == [("tone", "offer/bold")]
    assert asked(sample, {"id": outside, "segment": "lapsed"}) == [("tone", None)]


def test_it_is_asked_of_nobody_whom_it_does_not_concern() -> None:
    """Of another segment; without an id; held out; in another campaign; by error."""
    sample = library()
    inside = person("tone", 0, 5000)
    assert asked(sample, {"id": inside, "segment": "seeker"}) == []
    assert asked(sample, {"segment": "lapsed"}) == []
    assert asked(sample, {"id": inside, "segment": "lapsed"}, "welcome") == []
    for held in (
        library(holdout=Holdout(share=10_000, salt="x")),
        with_control(sample, Holdout(share=10_000, salt="x")),
    ):
        assert asked(held, {"id": inside, "segment": "lapsed"}) == []
    assert sample.decide("come_back", channel="email", context=7).tests == ()
    assert sample.default("come_back", channel="email").decision.tests == ()


def test_what_else_keeps_a_component_out_keeps_its_test_from_being_asked() -> None:
    tone = records.Test(id="tone", ranges={"come_back": (0, 10_000)})
    needing = component(
        "headline/needing", segments=("lapsed",), stages=("win_back",), needs=("first_name",), test=tone
    )
    sample = library((*COMPONENTS, needing))
    told = {"id": person("tone", 5000, 10_000), "segment": "lapsed", "stage": "win_back"}
    assert asked(sample, {**told, "fields": {"first_name": "Maya"}}) == [("tone", None), ("tone", "headline/needing")]
    assert asked(sample, told) == [("tone", None)]


def test_what_is_outranked_is_not_asked() -> None:
    hue = records.Test(id="hue", ranges={"come_back": (0, 10_000)})
    sample = library((*COMPONENTS, component("headline/hue", test=hue)))
    assert ("hue", "headline/hue") in asked(sample, {"id": "c-1", "segment": None, "stage": None})
    assert asked(sample, {"id": person("tone", 0, 5000), "segment": "lapsed"})[0] == ("tone", "offer/bold")
    seeker = sample.decide("come_back", channel="email", context={"id": "c-1", "segment": "seeker"}, at=AT)
    assert [(test.test, seeker.slots["echo"].component) for test in seeker.tests] == [("hue", "headline/hue")]


COMPONENTS_OF_TESTS = st.lists(
    st.tuples(st.sampled_from(["hue", "tone"]), st.integers(0, 9_999), st.integers(1, 10_000), st.booleans()),
    max_size=5,
)


def _with_tests(made_of: list[tuple[str, int, int, bool]], *types: str) -> Library:
    """The sample library with components of tests, of some types in turn."""
    more: list[Component] = [
        component(
            f"{types[index % len(types)]}/x{index}",
            segments=("seeker",) if is_targeted else None,
            needs=("first_name",) if low % 2 else (),
            test=records.Test(id=id_, ranges={"come_back": (min(low, high), max(low, high))}),
        )
        for index, (id_, low, high, is_targeted) in enumerate(made_of)
    ]
    return library((*COMPONENTS, *more))


def _somebody(number: int, *, is_named: bool) -> dict[str, object]:
    fields = {"first_name": "Maya"} if is_named else {}
    return {"id": f"c-{number}", "segment": "seeker", "fields": fields}


@given(made_of=COMPONENTS_OF_TESTS, number=st.integers(0, 500), is_named=st.booleans())
def test_a_winner_of_a_test_is_the_one_that_is_named(
    made_of: list[tuple[str, int, int, bool]], number: int, is_named: bool
) -> None:
    """What fills a slot by a test, that test gave; and a test without a component fills none."""
    sample = _with_tests(made_of, "headline")
    context = _somebody(number, is_named=is_named)
    decision = sample.decide("come_back", channel="email", context=context, at=AT)
    by_test = {choice.component for choice in decision.choices if choice.reason == "SPLIT"}
    assert by_test == {test.component for test in decision.tests if test.component is not None}
    explained = sample.explain("come_back", channel="email", context=context, at=AT)
    losers = {one.component for slot in explained.slots.values() for one in slot if one.reason == "test"}
    tests = {component.address: component.test for component in sample.content.components}
    reached = {test.id for address in losers | by_test if address and (test := tests[address]) is not None}
    assert {test.test for test in decision.tests} <= reached
    assert msgspec.json.decode(msgspec.json.encode(decision.to_dict()))["tests"] == decision.to_dict()["tests"]


@given(made_of=COMPONENTS_OF_TESTS, number=st.integers(0, 500), is_named=st.booleans())
def test_asked_is_what_only_a_test_kept_out_before_the_winner(
    made_of: list[tuple[str, int, int, bool]], number: int, is_named: bool
) -> None:
    """Told from the explanation and the ranks alone."""
    sample = _with_tests(made_of, "headline", "body")
    context = _somebody(number, is_named=is_named)
    explained = sample.explain("come_back", channel="email", context=context, at=AT)
    by_address = {one.address: one for one in sample.content.components}
    expected: list[tuple[str, str | None]] = []
    for candidates in explained.slots.values():
        rivals = [(by_address[one.component], one) for one in candidates if one.component]
        rivals.sort(key=lambda rival: (rival[0].rank, rival[0].address))
        winner = next((place for place, (_, one) in enumerate(rivals) if one.won and one.reason is None), len(rivals))
        asked_here: dict[str, str | None] = {}
        is_default = winner < len(rivals) and rivals[winner][0].address in DEFAULT_ADDRESSES
        for own, one in rivals[: len(rivals) if is_default else winner + 1]:
            if own.test is not None and one.reason == "test":
                asked_here.setdefault(own.test.id, None)
            elif own.test is not None and one.won:
                asked_here[own.test.id] = own.address
        expected += asked_here.items()
    assert sorted(asked(sample, context), key=str) == sorted(expected, key=str)


DEFAULT_ADDRESSES = {one.address for one in DEFAULTS}
