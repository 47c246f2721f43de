"""Records of exposures to write, as many as are wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assembler.measure.exposures import Exposure, exposure, pseudonym
from tests.runtime.sample import PERSON, library

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"


def record(number: int = 0, at: datetime = AT) -> Exposure:
    """The record of somebody by number, so many milliseconds after a moment."""
    decision = library().decide("come_back", channel="email", context=PERSON, at=AT)
    return exposure(decision, unit_id=pseudonym(number, KEY), at=at + timedelta(milliseconds=number), version=1)
