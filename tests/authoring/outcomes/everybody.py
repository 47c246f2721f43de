"""Random libraries of one campaign, and everybody who can come to it: written down, not worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

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
        edge
        for component in content.components
        if component.test
        for edge in component.test.ranges.get("it", ())
        if edge < 10_000
    }
    times = {NOW}
    for component in content.components:
        times |= {edge for edge in (component.window.start, component.window.end) if edge is not None and edge > NOW}
    known = [frozenset(some) for count in range(len(NAMES) + 1) for some in combinations(NAMES, count)]
    buckets: list[dict[str, int] | None] = [
        dict(zip(TESTS, ranges, strict=True)) for ranges in product(sorted(edges), repeat=2)
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
            others = st.sampled_from([component.address for component in components] or ["a/none"])
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
        segments=(Audience(id="s", condition=Known(signal="x")), Audience(id="t", condition=Known(signal="y"))),
        stages=(Audience(id="u", condition=Known(signal="z")),),
        components=tuple(sorted(components, key=lambda component: component.address)),
        campaigns={
            "it": Campaign(
                slots=tuple(slots),
                channels={
                    "page": Channel(layout="board", slots=tuple(slot.name for slot in slots), documents={}, defaults={})
                },
            )
        },
        placeholders=(),
        holdout=draw(
            st.sampled_from([None, Holdout(share=500, salt="x"), Holdout(share=10_000, salt="x", until=NOW + 1500)])
        ),
    )
