"""A person -> a decision: which component fills each slot of a campaign in a channel, and why."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import msgspec

from assembler.conditions.evaluation import signals_read
from assembler.library.key import variant_key
from assembler.library.records import Content, Encoder
from assembler.runtime.assignment import TREATED, UNASSIGNED, arm, bucket, groups
from assembler.runtime.choose import AskedTest, DecisionKey, SlotPlan, asked_tests, choose
from assembler.runtime.decision import Decision, Salts, Treatment
from assembler.runtime.eligibility import Choice
from assembler.runtime.person import Note, Person
from assembler.runtime.reasons import Arm, Problem, Reason, SlotReason

_CACHED = 4096
_IN_LINKS: frozenset[Encoder] = frozenset({"url", "url_part"})
_NONE: frozenset[str] = frozenset()


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


class PersonInCampaign(msgspec.Struct, frozen=True):
    """The situation of a person in a campaign."""

    person: Person
    campaign: str

    @property
    def segment(self) -> str | None:
        return self.person.segment

    @property
    def stage(self) -> str | None:
        return self.person.stage

    @property
    def moment(self) -> int:
        return self.person.at.instant

    def knows(self, name: str) -> bool:
        """Whether the signal or field of that name is known."""
        return name in self.person.signals or name in self.person.values.names

    def bucket(self, test: str) -> int | None:
        """The person's bucket in a test of the campaign, or None without an id."""
        return None if self.person.id is None else bucket(f"{self.campaign}|{test}", self.person.id)


class Decider:
    """Decides for one library. Everything that does not depend on the person is prepared or remembered."""

    def __init__(self, content: Content, digest: str) -> None:
        self._content = content
        self._digest = digest
        self._groups = {name: groups(None, campaign.holdout) for name, campaign in content.campaigns.items()}
        self._treats_unassigned = content.unassigned == "treat"
        self._note_builder = NoteBuilder(content)
        self._links = {
            -1 - number: placeholder.field
            for number, placeholder in enumerate(content.placeholders)
            if placeholder.encoder in _IN_LINKS or content.fields[placeholder.field].kind == "url"
        }
        self._chosen = lru_cache(_CACHED)(self._chosen_variant)
        self._given = lru_cache(_CACHED)(self._treatment)
        self._remembered: dict[tuple[DecisionKey, tuple[object, ...]], tuple[Decision, ChosenVariant]] = {}

    def keeps_defaults(self, arm: Arm) -> bool:
        """Whether people in the arm get every slot's default."""
        return arm is not TREATED and not (arm is UNASSIGNED and self._treats_unassigned)

    def decide(self, plan: SlotPlan, person: Person) -> tuple[Decision, ChosenVariant]:
        """Return the decision for a person, and what it comes to."""
        assigned = person.arm
        if assigned is TREATED:
            assigned = arm(person.id, person.at, self._groups[plan.campaign])
        if assigned is TREATED or (assigned is UNASSIGNED and self._treats_unassigned):
            decision, chosen = self._treated(plan, person)
            notes = self._note_builder.notes(plan.campaign, person, chosen.wanted)
            if assigned is TREATED and not notes:
                return decision, chosen
            return msgspec.structs.replace(decision, arm=assigned, notes=notes), chosen
        chosen = self._chosen(plan, plan.defaults if assigned is UNASSIGNED else plan.holdout_choices)
        notes = self._note_builder.notes(plan.campaign, person, chosen.wanted)
        treatment = self._given(chosen) if assigned is UNASSIGNED else self._treated(plan, person)[0].treatment
        return self._decision(person, chosen, assigned, notes, treatment), chosen

    def _treated(self, plan: SlotPlan, person: Person) -> tuple[Decision, ChosenVariant]:
        """What a treated person gets, and the decision if there is nothing to note: looked up by what it depends on,
        where somebody had the same before."""
        decision_key = plan.decision_key(person.segment, person.stage)
        key = decision_key, decision_key.key_for(person)
        remembered = self._remembered.get(key)
        if remembered is None:
            if len(self._remembered) >= _CACHED:
                self._remembered.clear()
            situation = PersonInCampaign(person, plan.campaign)
            choices = choose(plan, situation)
            chosen = self._chosen(plan, choices)
            tests = tuple(asked_tests(plan, situation, choices))
            remembered = self._decision(person, chosen, Arm.TREATED, (), self._given(chosen), tests), chosen
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

    def _treatment(self, chosen: ChosenVariant) -> Treatment:
        """What somebody gets, as it is measured."""
        plan = chosen.plan
        stored = self._content.campaigns[plan.campaign].channels[plan.channel].defaults[plan.locale]
        return Treatment(
            key=chosen.key,
            choices=chosen.choices,
            is_default=chosen.key == stored.key,
            salts=salts(self._content, plan.campaign),
        )

    def _decision(
        self,
        person: Person,
        chosen: ChosenVariant,
        arm: Arm,
        notes: tuple[Note, ...],
        treatment: Treatment,
        tests: tuple[AskedTest, ...] = (),
    ) -> Decision:
        plan = chosen.plan
        is_held_out = arm is Arm.HOLDOUT or arm is Arm.CONTROL
        return Decision(
            campaign=plan.campaign,
            channel=plan.channel,
            locale=plan.locale,
            segment=person.segment,
            stage=person.stage,
            arm=arm,
            reason=Reason.HOLDOUT if is_held_out else chosen.reason,
            library=self._digest,
            key=chosen.key,
            withheld=treatment.key if is_held_out else None,
            choices=chosen.choices,
            tests=tests,
            notes=notes,
            treatment=treatment,
        )


def salts(content: Content, campaign: str) -> Salts:
    """Return the salts by which people are held out of a campaign."""
    held_out = content.holdout, content.campaigns[campaign].holdout
    return Salts(*(None if holdout is None else holdout.salt for holdout in held_out))


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
        self._missing = lru_cache(_CACHED)(self._all_missing)
        by_segment = frozenset(name for segment in content.segments for name in signals_read(segment.condition))
        by_stage = frozenset(name for stage in content.stages for name in signals_read(stage.condition))
        self._read = {
            (campaign_id, (is_segment_told, is_stage_told)): frozenset(campaign.needs)
            | (frozenset() if is_segment_told else by_segment)
            | (frozenset() if is_stage_told else by_stage)
            for campaign_id, campaign in content.campaigns.items()
            for is_segment_told in (False, True)
            for is_stage_told in (False, True)
        }

    def notes(self, campaign: str, person: Person, wanted: frozenset[str]) -> tuple[Note, ...]:
        """Return a note on everything that is not known and was supplied, is read by a condition or `needs` of the
        campaign, or is a wanted field.
        """
        signals, fields = person.signals, person.values.names
        if len(signals) == len(self._signals) and wanted <= fields:
            missing = _NONE
        else:
            missing = (self._read[campaign, person.told] | wanted).difference(signals, fields)
        if not person.problems:
            return self._missing(missing) + person.notes if missing else person.notes
        problems = dict.fromkeys(missing, Problem.MISSING) | person.problems
        return self._noted(frozenset(problems.items())) + person.notes

    def _all_missing(self, names: frozenset[str]) -> tuple[Note, ...]:
        return self._notes(frozenset((name, Problem.MISSING) for name in names))

    def _notes(self, problems: frozenset[tuple[str, Problem]]) -> tuple[Note, ...]:
        """The notes on signals and fields, in the order in which these are declared."""
        problem_of = dict(problems)
        return tuple(
            Note("signal" if name in self._signals else "field", name, problem_of[name])
            for name in self._declared
            if name in problem_of
        )
