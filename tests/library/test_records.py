"""What records say of windows, holdouts, tests and components, on their limits and one past them."""

from __future__ import annotations

import pytest

from assembler.library import records
from assembler.library.records import Component, Holdout, Window


@pytest.mark.parametrize(
    ("window", "begun", "ended", "edges"),
    [
        (Window(), (True, True, True, True), (False, False, False, False), ()),
        (Window(start=10), (False, True, True, True), (False, False, False, False), (10,)),
        (Window(end=20), (True, True, True, True), (False, False, False, True), (20,)),
        (Window(start=10, end=20), (False, True, True, True), (False, False, False, True), (10, 20)),
    ],
)
def test_a_window_opens_at_its_start_and_closes_at_its_end(
    window: Window, begun: tuple[bool, ...], ended: tuple[bool, ...], edges: tuple[int, ...]
) -> None:
    moments = (9, 10, 19, 20)
    assert tuple(window.has_begun(moment) for moment in moments) == begun
    assert tuple(window.has_ended(moment) for moment in moments) == ended
    assert tuple(window.is_open(moment) for moment in moments) == tuple(
        here and not gone for here, gone in zip(begun, ended, strict=True)
    )
    assert window.edges == edges


@pytest.mark.parametrize(("until", "moment", "ended"), [(None, 10**18, False), (10, 9, False), (10, 10, True)])
def test_a_holdout_ends_at_its_moment(until: int | None, moment: int, ended: bool) -> None:
    assert Holdout(share=500, salt="x", until=until).has_ended(moment) is ended


def test_a_test_has_no_buckets_where_it_has_no_share() -> None:
    tested = records.Test(id="t", ranges={"a": (0, 5000)})
    assert (tested.range_in("a"), tested.range_in("b")) == ((0, 5000), (0, 0))


def component(
    *,
    segments: tuple[str, ...] | None = None,
    stages: tuple[str, ...] | None = None,
    needs: tuple[str, ...] = (),
    test: records.Test | None = None,
) -> Component:
    return Component(
        address="a/a",
        type="a",
        status="ready",
        locales=("en",),
        segments=segments,
        stages=stages,
        needs=needs,
        test=test,
    )


def test_the_closer_audience_ranks_first_then_a_test_then_more_needs() -> None:
    tested = records.Test(id="t", ranges={})
    ranked = [
        component(**tags, needs=needs, test=test)
        for tags in ({"segments": ("s",), "stages": ("t",)}, {"segments": ("s",)}, {"stages": ("t",)}, {})
        for test in (tested, None)
        for needs in (("x", "y"), ("x",), ())
    ]
    ranks = [candidate.rank for candidate in ranked]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_a_component_is_open_to_what_it_names_or_to_everything() -> None:
    named = Component(address="a/a", type="a", status="ready", locales=(), campaigns=("one",), channels=("email",))
    unnamed = component()
    assert [named.is_open_to(campaign) for campaign in ("one", "two")] == [True, False]
    assert [named.is_shown_in(channel) for channel in ("email", "page")] == [True, False]
    assert unnamed.is_open_to("two")
    assert unnamed.is_shown_in("page")
