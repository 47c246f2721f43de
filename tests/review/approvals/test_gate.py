"""What lacks an approval under a policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, fields
from datetime import timedelta
from typing import Any, Literal

import msgspec
import pytest

from assembler import Library
from assembler.authoring.project.settings import ReviewSettings
from assembler.review.approvals.decision import ReviewDecision, Viewing
from assembler.review.approvals.decision_files import UnreadableDecision
from assembler.review.approvals.gate import Gate, gate
from assembler.review.sampling.digests import Card
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import MOMENT, component, project as files
from tests.review.conftest import NOW, approvals, compiled, status_by, verdict_on

LATER = NOW + timedelta(minutes=5)


def gated(
    library: Library, plan: ReviewPlan, decisions: Iterable[ReviewDecision], policy: ReviewSettings | None = None
) -> Gate:
    return gate(plan, status_by(library, decisions, policy))


@pytest.fixture(scope="module")
def sweet(sample_plan: ReviewPlan) -> Card:
    """An English card with `title/sweet`."""
    cards = (planned.card for planned in sample_plan.cards)
    return next(card for card in cards if card.slots["title"] == "title/sweet" and card.place[2] == "en")


@pytest.fixture(scope="module")
def sweeter() -> Library:
    """The library after a word of `title/sweet` was changed in English."""
    return compiled(files(component("title/sweet", "Something sweeter")))


def test_without_decisions_everything_is_lacking(sample: Library, sample_plan: ReviewPlan) -> None:
    closed = gated(sample, sample_plan, [])
    assert closed.lacking == closed.subjects
    assert not closed.passes
    counts = closed.counts()
    assert counts["layout"] == (0, len(sample_plan.groups))
    assert counts["pair"] == (0, len({pair.digest for group in sample_plan.groups for pair in group.feasible}))


def test_what_a_gate_says_cannot_be_changed(sample: Library, sample_plan: ReviewPlan) -> None:
    closed = gated(sample, sample_plan, [])
    records: list[Any] = [closed, closed.subjects[0], UnreadableDecision("reviews/x.json", "not JSON")]
    for record in records:
        with pytest.raises(FrozenInstanceError):
            setattr(record, fields(record)[0].name, None)


def test_approving_every_card_opens_the_gate(sample: Library, sample_plan: ReviewPlan) -> None:
    opened = gated(sample, sample_plan, approvals(sample_plan))
    assert opened.passes
    assert all(approved == total for approved, total in opened.counts().values())


@pytest.mark.parametrize("number", range(0, 60, 9))
def test_a_withdrawn_approval_is_missed(sample: Library, sample_plan: ReviewPlan, number: int) -> None:
    card = sample_plan.cards[number].card
    decisions = [*approvals(sample_plan), verdict_on(card, "withdraw", time=LATER)]
    others = {digest for planned in sample_plan.cards if planned.card != card for digest in planned.card.shown_digests}
    lacking = gated(sample, sample_plan, decisions).lacking
    assert {subject.digest for subject in lacking} == set(card.shown_digests) - others
    assert {subject.status for subject in lacking} <= {"waiting"}


def test_a_changed_word_closes_the_gate_for_what_holds_it(sweeter: Library, sample_plan: ReviewPlan) -> None:
    lacking = gated(sweeter, make_plan(sweeter, MOMENT), approvals(sample_plan)).lacking
    assert lacking
    assert all("title/sweet" in subject.components and subject.place[2] == "en" for subject in lacking)


def test_a_request_for_changes_closes_it_until_it_is_withdrawn(
    sample: Library, sample_plan: ReviewPlan, sweet: Card
) -> None:
    request = verdict_on(sweet, "changes", comment="Say\nmore", slot="title", reviewer="Jo", time=LATER)
    decisions = [*approvals(sample_plan), request]
    lacking = gated(sample, sample_plan, decisions).lacking
    assert {subject.status for subject in lacking} == {"changes"}
    assert all("title/sweet" in subject.components for subject in lacking)
    (requested,) = (subject for subject in lacking if subject.kind == "request")
    assert (requested.digest, requested.request) == (sweet.digest, request)
    assert (requested.place, requested.layout, requested.slots) == (sweet.place, sweet.layout, sweet.slots)
    approved = verdict_on(sweet, time=LATER + timedelta(minutes=1))
    left = gated(sample, sample_plan, [*decisions, approved]).lacking
    assert [subject.kind for subject in left] == ["request"], "whoever asked has to withdraw"
    withdrawn = verdict_on(sweet, "withdraw", reviewer="Jo", time=LATER + timedelta(minutes=2))
    assert gated(sample, sample_plan, [*decisions, withdrawn]).passes


def test_a_request_about_what_has_changed_is_met(sweeter: Library, sample_plan: ReviewPlan, sweet: Card) -> None:
    request = verdict_on(sweet, "changes", comment="more", reviewer="Jo", time=LATER)
    lacking = gated(sweeter, make_plan(sweeter, MOMENT), [*approvals(sample_plan), request]).lacking
    assert "request" not in {subject.kind for subject in lacking}


@pytest.mark.parametrize(
    ("campaign", "locale", "title"),
    [("gone", "en", "title/sweet"), ("back", "de", "title/sweet"), ("back", "en", "title/gone")],
    ids=["campaign", "locale", "component"],
)
def test_a_request_about_what_is_gone_is_met(
    sample: Library, sample_plan: ReviewPlan, sweet: Card, campaign: str, locale: str, title: str
) -> None:
    request = verdict_on(sweet, "changes", comment="more", reviewer="Jo")
    slots = {**sweet.slots, "title": title}
    gone = msgspec.structs.replace(request, campaign=campaign, locale=locale, slots=slots)
    assert "request" in {subject.kind for subject in gated(sample, sample_plan, [request]).subjects}
    assert "request" not in {subject.kind for subject in gated(sample, sample_plan, [gone]).subjects}


def test_defaults_need_somebody_who_looked_at_them(sample: Library, sample_plan: ReviewPlan) -> None:
    batch = Viewing(how="batch", of=len(sample_plan.cards), opened=1)
    decisions = [verdict_on(planned.card, viewing=batch) for planned in sample_plan.cards]
    defaults = [planned.card for planned in sample_plan.cards if planned.why == "default"]
    lacking = gated(sample, sample_plan, decisions).lacking
    assert {subject.digest for subject in lacking} == {digest for card in defaults for digest in card.required_digests}
    assert gated(sample, sample_plan, [*decisions, *(verdict_on(card, time=LATER) for card in defaults)]).passes


def test_every_role_approves(sample: Library, sample_plan: ReviewPlan) -> None:
    policy = ReviewSettings(roles=("brand", "legal"))
    brand = [verdict_on(planned.card, role="brand") for planned in sample_plan.cards]
    assert {subject.missing_roles for subject in gated(sample, sample_plan, brand, policy).lacking} == {("legal",)}
    legal = [verdict_on(planned.card, role="legal", reviewer="Jo") for planned in sample_plan.cards]
    assert gated(sample, sample_plan, [*brand, *legal], policy).passes


@pytest.mark.parametrize("needed", ["defaults", "components", "pairs"])
def test_a_policy_can_ask_for_less(
    sample: Library, sample_plan: ReviewPlan, needed: Literal["defaults", "components", "pairs"]
) -> None:
    wanted = {subject.digest for subject in gated(sample, sample_plan, [], ReviewSettings(needed=needed)).subjects}
    subjects = [subject for group in sample_plan.groups for subject in group.subjects()]
    defaults = {
        digest for planned in sample_plan.cards if planned.why == "default" for digest in planned.card.required_digests
    }
    assert (
        wanted
        == {
            "defaults": defaults,
            "components": defaults | {subject.digest for subject in subjects if subject.kind == "component"},
            "pairs": {subject.digest for subject in subjects},
        }[needed]
    )


def test_a_subject_of_several_places_is_there_once(sample: Library, sample_plan: ReviewPlan) -> None:
    subjects = gated(sample, sample_plan, []).subjects
    assert len({(subject.kind, subject.digest) for subject in subjects}) == len(subjects)
    assert len(subjects) < sum(len(list(group.subjects())) for group in sample_plan.groups)


def test_an_unreadable_file_closes_the_gate(sample: Library, sample_plan: ReviewPlan) -> None:
    status = status_by(sample, approvals(sample_plan))
    closed = gate(sample_plan, status, [UnreadableDecision("reviews/x.json", "not JSON")])
    assert closed.lacking == ()
    assert not closed.passes
