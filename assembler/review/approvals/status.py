"""What is approved: the status of subjects, by the decisions that are in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from assembler.authoring.project.settings import ReviewSettings
from assembler.library.values import in_nfc
from assembler.review.approvals.decision import ReviewDecision
from assembler.review.sampling.digests import Card, Digest, Place
from assembler.review.sampling.planner import ApprovedBefore, ApprovedCard

ApprovalStatus = Literal["approved", "changes", "expired", "waiting"]
"""Of a subject. `changes`: they are asked for, and nobody approved since. `expired`: every approval is older than the
policy allows. `waiting`: nobody approved, or a role has not."""

LookStatus = Literal["approved", "changes", "look"]
"""Of a card. `changes`: they are asked for, of it or of something that it shows. `look`: it is to be looked at."""


class Approvals:
    """The status of every subject at a moment, under a policy. `decisions` come oldest first.

    A request for changes goes before the approvals of its subjects that are not younger. `defaults` are the subjects of
    default variants: a batch does not approve them, somebody has to look at them by themselves. `requests` are the
    requests for changes that are in force.
    """

    def __init__(
        self,
        decisions: Iterable[ReviewDecision] = (),
        *,
        policy: ReviewSettings | None = None,
        at: datetime,
        defaults: Iterable[Digest] = (),
    ) -> None:
        self.policy = policy or ReviewSettings()
        self.defaults = frozenset(defaults)
        self._at = at
        decisions = in_force(decisions)
        self.requests = tuple(decision for decision in decisions if decision.verdict == "changes")
        self._approvals = tuple(decision for decision in decisions if decision.verdict == "approve")
        self._approvals_of = _by_subject(self._approvals)
        self._requests_of = _by_subject(self.requests)
        self._statuses: dict[Digest, ApprovalStatus] = {}

    def status_of(self, digest: Digest) -> ApprovalStatus:
        """Return the status of a subject."""
        if digest not in self._statuses:
            self._statuses[digest] = self._read_status(digest)
        return self._statuses[digest]

    def _read_status(self, digest: Digest) -> ApprovalStatus:
        approvals = self._valid_approvals(digest)
        if not approvals:
            return "changes" if digest in self._requests_of else "waiting"
        if not any(map(self._is_young, approvals)):
            return "expired"
        return "waiting" if self.missing_roles(digest) else "approved"

    def look_status(self, card: Card) -> LookStatus:
        """Return the status of a card.

        What a default shows is approved with the default by itself, so other cards need not wait for that.
        """
        needs = [digest for digest in card.required_digests if card.is_default or digest not in self.defaults]
        statuses = set(map(self.status_of, needs))
        if "changes" in statuses or any(request.subject == card.digest for request in self.requests):
            return "changes"
        return "approved" if statuses <= {"approved"} else "look"

    def missing_roles(self, digest: Digest) -> tuple[str, ...]:
        """Return the roles that the policy asks for and that have not approved a subject."""
        young = filter(self._is_young, self._valid_approvals(digest))
        roles = {in_nfc(approval.role) for approval in young if approval.role}
        return tuple(role for role in self.policy.roles if role not in roles)

    def approved(self) -> ApprovedBefore:
        """Return what a plan need not show again: all that is approved, and cards whose approval is not too old."""
        cards: defaultdict[Place, list[ApprovedCard]] = defaultdict(list)
        for approval in filter(self._is_young, self._approvals):
            card = ApprovedCard(slots=approval.slots, component_digests=approval.digests.components)
            cards[approval.place].append(card)
        return ApprovedBefore(
            digests=frozenset(digest for digest in self._approvals_of if self.status_of(digest) == "approved"),
            cards=cards,
            objected_cards=frozenset(request.subject for request in self.requests),
        )

    def _valid_approvals(self, digest: Digest) -> list[ReviewDecision]:
        """The approvals of a subject, however old, that no request for changes goes before."""
        requested = max((request.time for request in self._requests_of.get(digest, ())), default=None)
        return [
            approval
            for approval in self._approvals_of.get(digest, ())
            if (requested is None or approval.time > requested)
            and (approval.viewing.how != "batch" or digest not in self.defaults)
        ]

    def _is_young(self, decision: ReviewDecision) -> bool:
        limit = self.policy.maximum_age
        return not limit or self._at - decision.time <= timedelta(microseconds=limit)


def in_force(decisions: Iterable[ReviewDecision]) -> tuple[ReviewDecision, ...]:
    """Return of each reviewer's decisions about a card, which are given oldest first, the last, unless it was
    withdrawn."""
    last: dict[tuple[Digest, str], ReviewDecision] = {}
    for decision in decisions:
        about = decision.subject, decision.whose
        last.pop(about, None)
        if decision.verdict != "withdraw":
            last[about] = decision
    return tuple(last.values())


def _by_subject(decisions: Iterable[ReviewDecision]) -> dict[Digest, list[ReviewDecision]]:
    by_subject: defaultdict[Digest, list[ReviewDecision]] = defaultdict(list)
    for decision in decisions:
        for digest in decision.judged_digests:
            by_subject[digest].append(decision)
    return by_subject
