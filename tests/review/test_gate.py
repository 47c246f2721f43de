"""What stands, and what lacks an approval under a policy."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from assembler import Library
from assembler.authoring.project.settings import ReviewSettings
from assembler.review.approvals.decisions import Fault, ReviewDecision, Shown
from assembler.review.gate import Gate, gate
from assembler.review.sampling.plan import ReviewPlan, make_plan
from tests.authoring.sample import MOMENT, files
from tests.review.conftest import NOW, approvals, compiled, standing, verdict_on
from tests.review.test_subjects import replace

LATER = NOW + timedelta(minutes=5)


def gated(
    library: Library, plan: ReviewPlan, decisions: list[ReviewDecision], policy: ReviewSettings | None = None
) -> Gate:
    return gate(plan, standing(library, decisions, policy), policy or ReviewSettings())


def test_without_decisions_everything_is_lacking(sample: Library, sample_plan: ReviewPlan) -> None:
    found = gated(sample, sample_plan, [])
    assert found.lacking == found.subjects
    counts = found.counts()
    assert counts["pair"][1] <= sample_plan.feasible
    assert counts["layout"] == (0, len(sample_plan.groups))


def test_approving_every_card_opens_the_gate_and_clears_every_variant(sample: Library, sample_plan: ReviewPlan) -> None:
    decisions = approvals(sample_plan)
    assert gated(sample, sample_plan, decisions).is_open
    stands = standing(sample, decisions)
    assert {stands.card(each.card) for each in sample_plan.cards} == {"cleared"}


@pytest.mark.parametrize("number", range(0, 60, 9))
def test_a_withdrawn_approval_is_missed(sample: Library, sample_plan: ReviewPlan, number: int) -> None:
    decisions = approvals(sample_plan)
    card = sample_plan.cards[number].card
    stands = standing(sample, [*decisions, verdict_on(card, "withdraw", time=LATER)])
    alone = set(card.shows) - {digest for each in sample_plan.cards if each.card != card for digest in each.card.shows}
    assert {stands.of(digest) for digest in alone} <= {"waiting"}
    assert stands.card(card) == ("waiting" if alone else "cleared")


def test_a_changed_word_closes_the_gate_for_what_holds_it(sample_plan: ReviewPlan) -> None:
    library = compiled(replace(files(), "components/title/sweet.md", "Something sweet", "Something sweeter"))
    plan = make_plan(library, MOMENT)
    lacking = gated(library, plan, approvals(sample_plan)).lacking
    assert lacking
    assert all("title/sweet" in each.components and each.locale == "en" for each in lacking)


def test_a_request_for_changes_stands_until_it_is_met_or_withdrawn(sample: Library, sample_plan: ReviewPlan) -> None:
    card = next(
        each.card
        for each in sample_plan.cards
        if each.card.slots["title"] == "title/sweet" and each.card.locale == "en"
    )
    asked = verdict_on(card, "changes", comment="Say\nmore", slot="title", reviewer="Jo", time=LATER)
    decisions = [*approvals(sample_plan), asked]
    found = gated(sample, sample_plan, decisions)
    assert {each.status for each in found.lacking} == {"changes"}
    assert all("title/sweet" in each.components for each in found.lacking)
    (request,) = (each for each in found.lacking if each.kind == "request")
    assert request.detail == "Jo: Say more"
    assert standing(sample, decisions).card(card) == "changes"
    approved = verdict_on(card, time=LATER + timedelta(minutes=1))
    assert [each.kind for each in gated(sample, sample_plan, [*decisions, approved]).lacking if each.kind == "request"]
    withdrawn = verdict_on(card, "withdraw", reviewer="Jo", time=LATER + timedelta(minutes=2))
    assert gated(sample, sample_plan, [*decisions, withdrawn]).is_open
    library = compiled(replace(files(), "components/title/sweet.md", "Something sweet", "Something sweeter"))
    kinds = {each.kind for each in gated(library, make_plan(library, MOMENT), decisions).lacking}
    assert kinds == {"component", "pair"}


def test_defaults_need_somebody_who_looked_at_them(sample: Library, sample_plan: ReviewPlan) -> None:
    batch = Shown(how="batch", of=len(sample_plan.cards), opened=1)
    decisions = [verdict_on(each.card, shown=batch) for each in sample_plan.cards]
    defaults = [each for each in sample_plan.cards if each.why == "default"]
    lacking = gated(sample, sample_plan, decisions).lacking
    assert {each.digest for each in lacking} == {digest for each in defaults for digest in each.card.needs}
    assert gated(sample, sample_plan, [*decisions, *(verdict_on(each.card, time=LATER) for each in defaults)]).is_open


def test_every_role_approves(sample: Library, sample_plan: ReviewPlan) -> None:
    policy = ReviewSettings(roles=("brand", "qualit\u00e9"))
    brand = [verdict_on(each.card, role="brand") for each in sample_plan.cards]
    found = gated(sample, sample_plan, brand, policy)
    assert {each.detail for each in found.lacking} == {"not approved by qualit\u00e9"}
    legal = [verdict_on(each.card, role="qualite\u0301", reviewer="Jo") for each in sample_plan.cards]
    assert gated(sample, sample_plan, [*brand, *legal], policy).is_open


def test_approvals_grow_old(sample: Library, sample_plan: ReviewPlan) -> None:
    policy = ReviewSettings(maximum_age="2d")  # type: ignore[arg-type]  # as it is written
    old = [verdict_on(each.card, time=NOW - timedelta(days=2, seconds=1)) for each in sample_plan.cards]
    assert {each.status for each in gated(sample, sample_plan, old, policy).lacking} == {"expired"}
    young = [verdict_on(each.card, time=NOW - timedelta(days=2)) for each in sample_plan.cards]
    assert gated(sample, sample_plan, young, policy).is_open


def test_a_policy_can_ask_for_less(sample: Library, sample_plan: ReviewPlan) -> None:
    kinds = {
        needed: gated(sample, sample_plan, [], ReviewSettings(needed=needed)).counts()
        for needed in get_args(ReviewSettings.model_fields["needed"].annotation)
    }
    sizes = [sum(all_ for _, all_ in each.values()) for each in kinds.values()]
    assert sizes == sorted(set(sizes))
    defaults = [verdict_on(each.card) for each in sample_plan.cards if each.why == "default"]
    assert gated(sample, sample_plan, defaults, ReviewSettings(needed="defaults")).is_open


def test_an_unreadable_file_closes_the_gate(sample: Library, sample_plan: ReviewPlan) -> None:
    stands = standing(sample, approvals(sample_plan))
    assert not gate(sample_plan, stands, ReviewSettings(), [Fault("reviews/x.json", "not JSON")]).is_open
