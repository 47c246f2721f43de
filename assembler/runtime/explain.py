"""Why a decision is as it is: every signal, every audience, and every component of each slot's type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import msgspec

from assembler.conditions.evaluation import truth
from assembler.library.records import Audience, Component, Content, Holdout
from assembler.runtime.assignment import bucket
from assembler.runtime.choose import SlotPlan
from assembler.runtime.context import ContextReader
from assembler.runtime.decide import Decider, PersonInCampaign
from assembler.runtime.decision import Decision
from assembler.runtime.eligibility import (
    ELIGIBILITY_CHECKS,
    EligibilityCheck,
    Evaluation,
    LossDetail,
    Situation,
    SlotContext,
    checks_for,
)
from assembler.runtime.person import Person
from assembler.runtime.reasons import Loss, Problem

_CACHED = 64
_SECOND = timedelta(seconds=1)


class SignalReading(msgspec.Struct, frozen=True, kw_only=True):
    """One signal as it was read: its value where it could be read, and what keeps it from being known."""

    signal: str
    value: str | bool | int | float | None
    problem: Problem | None
    age_seconds: int | None


class AudienceResult(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the condition of a segment or stage holds; None for unknown."""

    id: str
    result: bool | None


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """The buckets from `low` to below `high`; of a test, those of a component."""

    component: str | None
    low: int
    high: int


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    """A person's bucket, 0 to 9,999, in a holdout, a control group or a test, and the buckets that it takes.

    `name` is that of the test, or of the campaign whose control group it is. A holdout that has `ended` takes nobody.
    """

    kind: Literal["holdout", "control", "test"]
    name: str | None
    bucket: int
    ranges: tuple[Range, ...]
    ended: bool


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """One component of a slot's type, and the first reason why it does not fill the slot; None where it does."""

    component: str
    loss: LossDetail | None = None

    @property
    def won(self) -> bool:
        """Whether the component fills the slot."""
        return self.loss is None

    @property
    def reason(self) -> Loss | None:
        """The code of the reason."""
        return None if self.loss is None else self.loss.code

    @property
    def detail(self) -> str:
        """The reason in short, such as `ended 2026-11-14`; blank where the component fills the slot."""
        return "" if self.loss is None else self.loss.text

    def to_dict(self) -> dict[str, object]:
        """Return the contender as JSON has it."""
        return {"component": self.component, "won": self.won, "reason": self.reason, "detail": self.detail}


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with everything that led to it."""

    decision: Decision
    signals: tuple[SignalReading, ...] = ()
    segments: tuple[AudienceResult, ...] = ()
    stages: tuple[AudienceResult, ...] = ()
    slots: dict[str, tuple[Contender, ...]] = {}
    buckets: tuple[Bucket, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The explanation as JSON has it, in plain dictionaries and lists."""
        return {
            "decision": self.decision.to_dict(),
            "signals": _dicts(self.signals),
            "segments": _dicts(self.segments),
            "stages": _dicts(self.stages),
            "slots": {
                slot: [contender.to_dict() for contender in contenders] for slot, contenders in self.slots.items()
            },
            "buckets": [{**msgspec.structs.asdict(bucket), "ranges": _dicts(bucket.ranges)} for bucket in self.buckets],
        }


class Explainer:
    """Explains decisions of one library."""

    def __init__(self, content: Content, reader: ContextReader, decider: Decider) -> None:
        self._content = content
        self._reader = reader
        self._decider = decider
        self._by_type: dict[str, list[Component]] = {}
        for component in content.components:
            self._by_type.setdefault(component.type, []).append(component)
        self._checked = lru_cache(_CACHED)(self._checks_by_component)

    def explain(self, plan: SlotPlan, person: Person, decision: Decision) -> Explanation:
        """The explanation of a decision that was made for this person."""
        situation = PersonInCampaign(person, plan.campaign)
        return Explanation(
            decision=decision,
            signals=tuple(self._signals(person)),
            segments=_results(self._content.segments, person),
            stages=_results(self._content.stages, person),
            slots=self._slots(plan, decision, situation),
            buckets=tuple(self._buckets(plan, person.id, situation)),
        )

    def _signals(self, person: Person) -> Iterator[SignalReading]:
        for name, (value, problem, age) in self._reader.readings(person):
            plain = value.isoformat() if isinstance(value, date) else value
            seconds = None if age is None else age // _SECOND
            yield SignalReading(signal=name, value=plain, problem=problem, age_seconds=seconds)

    def _buckets(self, plan: SlotPlan, id_: str | None, situation: PersonInCampaign) -> Iterator[Bucket]:
        """In every holdout and test that the plan has; none without an id."""
        if id_ is None:
            return
        holdouts: tuple[tuple[Literal["holdout", "control"], str | None, Holdout | None], ...] = (
            ("holdout", None, self._content.holdout),
            ("control", plan.campaign, self._content.campaigns[plan.campaign].holdout),
        )
        for kind, name, holdout in holdouts:
            if holdout is not None:
                yield Bucket(
                    kind=kind,
                    name=name,
                    bucket=bucket(holdout.salt, id_),
                    ranges=(Range(component=None, low=0, high=holdout.share),),
                    ended=holdout.has_ended(situation.moment),
                )
        for name, ranges in _tests(plan).items():
            number = situation.bucket(name)
            if number is not None:
                yield Bucket(kind="test", name=name, bucket=number, ranges=tuple(ranges), ended=False)

    def _slots(self, plan: SlotPlan, decision: Decision, situation: Situation) -> dict[str, tuple[Contender, ...]]:
        passed_over = decision.arm if self._decider.keeps_defaults(decision.arm) else None
        return {
            slot.name: tuple(
                _contender(
                    checks,
                    Evaluation(
                        component=component,
                        slot_context=slot.slot_context,
                        situation=situation,
                        earlier=decision.choices[:number],
                        passed_over=passed_over,
                        winner=decision.choices[number],
                    ),
                )
                for component, checks in self._checked(slot.slot_context)
            )
            for number, slot in enumerate(plan.slots)
        }

    def _checks_by_component(self, context: SlotContext) -> list[tuple[Component, tuple[EligibilityCheck, ...]]]:
        """Every component of the slot's type, and the checks that it can fail.

        Nothing keeps a default out of its slot but what is chosen before it: that is the last check.
        """
        return [
            (component, ELIGIBILITY_CHECKS[-1:])
            if component.address == context.slot.default
            else (component, checks_for(component, context))
            for component in self._by_type.get(context.slot.type, ())
        ]


def _tests(plan: SlotPlan) -> dict[str, list[Range]]:
    """The ranges of every test that decides a slot of the plan."""
    ranges: dict[str, list[Range]] = {}
    for component in (candidate.component for slot in plan.slots for candidate in slot.candidates):
        if component.test is not None:
            low, high = component.test.range_in(plan.campaign)
            ranges.setdefault(component.test.id, []).append(Range(component=component.address, low=low, high=high))
    return ranges


def _contender(checks: tuple[EligibilityCheck, ...], evaluation: Evaluation) -> Contender:
    address = evaluation.component.address
    if evaluation.winner is not None and evaluation.winner.component == address:
        return Contender(component=address)
    failed = next(check for check in checks if check.fails(evaluation))
    return Contender(component=address, loss=failed.detail(evaluation))


def _results(audiences: tuple[Audience, ...], person: Person) -> tuple[AudienceResult, ...]:
    return tuple(
        AudienceResult(id=audience.id, result=truth(audience.condition, person.signals, person.at.day))
        for audience in audiences
    )


def _dicts(records: Iterable[msgspec.Struct]) -> list[dict[str, object]]:
    return [*map(msgspec.structs.asdict, records)]
