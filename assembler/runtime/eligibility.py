"""What makes a candidate lose a slot: one table, in the order in which reasons are given.

Choosing makes each check at the earliest moment that it can: `permanent` ones when a library is opened, `audience` ones
once for each segment and stage, by looking up who is tagged so, the others at each call. Explaining walks the table
from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import filterfalse
from typing import Any, Literal, Protocol

import msgspec

from assembler.library.records import BUCKETS, Component, Slot
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
            case Loss.DEFAULT_ELSEWHERE:
                names = " of ".join(self.names)
            case Loss.WINDOW:
                return f"{'starts' if self.ahead else 'ended'} {self.day}"
            case Loss.TEST:
                low, high = self.buckets
                return "no id" if self.bucket is None else f"bucket outside {low}-{high - 1}"
            case Loss.OUTRANKED:
                return f"{names or 'empty'} fits {self.fit}"
        return _TEXTS.get(self.code, "{}").format(names)


_TEXTS = {
    **dict.fromkeys((Loss.CAMPAIGN, Loss.CHANNEL, Loss.SEGMENT, Loss.STAGE), "for {}"),
    Loss.DEFAULT_ELSEWHERE: "default of {}",
    Loss.LOCALE: "no {}",
    Loss.CONSTANT: "{} always holds its default",
    Loss.NEEDS: "{} unknown",
    Loss.USED: "fills {}",
    Loss.REQUIRES: "{} not chosen",
    Loss.EXCLUDES: "{} chosen",
}


class EligibilityCheck(msgspec.Struct, frozen=True, eq=False):
    """One reason to lose: its code, and when the check is made."""

    code: Loss
    timing: Literal["permanent", "audience", "call", "explained"]
    can_fail: Callable[[Component, SlotContext], object] = lambda c, slot: True
    """Whether a component can ever fail the check for a slot; if the check is permanent, whether it always does."""
    fails: Callable[[Evaluation], bool] = lambda e: True
    """Whether one that can fail it does."""
    names: Callable[[Evaluation], Iterable[str]] = lambda e: ()
    """What a `LossDetail` names."""
    more: Callable[[Evaluation], dict[str, Any]] = lambda e: {}
    """What else it says."""

    def detail(self, evaluation: Evaluation) -> LossDetail:
        """Return what there is to say of a component that fails the check."""
        return LossDetail(code=self.code, names=tuple(self.names(evaluation)), **self.more(evaluation))


def checks_for(component: Component, context: SlotContext) -> tuple[EligibilityCheck, ...]:
    """Return the checks that a component can fail for a slot, in order, up to the first that it always fails."""
    checks: list[EligibilityCheck] = []
    for check in ELIGIBILITY_CHECKS:
        if check.can_fail(component, context):
            checks.append(check)
            if check.timing == "permanent":
                break
    return tuple(checks)


def _window_day(evaluation: Evaluation) -> dict[str, Any]:
    window = evaluation.component.window
    ahead = not window.has_begun(evaluation.situation.moment)
    return {"ahead": ahead, "day": window.first if ahead else window.last}


def _test_buckets(evaluation: Evaluation) -> tuple[tuple[int, int], int | None]:
    """The buckets that the component takes of its test, all without one, and the person's."""
    test = evaluation.component.test
    if test is None:
        return (0, BUCKETS), 0
    return test.range_in(evaluation.slot_context.campaign), evaluation.situation.bucket(test.id)


def _is_outside_test(evaluation: Evaluation) -> bool:
    (low, high), bucket = _test_buckets(evaluation)
    return bucket is None or not low <= bucket < high


def _is_for_others(tags: Sequence[str] | None, name: str | None) -> bool:
    return tags is not None and name not in tags


ELIGIBILITY_CHECKS: tuple[EligibilityCheck, ...] = (
    EligibilityCheck(
        Loss.STATUS, "permanent", lambda c, slot: c.status != "ready", names=lambda e: (e.component.status,)
    ),
    EligibilityCheck(
        Loss.CAMPAIGN,
        "permanent",
        lambda c, slot: not c.is_open_to(slot.campaign),
        names=lambda e: e.component.campaigns or (),
    ),
    EligibilityCheck(
        Loss.DEFAULT_ELSEWHERE,
        "permanent",
        lambda c, slot: c.address in slot.defaults,
        names=lambda e: e.slot_context.defaults[e.component.address],
    ),
    EligibilityCheck(
        Loss.WINDOW,
        "call",
        lambda c, slot: c.window.edges,
        lambda e: not e.component.window.is_open(e.situation.moment),
        more=_window_day,
    ),
    EligibilityCheck(
        Loss.LOCALE,
        "permanent",
        lambda c, slot: slot.locale not in c.locales,
        names=lambda e: (e.slot_context.locale,),
    ),
    EligibilityCheck(
        Loss.CHANNEL,
        "permanent",
        lambda c, slot: not c.is_shown_in(slot.channel),
        names=lambda e: e.component.channels or (),
    ),
    EligibilityCheck(
        Loss.CONSTANT, "permanent", lambda c, slot: slot.slot.constant, names=lambda e: (e.slot_context.slot.name,)
    ),
    EligibilityCheck(
        Loss.HOLDOUT, "explained", fails=lambda e: e.passed_over is not None, names=lambda e: (e.passed_over or "",)
    ),
    EligibilityCheck(
        Loss.SEGMENT,
        "audience",
        fails=lambda e: _is_for_others(e.component.segments, e.situation.segment),
        names=lambda e: e.component.segments or (),
    ),
    EligibilityCheck(
        Loss.STAGE,
        "audience",
        fails=lambda e: _is_for_others(e.component.stages, e.situation.stage),
        names=lambda e: e.component.stages or (),
    ),
    EligibilityCheck(
        Loss.NEEDS,
        "call",
        lambda c, slot: c.needs,
        lambda e: not all(map(e.situation.knows, e.component.needs)),
        lambda e: filterfalse(e.situation.knows, e.component.needs),
    ),
    EligibilityCheck(
        Loss.USED,
        "call",
        lambda c, slot: slot.shared,
        lambda e: e.holds(e.component.address),
        lambda e: [choice.slot for choice in e.earlier if choice.component == e.component.address][:1],
    ),
    EligibilityCheck(
        Loss.REQUIRES,
        "call",
        lambda c, slot: c.requires,
        lambda e: not all(map(e.holds, e.component.requires)),
        lambda e: filterfalse(e.holds, e.component.requires),
    ),
    EligibilityCheck(
        Loss.EXCLUDES,
        "call",
        lambda c, slot: c.excludes,
        lambda e: any(map(e.holds, e.component.excludes)),
        lambda e: filter(e.holds, e.component.excludes),
    ),
    EligibilityCheck(
        Loss.TEST,
        "call",
        lambda c, slot: c.test,
        _is_outside_test,
        lambda e: () if e.component.test is None else (e.component.test.id,),
        lambda e: dict(zip(("buckets", "bucket"), _test_buckets(e), strict=True)),
    ),
    EligibilityCheck(
        Loss.OUTRANKED,
        "explained",
        names=lambda e: () if e.winner is None or e.winner.component is None else (e.winner.component,),
        more=lambda e: {"fit": None if e.winner is None else e.winner.fit},
    ),
)
"""Every way to lose, in the order in which reasons are given: the first that applies is the reason."""
