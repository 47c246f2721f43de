"""What makes a candidate lose a slot: one table, in the order in which reasons are given.

Choosing applies each hurdle at the earliest moment that it can: `standing` ones when a library is opened, `audience`
ones once for each segment and stage, the others at each call. Explaining walks the table from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from assembler.library.records import Component, Slot
from assembler.runtime.reasons import Fit, Loss, SlotReason

__all__ = ["HURDLES", "Choice", "Hurdle", "Place", "Situation", "Trial"]


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


class Choice(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What fills a slot, and why. In one plan each choice is one object, so choices are compared by identity."""

    slot: str
    component: str | None
    reason: SlotReason
    fit: Fit


class Place(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Where a component would stand. `defaults` tells of every default component which slots it is the default of;
    `shared` says whether another slot of the variant takes the same type."""

    campaign: str
    channel: str
    locale: str
    slot: Slot
    defaults: Mapping[str, str]
    shared: bool


class Trial(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A component before the hurdles of a place. `earlier` is what earlier slots hold; `passed_over` names the arm
    for whose sake every slot keeps its default; `winner` fills the slot."""

    component: Component
    place: Place
    situation: Situation
    earlier: Sequence[Choice] = ()
    passed_over: str | None = None
    winner: Choice | None = None

    def holds(self, address: str) -> bool:
        """Whether an earlier slot holds the component."""
        return any(choice.component == address for choice in self.earlier)


class Hurdle(msgspec.Struct, frozen=True, eq=False):
    """One reason to lose: its code, when it is applied, whether it stops a trial, and a short text that says why."""

    code: Loss
    applied: Literal["standing", "audience", "call", "explained"]
    stops: Callable[[Trial], bool]
    detail: Callable[[Trial], str]
    concerns: Callable[[Component, Place], object] = lambda component, place: True
    """Of a hurdle applied at each call: whether it can ever stop this component in this place."""


def _outside(allowed: Sequence[str] | None, name: str | None) -> bool:
    return allowed is not None and name not in allowed


def _for(names: Sequence[str] | None) -> str:
    return "for " + ", ".join(names or ())


def _window_detail(trial: Trial) -> str:
    window = trial.component.window
    return f"ended {window.last}" if window.has_begun(trial.situation.moment) else f"starts {window.first}"


def _unknown_needs(trial: Trial) -> list[str]:
    return [name for name in trial.component.needs if not trial.situation.knows(name)]


def _outside_test(trial: Trial) -> bool:
    test = trial.component.test
    if test is None:
        return False
    low, high = test.range_in(trial.place.campaign)
    bucket = trial.situation.bucket(test.id)
    return bucket is None or not low <= bucket < high


def _test_detail(trial: Trial) -> str:
    test = trial.component.test
    if test is None or trial.situation.bucket(test.id) is None:
        return "no id"
    low, high = test.range_in(trial.place.campaign)
    return f"bucket outside {low}-{high - 1}"


def _slot_of(trial: Trial) -> str:
    return next(choice.slot for choice in trial.earlier if choice.component == trial.component.address)


def _winner_detail(trial: Trial) -> str:
    winner = trial.winner
    return "" if winner is None else f"{winner.component or 'empty'} fits {winner.fit}"


HURDLES: tuple[Hurdle, ...] = (
    Hurdle(Loss.STATUS, "standing", lambda t: t.component.status != "ready", lambda t: t.component.status),
    Hurdle(
        Loss.CAMPAIGN,
        "standing",
        lambda t: _outside(t.component.campaigns, t.place.campaign),
        lambda t: _for(t.component.campaigns),
    ),
    Hurdle(
        Loss.DEFAULT_ELSEWHERE,
        "standing",
        lambda t: t.component.address in t.place.defaults,
        lambda t: f"default of {t.place.defaults[t.component.address]}",
    ),
    Hurdle(
        Loss.WINDOW,
        "call",
        lambda t: not t.component.window.is_open(t.situation.moment),
        _window_detail,
        lambda component, place: component.window.edges,
    ),
    Hurdle(
        Loss.LOCALE,
        "standing",
        lambda t: t.place.locale not in t.component.locales,
        lambda t: f"no {t.place.locale}",
    ),
    Hurdle(
        Loss.CHANNEL,
        "standing",
        lambda t: _outside(t.component.channels, t.place.channel),
        lambda t: _for(t.component.channels),
    ),
    Hurdle(
        Loss.CONSTANT,
        "standing",
        lambda t: t.place.slot.constant,
        lambda t: f"{t.place.slot.name} always holds its default",
    ),
    Hurdle(Loss.HOLDOUT, "explained", lambda t: t.passed_over is not None, lambda t: t.passed_over or ""),
    Hurdle(
        Loss.SEGMENT,
        "audience",
        lambda t: _outside(t.component.segments, t.situation.segment),
        lambda t: _for(t.component.segments),
    ),
    Hurdle(
        Loss.STAGE,
        "audience",
        lambda t: _outside(t.component.stages, t.situation.stage),
        lambda t: _for(t.component.stages),
    ),
    Hurdle(
        Loss.NEEDS,
        "call",
        lambda t: not all(map(t.situation.knows, t.component.needs)),
        lambda t: ", ".join(_unknown_needs(t)) + " unknown",
        lambda component, place: component.needs,
    ),
    Hurdle(
        Loss.USED,
        "call",
        lambda t: t.holds(t.component.address),
        lambda t: f"fills {_slot_of(t)}",
        lambda component, place: place.shared,
    ),
    Hurdle(
        Loss.REQUIRES,
        "call",
        lambda t: not all(map(t.holds, t.component.requires)),
        lambda t: ", ".join(each for each in t.component.requires if not t.holds(each)) + " not chosen",
        lambda component, place: component.requires,
    ),
    Hurdle(
        Loss.EXCLUDES,
        "call",
        lambda t: any(map(t.holds, t.component.excludes)),
        lambda t: ", ".join(filter(t.holds, t.component.excludes)) + " chosen",
        lambda component, place: component.excludes,
    ),
    Hurdle(Loss.TEST, "call", _outside_test, _test_detail, lambda component, place: component.test),
    Hurdle(Loss.OUTRANKED, "explained", lambda t: True, _winner_detail),
)
"""Every way to lose, in the order in which reasons are given: the first that applies is the reason."""
