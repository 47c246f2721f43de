"""Counts, days, moments and paths as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def counted(count: int, noun: str) -> str:
    """Return `1 card` or `2 cards`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def first_of(names: Sequence[str], most: int) -> list[str]:
    """Return the first of some names, and `and 5 more` in place of the others."""
    rest = len(names) - most
    return [*names[:most], *([f"and {rest} more"] if rest > 0 else [])]


def said_day(day: date, today: date | None = None) -> str:
    """Return `14 Nov 2026`, without the year where it is today's."""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def said_moment(moment: datetime) -> str:
    """Return `22 Nov 2026, 12:00:00 Europe/London` of an aware moment; seconds only where there are any."""
    time = f"{moment:%H:%M:%S}".removesuffix(":00")
    return f"{said_day(moment.date())}, {time} {moment.tzinfo}"


def path_text(path: Path) -> str:
    """Return a path as it is printed: from the working directory, where it lies below that."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute)
