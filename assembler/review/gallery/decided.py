"""What of a gallery follows from decisions: the status of subjects, and what was said of each card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC

from assembler.review.approvals.decisions import ReviewDecision
from assembler.review.approvals.standing import Standing
from assembler.review.subjects import Digest

__all__ = ["decisions_by_card", "statuses"]

_LETTERS = {"approved": "a", "changes": "c", "expired": "e", "waiting": "w"}


def statuses(standing: Standing, digests: Iterable[Digest]) -> str:
    """The status of each subject, a letter each: approved, changes, expired, waiting."""
    return "".join(_LETTERS[standing.of(digest)] for digest in digests)


def decisions_by_card(decisions: Iterable[ReviewDecision]) -> dict[Digest, list[dict[str, object]]]:
    """The decisions about each card, as the pages need them, in their order."""
    found: defaultdict[Digest, list[dict[str, object]]] = defaultdict(list)
    for each in decisions:
        found[each.subject].append(_decision(each))
    return dict(found)


def _decision(found: ReviewDecision) -> dict[str, object]:
    return {
        "verdict": found.verdict,
        "reviewer": found.reviewer,
        "whose": found.whose,
        "role": found.role,
        "time": found.time.astimezone(UTC).isoformat(timespec="seconds"),
        "comment": found.comment,
        "slot": found.slot,
        "quote": found.quote,
        "how": found.shown.how,
    }
