"""T05: two candidates could tie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import TAGS
from assembler.authoring.check.slots import channel_slots
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.library.records import BUCKETS, Component

# A segment and a stage; None: none of them.
Cell = tuple[str | None, str | None]
_ALWAYS = (-(1 << 63), 1 << 63)


def find(subject: Subject) -> Iterator[Finding]:
    """Components that could fill one slot for the same people with nothing to decide between them."""
    told: set[str] = set()
    for campaign in subject.project.campaigns.values():
        for (first, second), cell, slot in _Contest(subject, campaign).ties(told):
            told.add(second.address)
            tags = subject.project.components[second.address].tags
            key = "segments" if tags.segments is not None else "stages" if tags.stages is not None else "campaigns"
            who = f"segment {cell[0] or 'none'}, stage {cell[1] or 'none'}"
            message = f"{first.address} and {second.address} could tie in slot {slot!r} of {campaign.id}: {who}"
            hint = "tell them apart by segments, stages, needs, channels or dates, or test one against the other"
            yield Finding(tags.key_place(key), message, hint)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where candidates meet: a slot of a channel, and the slots filled before it.

    `rivals` counts the slots up to this one that take the same type and vary.
    """

    channel: str
    slot: str
    earlier: tuple[str, ...]
    rivals: int


class _Contest:
    """The candidates of one campaign."""

    def __init__(self, subject: Subject, campaign: AuthoredCampaign) -> None:
        self._campaign = campaign
        self._records: Mapping[str, Component] = {each.address: each for each in subject.compiled.content.components}
        self._defaults = frozenset(subject.project.defaults())
        self._channels = channel_slots(subject, campaign)
        settings = subject.project.settings
        self._segments = [each.id for each in settings.segments]
        self._stages = [each.id for each in settings.stages]

    def ties(self, told: set[str]) -> Iterator[tuple[tuple[Component, Component], Cell, str]]:
        """Pairs that could tie, the later one not told, with a cell and a slot."""
        for type_ in sorted({slot.type for slot in self._campaign.slots.values()}):
            meetings = list(self._meetings(type_))
            for key, candidates in self._by_cell(type_).items() if meetings else ():
                for group, above in _ranked(candidates):
                    for pair in _equals(group, told):
                        found = self._tie(pair, key, above, meetings)
                        if found is not None:
                            yield pair, *found

    def _meetings(self, type_: str) -> Iterator[_Meeting]:
        """Every slot that varies and takes a type, in each channel."""
        slots = self._campaign.slots
        for channel, names in self._channels.items():
            rivals = 0
            for index, name in enumerate(names):
                if slots[name].type == type_ and not slots[name].constant:
                    rivals += 1
                    yield _Meeting(channel, name, names[:index], rivals)

    def _by_cell(self, type_: str) -> dict[tuple[bool, bool, Cell], list[Component]]:
        """The candidates of a type by fit (tagged for segments, for stages) and by each cell that they name."""
        found: dict[tuple[bool, bool, Cell], list[Component]] = {}
        for each in self._records.values():
            if each.type == type_ and self._stands(each):
                segments = (
                    [None] if each.segments is None else [name for name in self._segments if name in each.segments]
                )
                stages = [None] if each.stages is None else [name for name in self._stages if name in each.stages]
                for cell in product(segments, stages):
                    found.setdefault((each.segments is None, each.stages is None, cell), []).append(each)
        return found

    def _stands(self, component: Component) -> bool:
        """Whether a component can ever be a candidate of this campaign."""
        low, high = _range(component, self._campaign.id)
        start, end = _window(component)
        open_ = component.campaigns is None or self._campaign.id in component.campaigns
        return (
            component.status == "ready"
            and open_
            and component.address not in self._defaults
            and low < high
            and start < end
        )

    def _tie(
        self,
        pair: tuple[Component, Component],
        key: tuple[bool, bool, Cell],
        above: list[Component],
        meetings: list[_Meeting],
    ) -> tuple[Cell, str] | None:
        """A cell and a slot in which a pair of equals comes out on top."""
        needed = self._needed(pair)
        if needed is None:
            return None
        cell = self._narrowed(key, needed)
        if cell is None:
            return None
        locales = [each for each in pair[0].locales if all(each in other.locales for other in (pair[1], *needed))]
        for meeting in meetings:
            if all(_in_channel(each, meeting.channel) for each in (*pair, *needed)) and self._seated(
                needed, meeting.earlier
            ):
                masks = [
                    each
                    for each in above
                    if _in_channel(each, meeting.channel) and _masks(each, pair, self._campaign.id)
                ]
                if any(
                    _exposed(pair, [mask for mask in masks if locale in mask.locales], meeting.rivals)
                    for locale in locales
                ):
                    return cell, meeting.slot
        return None

    # What a pair requires

    def _needed(self, pair: tuple[Component, Component]) -> list[Component] | None:
        """All that must stand in earlier slots for both to be possible; None where that cannot be."""
        addresses = [*pair[0].requires, *pair[1].requires]
        excluded = {*pair[0].excludes, *pair[1].excludes}
        needed: list[Component] = []
        for address in addresses:
            component = self._records.get(address)
            if component is None or component in pair:
                return None
            if component not in needed:
                needed.append(component)
                addresses += component.requires
                excluded.update(component.excludes)
        return None if any(each.address in excluded for each in needed) else needed

    def _narrowed(self, key: tuple[bool, bool, Cell], needed: list[Component]) -> Cell | None:
        """The cell, narrowed to where everything needed can stand; None where there is no such cell."""
        any_segment, any_stage, (segment, stage) = key
        targeted = [each for each in needed if each.address not in self._defaults]
        segments = _common(self._segments if any_segment else [segment], (each.segments for each in targeted), segment)
        stages = _common(self._stages if any_stage else [stage], (each.stages for each in targeted), stage)
        return (segments[0], stages[0]) if segments and stages else None

    def _seated(self, needed: list[Component], earlier: tuple[str, ...]) -> bool:
        """Whether everything needed finds a slot of its own among the earlier ones: one after the other takes a slot,
        and who sat there before moves on where there is another."""
        fitting = {each.address: [name for name in earlier if self._fits(each, name)] for each in needed}
        seats: dict[str, str] = {}

        def sits(address: str, tried: set[str]) -> bool:
            for name in fitting[address]:
                if name not in tried:
                    tried.add(name)
                    if name not in seats or sits(seats[name], tried):
                        seats[name] = address
                        return True
            return False

        return all(sits(each.address, set()) for each in needed)

    def _fits(self, component: Component, name: str) -> bool:
        slot = self._campaign.slots[name]
        if slot.component == component.address:
            return True
        return slot.type == component.type and not slot.constant and self._stands(component)


def _ranked(candidates: list[Component]) -> Iterator[tuple[list[Component], list[Component]]]:
    """Groups of equal rank within a cell, each with all that go before it."""
    groups: dict[tuple[bool, int], list[Component]] = {}
    for each in candidates:
        groups.setdefault((each.test is None, -len(each.needs)), []).append(each)
    above: list[Component] = []
    for _, group in sorted(groups.items()):
        yield group, above
        above = above + group


def _equals(group: list[Component], told: set[str]) -> Iterator[tuple[Component, Component]]:
    """Pairs whose windows overlap and that no common test keeps apart, the later one not told."""
    open_: dict[str | None, list[Component]] = {}
    first_end = _ALWAYS[1]
    for second in sorted(group, key=lambda each: (_window(each), each.address)):
        start, end = _window(second)
        if first_end <= start:
            open_ = {test: [each for each in tested if _window(each)[1] > start] for test, tested in open_.items()}
            first_end = min((_window(each)[1] for tested in open_.values() for each in tested), default=end)
        test = None if second.test is None else second.test.id
        for first in (each for id_, tested in open_.items() if id_ is None or id_ != test for each in tested):
            if second.address in told:
                break
            yield first, second
        open_.setdefault(test, []).append(second)
        first_end = min(first_end, end)


def _masks(component: Component, pair: tuple[Component, Component], campaign: str) -> bool:
    """Whether a component that goes before a pair is possible wherever the pair is."""
    first, second = pair
    certain = component.test is None or (
        first.test is not None and _range(component, campaign) == (0, BUCKETS) and component.test.id not in _tests(pair)
    )
    known = set(component.needs) <= {*first.needs, *second.needs}
    held = set(component.requires) <= {*first.requires, *second.requires} and not component.excludes
    return certain and known and held


def _exposed(pair: tuple[Component, Component], above: list[Component], rivals: int) -> bool:
    """Whether there is a moment at which so few go before the pair that a slot is left for it."""
    start = max(_window(each)[0] for each in pair)
    end = min(_window(each)[1] for each in pair)
    moments = {start, *(edge for each in above for edge in _window(each) if start <= edge < end)}
    return any(sum(_window(each)[0] <= moment < _window(each)[1] for each in above) < rivals for moment in moments)


def _window(component: Component) -> tuple[int, int]:
    window = component.window
    return (_ALWAYS[0] if window.start is None else window.start, _ALWAYS[1] if window.end is None else window.end)


def _range(component: Component, campaign: str) -> tuple[int, int]:
    """The buckets of its test that a component takes; all of them where it has none."""
    return (0, BUCKETS) if component.test is None else component.test.range_in(campaign)


def _tests(components: Iterable[Component]) -> set[str]:
    return {each.test.id for each in components if each.test is not None}


def _in_channel(component: Component, channel: str) -> bool:
    return component.channels is None or channel in component.channels


def _common(
    names: list[str] | list[str | None], tagged: Iterable[tuple[str, ...] | None], otherwise: str | None
) -> list[str | None]:
    """The names that all tags admit; where nothing is tagged, the one that stands already."""
    tags = [each for each in tagged if each is not None]
    return [each for each in names if all(each in tag for tag in tags)] if tags else [otherwise]


RULE = Rule(
    code="T05",
    severity="error",
    summary="Two candidates could tie: nothing decides between them for some people.",
    fix="Tell them apart by segments, stages, needs, channels or dates, or make them a test of one id.",
    each=(TAGS.by(find),),
)
