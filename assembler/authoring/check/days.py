"""How to say how far a day is ahead."""

from __future__ import annotations


def ahead(days: int) -> str:
    """Return when something is that is so many days ahead: `today`, `tomorrow` or `in 3 days`."""
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
