"""Which component fills a slot."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings, strategies as st

from assembler.library.records import Component, Window
from assembler.runtime.choose import choose
from tests.examples import examples
from tests.runtime.sample import AT, COMPONENTS, DEFAULTS, TARGETED, Tags, component, instant, library, midnight, tone

LAPSED = {"segment": "lapsed", "stage": "win_back"}


def chosen(
    *components: Component, context: object = None, at: datetime = AT, channel: str = "email"
) -> dict[str, str | None]:
    """The component of each slot of come_back, of these and the defaults."""
    decision = library([*DEFAULTS, *components]).decide("come_back", channel=channel, context=context, at=at)
    assert decision.error_code is None
    return {choice.slot: choice.component for choice in decision.choices}


both = partial(component, segments=("lapsed",), stages=("win_back",))
RANKED = [
    both("offer/both_tested_2_needs", needs=("first_name", "city"), test=tone(0, 10_000)),
    both("offer/both_tested", test=tone(0, 10_000)),
    both("offer/both_2_needs", needs=("first_name", "city")),
    both("offer/both_1_need", needs=("first_name",)),
    both("offer/both"),
    component("offer/segment_tested", segments=("lapsed",), test=tone(0, 10_000)),
    component("offer/segment", segments=("lapsed",)),
    component("offer/stage_1_need", stages=("win_back",), needs=("city",)),
    component("offer/stage", stages=("win_back",)),
    component("offer/everyone_tested", test=tone(0, 10_000)),
    component("offer/everyone_1_need", needs=("city",)),
    component("offer/everyone"),
]  # fmt: skip
KNOWN = {"id": "c-42", "fields": {"first_name": "Maya"}, "signals": {"city": "Leeds"}, **LAPSED}


@pytest.mark.parametrize("rank", range(len(RANKED)))
def test_the_better_rank_wins(rank: int) -> None:
    left = RANKED[rank:]
    random.Random(rank).shuffle(left)
    assert chosen(*left, context=KNOWN)["offer"] == RANKED[rank].address


def test_the_default_comes_last_and_is_always_possible() -> None:
    assert chosen(context=KNOWN) == {
        "offer": None,
        "headline": "headline/come_back",
        "echo": "headline/echo",
        "body": "body/come_back",
        "proof": "proof/returns",
    }


@pytest.mark.parametrize(
    ("segment", "stage", "winner"),
    [
        ("lapsed", "win_back", "offer/both"),
        ("lapsed", "exploring", "offer/segment"),
        ("lapsed", None, "offer/segment"),
        ("seeker", "win_back", "offer/stage"),
        (None, "win_back", "offer/stage"),
        ("seeker", "exploring", "offer/everyone"),
        (None, None, "offer/everyone"),
    ],
)
def test_tags_must_name_the_segment_and_the_stage(segment: str | None, stage: str | None, winner: str) -> None:
    plain = [component for component in RANKED if not component.needs and not component.test]
    assert chosen(*plain, context={"segment": segment, "stage": stage})["offer"] == winner


FIRST, END = midnight(2026, 11, 22), midnight(2026, 11, 23)


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (datetime(2026, 11, 21, 23, 59, 59, 999_999, UTC), False),
        (datetime(2026, 11, 22, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 23, 59, 59, 999_999, UTC), True),
        (datetime(2026, 11, 23, tzinfo=UTC), False),
        (datetime.fromisoformat("2026-11-22T00:59:59.999999+01:00"), False),
        (datetime.fromisoformat("2026-11-22T01:00:00+01:00"), True),
    ],
)
def test_a_window_opens_and_closes_at_the_exact_moment(at: datetime, inside: bool) -> None:
    offer = component("offer/today", window=Window(start=FIRST, end=END))
    assert chosen(offer, at=at)["offer"] == ("offer/today" if inside else None)


@pytest.mark.parametrize(
    ("window", "open_before", "open_within", "open_after"),
    [
        (Window(), True, True, True),
        (Window(start=FIRST), False, True, True),
        (Window(end=END), True, True, False),
        (Window(start=FIRST, end=END), False, True, False),
    ],
)
def test_a_window_may_be_open_on_either_side(
    window: Window, open_before: bool, open_within: bool, open_after: bool
) -> None:
    offer = component("offer/x", window=window)
    days = [AT - timedelta(days=1), AT, AT + timedelta(days=1)]
    assert [chosen(offer, at=day)["offer"] is not None for day in days] == [open_before, open_within, open_after]


@pytest.mark.parametrize(
    ("context", "known"),
    [
        ({}, False),
        ({"fields": {"first_name": "Maya"}}, False),
        ({"signals": {"city": "Leeds"}}, False),
        ({"fields": {"first_name": "Maya"}, "signals": {"city": "Leeds"}}, True),
        ({"fields": {"first_name": "[FNAME]"}, "signals": {"city": "Leeds"}}, False),
        ({"fields": {"first_name": "Maya"}, "signals": {"city": " "}}, False),
    ],
)
def test_needs_must_all_be_known(context: dict[str, object], known: bool) -> None:
    offer = component("offer/x", needs=("first_name", "city"))
    assert chosen(offer, context=context)["offer"] == ("offer/x" if known else None)


def test_a_component_fills_one_slot_of_a_variant_only() -> None:
    one = chosen(component("headline/one"))
    assert (one["headline"], one["echo"]) == ("headline/one", "headline/echo")
    two = chosen(component("headline/one", segments=("lapsed",)), component("headline/two"), context=LAPSED)
    assert (two["headline"], two["echo"]) == ("headline/one", "headline/two")


@pytest.mark.parametrize(
    ("offer", "tags", "fits"),
    [
        ("offer/a", {"requires": ("offer/a",)}, True),
        ("offer/b", {"requires": ("offer/a",)}, False),
        ("offer/a", {"requires": ("offer/a", "headline/come_back")}, True),
        ("offer/a", {"requires": ("offer/a", "headline/welcome")}, False),
        ("offer/a", {"excludes": ("offer/a",)}, False),
        ("offer/b", {"excludes": ("offer/a",)}, True),
        ("offer/b", {"excludes": ("offer/a", "headline/come_back")}, False),
    ],
)
def test_a_component_agrees_with_what_earlier_slots_hold(offer: str, tags: Tags, fits: bool) -> None:
    body = component("body/x", **tags)
    assert chosen(component(offer), body)["body"] == ("body/x" if fits else "body/come_back")


def test_a_slot_that_the_channel_does_not_call_holds_nothing() -> None:
    body = component("body/x", requires=("offer/a",))
    assert chosen(component("offer/a"), body, channel="page")["body"] == "body/come_back"


def test_a_constant_slot_holds_its_default() -> None:
    assert chosen(component("proof/better"))["proof"] == "proof/returns"


def test_the_default_of_a_slot_fills_no_other() -> None:
    assert "headline/welcome" not in chosen(context=KNOWN).values()


@given(st.permutations(COMPONENTS))
@settings(max_examples=examples(20))
def test_the_order_of_components_does_not_matter(components: list[Component]) -> None:
    for segment in ("lapsed", "seeker", "visitor", None):
        context = {"id": "c-42", "segment": segment, "stage": "win_back"}
        decisions = [
            library(pool).decide("come_back", channel="email", context=context) for pool in (components, COMPONENTS)
        ]
        assert decisions[0].key == decisions[1].key


@pytest.mark.parametrize("removed", TARGETED, ids=lambda component: component.address)
def test_removing_a_targeted_component_changes_only_slots_that_it_could_reach(removed: Component) -> None:
    left = [component for component in COMPONENTS if component != removed]
    reach = {removed.type} | ({"body"} if removed.type == "offer" else set())
    for segment in ("lapsed", "seeker", "visitor", None):
        for stage in ("win_back", "exploring", None):
            context = {"id": "c-42", "segment": segment, "stage": stage}
            before = library().decide("come_back", channel="email", context=context)
            after = library(left).assemble("come_back", channel="email", context=context)
            assert after.decision.error_code is None
            assert all(after.encoded.values())
            for was, now in zip(before.choices, after.decision.choices, strict=True):
                slot_type = "headline" if was.slot == "echo" else was.slot
                assert was.component == now.component or slot_type in reach


class Imagined:
    """A situation that a build makes up."""

    segment = "lapsed"
    stage = "win_back"
    moment = instant(AT)

    def __init__(self, *, bucket: int | None = None, known: frozenset[str] = frozenset()) -> None:
        self._bucket = bucket
        self._known = known

    def knows(self, name: str) -> bool:
        return name in self._known

    def bucket(self, test: str) -> int | None:
        return self._bucket if test == "tone" else None


@pytest.mark.parametrize(
    ("bucket", "offer", "body"),
    [(None, "offer/spring", "body/calm"), (4999, "offer/bold", "body/come_back"), (5000, "offer/spring", "body/calm")],
)
def test_a_build_can_enumerate_with_situations_of_its_own(bucket: int | None, offer: str, body: str) -> None:
    sample = library()
    plan = sample.plan("come_back", channel="email", locale="en")
    choices = choose(plan, Imagined(bucket=bucket))
    assert {choice.slot: choice.component for choice in choices} == {
        "offer": offer, "headline": "headline/lapsed_win_back", "echo": "headline/lapsed", "body": body,
        "proof": "proof/returns",
    }  # fmt: skip
    assert b"headline/lapsed [friend]" in sample.join(plan, choices)["html"]
