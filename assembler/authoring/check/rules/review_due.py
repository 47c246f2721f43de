"""A review is due within 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scheduled_reviews import scheduled_reviews
from assembler.authoring.diagnostics import Finding

_SOON = timedelta(days=30)


@PROJECT.rule("G04", "information", __doc__, "Plan it with its owner.")
def review_due(checked: CheckedProject) -> Iterator[Finding]:
    for review in scheduled_reviews(checked.project):
        if review.day is not None and timedelta() <= review.day - checked.today <= _SOON:
            message = f"the review of {review.what} is due on {review.day.isoformat()}"
            yield Finding(review.place, message, f"tell {review.owner or 'its owner'}")
