"""Coverage says of every cell what people in it really get, and counts what can be combined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.build.combinations import combinations
from assembler.authoring.build.coverage import Coverage, CoverageCell, coverage, people_by_cell
from assembler.authoring.build.variants import enumerate_variants
from assembler.cli.text.coverage_page import coverage_page
from assembler.library.key import variant_key
from assembler.library.records import Campaign, Channel, Component, Content, Slot, Window
from assembler.runtime.choose import slot_plans
from tests.authoring.builders import MOMENT, project as files

MONTH = timedelta(days=30)
EVERYTHING = {"first_name": "Maya"}


@pytest.fixture(scope="module")
def library() -> Library:
    return Project.from_files(files()).compile(MOMENT)


@pytest.fixture(scope="module")
def found(library: Library) -> Coverage:
    return coverage(library, MOMENT, within=MONTH)


def cell(
    found: Coverage, campaign: str, channel: str, locale: str, segment: str | None, stage: str | None
) -> CoverageCell:
    wanted = (campaign, channel, locale, segment, stage)
    return next(
        each for each in found.cells if (each.campaign, each.channel, each.locale, each.segment, each.stage) == wanted
    )


def test_every_cell_holds_what_somebody_in_it_gets(library: Library, found: Coverage) -> None:
    for each in found.cells:
        context = {"locale": each.locale, "segment": each.segment, "stage": each.stage, "fields": EVERYTHING}
        decision = library.decide(each.campaign, channel=each.channel, context=context, at=MOMENT)
        assert {slot: choice.component for slot, choice in decision.slots.items()} == each.slots


def test_the_cells_are_those_of_the_manifest(library: Library, found: Coverage) -> None:
    cells = {(variant.key, *each) for variant in enumerate_variants(library, MOMENT) for each in variant.cells}
    assert cells == {
        (variant_key(each.campaign, each.channel, each.locale, dict(each.slots)), each.segment, each.stage)
        for each in found.cells
    }


@pytest.mark.parametrize(
    ("segment", "stage", "state"),
    [
        ("sweet_tooth", "away", "own"),  # offer, title and story
        ("sweet_tooth", "here", "partial"),
        ("salty_tooth", "away", "partial"),
        ("salty_tooth", "here", "default"),  # a test does not count
        (None, "away", "partial"),
        (None, None, "default"),
    ],
)
def test_states(found: Coverage, segment: str | None, stage: str | None, state: str) -> None:
    for channel in ("email", "page"):
        assert cell(found, "back", channel, "fr", segment, stage).state == state


def test_a_state_follows_from_the_fits(library: Library, found: Coverage) -> None:
    for each in found.cells:
        context = {"locale": each.locale, "segment": each.segment, "stage": each.stage, "fields": EVERYTHING}
        decision = library.decide(each.campaign, channel=each.channel, context=context, at=MOMENT)
        plan = library.plan(each.campaign, channel=each.channel, locale=each.locale)
        varied = {
            row.context.slot.name
            for row in plan.slots
            if any(candidate.component.segments or candidate.component.stages for candidate in row.candidates)
        }
        own = {slot for slot, choice in decision.slots.items() if choice.fit in ("segment", "stage", "segment+stage")}
        assert each.state == ("default" if not own else "own" if varied <= own else "partial")


def test_what_ends_and_what_appears_then(library: Library, found: Coverage) -> None:
    here = cell(found, "back", "email", "en", "sweet_tooth", "away")
    assert (here.expires, here.then) == ("2027-05-01", None)
    assert cell(found, "back", "email", "en", "salty_tooth", "away").expires is None
    near = coverage(library, datetime(2027, 4, 2, tzinfo=UTC), within=MONTH)
    here = cell(near, "back", "email", "en", "sweet_tooth", "away")
    assert (here.expires, here.then) == ("2027-05-01", {"offer": None})
    assert near.endings() == {
        ("2027-05-01", "back", (("offer", "offer/tea", None),)): 18,
        ("2027-05-01", "start", (("offer", "offer/tea", None),)): 9,
    }
    assert coverage(library, datetime(2027, 3, 31, tzinfo=UTC), within=MONTH).endings() == {}


def test_the_last_day_is_that_of_the_projects_time_zone(library: Library) -> None:
    last = datetime(2027, 5, 1, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in London
    for at, expires in ((last, "2027-05-01"), (last + timedelta(seconds=1), None)):
        here = cell(coverage(library, at, within=MONTH), "start", "page", "en", "sweet_tooth", "away")
        assert here.expires == expires


@pytest.mark.parametrize(("earlier", "followed"), [(timedelta(0), True), (timedelta(microseconds=1), False)])
def test_what_ends_just_within_the_span_is_followed(library: Library, earlier: timedelta, followed: bool) -> None:
    end = datetime(2027, 5, 1, 23, tzinfo=UTC)  # midnight in London
    here = cell(coverage(library, end - MONTH - earlier, within=MONTH), "back", "email", "en", "sweet_tooth", "away")
    assert (here.then is not None) == followed


def test_how_many_cells_a_component_serves(found: Coverage) -> None:
    assert found.components["offer/tea"] == 27
    assert found.components["title/test_a"] == 0
    assert found.components["title/aside"] == 54
    assert list(found.served()) == [0, 1, 2]
    assert found.served()[0] == ["title/test_a", "title/test_b"]


def test_stages_with_nothing_of_their_own(found: Coverage) -> None:
    assert found.bare_stages == {None: (), "back": ("here",), "start": ("away",)}


def test_the_share_that_is_covered(found: Coverage) -> None:
    for (campaign, channel), (covered, count) in found.covered().items():
        cells = [each for each in found.cells if (each.campaign, each.channel) == (campaign, channel)]
        assert count == len(cells) == 27
        assert covered == sum(each.state != "default" for each in cells)


def test_real_people_are_counted_by_cell(library: Library) -> None:
    sweet = {"locale": "fr-FR", "signals": {"taste": "sweet", "months_away": 9}, "consent": ["marketing"]}
    people = people_by_cell(library, [sweet, {**sweet, "consent": []}, {}, None, "nobody", sweet], MOMENT)
    assert people == {("fr", "sweet_tooth", "away"): 2, ("fr", "sweet_tooth", None): 1, ("en", None, None): 3}
    found = coverage(library, MOMENT, within=MONTH, people=people)
    assert found.audience == 6
    assert cell(found, "start", "page", "fr", "sweet_tooth", "away").people == 2
    assert cell(found, "start", "page", "en", "sweet_tooth", "away").people == 0


def slots_of(sizes: Sequence[str]) -> tuple[Slot, ...]:
    return tuple(
        Slot(name=f"s{number}", type=type_, default=None if number else f"{type_}/default")
        for number, type_ in enumerate(sizes)
    )


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """A campaign of three slots, two of which may take the same type, with conditions among its components."""
    slots = slots_of(draw(st.sampled_from(["abc", "aab", "aba", "aaa"])))
    types = sorted({slot.type for slot in slots})
    addresses = [f"{draw(st.sampled_from(types))}/{number}" for number in range(draw(st.integers(1, 6)))]
    named = st.lists(st.sampled_from([*addresses, f"{slots[0].type}/default"]), max_size=1)
    components = tuple(
        Component(
            address=address,
            type=address[0],
            status="ready",
            locales=("en",),
            requires=tuple(draw(named)),
            excludes=tuple(draw(named)),
            window=draw(st.sampled_from([Window(), Window(), Window(end=5), Window(start=5)])),
        )
        for address in addresses
    )
    default = Component(address=f"{slots[0].type}/default", type=slots[0].type, status="ready", locales=("en",))
    channel = Channel(layout="note", slots=tuple(slot.name for slot in slots), documents={}, defaults={})
    return Content(
        name="tiny",
        locales=("en",),
        link_hosts=(),
        unassigned="treat",
        fields={},
        signals={},
        segments=(),
        stages=(),
        components=(*components, default),
        campaigns={"one": Campaign(slots=slots, channels={"page": channel})},
        placeholders=(),
    )


@given(contents())
@settings(max_examples=200, deadline=None)
def test_combinations_are_counted_as_listing_them_would(content: Content) -> None:
    (plan,) = slot_plans(content)
    options = [
        [row.default.component, *(each.component for each in row.candidates if _open(each.component.window))]
        for row in plan.slots
    ]
    listed = list(itertools.product(*options))
    possible = [each for each in listed if _possible(each)]
    counted = combinations(plan, 6)
    assert (counted.before, counted.after) == (len(listed), len(possible))


def _open(window: Window) -> bool:
    return (window.start is None or window.start <= 6) and (window.end is None or window.end > 6)


def _possible(combination: Sequence[Component | str | None]) -> bool:
    held: set[str] = set()
    for each in combination:
        if isinstance(each, Component):
            if each.address in held or not held.issuperset(each.requires) or held & set(each.excludes):
                return False
            held.add(each.address)
        elif each is not None:
            held.add(each)
    return True


def test_the_page_stands_alone_and_can_be_read(found: Coverage) -> None:
    page = coverage_page(found, "sample & sons", MOMENT, "30 days")
    tree = LexborHTMLParser(page)
    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", page)
    assert [each.attributes["lang"] for each in tree.css("html")] == ["en"]
    assert [each.text() for each in tree.css("title, h1")] == ["Coverage of sample & sons"] * 2
    assert len(tree.css("main")) == 1
    for table in tree.css("table"):
        assert [bool(each.text()) for each in table.css("caption")] == [True]
        assert all(each.attributes["scope"] in ("col", "row") for each in table.css("th"))
        assert len({sum(1 for _ in row.iter()) for row in table.css("tr")}) == 1
    states = [each.text() for each in tree.css("td summary")]
    assert states == [each.state for each in found.cells]


def test_the_page_says_what_ends_and_who_is_there(library: Library) -> None:
    near = datetime(2027, 4, 20, tzinfo=UTC)
    people = people_by_cell(library, [{"segment": "sweet_tooth"}, {}], near)
    page = coverage_page(coverage(library, near, within=MONTH, people=people), "sample", near, "30 days")
    assert "offer: offer/tea becomes <i>empty</i>" in page
    assert "50.0% of people" in page
