"""Why a component lost a slot, in the sentence that a marketer would say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assembler.cli.text.words import said_day

if TYPE_CHECKING:
    from assembler import Decision
    from assembler.library.records import Component
    from assembler.runtime.eligibility import Choice, LossDetail

FITS = {
    "segment+stage": "for their segment and stage",
    "segment": "for their segment",
    "stage": "for their stage",
    "everyone": "for everyone",
    "default": "the default",
    "empty": "nothing",
}
_ARMS = {
    "holdout": "people in the holdout get the default",
    "control": "people in the control group get the default",
    "unassigned": "people without an id get the default",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Losing:
    """A component that lost, why, and what the sentence tells of besides: the winner, the slot's default, the decision
    and the day."""

    component: Component
    loss: LossDetail
    winner: Choice
    default: str | None
    decision: Decision
    today: date

    @property
    def names(self) -> str:
        """What the reason names, with commas."""
        return ", ".join(self.loss.names)


def lost(losing: Losing) -> str:
    """Return the sentence, such as `ended 14 Nov`, without the component that lost."""
    return _SENTENCES[losing.loss.code](losing)


def _window(losing: Losing) -> str:
    day = losing.loss.day
    said = said_day(date.fromisoformat(day), losing.today) if day else day
    return f"{'starts' if losing.loss.ahead else 'ended'} {said}"


def _segment(losing: Losing) -> str:
    return f"for {losing.names}; this person is in {losing.decision.segment or 'no segment'}"


def _stage(losing: Losing) -> str:
    return f"for {losing.names}; this person is at {losing.decision.stage or 'no stage'}"


def _test(losing: Losing) -> str:
    (low, high), bucket = losing.loss.buckets, losing.loss.bucket
    if bucket is None:
        return "in a test, and nobody without an id is tested"
    if low == high:
        return f"has no share of the test {losing.names}"
    return f"for buckets {low:,}-{high - 1:,} of the test {losing.names}; this person's is {bucket:,}"


def _outranked(losing: Losing) -> str:
    from assembler.runtime.choose import fit_of

    component, winner = losing.component, losing.winner
    if component.address == losing.default:
        return f"the default comes last; {winner.component} is {FITS[winner.fit]}"
    fit = fit_of(component)
    if fit != winner.fit:
        return f"{FITS[fit]}; {winner.component} is {FITS[winner.fit]}, which goes first"
    if winner.reason == "SPLIT" and component.test is None:
        return f"{winner.component} is in a test that includes this person, which goes first"
    return f"{winner.component} fits as well and needs more to be known, which goes first"


_SENTENCES: dict[str, Callable[[Losing], str]] = {
    "status": lambda losing: f"{losing.names}, and only ready components are assembled",
    "campaign": lambda losing: f"for {losing.names}, not for this campaign",
    "default_elsewhere": lambda losing: f"the default of {' of '.join(losing.loss.names)}, so no candidate anywhere",
    "window": _window,
    "locale": lambda losing: f"not translated into {losing.names}",
    "channel": lambda losing: f"for {losing.names}, not for this channel",
    "constant": lambda losing: f"the slot is constant: {losing.names} always holds its default",
    "holdout": lambda losing: _ARMS[losing.names],
    "segment": _segment,
    "stage": _stage,
    "needs": lambda losing: f"needs {losing.names}, not known of this person",
    "used": lambda losing: f"already fills {losing.names}",
    "requires": lambda losing: f"only goes with {losing.names}, which no earlier slot holds",
    "excludes": lambda losing: f"does not go with {losing.names}, which an earlier slot holds",
    "test": _test,
    "outranked": _outranked,
}
