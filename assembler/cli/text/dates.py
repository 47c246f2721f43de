"""Days and moments as people say them."""

from __future__ import annotations

from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def said_day(day: date, today: date | None = None) -> str:
    """Return `14 Nov 2026`, without the year where it is today's."""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def said_moment(moment: datetime) -> str:
    """Return `22 Nov 2026, 12:00:00 Europe/London` of an aware moment; seconds only where there are any."""
    time = f"{moment:%H:%M:%S}".removesuffix(":00")
    return f"{said_day(moment.date())}, {time} {moment.tzinfo}"
