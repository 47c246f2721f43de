"""Facts about a person -> a decision: which component fills each slot of a campaign in a channel, and why."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from assembler.library.key import variant_key
from assembler.library.records import Content
from assembler.runtime.assignment import Arm, arm, bucket
from assembler.runtime.audiences import Audiences
from assembler.runtime.choose import Plan, choose
from assembler.runtime.context import Facts
from assembler.runtime.hurdles import Choice
from assembler.runtime.rules import atoms
from assembler.runtime.signals import Moment, Problem

__all__ = ["Decider", "Decision", "Note", "Person", "Reason", "outcome"]

Reason = Literal["HOLDOUT", "ERROR", "SPLIT", "TARGETING_MATCH", "DEFAULT"]
ErrorCode = Literal["GENERAL", "INVALID_CONTEXT"]

_CACHED = 4096


class Note(msgspec.Struct, frozen=True):
    """Something about the context that a reader of the decision should know. `kind` is what `name` names."""

    kind: Literal["signal", "field", "segment", "stage"]
    name: str | None
    problem: Problem

    def to_dict(self) -> dict[str, str | None]:
        return {self.kind: self.name, "problem": self.problem}


class Decision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which component fills each slot, and why. It holds no value of a person."""

    campaign: str
    channel: str
    locale: str
    segment: str | None
    stage: str | None
    arm: Arm
    reason: Reason
    error_code: ErrorCode | None
    library: str
    key: str
    withheld: str | None
    choices: tuple[Choice, ...]
    notes: tuple[Note, ...]

    @property
    def slots(self) -> dict[str, Choice]:
        """The choice for each slot, in the order in which slots are filled."""
        return {choice.slot: choice for choice in self.choices}

    def to_dict(self) -> dict[str, object]:
        """The decision as JSON has it, in plain dictionaries and lists."""
        return {
            "campaign": self.campaign,
            "channel": self.channel,
            "locale": self.locale,
            "segment": self.segment,
            "stage": self.stage,
            "arm": self.arm,
            "reason": self.reason,
            "error_code": self.error_code,
            "library": self.library,
            "key": self.key,
            "withheld": self.withheld,
            "slots": {
                choice.slot: {"component": choice.component, "reason": choice.reason, "fit": choice.fit}
                for choice in self.choices
            },
            "notes": [note.to_dict() for note in self.notes],
        }


class Person:
    """The situation of one person in one campaign: their facts, segment and stage at a moment."""

    __slots__ = ("_campaign", "_facts", "moment", "segment", "stage")

    def __init__(self, facts: Facts, campaign: str, segment: str | None, stage: str | None, moment: Moment) -> None:
        self._facts = facts
        self._campaign = campaign
        self.segment = segment
        self.stage = stage
        self.moment = moment.instant

    def knows(self, name: str) -> bool:
        """Whether the signal or field of that name is known."""
        return name in self._facts.signals or name in self._facts.fields

    def bucket(self, test: str) -> int | None:
        """The person's bucket in a test of the campaign, or None without an id."""
        person = self._facts.person
        return None if person is None else bucket(f"{self._campaign}|{test}", person)


class Decider:
    """Decides for one library. Everything that does not depend on the person is prepared or remembered."""

    def __init__(self, content: Content, digest: str) -> None:
        self._content = content
        self._digest = digest
        self._segments = Audiences(content.segments)
        self._stages = Audiences(content.stages)
        self._watched = _Watched(content)
        self._outcome = lru_cache(_CACHED)(outcome)

    def situation(self, plan: Plan, facts: Facts, moment: Moment) -> Person:
        """The person's situation: segment and stage as vouched for, else by the rules."""
        segment, stage = facts.segment, facts.stage
        if segment is msgspec.UNSET:
            segment = self._segments.first(facts.signals, moment.day)
        if stage is msgspec.UNSET:
            stage = self._stages.first(facts.signals, moment.day)
        return Person(facts, plan.campaign, segment, stage, moment)

    def arm(self, plan: Plan, facts: Facts, moment: Moment) -> Arm:
        """The person's arm in the plan's campaign."""
        return arm(facts.person, moment.instant, self._content.holdout, self._content.campaigns[plan.campaign].holdout)

    def keeps_defaults(self, arm: Arm) -> bool:
        """Whether people in the arm get every slot's default."""
        return arm in ("holdout", "control") or (arm == "unassigned" and self._content.unassigned == "default")

    def decide(self, plan: Plan, facts: Facts, moment: Moment) -> Decision:
        """The decision for a person at a moment."""
        person = self.situation(plan, facts, moment)
        assigned = self.arm(plan, facts, moment)
        withheld = None
        if not self.keeps_defaults(assigned):
            choices = choose(plan, person)
        elif assigned == "unassigned":
            choices = plan.defaults
        else:
            choices = plan.held
            withheld, _ = self._outcome(plan, choose(plan, person))
        key, reason = self._outcome(plan, choices)
        return Decision(
            campaign=plan.campaign,
            channel=plan.channel,
            locale=plan.locale,
            segment=person.segment,
            stage=person.stage,
            arm=assigned,
            reason="HOLDOUT" if withheld is not None else reason,
            error_code=None,
            library=self._digest,
            key=key,
            withheld=withheld,
            choices=choices,
            notes=self._watched.notes(plan.campaign, facts),
        )


def outcome(plan: Plan, choices: tuple[Choice, ...]) -> tuple[str, Reason]:
    """The key of the variant that the choices make, and the reason for it."""
    slots = {choice.slot: choice.component for choice in choices}
    reasons = {choice.reason for choice in choices}
    ordered: tuple[Reason, ...] = ("SPLIT", "TARGETING_MATCH")
    reason: Reason = next((each for each in ordered if each in reasons), "DEFAULT")
    return variant_key(plan.campaign, plan.channel, plan.locale, slots), reason


class _Watched:
    """Which signals and fields a campaign reads, so that a note is made where one is missing."""

    def __init__(self, content: Content) -> None:
        self._declared = (*content.signals, *content.fields)
        self._signals = frozenset(content.signals)
        by_segment = frozenset(atom.signal for segment in content.segments for atom in atoms(segment.rule))
        by_stage = frozenset(atom.signal for stage in content.stages for atom in atoms(stage.rule))
        self._read = {
            (campaign_id, segment_ruled, stage_ruled): frozenset(campaign.needs)
            | (by_segment if segment_ruled else frozenset())
            | (by_stage if stage_ruled else frozenset())
            for campaign_id, campaign in content.campaigns.items()
            for segment_ruled in (False, True)
            for stage_ruled in (False, True)
        }

    def notes(self, campaign: str, facts: Facts) -> tuple[Note, ...]:
        """What is not known though it was supplied, or read by a rule or `needs` of the campaign."""
        read = self._read[campaign, facts.segment is msgspec.UNSET, facts.stage is msgspec.UNSET]
        if facts.signals.keys() >= read and not facts.problems and not facts.misnamed:
            return ()
        unknown = read - facts.signals.keys() - facts.fields.keys() | facts.problems.keys()
        return tuple(
            Note("signal" if name in self._signals else "field", name, facts.problems.get(name, "missing"))
            for name in self._declared
            if name in unknown
        ) + tuple(Note(kind, name, "unknown_name") for kind, name in facts.misnamed)
