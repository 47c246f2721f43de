"""A measurement in 80 columns: what each question found, the absolute first, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted, said_day

if TYPE_CHECKING:
    from assembler.measure.goal import Goal
    from assembler.measure.measurement import Figures, Measured, Measurement
    from assembler.measure.statistics.interval import Interval

_OF_ALL = "all campaigns"


def measurement_text(measurement: Measurement) -> str:
    """The report: who was compared, a table of questions by family, and a sentence on each that needs one."""
    rows: list[Sequence[str]] = []
    for _, questions in groupby(measurement.questions, lambda measured: measured.question.family):
        rows += [("", "", "")] if rows else []
        rows += [_row(measured, measurement) for measured in questions]
    sentences = [sentence for measured in measurement.questions for sentence in _sentences(measured, measurement)]
    blocks = [_people(measurement), table(rows), "\n".join([*sentences, *_waited_for(measurement)])]
    return "\n\n".join(block for block in blocks if block)


def _named(measured: Measured, measurement: Measurement) -> str:
    """What a question is about."""
    family, name = measured.question.family, measured.question.name
    return f"{family} {name}" if family in ("segment", "stage") else name or measurement.campaign or _OF_ALL


def _people(measurement: Measurement) -> str:
    """Who was compared, what was counted, and whether that can be trusted."""
    goal, people = measurement.goal, measurement.people
    treated, control = (sum(arm) for arm in zip((0, 0), *people.arms.values(), strict=True))
    is_rate = goal.metric == "rate"
    within = f"{goal.event} within {counted(goal.within.days, 'day')} of the first exposure"
    how = "the share of people with any" if is_rate else "the sum of its values, a person"
    lines = [
        f"{measurement.campaign or _OF_ALL}: {within}, {how}; by {said_day(measurement.as_of.date())}",
        f"{treated:,} people treated, {control:,} held out; {people.waiting:,} have time left, {people.same:,} would "
        "get the default in any arm",
    ]
    figures = measurement.questions[0].last.figures if measurement.questions else None
    if figures is not None:
        means = f"{_mean(figures.control, goal)} of held-out people, {_mean(figures.treated, goal)} of treated"
        unit = "in points" if is_rate else "a person"
        lines.append(f"{means}; differences are {unit}, with intervals that hold at every look")
    if people.two_arms:
        lines.append(f"{people.two_arms:,} were seen in two arms, and are left out")
    if not measurement.is_healthy:
        lines.append(
            f"UNHEALTHY: the arms are not as they were meant (p {measurement.balance:.2g}), or too many people are in "
            "two; no lift can be told from that. Look for people who are lost in one arm only"
        )
    return "\n".join(wrapped(line, rest="  ") for line in lines)


def _row(measured: Measured, measurement: Measurement) -> tuple[str, str, str]:
    """The verdict, what it is about, and the difference that treatment makes there."""
    figures, goal = measured.last.figures, measurement.goal
    difference = "" if figures is None else f"{_gain(figures.difference, goal)} {_range(figures.interval, goal)}"
    return measured.last.verdict, _named(measured, measurement), difference


def _sentences(measured: Measured, measurement: Measurement) -> Iterator[str]:
    """What to know beside the row of what is kept or retired."""
    name, look, goal = _named(measured, measurement), measured.last, measurement.goal
    figures, fresh = look.figures, measured.fresh
    if figures is None:
        return
    if look.verdict == "retire":
        most = _worth(figures.interval.high, goal)
        yield _line(name, f"at most {most}, which is less than {goal.minimum_lift:.0%} of what held-out people do")
    elif look.verdict == "keep" and fresh is not None:
        confirmed = (
            "" if measured.is_confirmed is None else "; confirmed" if measured.is_confirmed else "; not confirmed"
        )
        yield _line(name, f"{_lift(fresh, goal)} of people who came after the verdict{confirmed}")
    elif look.verdict == "keep":
        yield _line(name, f"at least {_worth(figures.interval.low, goal)}; what to quote comes of people from now on")


def _waited_for(measurement: Measurement) -> Iterator[str]:
    """How many people more it takes to tell what is tested on."""
    needs = [measured.people_needed for measured in measurement.questions if measured.last.verdict == "keep testing"]
    needs = sorted(need for need in needs if need)
    if needs:
        more = f"{needs[0]:,}" if needs[0] == needs[-1] else f"{needs[0]:,} to {needs[-1]:,}"
        lift = f"{measurement.goal.minimum_lift:.0%}"
        yield wrapped(f"To tell a lift of {lift} for what is tested on takes about {more} people more.", rest="  ")


def _line(name: str, words: str) -> str:
    return wrapped(f"{name}: {words}.", rest="  ")


def _lift(figures: Figures, goal: Goal) -> str:
    """A gain with its interval; the lift, which is relative, second."""
    words = f"{_worth(figures.difference, goal)} {_range(figures.interval, goal)}"
    if figures.lift is None or figures.lift_interval is None:
        return words
    low, high = figures.lift_interval
    return f"{words}, a lift of {figures.lift:+.0%} [{low:+.0%}, {high:+.0%}],"


def _mean(mean: float, goal: Goal) -> str:
    return f"{mean * 100:.2f}%" if goal.metric == "rate" else f"{mean:.4g}"


def _worth(difference: float, goal: Goal) -> str:
    return f"{_gain(difference, goal)} {'points' if goal.metric == 'rate' else 'a person'}"


def _gain(difference: float, goal: Goal) -> str:
    return f"{difference * 100:+.2f}" if goal.metric == "rate" else f"{difference:+.4g}"


def _range(interval: Interval, goal: Goal) -> str:
    low, high = (_gain(end, goal) for end in interval)
    return f"[{low}, {high}]"
