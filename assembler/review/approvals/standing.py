"""What stands of all that was decided: the status of subjects and of variants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from assembler.authoring.project.settings import ReviewSettings
from assembler.library.values import in_nfc
from assembler.review.approvals.decisions import ReviewDecision, latest
from assembler.review.subjects import Card, Digest

__all__ = ["CardStatus", "Standing", "Status"]

Status = Literal["approved", "changes", "expired", "waiting"]
"""`expired`: every approval is older than the policy allows. `waiting`: nothing stands, or a role has not approved."""

CardStatus = Literal["cleared", "changes", "waiting"]


class Standing:
    """The decisions that stand at a moment, under a policy. `decisions` come oldest first.

    Of each reviewer the last decision about a card stands, until it is withdrawn. A request for changes that came last
    goes before the approvals of its subjects. `alone` holds the subjects of default variants: a batch does not approve
    them, somebody has to look at them by themselves.
    """

    def __init__(
        self,
        decisions: Iterable[ReviewDecision] = (),
        *,
        policy: ReviewSettings | None = None,
        at: datetime,
        alone: Iterable[Digest] = (),
    ) -> None:
        self._policy = policy or ReviewSettings()
        self._at = at
        self.alone = frozenset(alone)
        self.decisions = latest(decisions)
        self._about: dict[Digest, list[ReviewDecision]] = {}
        for decision in sorted(self.decisions, key=lambda each: each.time):
            for digest in decision.concerned:
                self._about.setdefault(digest, []).append(decision)

    def of(self, digest: Digest) -> Status:
        """The status of a subject."""
        about = self._about.get(digest, [])
        asked = [each.time for each in about if each.verdict == "changes"]
        approvals = [
            each
            for each in about
            if each.verdict == "approve"
            and not (asked and each.time <= asked[-1])
            and not (digest in self.alone and each.shown.how == "batch")
        ]
        if asked and not approvals:
            return "changes"
        valid = [each for each in approvals if self._is_young(each)]
        if valid and {*self._policy.roles} <= {in_nfc(each.role) for each in valid if each.role}:
            return "approved"
        return "expired" if approvals and not valid else "waiting"

    def approves(self, digest: Digest) -> bool:
        """Whether a subject is approved."""
        return self.of(digest) == "approved"

    def card(self, card: Card) -> CardStatus:
        """The status of a variant: it is cleared when all of its own subjects are approved."""
        statuses = {self.of(digest) for digest in card.needs}
        if self.requests(card.digest) or "changes" in statuses:
            return "changes"
        return "cleared" if statuses == {"approved"} else "waiting"

    def requests(self, subject: Digest) -> tuple[ReviewDecision, ...]:
        """The requests for changes that stand about exactly this card."""
        return tuple(each for each in self.decisions if each.subject == subject and each.verdict == "changes")

    def approvals(self) -> tuple[ReviewDecision, ...]:
        """The approvals that stand and are not too old."""
        return tuple(each for each in self.decisions if each.verdict == "approve" and self._is_young(each))

    def missing_roles(self, digest: Digest) -> tuple[str, ...]:
        """The roles that the policy asks for and that have not approved a subject."""
        there = {
            in_nfc(each.role)
            for each in self._about.get(digest, [])
            if each.role and each.verdict == "approve" and self._is_young(each)
        }
        return tuple(role for role in self._policy.roles if role not in there)

    def _is_young(self, decision: ReviewDecision) -> bool:
        limit = self._policy.maximum_age
        return not limit or self._at - decision.time <= timedelta(microseconds=limit)
