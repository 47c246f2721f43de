"""Which component fills each slot: candidates in order of rank, the first that no check keeps out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from itertools import chain, product

import msgspec

from assembler.library.records import BUCKETS, Campaign, Component, Content, Slot, Test
from assembler.runtime.assignment import bucket
from assembler.runtime.eligibility import Choice, EligibilityCheck, Evaluation, Situation, SlotContext, checks_for
from assembler.runtime.moment import span
from assembler.runtime.person import Person
from assembler.runtime.reasons import Fit, Loss, SlotReason

_Tags = tuple[str | None, str | None]

_CACHED = 1024


class Candidate(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A component that could fill a slot, and the checks that it can fail at a call."""

    component: Component
    choice: Choice
    checks: tuple[EligibilityCheck, ...]


class AskedTest(msgspec.Struct, frozen=True):
    """A test that was asked for a person in a slot, and the component that it gave; None outside its ranges."""

    test: str
    component: str | None


class SlotCandidates(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A slot: its candidates in order of rank, and what fills it when none of them is eligible."""

    slot_context: SlotContext
    candidates: tuple[Candidate, ...]
    default: Choice

    @property
    def name(self) -> str:
        """The slot's name."""
        return self.slot_context.slot.name


class SlotPlan:
    """All that can be prepared for one campaign, channel and locale.

    `slots` are those of that channel, in the order in which they are filled. `defaults` fills every slot with its
    default; `holdout_choices` do so for held-out people. `candidates_for(segment, stage)` gives the slots with only the
    candidates that are for these two, and `decision_key(segment, stage)` what the choices among those depend on; recent
    answers are remembered.
    """

    def __init__(self, *, campaign: str, channel: str, locale: str, slots: tuple[SlotCandidates, ...]) -> None:
        self.campaign = campaign
        self.channel = channel
        self.locale = locale
        self.slots = slots
        self.defaults = tuple(slot.default for slot in slots)
        self.holdout_choices = tuple(_default(slot.slot_context.slot, SlotReason.HOLDOUT) for slot in slots)
        self._numbers_by_tags = [_numbers_by_tags(slot.candidates) for slot in slots]
        self._forget()

    def fresh(self) -> SlotPlan:
        """Return the same plan, with nothing remembered yet."""
        plan = copy(self)
        plan._forget()
        return plan

    @cached_property
    def cuts(self) -> Mapping[str, tuple[int, ...]]:
        """The first bucket of each interval, by test, within which everybody is treated alike."""
        return _cuts(self.campaign, (candidate.component for slot in self.slots for candidate in slot.candidates))

    def _forget(self) -> None:
        self.candidates_for = lru_cache(_CACHED)(self._candidates_for)
        self.decision_key = lru_cache(_CACHED)(self._decision_key)

    def _candidates_for(self, segment: str | None, stage: str | None) -> tuple[SlotCandidates, ...]:
        tags = {(segment, stage), (segment, None), (None, stage), (None, None)}
        slots: list[SlotCandidates] = []
        for slot, by_tags in zip(self.slots, self._numbers_by_tags, strict=True):
            numbers = sorted(number for tag in tags for number in by_tags.get(tag, ()))
            candidates = tuple(_reachable(slot.candidates[number] for number in numbers))
            slots.append(SlotCandidates(slot_context=slot.slot_context, candidates=candidates, default=slot.default))
        return tuple(slots)

    def _decision_key(self, segment: str | None, stage: str | None) -> DecisionKey:
        return DecisionKey(self.campaign, self.candidates_for(segment, stage))


class DecisionKey:
    """What the choices for people of one segment and stage still depend on: the moments at which a candidate starts or
    ends; `needs`, what candidates need; and `tests`, with what each is salted, and where its ranges begin and end."""

    def __init__(self, campaign: str, slots: Sequence[SlotCandidates]) -> None:
        checked = [candidate.component for slot in slots for candidate in slot.candidates if candidate.checks]
        self._edges = sorted({span(edge) for component in checked for edge in component.window.edges})
        self.needs = sorted({need for component in checked for need in component.needs})
        self.tests = [(f"{campaign}|{test}", cuts) for test, cuts in _cuts(campaign, checked).items()]
        self._is_constant = not (self._edges or self.needs or self.tests)

    def key_for(self, person: Person) -> tuple[object, ...]:
        """Return a key of the person: where the keys are equal, so are the choices, and what tests are asked."""
        if self._is_constant:
            return ()
        signals, fields = person.signals, person.values.names
        key: list[object] = [need in signals or need in fields for need in self.needs]
        if self._edges:
            key.append(bisect_right(self._edges, person.at.since))
        for salt, cuts in self.tests:
            key.append(None if person.id is None else bisect_right(cuts, bucket(salt, person.id)))
        return tuple(key)


def slot_plans(content: Content, campaigns: Iterable[str] | None = None) -> Iterator[SlotPlan]:
    """Yield the plan of every channel and locale of some campaigns, or of all."""
    components: dict[tuple[str, str | None], list[Component]] = {}
    for component in content.components:
        for name in component.campaigns or (None,):
            components.setdefault((component.type, name), []).append(component)
    defaults = _defaults(content)
    for campaign_id in content.campaigns if campaigns is None else campaigns:
        campaign = content.campaigns[campaign_id]
        for channel in campaign.channels:
            for locale in content.locales:
                contexts = _slot_contexts(campaign_id, campaign, channel, locale, defaults)
                slots = tuple(_slot_candidates(context, components) for context in contexts)
                yield SlotPlan(campaign=campaign_id, channel=channel, locale=locale, slots=slots)


def choose(plan: SlotPlan, situation: Situation) -> tuple[Choice, ...]:
    """Return what fills each slot of the plan for someone who is treated."""
    chosen: list[Choice] = []
    for slot in plan.candidates_for(situation.segment, situation.stage):
        for candidate in slot.candidates:
            if not candidate.checks or is_eligible(candidate, slot.slot_context, situation, chosen):
                chosen.append(candidate.choice)
                break
        else:
            chosen.append(slot.default)
    return tuple(chosen)


def asked_tests(plan: SlotPlan, situation: Situation, chosen: Sequence[Choice]) -> Iterator[AskedTest]:
    """Yield every test that was asked when this was chosen, in the order of slots.

    It was asked where nothing else kept its components out, and none that goes before them was chosen. Without an id,
    none is asked.
    """
    for number, slot in enumerate(plan.candidates_for(situation.segment, situation.stage)):
        asked: dict[str, str | None] = {}
        for candidate in slot.candidates:
            has_won = candidate.choice == chosen[number]
            test = candidate.component.test
            if test is not None and (has_won or _is_asked(candidate, test, slot, situation, chosen[:number])):
                asked[test.id] = candidate.choice.component if has_won else asked.get(test.id)
            if has_won:
                break
        yield from (AskedTest(test, component) for test, component in asked.items())


def _is_asked(
    candidate: Candidate, test: Test, slot: SlotCandidates, situation: Situation, earlier: Sequence[Choice]
) -> bool:
    """Whether nothing but its test keeps a candidate out."""
    others = [check for check in candidate.checks if check.code is not Loss.TEST]
    return situation.bucket(test.id) is not None and is_eligible(
        candidate, slot.slot_context, situation, earlier, others
    )


def is_eligible(
    candidate: Candidate,
    context: SlotContext,
    situation: Situation,
    earlier: Sequence[Choice],
    checks: Iterable[EligibilityCheck] | None = None,
) -> bool:
    """Whether a candidate fails no check of a call, or none of some, after what earlier slots hold."""
    evaluation = Evaluation(component=candidate.component, slot_context=context, situation=situation, earlier=earlier)
    return not any(check.fails(evaluation) for check in (candidate.checks if checks is None else checks))


def fit_of(component: Component) -> Fit:
    """Return how closely a component fits those whom it is for."""
    if component.segments is not None:
        return Fit.SEGMENT if component.stages is None else Fit.SEGMENT_STAGE
    return Fit.EVERYONE if component.stages is None else Fit.STAGE


def _numbers_by_tags(candidates: Sequence[Candidate]) -> Mapping[_Tags, Sequence[int]]:
    """The numbers of candidates by each segment and stage that they are for, None for everyone: so that those of one
    audience are found without looking at the others."""
    numbers: dict[_Tags, list[int]] = {}
    for number, candidate in enumerate(candidates):
        component = candidate.component
        for tags in product(
            (None,) if component.segments is None else component.segments,
            (None,) if component.stages is None else component.stages,
        ):
            numbers.setdefault(tags, []).append(number)
    return numbers


def _reachable(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates up to the first that no check of a call can keep out."""
    for candidate in candidates:
        yield candidate
        if not candidate.checks:
            return


def _cuts(campaign: str, components: Iterable[Component]) -> dict[str, tuple[int, ...]]:
    """The first bucket of each interval, by test, within which everybody is treated alike; tests in order of ids."""
    cuts: dict[str, set[int]] = {}
    for test in (component.test for component in components if component.test is not None):
        cuts.setdefault(test.id, {0}).update(edge for edge in test.range_in(campaign) if edge < BUCKETS)
    return {test: tuple(sorted(edges)) for test, edges in sorted(cuts.items())}


def _defaults(content: Content) -> Mapping[str, tuple[str, str]]:
    """Every component that is a default, with the first slot, and its campaign, that it is the default of."""
    return {
        slot.default: (slot.name, campaign_id)
        for campaign_id, campaign in reversed(content.campaigns.items())
        for slot in reversed(campaign.slots)
        if slot.default is not None
    }


def _slot_contexts(
    campaign_id: str, campaign: Campaign, channel: str, locale: str, defaults: Mapping[str, tuple[str, str]]
) -> Iterator[SlotContext]:
    slots = [slot for slot in campaign.slots if slot.name in campaign.channels[channel].slots]
    types = Counter(slot.type for slot in slots)
    for slot in slots:
        yield SlotContext(
            campaign=campaign_id,
            channel=channel,
            locale=locale,
            slot=slot,
            defaults=defaults,
            shared=types[slot.type] > 1,
        )


def _slot_candidates(
    context: SlotContext, components: Mapping[tuple[str, str | None], Sequence[Component]]
) -> SlotCandidates:
    """A slot, filled from the components by their type and each campaign that they name, or None."""
    named = (components.get((context.slot.type, name), ()) for name in (context.campaign, None))
    candidates = (_candidate(component, context) for component in chain.from_iterable(named))
    lasting = (candidate for candidate in candidates if candidate is not None)
    ranked = sorted(lasting, key=lambda candidate: (candidate.component.rank, candidate.component.address))
    default = _default(context.slot, SlotReason.DEFAULT)
    return SlotCandidates(slot_context=context, candidates=tuple(ranked), default=default)


def _candidate(component: Component, context: SlotContext) -> Candidate | None:
    """The component as a candidate; None where it never is one."""
    checks = checks_for(component, context)
    if checks[-1].timing == "permanent":
        return None
    fit = fit_of(component)
    targeted = SlotReason.DEFAULT if fit is Fit.EVERYONE else SlotReason.TARGETING_MATCH
    choice = Choice(
        slot=context.slot.name,
        component=component.address,
        reason=SlotReason.SPLIT if component.test else targeted,
        fit=fit,
    )
    at_a_call = tuple(check for check in checks if check.timing == "call")
    return Candidate(component=component, choice=choice, checks=at_a_call)


def _default(slot: Slot, reason: SlotReason) -> Choice:
    return Choice(
        slot=slot.name,
        component=slot.default,
        reason=SlotReason.CONSTANT if slot.constant else reason,
        fit=Fit.EMPTY if slot.default is None else Fit.DEFAULT,
    )
