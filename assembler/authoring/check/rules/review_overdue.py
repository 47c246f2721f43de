"""A review is overdue; an error when it is overdue by more than `policy.review_grace` (90 days)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assembler.authoring.check.missing_keys import misread_places
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scheduled_reviews import scheduled_reviews
from assembler.authoring.diagnostics import Finding


@PROJECT.rule("G03", "warning", __doc__, "Look at it, decide whether it still holds, and set the next `review_by`.")
def review_overdue(checked: CheckedProject) -> Iterator[Finding]:
    """Reviews whose day has passed, an error after the grace of the policy; and what has no day."""
    grace = timedelta(microseconds=checked.project.settings.policy.review_grace)
    misread = misread_places(checked.project)
    for review in scheduled_reviews(checked.project):
        if review.day is None:
            if review.place not in misread:
                yield Finding(review.place, f"the review of {review.what} has no day", "add `review_by: <a day>`")
        elif review.day < checked.today:
            late = checked.today - review.day
            hint = f"ask {review.owner or 'its owner'} whether it still holds, then set the next review_by"
            message = f"the review of {review.what} is overdue by {late.days} day{'s' if late.days > 1 else ''}"
            yield Finding(review.place, message, hint, "error" if late > grace else None)
