"""Plans: must-haves first, every feasible pair, what was approved is kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import pytest

from assembler import Library
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import MOMENT, component, project as files
from tests.conftest import STARTER_MOMENT
from tests.review.conftest import approvals, compiled, replanned
from tests.review.sampling.counter import feasible_pairs, pairs_of, valid
from tests.review.sampling.instance import SPECIFIED, files as specified_files
from tests.review.sampling.test_digests import renamed

ROOT = Path(__file__).parents[3]


def counted(library: Library, plan: ReviewPlan) -> None:
    """The independent counter: every pair of every variant that somebody gets at the moment is on a card."""
    cards: dict[tuple[str, str, str], set[frozenset[tuple[str, str | None]]]] = {}
    for planned in plan.cards:
        shown = cards.setdefault(planned.card.place, set())
        shown |= {frozenset(pair) for pair in combinations(planned.card.slots.items(), 2)}
    for variant in enumerate_variants(library, MOMENT):
        where = variant.plan.campaign, variant.plan.channel, variant.plan.locale
        filled = [(choice.slot, choice.component) for choice in variant.choices if choice.component is not None]
        assert {frozenset(pair) for pair in combinations(filled, 2)} <= cards[where]
    assert plan.covered == plan.feasible


def test_every_pair_of_the_sample_is_covered(sample: Library, sample_plan: ReviewPlan) -> None:
    counted(sample, sample_plan)


def test_every_pair_of_the_starter_is_covered(starter_library: Library) -> None:
    plan = make_plan(starter_library, STARTER_MOMENT)
    counted(starter_library, plan)
    assert len(plan.cards) < 200


def test_must_haves_come_first(sample: Library, sample_plan: ReviewPlan) -> None:
    for group in sample_plan.groups:
        order = [planned.why for planned in group.cards]
        assert order == sorted(order, key=["default", "cell", "extreme", "pairs"].index)
        assert dict(group.cards[0].card.slots) == group.digests.defaults
        assert sum(len(planned.cells) for planned in group.cards) == 3 * 3
        components = [pair for subject in group.components for pair in subject.slots.items()]
        for slot in group.digests.defaults:
            lengths = {
                component: group.digests.copy_length(slot, component)
                for where, component in components
                if where == slot and component is not None
            }
            on_cards = {planned.card.slots[slot] for planned in group.cards}
            for extreme in (max, min):
                wanted = extreme(lengths.values(), default=0)
                assert not lengths or any(
                    lengths[component] == wanted for component in on_cards if component is not None
                )


def test_impossible_pairs_have_their_reasons(sample_plan: ReviewPlan) -> None:
    reasons = {frozenset(pair): reason for pair, reason in sample_plan.impossible}
    assert reasons[frozenset({"offer/tea", "title/test_a"})] == "segment"
    assert reasons[frozenset({"title/sweet_away", "story/plain"})] == "outranked"
    feasible = {frozenset(pair.slots.values()) for group in sample_plan.groups for pair in group.feasible}
    assert not feasible & reasons.keys()


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ("segments: [salty_tooth]\nexcludes: [title/test_a]\ntest: {id: x, share: 50%}", "excludes"),
        ("segments: [sweet_tooth]\nrequires: [offer/tea]\nneeds: [first_name]", "segment"),
        ("stages: [here]\nvalid_from: 2027-05-02", "window"),
        ("test: {id: tone, share: 50%}\nstages: [away]\nsegments: [salty_tooth]\nchannels: [page]", None),
    ],
)
def test_reasons_of_a_component_that_is_added(tags: str, reason: str | None) -> None:
    sources = files()
    sources["components/story/new.md"] = f"---\ncampaigns: [back]\n{tags}\n---\nNews of *salt*.\n"
    sources["components/story/new.fr.md"] = "Du *sel*.\n"
    library = compiled(sources)
    plan = make_plan(library, MOMENT)
    counted(library, plan)
    reasons = {pair: why for pair, why in plan.impossible if "story/new" in pair}
    other = {"excludes": "title/test_a", "segment": "title/test_a", "window": "offer/tea"}.get(reason or "")
    if reason is not None:
        assert next(why for pair, why in reasons.items() if other in pair) == reason


def test_pairs_of_later_windows_are_feasible() -> None:
    """What only opens after the moment is looked at now; what has closed is not."""
    sources = files(component("offer/tea", valid_from="2027-02-01"))
    plan = make_plan(compiled(sources), MOMENT)
    assert any("offer/tea" in planned.card.slots.values() for planned in plan.cards)
    late = next(planned for planned in plan.cards if "offer/tea" in planned.card.slots.values())
    assert late.person is not None
    assert late.cells == () and late.person.moment > MOMENT.timestamp() * 1e6
    over = make_plan(Library(compiled(sources).content, compiled(sources).texts), MOMENT.replace(year=2028))
    assert not any("offer/tea" in planned.card.slots.values() for planned in over.cards)
    assert ("window") in {why for pair, why in over.impossible if "offer/tea" in pair}


def test_the_plan_as_json_has_the_keys_that_are_specified(sample_plan: ReviewPlan) -> None:
    report = sample_plan.to_dict()
    assert set(report) == {"rows", "pairs"}
    rows, pairs = report["rows"], report["pairs"]
    assert isinstance(rows, list) and isinstance(pairs, dict)
    assert all(set(row) == {"campaign", "channel", "layout", "locale", "slots", "why", "status"} for row in rows)
    assert set(pairs) == {"feasible", "covered", "impossible"}
    assert all(set(reason) == {"pair", "reason"} for reason in pairs["impossible"])


def test_plans_are_the_same_in_any_process_and_for_any_order_of_files() -> None:
    script = (
        "import json, sys; from assembler.review.sampling.planner import make_plan;"
        "from tests.review.conftest import compiled;"
        "from tests.authoring.builders import MOMENT, project as files; found = files();"
        "found = dict(reversed(found.items())) if sys.argv[1] == 'back' else found;"
        "print(json.dumps(make_plan(compiled(found), MOMENT).to_dict()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script, order],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for order, seed, zone in (("on", "1", "UTC"), ("back", "2", "Asia/Tokyo"))
    }
    assert len(said) == 1


def test_what_is_approved_is_kept(sample: Library, sample_plan: ReviewPlan) -> None:
    after = replanned(sample, approvals(sample_plan))
    assert [(planned.card, planned.why) for planned in after.cards] == [
        (planned.card, planned.why) for planned in sample_plan.cards
    ]
    assert {planned.status for planned in after.cards} == {"kept"}


def test_renaming_keeps_everything(sample_plan: ReviewPlan) -> None:
    library = compiled(renamed(files()))
    after = replanned(library, approvals(sample_plan))
    assert {planned.status for planned in after.cards} == {"kept"}
    assert after.covered == after.feasible == sample_plan.feasible


def test_a_changed_word_asks_for_what_holds_it(sample_plan: ReviewPlan) -> None:
    library = compiled(files(component("title/sweet", "Something sweeter")))
    after = replanned(library, approvals(sample_plan))
    new = [planned.card for planned in after.cards if planned.status == "new"]
    assert new
    assert all("title/sweet" in card.slots.values() and card.place[2] == "en" for card in new)
    assert after.covered == after.feasible
    done = replanned(library, [*approvals(sample_plan), *approvals(after)])
    assert {planned.status for planned in done.cards} == {"kept"}


@pytest.fixture(scope="module")
def specified() -> tuple[Library, ReviewPlan]:
    """The specified instance as a project, and its plan."""
    library = compiled(specified_files(SPECIFIED))
    return library, make_plan(library, MOMENT)


def rows_of(plan: ReviewPlan) -> list[tuple[int, ...]]:
    return [tuple(int(str(address).rpartition("c")[2]) for address in card.card.slots.values()) for card in plan.cards]


def test_the_specified_instance_as_a_project(specified: tuple[Library, ReviewPlan]) -> None:
    library, plan = specified
    assert (plan.feasible, plan.covered, len(plan.impossible)) == (989, 989, 1008 - 989)
    assert len(plan.cards) <= 56
    assert all(valid(SPECIFIED, row) for row in rows_of(plan))
    assert feasible_pairs(SPECIFIED) <= pairs_of(rows_of(plan))
    start = time.process_time()
    make_plan(library, MOMENT)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("address", ["kind0/c0", "kind3/c2", "kind7/c5", "kind4/c4"])
def test_an_edited_component_of_the_specified_instance_takes_at_most_8_cards(
    address: str, specified: tuple[Library, ReviewPlan]
) -> None:
    _, plan = specified
    sources = specified_files(SPECIFIED)
    path = f"components/{address}.md"
    after = replanned(compiled({**sources, path: f"{sources[path]!s}".rstrip() + " more\n"}), approvals(plan))
    new = [planned for planned in after.cards if planned.status == "new"]
    assert 0 < len(new) <= 8
    assert all(address in planned.card.slots.values() for planned in new)
    assert after.covered == after.feasible == 989
    assert feasible_pairs(SPECIFIED) <= pairs_of(rows_of(after))
