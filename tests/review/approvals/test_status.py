"""What is approved: which decisions are in force, and what they say of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from assembler.authoring.project.settings import ReviewSettings
from assembler.review.approvals.decision import ReviewDecision, Viewing
from assembler.review.approvals.status import Approvals, ApprovalStatus, LookStatus, in_force
from tests.review.approvals.cards import card_of, digest_of
from tests.review.conftest import NOW, verdict_on

TICK = timedelta(microseconds=1)
TWO_DAYS = timedelta(days=2)
CARD = card_of({"title": "title/sweet", "story": "story/long"})
OTHER = card_of({"title": "title/other", "story": "story/long"})
DEFAULT = card_of({"title": "title/plain", "story": "story/plain"}, is_default=True)
TITLE, STORY, PAIR = digest_of("title/sweet"), digest_of("story/long"), digest_of("title/sweet", "story/long")
BATCH, COVERING = Viewing(how="batch", of=2, opened=1), Viewing(how="covering")

APPROVED = verdict_on(CARD)
REQUESTED = verdict_on(CARD, "changes", comment="no", reviewer="Jo")
WITHDRAWN = verdict_on(CARD, "withdraw", reviewer="Jo", time=NOW + TICK)


def later(decision: ReviewDecision, by: timedelta) -> ReviewDecision:
    """The same decision, made so much later, or earlier."""
    return verdict_on(
        CARD,
        decision.verdict,
        reviewer=decision.reviewer,
        role=decision.role,
        comment=decision.comment,
        time=decision.time + by,
    )


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        ([], "waiting"),
        ([APPROVED], "approved"),
        ([REQUESTED], "changes"),
        ([REQUESTED, WITHDRAWN], "waiting"),
        ([APPROVED, REQUESTED, WITHDRAWN], "approved"),
        ([later(APPROVED, -TICK), REQUESTED], "changes"),
        ([APPROVED, REQUESTED], "changes"),
        ([REQUESTED, later(APPROVED, TICK)], "approved"),
        ([REQUESTED, later(APPROVED, TICK), verdict_on(OTHER, "changes", comment="no", time=NOW + TICK)], "changes"),
        ([later(REQUESTED, -TICK), later(APPROVED, -TICK), APPROVED], "approved"),
        ([verdict_on(OTHER)], "approved"),
        ([verdict_on(DEFAULT)], "waiting"),
    ],
    ids=[
        "nothing",
        "approval",
        "request",
        "request withdrawn",
        "approval, request withdrawn",
        "approval, request",
        "both at once",
        "request, approval",
        "request, approval, request on another card",
        "request, approvals",
        "approval on another card",
        "approval of something else",
    ],
)
def test_status_of_a_subject(decisions: Sequence[ReviewDecision], status: ApprovalStatus) -> None:
    assert Approvals(decisions, at=NOW).status_of(STORY) == status


@pytest.mark.parametrize("slot", ["title", "story"])
def test_a_request_about_a_slot_is_about_what_holds_it(slot: str) -> None:
    request = verdict_on(CARD, "changes", comment="no", slot=slot, reviewer="Jo")
    status = Approvals([verdict_on(CARD, time=NOW - TICK), request], at=NOW)
    expected = {"title": [TITLE, PAIR], "story": [STORY, PAIR]}[slot]
    assert [digest for digest in (TITLE, STORY, PAIR) if status.status_of(digest) == "changes"] == expected
    assert [digest for digest in (TITLE, STORY, PAIR) if status.status_of(digest) == "approved"] == [
        digest for digest in (TITLE, STORY, PAIR) if digest not in expected
    ]


@pytest.mark.parametrize("viewing", [Viewing(how="single"), COVERING, BATCH], ids=lambda viewing: viewing.how)
def test_somebody_looks_at_a_default_by_itself(viewing: Viewing) -> None:
    decisions = [verdict_on(DEFAULT, viewing=viewing), verdict_on(CARD, viewing=viewing)]
    status = Approvals(decisions, at=NOW, defaults=DEFAULT.required_digests)
    assert {status.status_of(digest) for digest in CARD.shown_digests} == {"approved"}
    expected = "waiting" if viewing.how == "batch" else "approved"
    assert {status.status_of(digest) for digest in DEFAULT.required_digests} == {expected}


_OF_SAME = card_of({"title": "title/sweet", "story": "story/long"}, channel="email")


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        ([], "look"),
        ([verdict_on(DEFAULT)], "look"),
        ([APPROVED], "approved"),
        ([APPROVED, REQUESTED], "changes"),
        ([APPROVED, REQUESTED, WITHDRAWN], "approved"),
        ([verdict_on(OTHER)], "look"),
        ([verdict_on(_OF_SAME, "changes", comment="no", slot="story")], "changes"),
        ([verdict_on(OTHER, "changes", comment="no", slot="title")], "look"),
    ],
)
def test_status_of_a_card(decisions: Sequence[ReviewDecision], status: LookStatus) -> None:
    """It waits for all that it shows, but not for what the default shows; a request about a part is about it, too."""
    assert Approvals(decisions, at=NOW, defaults=DEFAULT.required_digests).look_status(CARD) == status


def test_a_default_waits_for_all_that_it_shows() -> None:
    status = Approvals([APPROVED], at=NOW, defaults=DEFAULT.required_digests)
    assert status.look_status(DEFAULT) == "look"
    assert Approvals([verdict_on(DEFAULT)], at=NOW, defaults=status.defaults).look_status(DEFAULT) == "approved"


@pytest.mark.parametrize(
    ("ages", "status"),
    [
        ([TWO_DAYS], "approved"),
        ([TWO_DAYS + TICK], "expired"),
        ([TWO_DAYS + TICK, TWO_DAYS], "approved"),
        ([TWO_DAYS + TICK, 2 * TWO_DAYS], "expired"),
        ([-TWO_DAYS], "approved"),
    ],
    ids=["just young", "just too old", "one of them young", "all too old", "ahead"],
)
def test_approvals_grow_old(ages: Sequence[timedelta], status: ApprovalStatus) -> None:
    policy = ReviewSettings.model_validate({"maximum_age": "2d"})
    decisions = [verdict_on(CARD, time=NOW - age, reviewer=str(age)) for age in ages]
    assert Approvals(decisions, policy=policy, at=NOW).status_of(TITLE) == status
    assert Approvals(decisions, at=NOW).status_of(TITLE) == "approved", "without a maximum age"


def test_a_request_does_not_grow_old() -> None:
    policy = ReviewSettings.model_validate({"maximum_age": "2d"})
    decisions = [later(REQUESTED, -2 * TWO_DAYS)]
    assert Approvals(decisions, policy=policy, at=NOW).status_of(TITLE) == "changes"


ROLES = ReviewSettings(roles=("brand", "legal"))


def by(role: str | None, *, ago: timedelta = TICK) -> ReviewDecision:
    """An approval in a role, by somebody of its own."""
    return verdict_on(CARD, reviewer=f"{role} {ago}", role=role, time=NOW - ago)


@pytest.mark.parametrize(
    ("decisions", "status", "missing"),
    [
        ([], "waiting", ("brand", "legal")),
        ([by(None)], "waiting", ("brand", "legal")),
        ([by("brand")], "waiting", ("legal",)),
        ([by("legal")], "waiting", ("brand",)),
        ([by("brand"), by("other")], "waiting", ("legal",)),
        ([by("brand"), by("legal")], "approved", ()),
        ([by("brand"), by("legal"), by(None)], "approved", ()),
        ([by("brand"), REQUESTED], "changes", ("brand", "legal")),
        ([by("brand"), REQUESTED, by("legal", ago=-TICK)], "waiting", ("brand",)),
    ],
    ids=["nobody", "no role", "brand", "legal", "another", "both", "both and more", "request", "before a request"],
)
def test_every_role_approves(
    decisions: Sequence[ReviewDecision], status: ApprovalStatus, missing: tuple[str, ...]
) -> None:
    by_roles = Approvals(decisions, policy=ROLES, at=NOW)
    assert (by_roles.status_of(TITLE), by_roles.missing_roles(TITLE)) == (status, missing)


def test_an_approval_that_is_too_old_is_in_no_role() -> None:
    policy = ReviewSettings.model_validate({"maximum_age": "2d", "roles": ("brand", "legal")})
    status = Approvals([by("brand"), by("legal", ago=TWO_DAYS + TICK)], policy=policy, at=NOW)
    assert (status.status_of(TITLE), status.missing_roles(TITLE)) == ("waiting", ("legal",))


def test_a_role_is_the_same_however_its_accents_are_written() -> None:
    status = Approvals([by("qualite\u0301")], policy=ReviewSettings(roles=("qualit\u00e9",)), at=NOW)
    assert status.status_of(TITLE) == "approved"


def test_what_a_plan_need_not_show_again() -> None:
    policy = ReviewSettings.model_validate({"maximum_age": "2d"})
    email = card_of({"title": "title/sweet"}, channel="email")
    decisions = [
        verdict_on(OTHER, time=NOW - TWO_DAYS - TICK),
        verdict_on(email, time=NOW - TWO_DAYS),
        verdict_on(CARD),
        verdict_on(DEFAULT, "changes", comment="no", reviewer="Jo"),
    ]
    approved = Approvals(decisions, policy=policy, at=NOW).approved()
    assert approved.digests == {TITLE, STORY, PAIR}
    assert approved.objected_cards == {DEFAULT.digest}
    assert {place: [dict(card.slots) for card in cards] for place, cards in approved.cards.items()} == {
        ("back", "email", "en"): [dict(email.slots)],
        ("back", "page", "en"): [dict(CARD.slots)],
    }
    ((card,), _) = approved.cards.values()
    assert card.component_digests == {"title": TITLE}


def test_nothing_is_approved_without_decisions() -> None:
    approved = Approvals(at=NOW).approved()
    assert (approved.digests, approved.cards, approved.objected_cards) == (frozenset(), {}, frozenset())


def test_the_last_of_each_reviewer_is_in_force_until_it_is_withdrawn() -> None:
    moments = [NOW + timedelta(minutes=number) for number in range(5)]
    maya = verdict_on(CARD, time=moments[0])
    jo = verdict_on(CARD, "changes", comment="no", reviewer="Jo", time=moments[1])
    withdrawn = verdict_on(CARD, "withdraw", time=moments[2])
    again = verdict_on(CARD, time=moments[3])
    for_jo = verdict_on(CARD, "withdraw", withdraws="Jo", time=moments[4])
    assert in_force([maya, jo]) == (maya, jo)
    assert in_force([maya, jo, withdrawn]) == (jo,)
    assert in_force([maya, jo, withdrawn, again]) == (jo, again)
    assert in_force([maya, jo, withdrawn, again, for_jo]) == (again,)
    assert in_force([maya, again]) == (again,)


def test_decisions_about_other_cards_do_not_count() -> None:
    other = verdict_on(OTHER)
    assert in_force([APPROVED, other, verdict_on(OTHER, "withdraw")]) == (APPROVED,)
