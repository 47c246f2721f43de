"""Why a component lost a slot, in the sentence that a marketer would say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assembler.cli.text.dates import said_day

if TYPE_CHECKING:
    from assembler import Decision
    from assembler.library.records import Component
    from assembler.runtime.explain import Contender
    from assembler.runtime.hurdles import Choice

__all__ = ["FITS", "Losing", "lost"]

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
    """A contender that lost, and what its sentence tells of: the winner, the slot's default, the decision, the day,
    and the person's buckets by test."""

    contender: Contender
    component: Component
    winner: Choice
    default: str | None
    decision: Decision
    today: date
    buckets: Mapping[str, int]

    @property
    def detail(self) -> str:
        """The short text that the runtime gives beside the reason."""
        return self.contender.detail


def lost(losing: Losing) -> str:
    """The sentence, such as `ended 14 Nov`, without the component that lost."""
    reason = losing.contender.reason
    return _LOSSES[reason](losing) if reason else ""


def _window(losing: Losing) -> str:
    window = losing.component.window
    verb, _, day = losing.detail.partition(" ")
    written = window.first if verb == "starts" else window.last
    return f"{verb} {said_day(date.fromisoformat(written), losing.today) if written else day}"


def _segment(losing: Losing) -> str:
    return f"{losing.detail}; {_stands('in', 'segment', losing.decision.segment)}"


def _stage(losing: Losing) -> str:
    return f"{losing.detail}; {_stands('at', 'stage', losing.decision.stage)}"


def _stands(preposition: str, kind: str, name: str | None) -> str:
    return f"this person is {preposition} " + (name or f"no {kind}")


def _test(losing: Losing) -> str:
    test = losing.component.test
    if test is None or test.id not in losing.buckets:
        return "in a test, and nobody without an id is tested"
    low, high = test.range_in(losing.decision.campaign)
    if low == high:
        return f"has no share of the test {test.id}"
    return f"for buckets {low:,}-{high - 1:,} of the test {test.id}; this person's is {losing.buckets[test.id]:,}"


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


_LOSSES: dict[str, Callable[[Losing], str]] = {
    "status": lambda it: f"{it.detail}, and only ready components are assembled",
    "campaign": lambda it: f"{it.detail}, not for this campaign",
    "default_elsewhere": lambda it: f"the {it.detail}, so no candidate anywhere",
    "window": _window,
    "locale": lambda it: f"not translated into {it.decision.locale}",
    "channel": lambda it: f"{it.detail}, not for this channel",
    "constant": lambda it: f"the slot is constant: {it.detail}",
    "holdout": lambda it: _ARMS[it.detail],
    "segment": _segment,
    "stage": _stage,
    "needs": lambda it: f"needs {it.detail.removesuffix(' unknown')}, not known of this person",
    "used": lambda it: f"already {it.detail}",
    "requires": lambda it: f"only goes with {it.detail.removesuffix(' not chosen')}, which no earlier slot holds",
    "excludes": lambda it: f"does not go with {it.detail.removesuffix(' chosen')}, which an earlier slot holds",
    "test": _test,
    "outranked": _outranked,
}
