"""Which component fills each slot: candidates in order of rank, the first that takes every hurdle."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from itertools import product

import msgspec

from assembler.library.records import BUCKETS, Campaign, Component, Content, Slot
from assembler.runtime.hurdles import HURDLES, Choice, Hurdle, Place, Situation, Trial
from assembler.runtime.reasons import Fit, SlotReason

__all__ = ["Candidate", "Plan", "Questions", "Row", "choose", "fit_of", "plans", "takes_all"]

_Tags = tuple[str | None, str | None]

_CACHED = 1024

_STANDING = tuple(hurdle for hurdle in HURDLES if hurdle.applied == "standing")
_AUDIENCE = tuple(hurdle for hurdle in HURDLES if hurdle.applied == "audience")
_CALL = tuple(hurdle for hurdle in HURDLES if hurdle.applied == "call")
_RANKS = (Fit.SEGMENT_STAGE, Fit.SEGMENT, Fit.STAGE, Fit.EVERYONE)


class Candidate(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A component that could fill a slot, and the hurdles that can stop it at a call."""

    component: Component
    choice: Choice
    hurdles: tuple[Hurdle, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A slot: its candidates in order of rank, and what fills it when none of them takes its hurdles."""

    place: Place
    candidates: tuple[Candidate, ...]
    default: Choice


class Plan:
    """All that can be prepared for one campaign, channel and locale.

    `rows` are the slots of that channel, in the order in which they are filled. `defaults` fills every slot with its
    default; `held` does so for held-out people. `admitting(segment, stage)` gives the rows with only the candidates
    that these two admit, and `asking` what the choices among those depend on; recent answers are remembered.
    """

    def __init__(self, *, campaign: str, channel: str, locale: str, rows: tuple[Row, ...]) -> None:
        self.campaign = campaign
        self.channel = channel
        self.locale = locale
        self.rows = rows
        self.defaults = tuple(row.default for row in rows)
        self.held = tuple(_default(row.place.slot, SlotReason.HOLDOUT) for row in rows)
        self._by_tags = [_by_tags(row.candidates) for row in rows]
        self._forget()

    def anew(self) -> Plan:
        """The same plan, with nothing to remember yet."""
        plan = copy(self)
        plan._forget()
        return plan

    @cached_property
    def cuts(self) -> Mapping[str, tuple[int, ...]]:
        """The first bucket of each stretch of each test in which nobody's answer changes."""
        return _cuts(self.campaign, (each.component for row in self.rows for each in row.candidates))

    def _forget(self) -> None:
        self.admitting = lru_cache(_CACHED)(self._admitting)
        self.asking = lru_cache(_CACHED)(self._asking)

    def _admitting(self, segment: str | None, stage: str | None) -> tuple[Row, ...]:
        audience = _Audience(segment, stage)
        tags = {(segment, stage), (segment, None), (None, stage), (None, None)}
        found = []
        for row, by_tags in zip(self.rows, self._by_tags, strict=True):
            tagged = (row.candidates[number] for number in sorted(n for tag in tags for n in by_tags.get(tag, ())))
            candidates = tuple(_admitted(row.place, tagged, audience))
            found.append(Row(place=row.place, candidates=candidates, default=row.default))
        return tuple(found)

    def _asking(self, segment: str | None, stage: str | None) -> Questions:
        return Questions(self.campaign, self.admitting(segment, stage))


class Questions:
    """What the choices for people of one segment and stage still depend on: the moments at which a candidate starts or
    ends, what candidates need, and where the ranges of tests begin and end."""

    def __init__(self, campaign: str, rows: Sequence[Row]) -> None:
        stopped = [each.component for row in rows for each in row.candidates if each.hurdles]
        self._edges = sorted({edge for each in stopped for edge in each.window.edges})
        self._needs = sorted({need for each in stopped for need in each.needs})
        self._tests = list(_cuts(campaign, stopped).items())
        self._none = not (self._edges or self._needs or self._tests)

    def answered(self, situation: Situation) -> tuple[object, ...]:
        """The answers for a situation: where they are equal, so are the choices."""
        if self._none:
            return ()
        answers: list[object] = [situation.knows(need) for need in self._needs]
        if self._edges:
            answers.append(bisect_right(self._edges, situation.moment))
        for test, cuts in self._tests:
            bucket = situation.bucket(test)
            answers.append(None if bucket is None else bisect_right(cuts, bucket))
        return tuple(answers)


class _Audience:
    """A situation of which only segment and stage are said: what standing and audience hurdles may ask."""

    moment = 0

    def __init__(self, segment: str | None = None, stage: str | None = None) -> None:
        self.segment = segment
        self.stage = stage

    def knows(self, name: str) -> bool:
        return False

    def bucket(self, test: str) -> int | None:
        return None


def plans(content: Content, campaigns: Iterable[str] | None = None) -> Iterator[Plan]:
    """The plan of every channel and locale of some campaigns, or of all."""
    components: dict[tuple[str, str | None], list[Component]] = {}
    for component in content.components:
        for name in component.campaigns or (None,):
            components.setdefault((component.type, name), []).append(component)
    defaults = _defaults(content)
    for campaign_id in content.campaigns if campaigns is None else campaigns:
        campaign = content.campaigns[campaign_id]
        for channel in campaign.channels:
            for locale in content.locales:
                places = _places(campaign_id, campaign, channel, locale, defaults)
                rows = tuple(_row(place, _named(components, place)) for place in places)
                yield Plan(campaign=campaign_id, channel=channel, locale=locale, rows=rows)


def _named(components: Mapping[tuple[str, str | None], list[Component]], place: Place) -> list[Component]:
    """The components of the slot's type that name its campaign, or none."""
    return [each for name in (place.campaign, None) for each in components.get((place.slot.type, name), ())]


def choose(plan: Plan, situation: Situation) -> tuple[Choice, ...]:
    """What fills each slot of the plan for someone who is treated."""
    chosen: list[Choice] = []
    for row in plan.admitting(situation.segment, situation.stage):
        for candidate in row.candidates:
            if not candidate.hurdles or takes_all(candidate, row.place, situation, chosen):
                chosen.append(candidate.choice)
                break
        else:
            chosen.append(row.default)
    return tuple(chosen)


def takes_all(candidate: Candidate, place: Place, situation: Situation, earlier: Sequence[Choice]) -> bool:
    """Whether no hurdle of a call stops a candidate, after what earlier slots hold."""
    trial = Trial(component=candidate.component, place=place, situation=situation, earlier=earlier)
    return not any(hurdle.stops(trial) for hurdle in candidate.hurdles)


def _by_tags(candidates: Sequence[Candidate]) -> Mapping[_Tags, Sequence[int]]:
    """The numbers of candidates by each segment and stage that they are for, None for everyone: so that those of one
    audience are found without asking all the others."""
    found: dict[_Tags, list[int]] = {}
    for number, candidate in enumerate(candidates):
        component = candidate.component
        for tags in product(component.segments or (None,), component.stages or (None,)):
            found.setdefault(tags, []).append(number)
    return found


def _admitted(place: Place, candidates: Iterable[Candidate], audience: _Audience) -> Iterator[Candidate]:
    for candidate in candidates:
        trial = Trial(component=candidate.component, place=place, situation=audience)
        if not any(hurdle.stops(trial) for hurdle in _AUDIENCE):
            yield candidate
            if not candidate.hurdles:
                return


def _cuts(campaign: str, components: Iterable[Component]) -> dict[str, tuple[int, ...]]:
    """The first bucket of each stretch of each test in which nobody's answer changes; by the tests' ids, in order."""
    found: dict[str, set[int]] = {}
    for test in (each.test for each in components if each.test is not None):
        found.setdefault(test.id, {0}).update(edge for edge in test.range_in(campaign) if edge < BUCKETS)
    return {test: tuple(sorted(edges)) for test, edges in sorted(found.items())}


def _defaults(content: Content) -> Mapping[str, str]:
    """Every component that is a slot's default, with the first slot that it is the default of."""
    return {
        slot.default: f"{slot.name} of {campaign_id}"
        for campaign_id, campaign in reversed(content.campaigns.items())
        for slot in reversed(campaign.slots)
        if slot.default is not None
    }


def _places(
    campaign_id: str, campaign: Campaign, channel: str, locale: str, defaults: Mapping[str, str]
) -> Iterator[Place]:
    slots = [slot for slot in campaign.slots if slot.name in campaign.channels[channel].slots]
    types = Counter(slot.type for slot in slots)
    for slot in slots:
        yield Place(
            campaign=campaign_id,
            channel=channel,
            locale=locale,
            slot=slot,
            defaults=defaults,
            shared=types[slot.type] > 1,
        )


def _row(place: Place, components: Sequence[Component]) -> Row:
    trials = [Trial(component=component, place=place, situation=_Audience()) for component in components]
    standing = [trial.component for trial in trials if not any(hurdle.stops(trial) for hurdle in _STANDING)]
    return Row(
        place=place,
        candidates=tuple(_candidate(component, place) for component in sorted(standing, key=_rank)),
        default=_default(place.slot, SlotReason.DEFAULT),
    )


def _candidate(component: Component, place: Place) -> Candidate:
    fit = fit_of(component)
    targeted = SlotReason.DEFAULT if fit is Fit.EVERYONE else SlotReason.TARGETING_MATCH
    return Candidate(
        component=component,
        choice=Choice(
            slot=place.slot.name,
            component=component.address,
            reason=SlotReason.SPLIT if component.test else targeted,
            fit=fit,
        ),
        hurdles=tuple(hurdle for hurdle in _CALL if hurdle.concerns(component, place)),
    )


def _default(slot: Slot, reason: SlotReason) -> Choice:
    return Choice(
        slot=slot.name,
        component=slot.default,
        reason=SlotReason.CONSTANT if slot.constant else reason,
        fit=Fit.EMPTY if slot.default is None else Fit.DEFAULT,
    )


def fit_of(component: Component) -> Fit:
    """How closely a component fits those whom it is for."""
    if component.segments is not None:
        return Fit.SEGMENT if component.stages is None else Fit.SEGMENT_STAGE
    return Fit.EVERYONE if component.stages is None else Fit.STAGE


def _rank(component: Component) -> tuple[int, bool, int, str]:
    """Earlier is better: the closer fit, then a test that includes the person, then more needs."""
    return _RANKS.index(fit_of(component)), component.test is None, -len(component.needs), component.address
