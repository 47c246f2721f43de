"""Verdicts: the first rule that holds, in order."""

from __future__ import annotations

import pytest

from assembler.measure.statistics.intervals import sequence_interval
from assembler.measure.statistics.samples import ArmSample, Stratum, effect
from assembler.measure.verdict import Verdict
from assembler.measure.verdicts import LEVEL, judged

PLANNED = 20_000


def of_rates(treated: float, control: float, people: int = 10_000, events: int | None = None) -> list[Stratum]:
    """People of whom so many per cent act, in two arms alike; `events` is for a claim about how many did."""
    arms = [
        ArmSample(
            people=people,
            mean=rate / 100,
            variance=rate / 100 * (1 - rate / 100),
            events=round(people * rate / 100) if events is None else events,
        )
        for rate in (treated, control)
    ]
    return [Stratum(*arms)]


def verdict(strata: list[Stratum], minimum_lift: float = 0.1, *, is_healthy: bool = True, p: float = 1.0) -> Verdict:
    answers = judged(
        {"a": strata}, planned={"a": PLANNED}, minimum_lift=minimum_lift, least_p={"a": p}, is_healthy=is_healthy
    )
    return answers["a"].verdict


@pytest.mark.parametrize(
    ("treated", "control", "expected"),
    [
        (13.0, 10.0, Verdict.KEEP),
        (10.3, 10.0, Verdict.KEEP_TESTING),
        (9.0, 10.0, Verdict.RETIRE),
        (7.0, 10.0, Verdict.RETIRE),
    ],
)
def test_what_follows(treated: float, control: float, expected: Verdict) -> None:
    assert verdict(of_rates(treated, control)) is expected


def test_unhealthy_goes_before_all() -> None:
    assert verdict(of_rates(13.0, 10.0), is_healthy=False) is Verdict.UNHEALTHY
    assert verdict([], is_healthy=False) is Verdict.UNHEALTHY


def test_nobody_to_compare_is_tested_on() -> None:
    assert verdict([]) is Verdict.KEEP_TESTING


@pytest.mark.parametrize(("events", "expected"), [(49, Verdict.KEEP_TESTING), (50, Verdict.KEEP)])
def test_fewer_than_fifty_events_show_nothing(events: int, expected: Verdict) -> None:
    assert verdict(of_rates(13.0, 10.0, events=events)) is expected


@pytest.mark.parametrize("events", [49, 50])
def test_nor_do_they_retire(events: int) -> None:
    assert (verdict(of_rates(7.0, 10.0, events=events)) is Verdict.RETIRE) is (events == 50)


def test_the_least_that_is_worth_having_is_a_share_of_controls_mean() -> None:
    strata = of_rates(10.3, 10.0)
    known = effect(strata)
    assert known is not None
    upper = sequence_interval(known, PLANNED, LEVEL).high / 0.1

    assert verdict(strata, minimum_lift=upper * 1.001) is Verdict.RETIRE
    assert verdict(strata, minimum_lift=upper * 0.999) is Verdict.KEEP_TESTING


def test_what_an_earlier_look_showed_still_counts() -> None:
    assert verdict(of_rates(10.8, 10.0)) is Verdict.KEEP_TESTING
    assert verdict(of_rates(10.8, 10.0), p=0.05) is Verdict.KEEP
    assert verdict(of_rates(10.8, 10.0), p=0.0501) is Verdict.KEEP_TESTING


def test_harm_is_never_kept() -> None:
    assert verdict(of_rates(9.0, 10.0), minimum_lift=-1.0, p=0.0) is Verdict.KEEP_TESTING


def test_a_family_is_harder_to_please() -> None:
    """What is just shown by itself is not shown beside seven others that show nothing."""
    question = of_rates(11.6, 10.0)
    others = {str(number): of_rates(10.1, 10.0) for number in range(7)}

    alone = judged({"a": question}, planned={"a": PLANNED}, minimum_lift=0.1)["a"]
    together = judged({"a": question, **others}, planned=dict.fromkeys(["a", *others], PLANNED), minimum_lift=0.1)["a"]

    assert (alone.verdict, together.verdict) == (Verdict.KEEP, Verdict.KEEP_TESTING)
    assert together.p == alone.p
    assert together.adjusted_p == pytest.approx(8 * alone.p)
    assert alone.interval is not None and together.interval is not None
    assert together.interval.low < alone.interval.low < alone.interval.high < together.interval.high
