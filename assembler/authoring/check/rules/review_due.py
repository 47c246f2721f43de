"""G04: a review is due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.scheduled_reviews import scheduled_reviews
from assembler.authoring.diagnostics import Finding

_SOON = timedelta(days=30)


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find reviews whose day is within thirty days."""
    for review in scheduled_reviews(checked.project):
        if review.day is not None and timedelta() <= review.day - checked.today <= _SOON:
            message = f"the review of {review.what} is due on {review.day.isoformat()}"
            yield Finding(review.place, message, f"tell {review.owner or 'its owner'}")


RULE = Rule(
    code="G04",
    severity="information",
    summary="A review is due within 30 days.",
    fix="Plan it with its owner.",
    find=find,
)
