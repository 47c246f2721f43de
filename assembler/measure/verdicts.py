"""What follows from an effect: keep it, retire it, or test on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeVar

import msgspec

from assembler.measure.statistics.families import holm
from assembler.measure.statistics.interval import Interval
from assembler.measure.statistics.intervals import sequence_interval, sequence_p
from assembler.measure.statistics.samples import Effect, Stratum, effect
from assembler.measure.verdict import Verdict

Asked = TypeVar("Asked", bound=Hashable)

LEVEL: Final = 0.05
"""The chance of being wrong that is accepted for all questions of a family."""

FEWEST_EVENTS: Final = 50
"""With fewer people who have the event in an arm, a mean is not normal enough: at 90 to 10, a sequence of 20 looks is
wrong in 7 to 10 of 100 programmes."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a question: the verdict, and the figures that it follows from.

    `interval` holds at every look and for the whole family; `p` is the least of all looks, `adjusted_p` is for the
    family. All three are None where people of two arms cannot be compared.
    """

    verdict: Verdict
    effect: Effect | None = None
    interval: Interval | None = None
    p: float = 1.0
    adjusted_p: float = 1.0


def judged(
    questions: Mapping[Asked, Sequence[Stratum]],
    *,
    planned: Mapping[Asked, int],
    minimum_lift: float,
    least_p: Mapping[Asked, float] = MappingProxyType({}),
    is_healthy: bool = True,
) -> dict[Asked, Judged]:
    """Return the answer to each question of a family.

    `planned` are the people, in both arms, for whom each question was planned, where there is an effect;
    `minimum_lift` is the least that is worth having, as a share of control's mean; `least_p` is that of earlier looks.
    """
    effects = {name: effect(strata) for name, strata in questions.items()}
    p_values = {
        name: min(1.0 if known is None else sequence_p(known, planned[name]), least_p.get(name, 1.0))
        for name, known in effects.items()
    }
    adjusted = dict(zip(p_values, holm(list(p_values.values())), strict=True))
    answers: dict[Asked, Judged] = {}
    for name, known in effects.items():
        interval = None if known is None else sequence_interval(known, planned[name], LEVEL / len(effects))
        verdict = _verdict(known, interval, adjusted[name], minimum_lift) if is_healthy else Verdict.UNHEALTHY
        answers[name] = Judged(
            verdict=verdict, effect=known, interval=interval, p=p_values[name], adjusted_p=adjusted[name]
        )
    return answers


def _verdict(known: Effect | None, interval: Interval | None, adjusted_p: float, minimum_lift: float) -> Verdict:
    """The first that holds, in the order in which they are tried."""
    if known is None or interval is None or known.fewest_events < FEWEST_EVENTS:
        return Verdict.KEEP_TESTING
    if interval.high < minimum_lift * known.control.value:
        return Verdict.RETIRE
    return Verdict.KEEP if adjusted_p <= LEVEL and known.difference > 0 else Verdict.KEEP_TESTING
