"""What of a gallery follows from decisions: the status of subjects, and what was said of each card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC

from assembler.review.approvals.decision import ReviewDecision
from assembler.review.approvals.status import Approvals
from assembler.review.sampling.digests import Digest

_LETTERS = {"approved": "a", "changes": "c", "expired": "e", "waiting": "w"}


def status_letters(status: Approvals, digests: Iterable[Digest]) -> str:
    """Return the status of each subject, a letter each: approved, changes, expired, waiting."""
    return "".join(_LETTERS[status.status_of(digest)] for digest in digests)


def subjects_dict(status: Approvals, digests: Sequence[Digest]) -> dict[str, object]:
    """Return the status of each subject, as the pages need it; `alone` are the numbers of those that a batch does not
    approve."""
    return {
        "status": status_letters(status, digests),
        "alone": [number for number, digest in enumerate(digests) if digest in status.defaults],
    }


def decisions_by_card(decisions: Iterable[ReviewDecision]) -> dict[Digest, list[dict[str, object]]]:
    """Return the decisions about each card, as the pages need them, in their order."""
    by_card: defaultdict[Digest, list[dict[str, object]]] = defaultdict(list)
    for decision in decisions:
        by_card[decision.subject].append(_decision_dict(decision))
    return dict(by_card)


def _decision_dict(decision: ReviewDecision) -> dict[str, object]:
    return {
        "verdict": decision.verdict,
        "reviewer": decision.reviewer,
        "whose": decision.whose,
        "role": decision.role,
        "time": decision.time.astimezone(UTC).isoformat(timespec="seconds"),
        "comment": decision.comment,
        "slot": decision.slot,
        "quote": decision.quote,
        "how": decision.viewing.how,
    }
