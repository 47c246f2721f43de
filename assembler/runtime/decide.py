"""Facts about a person -> a decision: which component fills each slot of a campaign in a channel, and why."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import msgspec

from assembler.conditions.evaluation import signals_read
from assembler.library.key import variant_key
from assembler.library.records import Content, Encoder
from assembler.runtime.assignment import arm, bucket, groups
from assembler.runtime.audiences import AudienceIndex
from assembler.runtime.choose import DecisionKey, SlotPlan, choose
from assembler.runtime.context import Facts, Note
from assembler.runtime.eligibility import Choice
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Arm, ErrorCode, Problem, Reason, SlotReason

_CACHED = 4096
_IN_LINKS: frozenset[Encoder] = frozenset({"url", "url_part"})
_HELD_OUT: frozenset[Arm] = frozenset({Arm.HOLDOUT, Arm.CONTROL})


class Decision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which component fills each slot, and why. It holds no value of a person."""

    campaign: str
    channel: str
    locale: str
    segment: str | None = None
    stage: str | None = None
    arm: Arm = Arm.UNASSIGNED
    reason: Reason
    error_code: ErrorCode | None = None
    library: str
    key: str
    withheld: str | None = None
    choices: tuple[Choice, ...]
    notes: tuple[Note, ...] = ()

    @property
    def slots(self) -> dict[str, Choice]:
        """The choice for each slot, in the order in which slots are filled."""
        return {choice.slot: choice for choice in self.choices}

    def to_dict(self) -> dict[str, object]:
        """The decision as JSON has it, in plain dictionaries and lists."""
        fields = msgspec.structs.asdict(self)
        del fields["choices"], fields["notes"]
        slots = {
            choice.slot: {"component": choice.component, "reason": choice.reason, "fit": choice.fit}
            for choice in self.choices
        }
        return {**fields, "slots": slots, "notes": [note.to_dict() for note in self.notes]}


class ChosenVariant(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The variant that choices of a plan make: the choices, its key, and the reason for it.

    `wanted` are the fields that are noted where they are missing: components of the campaign need them, or their
    fallbacks would stand in a link. Equal choices of one plan make one object, so these are compared by identity.
    """

    plan: SlotPlan
    choices: tuple[Choice, ...]
    key: str
    reason: Reason
    wanted: frozenset[str] = frozenset()


class Person(msgspec.Struct, frozen=True, gc=False):
    """The situation of one person in one campaign: their facts, segment and stage at a moment."""

    facts: Facts
    campaign: str
    segment: str | None
    stage: str | None
    at: Moment

    @property
    def moment(self) -> int:
        """Microseconds since the epoch."""
        return self.at.instant

    def knows(self, name: str) -> bool:
        """Whether the signal or field of that name is known."""
        return name in self.facts.signals or name in self.facts.values.names

    def bucket(self, test: str) -> int | None:
        """The person's bucket in a test of the campaign, or None without an id."""
        person = self.facts.person
        return None if person is None else bucket(f"{self.campaign}|{test}", person)


class Decider:
    """Decides for one library. Everything that does not depend on the person is prepared or remembered."""

    def __init__(self, content: Content, digest: str) -> None:
        self._content = content
        self._digest = digest
        self._groups = {name: groups(content.holdout, campaign.holdout) for name, campaign in content.campaigns.items()}
        self._default_arms = _HELD_OUT | {Arm.UNASSIGNED} if content.unassigned == "default" else _HELD_OUT
        self._audiences = AudienceIndex(content.signals, content.segments, content.stages)
        self._note_builder = NoteBuilder(content)
        self._links = {
            -1 - number: placeholder.field
            for number, placeholder in enumerate(content.placeholders)
            if placeholder.encoder in _IN_LINKS or content.fields[placeholder.field].kind == "url"
        }
        self._chosen = lru_cache(_CACHED)(self._chosen_variant)
        self._remembered: dict[tuple[DecisionKey, tuple[object, ...]], tuple[Decision, ChosenVariant]] = {}

    def situation(self, plan: SlotPlan, facts: Facts, moment: Moment) -> Person:
        """Return the person's situation: segment and stage as vouched for, else by the conditions."""
        segment, stage = self._audiences.first(facts.signals, moment.day)
        if facts.segment is not msgspec.UNSET:
            segment = facts.segment
        if facts.stage is not msgspec.UNSET:
            stage = facts.stage
        return Person(facts, plan.campaign, segment, stage, moment)

    def keeps_defaults(self, arm: Arm) -> bool:
        """Whether people in the arm get every slot's default."""
        return arm in self._default_arms

    def decide(self, plan: SlotPlan, facts: Facts, moment: Moment) -> tuple[Decision, ChosenVariant]:
        """Return the decision for a person at a moment, and what it comes to."""
        person = self.situation(plan, facts, moment)
        assigned = arm(facts.person, moment, self._groups[plan.campaign])
        withheld = None
        if assigned not in self._default_arms:
            decision, chosen = self._treated(plan, person)
            notes = self._note_builder.notes(plan.campaign, facts, chosen.wanted)
            if assigned is Arm.TREATED and not notes:
                return decision, chosen
        else:
            chosen = self._chosen(plan, plan.defaults if assigned is Arm.UNASSIGNED else plan.holdout_choices)
            notes = self._note_builder.notes(plan.campaign, facts, chosen.wanted)
            if assigned is not Arm.UNASSIGNED:
                withheld = self._treated(plan, person)[1].key
        return self._decision(person, chosen, assigned, withheld, notes), chosen

    def _treated(self, plan: SlotPlan, person: Person) -> tuple[Decision, ChosenVariant]:
        """What a treated person gets, and the decision if there is nothing to note: looked up by what it depends on,
        where somebody had the same before."""
        decision_key = plan.decision_key(person.segment, person.stage)
        key = decision_key, decision_key.key_for(person)
        remembered = self._remembered.get(key)
        if remembered is None:
            if len(self._remembered) >= _CACHED:
                self._remembered.clear()
            chosen = self._chosen(plan, choose(plan, person))
            remembered = self._decision(person, chosen, Arm.TREATED, None, ()), chosen
            self._remembered[key] = remembered
        return remembered

    def _chosen_variant(self, plan: SlotPlan, choices: tuple[Choice, ...]) -> ChosenVariant:
        key, reason = key_and_reason(plan, choices)
        campaign = self._content.campaigns[plan.campaign]
        components = {choice.slot: choice.component for choice in choices}
        documents = campaign.channels[plan.channel].documents[plan.locale].values()
        in_documents = chain.from_iterable(document.numbers(components) for document in documents)
        linked = {self._links[number] for number in in_documents if number in self._links}
        wanted = self._content.fields.keys() & linked.union(campaign.needs)
        return ChosenVariant(plan=plan, choices=choices, key=key, reason=reason, wanted=frozenset(wanted))

    def _decision(
        self, person: Person, chosen: ChosenVariant, arm: Arm, withheld: str | None, notes: tuple[Note, ...]
    ) -> Decision:
        plan = chosen.plan
        return Decision(
            campaign=plan.campaign,
            channel=plan.channel,
            locale=plan.locale,
            segment=person.segment,
            stage=person.stage,
            arm=arm,
            reason=Reason.HOLDOUT if withheld is not None else chosen.reason,
            library=self._digest,
            key=chosen.key,
            withheld=withheld,
            choices=chosen.choices,
            notes=notes,
        )


def key_and_reason(plan: SlotPlan, choices: tuple[Choice, ...]) -> tuple[str, Reason]:
    """Return the key of the variant that the choices make, and the reason for it."""
    slots = {choice.slot: choice.component for choice in choices}
    reasons = {choice.reason for choice in choices}
    ordered = ((SlotReason.SPLIT, Reason.SPLIT), (SlotReason.TARGETING_MATCH, Reason.TARGETING_MATCH))
    reason = next((of_all for of_one, of_all in ordered if of_one in reasons), Reason.DEFAULT)
    return variant_key(plan.campaign, plan.channel, plan.locale, slots), reason


class NoteBuilder:
    """Builds the notes of decisions: which signals and fields a campaign reads, so that missing ones are noted."""

    def __init__(self, content: Content) -> None:
        self._declared = (*content.signals, *content.fields)
        self._signals = frozenset(content.signals)
        self._noted = lru_cache(_CACHED)(self._notes)
        by_segment = frozenset(name for segment in content.segments for name in signals_read(segment.condition))
        by_stage = frozenset(name for stage in content.stages for name in signals_read(stage.condition))
        self._read = {
            (campaign_id, segment_ruled, stage_ruled): frozenset(campaign.needs)
            | (by_segment if segment_ruled else frozenset())
            | (by_stage if stage_ruled else frozenset())
            for campaign_id, campaign in content.campaigns.items()
            for segment_ruled in (False, True)
            for stage_ruled in (False, True)
        }

    def notes(self, campaign: str, facts: Facts, wanted: frozenset[str]) -> tuple[Note, ...]:
        """Return a note on everything that is not known and was supplied, is read by a condition or `needs` of the
        campaign, or is a wanted field.
        """
        is_all_known = len(facts.signals) == len(self._signals) and wanted <= facts.values.names
        if is_all_known and not facts.problems and not facts.notes:
            return ()
        read = self._read[campaign, facts.segment is msgspec.UNSET, facts.stage is msgspec.UNSET]
        missing = (read | wanted).difference(facts.signals, facts.values.names)
        problems = dict.fromkeys(missing, Problem.MISSING) | facts.problems
        return (self._noted(frozenset(problems.items())) if problems else ()) + facts.notes

    def _notes(self, problems: frozenset[tuple[str, Problem]]) -> tuple[Note, ...]:
        """The notes on signals and fields, in the order in which these are declared."""
        problem_of = dict(problems)
        return tuple(
            Note("signal" if name in self._signals else "field", name, problem_of[name])
            for name in self._declared
            if name in problem_of
        )
