"""Moments: instants, whatever clock they were read from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from assembler.library.records import Audience, Compare, Signal
from assembler.runtime.moment import EPOCH, Moment, moment_of, since_epoch, span
from tests.runtime.sample import library

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
LONDON, NEW_YORK, LORD_HOWE = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")


class Zone(tzinfo):
    """A time zone that says what it is told to, or raises it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        if isinstance(self.answer, BaseException):
            raise self.answer
        answer: timedelta | None = self.answer() if callable(self.answer) else self.answer
        return answer

    def dst(self, at: datetime | None) -> timedelta | None:
        raise RuntimeError

    def tzname(self, at: datetime | None) -> str | None:
        raise RuntimeError


class Lying(datetime):
    """A datetime whose methods raise; what it holds is as good as any."""

    def _raise(self, *_: object, **__: object) -> Any:
        raise RuntimeError("lying")

    utcoffset = __sub__ = __eq__ = __hash__ = toordinal = date = time = replace = astimezone = _raise
    year = property(_raise)
    tzinfo = property(_raise)


class Span(timedelta):
    """A span whose methods raise."""

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("span")

    __sub__ = __rsub__ = __add__ = __radd__ = __neg__ = __eq__ = __hash__ = __lt__ = __le__ = _raise


class Pretender:
    """Claims to be a datetime."""

    __class__ = datetime  # type: ignore[assignment]
    tzinfo = UTC

    def utcoffset(self) -> timedelta:
        return timedelta(0)


UNTELLABLE: list[Any] = [
    datetime(2026, 11, 22),
    Lying(2026, 11, 22),
    date(2026, 11, 22),
    "2026-11-22T12:00:00Z",
    0,
    True,
    object(),
    datetime,
    Pretender(),
    *(
        datetime(2026, 11, 22, tzinfo=Zone(answer))
        for answer in (
            None, "+01:00", 3600, 0.0, timedelta(days=1), -timedelta(days=1), object(), RuntimeError(), ValueError(),
            TypeError(), OverflowError(), MemoryError(), RecursionError(), StopIteration(), KeyError("zone"),
        )
    ),
]  # fmt: skip
ZERO = Zone(timedelta(0))
TELLABLE: list[tuple[datetime, datetime | None]] = [
    (datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 22, 12)),
    (datetime(2026, 11, 22, 12, tzinfo=timezone(5 * HOUR + 30 * 60 * 1_000_000 * TICK)), datetime(2026, 11, 22, 6, 30)),
    (datetime(2026, 7, 1, 12, tzinfo=LONDON), datetime(2026, 7, 1, 11)),
    (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON), datetime(2026, 10, 25, 0, 30)),
    (datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON), datetime(2026, 10, 25, 1, 30)),
    (datetime(2026, 4, 5, 1, 45, tzinfo=LORD_HOWE), datetime(2026, 4, 4, 14, 45)),
    (datetime(2026, 4, 5, 1, 45, fold=1, tzinfo=LORD_HOWE), datetime(2026, 4, 4, 15, 15)),
    (Lying(2026, 11, 22, 12, tzinfo=ZERO), datetime(2026, 11, 22, 12)),
    (datetime(2026, 11, 22, 12, tzinfo=Zone(Span(hours=1))), datetime(2026, 11, 22, 11)),
    (datetime(2026, 11, 22, 12, tzinfo=Zone(timedelta(days=1) - TICK)), datetime(2026, 11, 21, 12, 0, 0, 1)),
    (datetime.min.replace(tzinfo=UTC), datetime.min),
    (datetime.max.replace(tzinfo=UTC), datetime.max),
    (datetime.min.replace(tzinfo=timezone(TICK)), None),
    (datetime.max.replace(tzinfo=timezone(-TICK)), None),
    (datetime.min.replace(tzinfo=timezone(14 * HOUR)), None),
]


def named(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("at", UNTELLABLE, ids=named)
def test_what_has_no_offset_has_no_moment(at: Any) -> None:
    assert moment_of(at) is None
    assert since_epoch(at) is None
    with pytest.raises(TypeError, match="aware"):
        Moment.of(at)


@pytest.mark.parametrize(("at", "utc"), TELLABLE)
def test_a_moment_is_the_same_on_every_clock(at: datetime, utc: datetime | None) -> None:
    moment = Moment.of(at)
    assert moment == moment_of(at)
    if utc is None:
        with pytest.raises(ValueError, match="year"):
            _ = moment.utc
    else:
        assert moment.utc == utc.replace(tzinfo=UTC)
        assert moment.utc.tzinfo is UTC
        assert moment.day == utc.toordinal()
        assert moment.instant == (utc.replace(tzinfo=UTC) - EPOCH) // TICK
    assert moment.since == moment.instant * TICK


def test_the_day_before_the_first_has_an_ordinal_too() -> None:
    assert Moment.of(datetime.min.replace(tzinfo=timezone(TICK))).day == 0
    assert Moment.of(datetime.max.replace(tzinfo=timezone(-TICK))).day == date.max.toordinal() + 1


def test_an_interrupt_in_a_time_zone_passes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        moment_of(datetime(2026, 11, 22, tzinfo=Zone(KeyboardInterrupt())))


def test_a_time_zone_is_asked_once() -> None:
    answers = iter([HOUR, 2 * HOUR])
    at = datetime(2026, 11, 22, 12, tzinfo=Zone(lambda: next(answers)))
    assert Moment.of(at).utc.hour == 11
    assert next(answers) == 2 * HOUR


@given(
    st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)),
    st.sampled_from([LONDON, NEW_YORK, LORD_HOWE, ZoneInfo("America/Havana"), ZoneInfo("Asia/Kathmandu"), UTC]),
    st.integers(0, 1),
)
def test_a_moment_is_what_utc_says(at: datetime, zone: tzinfo, fold: int) -> None:
    here = at.replace(tzinfo=zone, fold=fold)
    assert Moment.of(here).utc == here.astimezone(UTC)


@pytest.mark.parametrize(
    ("microseconds", "spanned"),
    [(0, timedelta(0)), (1, TICK), (86_400_000_000, timedelta(days=1)), (10**30, timedelta.max)],
)
def test_a_span_is_at_most_the_longest_that_there_is(microseconds: int, spanned: timedelta) -> None:
    assert span(microseconds) == spanned


# --- the same instant has the same answer -----------------------------------------------------------------------------

DAY_OLD = Signal(kind="integer", max_age=86_400_000_000)
LIBRARY = library(
    signals={"s": DAY_OLD},
    segments=(Audience(id="it", condition=Compare(signal="s", operator=">", value=0)),),
    stages=(),
)
SPRING, AUTUMN = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
"""When clocks change in London."""

As = Callable[[datetime], object]
CLOCKS: dict[str, As] = {
    "utc": lambda at: at,
    "utc text": lambda at: at.isoformat(),
    "london": lambda at: at.astimezone(LONDON),
    "london text": lambda at: at.astimezone(LONDON).isoformat(),
    "a copy of london": lambda at: at.astimezone(ZoneInfo.no_cache("Europe/London")),
    "new york": lambda at: at.astimezone(NEW_YORK),
    "a fixed offset": lambda at: at.astimezone(timezone(14 * HOUR)),
    "a class of its own": lambda at: Lying.combine(datetime.date(at), datetime.time(at), tzinfo=ZERO),
}


@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("age", [timedelta(days=1), timedelta(days=1) + TICK, 24.5 * HOUR, 23.5 * HOUR, -HOUR / 12])
@pytest.mark.parametrize("observed", CLOCKS)
@pytest.mark.parametrize("now", [name for name in CLOCKS if "text" not in name])
def test_the_same_instants_have_the_same_answer_where_clocks_change(
    now: str, observed: str, age: timedelta, change: datetime
) -> None:
    at: Any = CLOCKS[now](change + 12 * HOUR)
    signal = {"value": 7, "observed_at": CLOCKS[observed](change + 12 * HOUR - age)}
    explanation = LIBRARY.explain("welcome", channel="email", context={"signals": {"s": signal}}, at=at)
    (reading,) = explanation.signals
    problem = "stale" if age > timedelta(days=1) else "future" if age < -HOUR / 12 else None
    assert (reading.problem, reading.age_seconds) == (problem, age // timedelta(seconds=1))
    assert explanation.decision.segment == (None if problem else "it")


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_is_twice_is_two_hours(fold: int) -> None:
    """At 1.30 in London on that night, the first time or the second, something seen 24 h before the first."""
    at = datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=LONDON)
    signal = {"value": 7, "observed_at": datetime(2026, 10, 24, 1, 30, tzinfo=LONDON)}
    decision = LIBRARY.decide("welcome", channel="email", context={"signals": {"s": signal}}, at=at)
    assert decision.segment == ("it" if fold == 0 else None)


@pytest.mark.parametrize("observed", [moment for moment in UNTELLABLE if not isinstance(moment, str)], ids=named)
def test_an_observation_without_an_offset_is_unknown(observed: Any) -> None:
    signal = {"value": 7, "observed_at": observed}
    (reading,) = LIBRARY.explain("welcome", channel="email", context={"signals": {"s": signal}}).signals
    assert reading.problem == "type"


@pytest.mark.parametrize(("at", "utc"), TELLABLE)
def test_any_moment_will_do(at: datetime, utc: datetime | None) -> None:
    signal = {"value": 7, "observed_at": at}
    explanation = LIBRARY.explain("welcome", channel="email", context={"signals": {"s": signal}}, at=at)
    assert explanation.decision.error_code is None
    assert (explanation.decision.segment, explanation.signals[0].age_seconds) == ("it", 0)


def test_ages_at_the_ends_of_time_are_exact() -> None:
    """Where no datetime in UTC is: a day before the year 1."""
    first = datetime.min.replace(tzinfo=timezone(14 * HOUR))
    for later, segment in ((timedelta(days=1), "it"), (timedelta(days=1) + TICK, None)):
        signals = {"s": {"value": 7, "observed_at": first.isoformat()}}
        decision = LIBRARY.decide("welcome", channel="email", context={"signals": signals}, at=first + later)
        assert decision.segment == segment


@pytest.mark.parametrize("at", UNTELLABLE, ids=named)
@pytest.mark.parametrize("context", [None, {}, "no mapping"], ids=ascii)
def test_a_moment_that_cannot_be_told_is_a_bad_call(at: Any, context: object) -> None:
    for ask in (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain):
        with pytest.raises(TypeError, match="aware"):
            ask("welcome", channel="email", context=context, at=at)
