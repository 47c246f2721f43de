"""One look after another: verdicts, fresh people, health."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import numpy as np
import pytest

from assembler.measure.look import look
from assembler.measure.measurement import Measured, Measurement
from assembler.measure.people import Comparison
from assembler.measure.questions import Family, Question
from assembler.measure.verdict import Verdict
from tests.measure.tables import DAY, GOAL, HALF, START, Did, Seen, tables

CAMPAIGN = Question(Family.CAMPAIGN, "")
LOYAL = Question(Family.SEGMENT, "loyal")


class Programme:
    """A thousand people a day, half of them treated, of whom a share buys; and looks at them."""

    def __init__(
        self, *, treated: float, control: float, comparison: Comparison = HALF, more: Iterable[Seen] = ()
    ) -> None:
        rng = np.random.default_rng(7)
        seen, did = [*more], []
        for number in range(30_000):
            arm, rate = ("treated", treated) if number % 2 else ("control", control)
            unit, moment = f"u{number}", START + number // 1000 * DAY
            seen.append(Seen(unit, arm, moment, segment="loyal" if number % 4 < 2 else "lapsed"))
            did += [Did(unit, moment)] if rng.random() < rate else []
        self._connection = tables(seen, did)
        self._comparison = comparison
        self.measurement: Measurement | None = None

    def look(self, *days: int) -> Measurement:
        """What is measured at last, when the people of so many days are whole."""
        for day in days:
            for table in ("did", "people", "targeted"):
                self._connection.execute(f"drop table if exists {table}")
            at = START + day * DAY + GOAL.within
            self.measurement = look(self._connection, self._comparison, GOAL, as_of=at, earlier=self.measurement)
        assert self.measurement is not None
        return self.measurement


def answer(measurement: Measurement, question: Question = CAMPAIGN) -> Measured:
    return measurement.answers()[question]


def test_what_helps_is_kept_and_what_does_not_is_retired() -> None:
    helps = Programme(treated=0.26, control=0.2).look(25)
    harms = Programme(treated=0.17, control=0.2).look(25)

    assert {measured.last.verdict for measured in helps.questions} == {Verdict.KEEP}
    assert {measured.last.verdict for measured in harms.questions} == {Verdict.RETIRE}
    assert [measured.question for measured in helps.questions] == [
        CAMPAIGN,
        Question(Family.SEGMENT, "lapsed"),
        LOYAL,
        Question(Family.COMPONENT, "headline/warm"),
    ]


def test_the_plan_is_frozen_at_the_first_look() -> None:
    programme = Programme(treated=0.22, control=0.2)
    first = answer(programme.look(2))

    later = answer(programme.look(9))

    assert first.planned == later.planned
    assert first.people_needed - later.people_needed == 7_000
    assert [one.at for one in later.looks] == [START + 9 * DAY, START + 16 * DAY]


def test_a_segment_is_planned_for_more_people_as_there_are_more_questions() -> None:
    measurement = Programme(treated=0.22, control=0.2).look(9)

    assert (answer(measurement, LOYAL).planned or 0) > (answer(measurement).planned or 0)


def test_the_least_p_of_all_looks_stays() -> None:
    programme = Programme(treated=0.22, control=0.2)

    p_values = [answer(programme.look(day)).last.p for day in (3, 8, 13, 18)]

    assert p_values == sorted(p_values, reverse=True)
    assert p_values[0] > p_values[-1]


def test_what_is_quoted_comes_of_people_after_the_verdict() -> None:
    programme = Programme(treated=0.26, control=0.2)
    kept = answer(programme.look(8))

    fresh = answer(programme.look(12))
    confirmed = answer(programme.look(20))

    assert kept.last.verdict is Verdict.KEEP
    assert (kept.kept_at, kept.fresh) == (kept.last.at, None)
    assert fresh.kept_at == confirmed.kept_at == kept.last.at
    assert fresh.fresh is None, "all people of that look came before the verdict, which waits for the outcome"
    assert confirmed.fresh is not None
    assert confirmed.fresh.people == 6_000, "of day 15, when it was kept, to day 20"


def test_as_many_fresh_people_again_confirm_it_or_do_not() -> None:
    programme = Programme(treated=0.26, control=0.2)
    measurement = programme.look(4, 5, 28)

    measured = answer(measurement)

    assert measured.kept_at is not None
    assert measured.is_confirmed is True


def test_looking_twice_at_one_moment_is_one_look() -> None:
    measured = answer(Programme(treated=0.22, control=0.2).look(5, 5, 9, 9))

    assert [one.at for one in measured.looks] == [START + 12 * DAY, START + 16 * DAY]


@pytest.mark.parametrize(("share", "is_healthy"), [(0.5, True), (0.52, False)])
def test_arms_that_are_not_as_they_were_meant_show_no_lift(share: float, is_healthy: bool) -> None:
    comparison = msgspec.structs.replace(HALF, share=share)

    measurement = Programme(treated=0.26, control=0.2, comparison=comparison).look(25)

    assert measurement.is_healthy is is_healthy
    assert (answer(measurement).last.figures is not None) is is_healthy
    assert (answer(measurement).last.verdict is Verdict.UNHEALTHY) is not is_healthy


@pytest.mark.parametrize(("in_two", "is_healthy"), [(300, True), (310, False)])
def test_many_people_in_two_arms_show_no_lift(in_two: int, is_healthy: bool) -> None:
    more = [Seen(f"v{number}", arm) for number in range(in_two) for arm in ("treated", "control")]

    measurement = Programme(treated=0.26, control=0.2, more=more).look(30)

    assert measurement.people.two_arms == in_two
    assert measurement.is_healthy is is_healthy


def test_all_campaigns_together_ask_one_question() -> None:
    comparison = msgspec.structs.replace(HALF, campaign=None)

    measurement = Programme(treated=0.26, control=0.2, comparison=comparison).look(25)

    assert [measured.question for measured in measurement.questions] == [CAMPAIGN]


def test_a_question_that_nobody_is_asked_any_more_keeps_its_looks() -> None:
    programme = Programme(treated=0.22, control=0.2)
    before = programme.look(5)
    gone = Question(Family.COMPONENT, "headline/old")
    old = msgspec.structs.replace(answer(before), question=gone)
    programme.measurement = msgspec.structs.replace(before, questions=(*before.questions, old))

    assert programme.look(9).answers()[gone] == old


def test_a_measurement_is_read_as_it_was_written() -> None:
    measurement = Programme(treated=0.26, control=0.2).look(8, 25)

    assert msgspec.json.decode(msgspec.json.encode(measurement), type=Measurement) == measurement
