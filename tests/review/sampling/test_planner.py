"""Plans of small libraries, card by card: what must be shown, what else shows every pair, and what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import FrozenInstanceError, fields
from datetime import timedelta
from typing import Any

import pytest

from assembler import Library
from assembler.authoring.build.selection import Selection
from assembler.review.sampling.digests import Card, Place
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import ApprovedBefore, ApprovedCard, make_plan
from tests.review.sampling.libraries import AT, library_of, split

TITLES = {"plain": "Good day", "sweet": {"segments": ("s",)}, "salty": {"segments": ("t",)}}
STORIES = {"plain": "Plain", "long": {"needs": ("first_name",)}}
TASTES = library_of({"title": TITLES, "story": STORIES})
"""For each taste a title, and a story for people of whom the first name is known."""


def cards_of(plan: ReviewPlan) -> list[tuple[str, str, str]]:
    """Why each card is on a plan, its status, and its components without their types."""
    return [
        (
            planned.why,
            planned.status,
            " ".join(str(address).rpartition("/")[2] for address in planned.card.slots.values()),
        )
        for planned in plan.cards
    ]


def approved_by(cards: Iterable[Card], *, objected: Iterable[Card] = ()) -> ApprovedBefore:
    """What is approved where all that some cards show is."""
    by_place: dict[Place, list[ApprovedCard]] = {}
    digests: set[str] = set()
    for card in cards:
        approved = ApprovedCard(slots=card.slots, component_digests=card.component_digests)
        by_place.setdefault(card.place, []).append(approved)
        digests |= set(card.shown_digests)
    return ApprovedBefore(
        digests=frozenset(digests), cards=by_place, objected_cards=frozenset(card.digest for card in objected)
    )


def cards_with(library: Library, *rows: str) -> list[Card]:
    """Cards of the first campaign, channel and locale of a library, by the names of their components."""
    digests = make_plan(library, AT).groups[0].digests
    return [
        digests.card(
            {
                slot: None if name == "empty" else f"{slot}/{name}"
                for slot, name in zip(digests.defaults, row.split(), strict=True)
            }
        )
        for row in rows
    ]


def test_the_default_comes_first_then_cells_then_pairs() -> None:
    plan = make_plan(TASTES, AT)
    assert cards_of(plan) == [
        ("default", "new", "plain plain"),
        ("cell", "new", "sweet long"),
        ("cell", "new", "salty long"),
        ("cell", "new", "plain long"),
        ("pairs", "new", "salty plain"),
        ("pairs", "new", "sweet plain"),
    ]
    assert (plan.feasible, plan.covered, plan.impossible) == (6, 6, ())


def test_nothing_of_a_plan_can_be_changed() -> None:
    plan = make_plan(TASTES, AT)
    planned = plan.cards[0]
    approved = approved_by([planned.card])
    records: list[Any] = [plan, plan.groups[0], planned, planned.card, planned.card.pairs[0], approved]
    for record in (*records, *approved.cards[planned.card.place]):
        with pytest.raises(FrozenInstanceError):
            setattr(record, fields(record)[0].name, None)


def test_a_card_names_its_cells_and_somebody_who_gets_it() -> None:
    plan = make_plan(TASTES, AT)
    assert [planned.cells for planned in plan.cards] == [
        (),
        (("s", "u"), ("s", None)),
        (("t", "u"), ("t", None)),
        ((None, "u"), (None, None)),
        (),
        (),
    ]
    people = [planned.person for planned in plan.cards]
    assert [(person.segment, person.unknown) for person in people if person] == [
        (None, ("first_name",)),
        ("s", ()),
        ("t", ()),
        (None, ()),
        ("t", ("first_name",)),
        ("s", ("first_name",)),
    ]


def test_of_cells_that_of_nobody_in_particular_comes_first() -> None:
    titles = {"plain": "a", "any": {}, "either": {"segments": ("s", "t")}, "here": {"stages": ("u",)}}
    assert cards_of(make_plan(library_of({"title": titles}), AT)) == [
        ("default", "new", "plain"),
        ("cell", "new", "any"),
        ("cell", "new", "either"),
        ("cell", "new", "here"),
    ]


def test_the_longest_and_the_shortest_copy_of_a_slot_are_shown_and_of_equals_the_first() -> None:
    titles = {
        "plain": "Good day",
        "long1": {"test": split("one", 0, 100), "words": "As long as a title can be"},
        "long2": {"test": split("one", 100, 200), "words": "As long as a title can be"},
        "mid": {"test": split("one", 200, 300), "words": "Good evening"},
        "short1": {"test": split("one", 300, 400), "words": "Hi"},
        "short2": {"test": split("one", 400, 500), "words": "Ho"},
    }
    assert cards_of(make_plan(library_of({"title": titles}), AT)) == [
        ("default", "new", "plain"),
        ("extreme", "new", "long1"),
        ("extreme", "new", "short1"),
        ("pairs", "new", "long2"),
        ("pairs", "new", "mid"),
        ("pairs", "new", "short2"),
    ]


def test_an_extreme_that_a_default_or_a_cell_shows_needs_no_card_of_its_own() -> None:
    titles = {"plain": "Hi", "sweet": {"segments": ("s",), "words": "As long as a title can be"}}
    assert cards_of(make_plan(library_of({"title": titles}), AT)) == [
        ("default", "new", "plain"),
        ("cell", "new", "sweet"),
    ]


def test_an_empty_slot_is_no_subject() -> None:
    library = library_of({"title": {"plain": "a"}, "offer": {"empty": "", "tea": {"segments": ("s",)}}})
    plan = make_plan(library, AT)
    assert cards_of(plan) == [("default", "new", "plain None"), ("cell", "new", "plain tea")]
    (group,) = plan.groups
    assert [dict(subject.slots) for subject in group.components] == [{"title": "title/plain"}, {"offer": "offer/tea"}]
    assert [dict(pair.slots) for pair in group.feasible] == [{"title": "title/plain", "offer": "offer/tea"}]
    assert [(subject.kind, dict(subject.slots)) for subject in group.subjects()] == [
        ("layout", {"title": "title/plain", "offer": None}),
        ("component", {"title": "title/plain"}),
        ("component", {"offer": "offer/tea"}),
        ("pair", {"title": "title/plain", "offer": "offer/tea"}),
    ]


def test_what_opens_later_is_shown_now_and_what_has_closed_is_not() -> None:
    offers = {
        "empty": "",
        "later": {"opens": 3, "closes": 5},
        "over": {"opens": -3, "closes": 0},
        "open": {"closes": 1},
    }
    plan = make_plan(library_of({"offer": offers}), AT)
    assert cards_of(plan) == [("default", "new", "None"), ("cell", "new", "open"), ("extreme", "new", "later")]
    (late,) = (planned for planned in plan.cards if planned.card.slots["offer"] == "offer/later")
    assert late.person is not None
    assert late.person.moment == (AT + timedelta(days=3)).timestamp() * 1e6


def test_everything_that_is_approved_is_kept() -> None:
    before = make_plan(TASTES, AT)
    after = make_plan(TASTES, AT, approved_by(planned.card for planned in before.cards))
    assert cards_of(after) == [(why, "kept", row) for why, _, row in cards_of(before)]


@pytest.mark.parametrize(
    ("approved", "new"),
    [
        ([], ["plain plain", "sweet long", "salty long", "plain long", "salty plain", "sweet plain"]),
        (["plain plain"], ["sweet long", "salty long", "plain long", "salty plain", "sweet plain"]),
        (["plain plain", "sweet long"], ["salty long", "plain long", "salty plain", "sweet plain"]),
        (["sweet plain", "salty plain"], ["plain plain", "sweet long", "salty long", "plain long"]),
    ],
    ids=["nothing", "the default", "and a cell", "pairs"],
)
def test_what_is_not_approved_is_new(approved: Sequence[str], new: Sequence[str]) -> None:
    plan = make_plan(TASTES, AT, approved_by(cards_with(TASTES, *approved)))
    assert [row for _, status, row in cards_of(plan) if status == "new"] == new
    assert {row for _, status, row in cards_of(plan) if status == "kept"} == set(approved)
    assert plan.covered == plan.feasible == 6


def test_a_card_all_of_whose_subjects_are_approved_on_others_is_kept() -> None:
    library = library_of({"title": {"plain": "a", "sweet": {"segments": ("s",)}}, "foot": {"end": "z"}})
    digests = make_plan(library, AT).groups[0].digests
    card = digests.card({"title": "title/sweet", "foot": "foot/end"})
    plan = make_plan(library, AT, ApprovedBefore(digests=frozenset(card.shown_digests)))
    assert cards_of(plan) == [("default", "new", "plain end"), ("cell", "kept", "sweet end")]


def test_a_default_that_was_only_looked_at_in_a_batch_is_new() -> None:
    """It is among the approved cards, and what it shows is not approved."""
    default, *others = cards_with(TASTES, "plain plain", "sweet long")
    approved = approved_by([default, *others])
    batch = ApprovedBefore(digests=approved.digests - set(default.shown_digests), cards=approved.cards)
    assert cards_of(make_plan(TASTES, AT, batch))[0] == ("default", "new", "plain plain")


def test_another_card_that_was_approved_and_lacks_a_subject_is_shown_with_what_lacks() -> None:
    """As where a role is missing: only what lacks an approval is looked at again."""
    card, *others = cards_with(
        TASTES, "sweet long", "plain plain", "salty long", "plain long", "salty plain", "sweet plain"
    )
    approved = approved_by([card, *others])
    (pair,) = card.pairs
    lacking = ApprovedBefore(digests=approved.digests - {pair.digest}, cards=approved.cards)
    assert [row for _, status, row in cards_of(make_plan(TASTES, AT, lacking)) if status == "new"] == ["sweet long"]


def test_a_card_that_somebody_objects_to_is_new_though_others_approve() -> None:
    cards = [planned.card for planned in make_plan(TASTES, AT).cards]
    for card in cards:
        plan = make_plan(TASTES, AT, approved_by(cards, objected=[card]))
        assert [planned.card for planned in plan.cards if planned.status == "new"] == (
            [card] if card in cards[:4] else []
        )


MANY = library_of(
    {
        "title": {"plain": "a", "b": {"test": split("one", 0, 100)}, "c": {"test": split("one", 100, 200)}},
        "story": {"plain": "a", "b": {"test": split("two", 0, 100)}, "c": {"test": split("two", 100, 200)}},
        "offer": {"plain": "a", "b": {"test": split("three", 0, 100)}, "c": {"test": split("three", 100, 200)}},
    }
)
"""Every combination of three by three is somebody's."""

LATIN = [
    "plain plain plain",
    "plain b b",
    "plain c c",
    "b plain b",
    "b b c",
    "b c plain",
    "c plain c",
    "c b plain",
    "c c b",
]
"""Nine rows that show every pair of the three slots once."""


def test_rows_that_were_approved_are_kept_rather_than_others_that_show_as_much() -> None:
    plan = make_plan(MANY, AT, approved_by(cards_with(MANY, *LATIN)))
    assert {status for _, status, _ in cards_of(plan)} == {"kept"}
    assert {row for why, _, row in cards_of(plan) if why == "pairs"} <= set(LATIN)
    assert plan.covered == plan.feasible == 27


def test_an_approved_row_that_shows_nothing_that_others_do_not_is_let_go() -> None:
    plan = make_plan(MANY, AT, approved_by(cards_with(MANY, "b plain plain", *LATIN)))
    assert "b plain plain" not in [row for _, _, row in cards_of(plan)]


def test_of_a_changed_component_only_its_rows_are_new() -> None:
    changed = library_of(
        {
            "title": {
                "plain": "a",
                "b": {"test": split("one", 0, 100), "words": "other"},
                "c": {"test": split("one", 100, 200)},
            },
            "story": {"plain": "a", "b": {"test": split("two", 0, 100)}, "c": {"test": split("two", 100, 200)}},
            "offer": {"plain": "a", "b": {"test": split("three", 0, 100)}, "c": {"test": split("three", 100, 200)}},
        }
    )
    plan = make_plan(changed, AT, approved_by(cards_with(MANY, *LATIN)))
    rows = {
        status: [row for _, card_status, row in cards_of(plan) if card_status == status] for status in ("new", "kept")
    }
    assert rows["new"]
    assert all(row.startswith("b ") for row in rows["new"])
    assert {row for row in LATIN if not row.startswith("b ")} <= set(rows["kept"])
    assert plan.covered == plan.feasible == 27


def test_a_renamed_component_is_known_by_its_content() -> None:
    before = library_of(
        {"title": {"plain": "a", "b": {"test": split("one", 0, 100), "words": "other"}}, "foot": {"end": "z"}}
    )
    after = library_of(
        {"title": {"plain": "a", "new": {"test": split("one", 0, 100), "words": "other"}}, "foot": {"end": "z"}}
    )
    approved = approved_by(planned.card for planned in make_plan(before, AT).cards)
    assert cards_of(make_plan(after, AT, approved)) == [
        ("default", "kept", "plain end"),
        ("extreme", "kept", "new end"),
    ]


def test_approvals_of_another_place_are_another_place_s() -> None:
    library = library_of({"title": {"plain": "a"}}, channels=("page", "kiosk"))
    (page, kiosk) = make_plan(library, AT).groups
    approved = approved_by([page.cards[0].card])
    assert [planned.status for planned in make_plan(library, AT, approved).cards] == ["kept", "new"]
    assert page.digests.layout_digest != kiosk.digests.layout_digest


@pytest.mark.parametrize(
    ("selected", "rows"),
    [
        ("segment:s", ["plain plain", "sweet long", "sweet plain"]),
        ("segment:none", ["plain plain", "plain long"]),
        ("channel:page", ["plain plain", "sweet long", "salty long", "plain long", "salty plain", "sweet plain"]),
    ],
)
def test_only_what_is_selected_is_planned(selected: str, rows: Sequence[str]) -> None:
    plan = make_plan(TASTES, AT, selection=Selection.parse([selected]))
    assert [row for _, _, row in cards_of(plan)] == rows


def test_only_places_that_are_selected_are_planned() -> None:
    library = library_of({"title": {"plain": "a"}}, channels=("page", "kiosk"), locales=("en", "fr"))
    plan = make_plan(library, AT, selection=Selection.parse(["channel:kiosk", "locale:fr"]))
    assert [group.digests.place for group in plan.groups] == [("back", "kiosk", "fr")]
