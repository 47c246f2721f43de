"""What makes a candidate lose a slot: one table, in the order in which reasons are given.

Choosing makes each check at the earliest moment that it can: `permanent` ones when a library is opened, `audience` ones
once for each segment and stage, the others at each call. Explaining walks the table from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from assembler.library.records import Component, Slot
from assembler.runtime.reasons import Fit, Loss, SlotReason


class Situation(Protocol):
    """What choosing asks about a person. A build enumerates outcomes by answering in a person's stead."""

    @property
    def segment(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def moment(self) -> int:
        """Microseconds since 1970-01-01T00:00:00Z."""

    def knows(self, name: str) -> bool:
        """Whether the signal or field of that name is known."""

    def bucket(self, test: str) -> int | None:
        """The bucket in a test of this campaign, 0 to 9,999, or None for a person without an id."""


class Choice(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What fills a slot, and why."""

    slot: str
    component: str | None
    reason: SlotReason
    fit: Fit


class SlotContext(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A slot of a campaign in one channel and locale.

    `defaults` has, for every component that is a default anywhere, the slot and the campaign of which it is; `shared`
    says whether another slot of the variant takes the same type.
    """

    campaign: str
    channel: str
    locale: str
    slot: Slot
    defaults: Mapping[str, tuple[str, str]]
    shared: bool


class Evaluation(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A component that is checked for a slot.

    `earlier` is what earlier slots hold; `passed_over` names the arm for whose sake every slot keeps its default;
    `winner` fills the slot.
    """

    component: Component
    slot_context: SlotContext
    situation: Situation
    earlier: Sequence[Choice] = ()
    passed_over: str | None = None
    winner: Choice | None = None

    def holds(self, address: str) -> bool:
        """Whether an earlier slot holds the component."""
        return any(choice.component == address for choice in self.earlier)


class LossDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Why a component does not fill a slot: the code, and what the code speaks of.

    `names` are, by code: the status; the campaigns, channels, segments or stages that the component is for; the slot
    and campaign of which it is the default; the locale that it lacks; the slot that is constant, or holds it already;
    the arm; the needs that are not known; the required components that are not chosen, or the excluded ones that are;
    the test; and the winner, where there is one.

    `day` is the one on which a window opens (`ahead`) or closed, as it was written. `buckets` are those that a
    component takes of its test, from the first to below the second, and `bucket` is the person's, None without an id.
    `fit` is the winner's.
    """

    code: Loss
    names: tuple[str, ...] = ()
    day: str | None = None
    ahead: bool = False
    buckets: tuple[int, int] = (0, 0)
    bucket: int | None = None
    fit: Fit | None = None

    @property
    def text(self) -> str:
        """The detail as an explanation in JSON has it, such as `ended 2026-11-14`."""
        names = ", ".join(self.names)
        match self.code:
            case Loss.CAMPAIGN | Loss.CHANNEL | Loss.SEGMENT | Loss.STAGE:
                return f"for {names}"
            case Loss.TEST:
                low, high = self.buckets
                return "no id" if self.bucket is None else f"bucket outside {low}-{high - 1}"
            case Loss.OUTRANKED:
                return f"{names or 'empty'} fits {self.fit}"
            case Loss.WINDOW:
                return f"{'starts' if self.ahead else 'ended'} {self.day}"
            case Loss.DEFAULT_ELSEWHERE:
                return f"default of {' of '.join(self.names)}"
        before, after = _AROUND_NAMES.get(self.code, ("", ""))
        return before + names + after


_AROUND_NAMES = {
    Loss.LOCALE: ("no ", ""),
    Loss.CONSTANT: ("", " always holds its default"),
    Loss.NEEDS: ("", " unknown"),
    Loss.USED: ("fills ", ""),
    Loss.REQUIRES: ("", " not chosen"),
    Loss.EXCLUDES: ("", " chosen"),
}


class EligibilityCheck(msgspec.Struct, frozen=True, eq=False):
    """One reason to lose: its code, when the check is made, and whether a component fails it."""

    code: Loss
    timing: Literal["permanent", "audience", "call", "explained"]
    fails: Callable[[Evaluation], bool]
    names: Callable[[Evaluation], Sequence[str]]
    """What a `LossDetail` names."""
    can_fail: Callable[[Component, SlotContext], object] = lambda component, context: True
    """Of a check made at each call: whether the component can ever fail it for the slot."""

    def detail(self, evaluation: Evaluation) -> LossDetail:
        """Return what there is to say of a component that fails the check."""
        detail = LossDetail(code=self.code, names=tuple(self.names(evaluation)))
        match self.code:
            case Loss.WINDOW:
                window = evaluation.component.window
                ahead = not window.has_begun(evaluation.situation.moment)
                return msgspec.structs.replace(detail, ahead=ahead, day=window.first if ahead else window.last)
            case Loss.TEST if (test := evaluation.component.test) is not None:
                bucket = evaluation.situation.bucket(test.id)
                buckets = test.range_in(evaluation.slot_context.campaign)
                return msgspec.structs.replace(detail, buckets=buckets, bucket=bucket)
            case Loss.OUTRANKED if evaluation.winner is not None:
                return msgspec.structs.replace(detail, fit=evaluation.winner.fit)
        return detail


def _is_for_others(tags: Sequence[str] | None, name: str | None) -> bool:
    return tags is not None and name not in tags


def _is_outside_test(evaluation: Evaluation) -> bool:
    test = evaluation.component.test
    if test is None:
        return False
    low, high = test.range_in(evaluation.slot_context.campaign)
    bucket = evaluation.situation.bucket(test.id)
    return bucket is None or not low <= bucket < high


def _test(evaluation: Evaluation) -> Sequence[str]:
    test = evaluation.component.test
    return () if test is None else (test.id,)


def _slot_held(evaluation: Evaluation) -> Sequence[str]:
    address = evaluation.component.address
    return [choice.slot for choice in evaluation.earlier if choice.component == address][:1]


def _winner(evaluation: Evaluation) -> Sequence[str]:
    winner = evaluation.winner
    return () if winner is None or winner.component is None else (winner.component,)


ELIGIBILITY_CHECKS: tuple[EligibilityCheck, ...] = (
    EligibilityCheck(
        Loss.STATUS, "permanent", lambda e: e.component.status != "ready", lambda e: (e.component.status,)
    ),
    EligibilityCheck(
        Loss.CAMPAIGN,
        "permanent",
        lambda e: not e.component.is_open_to(e.slot_context.campaign),
        lambda e: e.component.campaigns or (),
    ),
    EligibilityCheck(
        Loss.DEFAULT_ELSEWHERE,
        "permanent",
        lambda e: e.component.address in e.slot_context.defaults,
        lambda e: e.slot_context.defaults[e.component.address],
    ),
    EligibilityCheck(
        Loss.WINDOW,
        "call",
        lambda e: not e.component.window.is_open(e.situation.moment),
        lambda e: (),
        lambda component, context: component.window.edges,
    ),
    EligibilityCheck(
        Loss.LOCALE,
        "permanent",
        lambda e: e.slot_context.locale not in e.component.locales,
        lambda e: (e.slot_context.locale,),
    ),
    EligibilityCheck(
        Loss.CHANNEL,
        "permanent",
        lambda e: not e.component.is_shown_in(e.slot_context.channel),
        lambda e: e.component.channels or (),
    ),
    EligibilityCheck(
        Loss.CONSTANT, "permanent", lambda e: e.slot_context.slot.constant, lambda e: (e.slot_context.slot.name,)
    ),
    EligibilityCheck(Loss.HOLDOUT, "explained", lambda e: e.passed_over is not None, lambda e: (e.passed_over or "",)),
    EligibilityCheck(
        Loss.SEGMENT,
        "audience",
        lambda e: _is_for_others(e.component.segments, e.situation.segment),
        lambda e: e.component.segments or (),
    ),
    EligibilityCheck(
        Loss.STAGE,
        "audience",
        lambda e: _is_for_others(e.component.stages, e.situation.stage),
        lambda e: e.component.stages or (),
    ),
    EligibilityCheck(
        Loss.NEEDS,
        "call",
        lambda e: not all(map(e.situation.knows, e.component.needs)),
        lambda e: [name for name in e.component.needs if not e.situation.knows(name)],
        lambda component, context: component.needs,
    ),
    EligibilityCheck(
        Loss.USED,
        "call",
        lambda e: e.holds(e.component.address),
        _slot_held,
        lambda component, context: context.shared,
    ),
    EligibilityCheck(
        Loss.REQUIRES,
        "call",
        lambda e: not all(map(e.holds, e.component.requires)),
        lambda e: [address for address in e.component.requires if not e.holds(address)],
        lambda component, context: component.requires,
    ),
    EligibilityCheck(
        Loss.EXCLUDES,
        "call",
        lambda e: any(map(e.holds, e.component.excludes)),
        lambda e: [address for address in e.component.excludes if e.holds(address)],
        lambda component, context: component.excludes,
    ),
    EligibilityCheck(Loss.TEST, "call", _is_outside_test, _test, lambda component, context: component.test),
    EligibilityCheck(Loss.OUTRANKED, "explained", lambda e: True, _winner),
)
"""Every way to lose, in the order in which reasons are given: the first that applies is the reason."""
