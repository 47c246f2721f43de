"""An agenda as iCalendar (RFC 5545), which calendar programs import and subscribe to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

_LONGEST = 75
"""Octets of a line, without its end: RFC 5545, section 3.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllDay:
    """Something on a day. `uid` is the same in every calendar that tells of it, also where the day has moved."""

    uid: str
    day: date
    summary: str
    description: str
    category: str


def calendar(name: str, events: Iterable[AllDay], at: datetime) -> str:
    """A calendar of events, as of an aware moment; lines end in CRLF. It takes up nobody's time."""
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Assembler//assembler due//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: AllDay, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day.year:04}{event.day.month:02}{event.day.day:02}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield f"CATEGORIES:{_text(event.category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A value of type TEXT (section 3.3.11); control characters, which it cannot hold, become spaces."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(escaped.splitlines())
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in lines)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each after the first behind a space; no character is torn."""
    pieces: list[str] = []
    piece, taken = "", 0
    for character in line:
        size = len(character.encode(errors="replace"))
        if taken + size > _LONGEST:
            pieces.append(piece)
            piece, taken = "", 1
        piece, taken = piece + character, taken + size
    return "\r\n ".join([*pieces, piece])
