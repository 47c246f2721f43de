"""Who can never win is what trying everybody shows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given, settings, strategies as st

from assembler.authoring.outcomes.losers import losers
from assembler.library.records import (
    Audience,
    Campaign,
    Channel,
    Component,
    Content,
    Known,
    Slot,
    Test as Trial,
    Window,
)
from assembler.runtime.choose import choose, slot_plans

SLOTS = (Slot(name="first", type="a", default="a/default"), Slot(name="second", type="b", default=None))
DEFAULTS = (Component(address="a/default", type="a", status="ready", locales=("en",)),)


def library(components: tuple[Component, ...], unassigned: str = "treat") -> Content:
    """Two slots, of types a and b; the segment s and the stage t."""
    channel = Channel(layout="note", slots=("first", "second"), documents={}, defaults={})
    return Content(
        name="tiny",
        locales=("en",),
        link_hosts=(),
        unassigned=unassigned,  # type: ignore[arg-type]
        fields={},
        signals={},
        segments=(Audience(id="s", condition=Known(signal="nothing")),),
        stages=(Audience(id="t", condition=Known(signal="nothing")),),
        components=(*components, *DEFAULTS),
        campaigns={"one": Campaign(slots=SLOTS, channels={"page": channel})},
        placeholders=(),
    )


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
    known = [frozenset(each) for size in range(3) for each in itertools.combinations("xy", size)]
    yield from (
        Somebody(*each) for each in itertools.product(("s", None), ("t", None), known, buckets, (10, 15, 20, 30))
    )


def winners(content: Content) -> set[str | None]:
    return {
        choice.component for plan in slot_plans(content) for each in everybody(content) for choice in choose(plan, each)
    }


@st.composite
def components(draw: st.DrawFn) -> tuple[Component, ...]:
    """Some components of both types, with one test."""
    found = []
    cut = draw(st.sampled_from([0, 5_000, 10_000]))
    for number in range(draw(st.integers(1, 5))):
        type_ = draw(st.sampled_from("ab"))
        ranges = draw(st.sampled_from([None, None, (0, cut), (cut, 10_000), (0, 10_000)]))
        others = [f"a/{other}" for other in range(number)] + ["a/default"]
        found.append(
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
                test=None if ranges is None else Trial(id="t", ranges={"one": ranges}),
            )
        )
    return tuple(found)


@given(components(), st.sampled_from(["treat", "default"]))
@settings(max_examples=100, deadline=None)
def test_who_never_wins_is_what_trying_everybody_shows(found: tuple[Component, ...], unassigned: str) -> None:
    content = library(found, unassigned)
    won = winners(content)
    over = {each.address for each in found if each.window.end is not None and each.window.end <= 10}
    told = list(losers(content, 10))
    assert {each.component.address for each in told} == {each.address for each in found} - won - over
    assert all(each.decided for each in told)


def test_what_could_not_be_tried_is_told() -> None:
    tested = Component(
        address="a/a", type="a", status="ready", locales=("en",), test=Trial(id="t", ranges={"one": (0, 10_000)})
    )
    plain = Component(address="a/b", type="a", status="ready", locales=("en",))
    assert [each.decided for each in losers(library((tested, plain), "default"), 10, most=1)] == [False]
