"""Moments: what has passed since 1970 in UTC, for any `datetime` whose offset can be told.

Two datetimes of one time zone subtract as clocks on a wall do, which is an hour wrong where clocks change. So a
datetime is turned into what has passed since the epoch once, by its offset, and only that is subtracted and compared.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import msgspec

from assembler.runtime.recognise import is_really

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY: Final = EPOCH.toordinal()
"""The ordinal of the day of the epoch."""

_ON_THE_WALL: Final = EPOCH.replace(tzinfo=None)
_MICROSECOND: Final = timedelta(microseconds=1)


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A point in time: what has passed since the epoch, and the ordinal of its UTC day."""

    since: timedelta
    day: int

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """The moment of an aware datetime. Raises `TypeError` for anything whose offset cannot be told."""
        moment = moment_of(at)
        if moment is None:
            raise TypeError("this must be an aware datetime, such as datetime.now(UTC)")
        return moment

    @property
    def instant(self) -> int:
        """Microseconds since the epoch."""
        since = self.since
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    @property
    def utc(self) -> datetime:
        """As a datetime in UTC. Raises `ValueError` where that has no year from 1 to 9999."""
        try:
            return EPOCH + self.since
        except OverflowError:
            raise ValueError("in UTC, this is before the year 1 or after the year 9999") from None


def moment_of(at: object) -> Moment | None:
    """The moment of an aware datetime; None for anything whose offset cannot be told."""
    since = at - EPOCH if type(at) is datetime and at.tzinfo is UTC else since_epoch(at)
    return None if since is None else Moment(since, EPOCH_DAY + since.days)


def since_epoch(at: object) -> timedelta | None:
    """What has passed since the epoch at an aware datetime; None for anything whose offset cannot be told."""
    if not is_really(at, datetime):
        return None
    offset = _offset(at)
    if offset is None:
        return None
    return timedelta.__sub__(datetime.combine(datetime.date(at), datetime.time(at)) - _ON_THE_WALL, offset)


def with_fixed_offset(at: datetime) -> datetime | None:
    """The same moment, with an offset that nobody's code tells; None where it cannot be told."""
    offset = _offset(at)
    return None if offset is None else datetime.combine(datetime.date(at), datetime.time(at), timezone(offset))


def span(microseconds: int) -> timedelta:
    """So many microseconds, or the most, or the least, that a `timedelta` can be."""
    return max(timedelta.min // _MICROSECOND, min(microseconds, timedelta.max // _MICROSECOND)) * _MICROSECOND


def _offset(at: datetime) -> timedelta | None:
    """How far its clock is ahead of UTC; None where its `tzinfo`, which is anybody's code, does not say or raises."""
    try:
        return datetime.utcoffset(at)
    except Exception:  # noqa: BLE001  # a caller's code, whatever it raises, is a caller's mistake and no fault of ours
        return None
