"""Why a decision is as it is: every signal, every audience, and every component of each slot's type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from assembler.library.records import Audience, Component, Content
from assembler.runtime.choose import Plan
from assembler.runtime.context import Facts, Reader
from assembler.runtime.decide import Decider, Decision
from assembler.runtime.hurdles import HURDLES, Loss, Situation, Trial
from assembler.runtime.rules import Value, truth
from assembler.runtime.signals import Moment, Problem

__all__ = ["Contender", "Explainer", "Explanation", "SignalReading"]

_SECOND = timedelta(seconds=1)


class SignalReading(msgspec.Struct, frozen=True, kw_only=True):
    """One signal as it was read: its value where it could be read, and what keeps it from being known."""

    signal: str
    value: str | bool | int | float | None
    problem: Problem | None
    age_seconds: int | None


class AudienceResult(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the rule of a segment or stage holds; None for unknown."""

    id: str
    result: bool | None


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """One component of a slot's type: whether it fills the slot, else the first reason why it does not."""

    component: str
    won: bool
    reason: Loss | None
    detail: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with everything that led to it."""

    decision: Decision
    signals: tuple[SignalReading, ...] = ()
    segments: tuple[AudienceResult, ...] = ()
    stages: tuple[AudienceResult, ...] = ()
    slots: dict[str, tuple[Contender, ...]] = {}

    def to_dict(self) -> dict[str, object]:
        """The explanation as JSON has it, in plain dictionaries and lists."""
        return {
            "decision": self.decision.to_dict(),
            "signals": [msgspec.structs.asdict(reading) for reading in self.signals],
            "segments": [msgspec.structs.asdict(result) for result in self.segments],
            "stages": [msgspec.structs.asdict(result) for result in self.stages],
            "slots": {
                slot: [msgspec.structs.asdict(contender) for contender in contenders]
                for slot, contenders in self.slots.items()
            },
        }


class Explainer:
    """Explains decisions of one library."""

    def __init__(self, content: Content, reader: Reader, decider: Decider) -> None:
        self._content = content
        self._reader = reader
        self._decider = decider
        self._by_type: dict[str, list[Component]] = {}
        for component in content.components:
            self._by_type.setdefault(component.type, []).append(component)

    def explain(self, plan: Plan, context: object, facts: Facts, decision: Decision, moment: Moment) -> Explanation:
        """The explanation of a decision that was made from these facts at this moment."""
        return Explanation(
            decision=decision,
            signals=tuple(self._signals(context, moment)),
            segments=_results(self._content.segments, facts, moment.day),
            stages=_results(self._content.stages, facts, moment.day),
            slots=self._slots(plan, decision, self._decider.situation(plan, facts, moment)),
        )

    def _signals(self, context: object, moment: Moment) -> Iterator[SignalReading]:
        for name, (value, problem, age) in self._reader.readings(context, moment):
            yield SignalReading(
                signal=name,
                value=_plain(value),
                problem=problem,
                age_seconds=None if age is None else age // _SECOND,
            )

    def _slots(self, plan: Plan, decision: Decision, situation: Situation) -> dict[str, tuple[Contender, ...]]:
        passed_over = decision.arm if self._decider.keeps_defaults(decision.arm) else None
        return {
            row.place.slot.name: tuple(
                _contender(
                    Trial(
                        component=component,
                        place=row.place,
                        situation=situation,
                        earlier=decision.choices[:number],
                        passed_over=passed_over,
                        winner=decision.choices[number],
                    )
                )
                for component in self._by_type.get(row.place.slot.type, ())
            )
            for number, row in enumerate(plan.rows)
        }


def _contender(trial: Trial) -> Contender:
    address = trial.component.address
    if trial.winner is not None and trial.winner.component == address:
        return Contender(component=address, won=True, reason=None, detail="")
    hurdles = HURDLES[-1:] if trial.place.slot.default == address else HURDLES
    hurdle = next(hurdle for hurdle in hurdles if hurdle.stops(trial))
    return Contender(component=address, won=False, reason=hurdle.code, detail=hurdle.detail(trial))


def _results(audiences: tuple[Audience, ...], facts: Facts, day: int) -> tuple[AudienceResult, ...]:
    return tuple(
        AudienceResult(id=audience.id, result=truth(audience.rule, facts.signals, day)) for audience in audiences
    )


def _plain(value: Value | None) -> str | bool | int | float | None:
    return value.isoformat() if isinstance(value, date) else value
