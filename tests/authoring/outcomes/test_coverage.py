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
from assembler.authoring.outcomes.combinations import combinations
from assembler.authoring.outcomes.coverage import Coverage, CoverageCell, coverage, people_by_cell
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.cli.text.coverage_page import coverage_page
from assembler.library.key import variant_key
from assembler.library.records import Campaign, Channel, Component, Content, Slot, Window
from assembler.runtime.choose import slot_plans
from tests.authoring.builders import MOMENT, campaign as campaign_file, in_memory, project as files
from tests.examples import examples

MONTH = timedelta(days=30)
EVERYTHING = {"first_name": "Maya"}


@pytest.fixture(scope="module")
def library() -> Library:
    return in_memory(files()).compile(MOMENT)


@pytest.fixture(scope="module")
def report(library: Library) -> Coverage:
    return coverage(library, MOMENT, within=MONTH)


def cell(
    report: Coverage, campaign: str, channel: str, locale: str, segment: str | None, stage: str | None
) -> CoverageCell:
    wanted = (campaign, channel, locale, segment, stage)
    return next(
        cell for cell in report.cells if (cell.campaign, cell.channel, cell.locale, cell.segment, cell.stage) == wanted
    )


def test_every_cell_holds_what_somebody_in_it_gets(library: Library, report: Coverage) -> None:
    for cell in report.cells:
        context = {"locale": cell.locale, "segment": cell.segment, "stage": cell.stage, "fields": EVERYTHING}
        decision = library.decide(cell.campaign, channel=cell.channel, context=context, at=MOMENT)
        assert {slot: choice.component for slot, choice in decision.slots.items()} == cell.slots


def test_the_cells_are_those_of_the_manifest(library: Library, report: Coverage) -> None:
    cells = {(variant.key, *cell) for variant in enumerate_variants(library, MOMENT) for cell in variant.cells}
    assert cells == {
        (variant_key(cell.campaign, cell.channel, cell.locale, dict(cell.slots)), cell.segment, cell.stage)
        for cell in report.cells
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
def test_states(report: Coverage, segment: str | None, stage: str | None, state: str) -> None:
    for channel in ("email", "page"):
        assert cell(report, "back", channel, "fr", segment, stage).state == state


def test_a_state_follows_from_the_fits(library: Library, report: Coverage) -> None:
    for cell in report.cells:
        context = {"locale": cell.locale, "segment": cell.segment, "stage": cell.stage, "fields": EVERYTHING}
        decision = library.decide(cell.campaign, channel=cell.channel, context=context, at=MOMENT)
        plan = library.plan(cell.campaign, channel=cell.channel, locale=cell.locale)
        varied = {
            row.name
            for row in plan.slots
            if any(candidate.component.segments or candidate.component.stages for candidate in row.candidates)
        }
        own = {slot for slot, choice in decision.slots.items() if choice.fit in ("segment", "stage", "segment+stage")}
        assert cell.state == ("default" if not own else "own" if varied <= own else "partial")


def test_what_ends_and_what_appears_then(library: Library, report: Coverage) -> None:
    here = cell(report, "back", "email", "en", "sweet_tooth", "away")
    assert (here.expires, here.then) == ("2027-05-01", None)
    assert cell(report, "back", "email", "en", "salty_tooth", "away").expires is None
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


def test_how_many_cells_a_component_serves(report: Coverage) -> None:
    assert report.components["offer/tea"] == 27
    assert report.components["title/test_a"] == 0
    assert report.components["title/aside"] == 54
    assert list(report.served()) == [0, 1, 2]
    assert report.served()[0] == ["title/test_a", "title/test_b"]


def test_stages_with_nothing_of_their_own(report: Coverage) -> None:
    assert report.bare_stages == {None: (), "back": ("here",), "start": ("away",)}


def test_cells_that_a_campaign_is_not_for_are_left_out(report: Coverage) -> None:
    narrowed = files(campaign_file("back", audience={"segments": ["sweet_tooth"], "stages": ["away"]}))
    narrow = coverage(in_memory(narrowed).compile(MOMENT), MOMENT, within=MONTH)
    meant = {("sweet_tooth", "away"), ("sweet_tooth", None), (None, "away"), (None, None)}
    assert {(cell.segment, cell.stage) for cell in narrow.cells if cell.campaign == "back"} == meant
    assert list(narrow.cells) == [
        cell for cell in report.cells if cell.campaign == "start" or (cell.segment, cell.stage) in meant
    ]
    assert narrow.bare_stages == {None: (), "back": (), "start": ("away",)}


def test_the_share_that_is_covered(report: Coverage) -> None:
    for (campaign, channel), (covered, count) in report.covered().items():
        cells = [cell for cell in report.cells if (cell.campaign, cell.channel) == (campaign, channel)]
        assert count == len(cells) == 27
        assert covered == sum(cell.state != "default" for cell in cells)


def test_real_people_are_counted_by_cell(library: Library) -> None:
    sweet = {"locale": "fr-FR", "signals": {"taste": "sweet", "months_away": 9}, "consent": ["marketing"]}
    people = people_by_cell(library, [sweet, {**sweet, "consent": []}, {}, None, "nobody", sweet], MOMENT)
    assert people == {("fr", "sweet_tooth", "away"): 2, ("fr", "sweet_tooth", None): 1, ("en", None, None): 3}
    report = coverage(library, MOMENT, within=MONTH, people=people)
    assert report.audience == 6
    assert cell(report, "start", "page", "fr", "sweet_tooth", "away").people == 2
    assert cell(report, "start", "page", "en", "sweet_tooth", "away").people == 0


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
@settings(max_examples=examples(200), deadline=None)
def test_combinations_are_counted_as_listing_them_would(content: Content) -> None:
    (plan,) = slot_plans(content)
    options = [
        [
            row.default.component,
            *(candidate.component for candidate in row.candidates if _open(candidate.component.window)),
        ]
        for row in plan.slots
    ]
    listed = list(itertools.product(*options))
    possible = [combination for combination in listed if _possible(combination)]
    counted = combinations(plan, 6)
    assert (counted.before, counted.after) == (len(listed), len(possible))


def _open(window: Window) -> bool:
    return (window.start is None or window.start <= 6) and (window.end is None or window.end > 6)


def _possible(combination: Sequence[Component | str | None]) -> bool:
    held: set[str] = set()
    for piece in combination:
        if isinstance(piece, Component):
            if piece.address in held or not held.issuperset(piece.requires) or held & set(piece.excludes):
                return False
            held.add(piece.address)
        elif piece is not None:
            held.add(piece)
    return True


def test_the_page_stands_alone_and_can_be_read(report: Coverage) -> None:
    page = coverage_page(report, "sample & sons", MOMENT, "30 days")
    tree = LexborHTMLParser(page)
    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", page)
    assert [element.attributes["lang"] for element in tree.css("html")] == ["en"]
    assert [element.text() for element in tree.css("title, h1")] == ["Coverage of sample & sons"] * 2
    assert len(tree.css("main")) == 1
    for table in tree.css("table"):
        assert [bool(caption.text()) for caption in table.css("caption")] == [True]
        assert all(header.attributes["scope"] in ("col", "row") for header in table.css("th"))
        assert len({sum(1 for _ in row.iter()) for row in table.css("tr")}) == 1
    states = [summary.text() for summary in tree.css("td summary")]
    assert states == [cell.state for cell in report.cells]


def test_the_page_says_what_ends_and_who_is_there(library: Library) -> None:
    near = datetime(2027, 4, 20, tzinfo=UTC)
    people = people_by_cell(library, [{"segment": "sweet_tooth"}, {}], near)
    page = coverage_page(coverage(library, near, within=MONTH, people=people), "sample", near, "30 days")
    assert "offer: offer/tea becomes <i>empty</i>" in page
    assert "50.0% of people" in page
