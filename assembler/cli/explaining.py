"""An explanation in words that need no manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assembler.cli.columns import table, wrapped

if TYPE_CHECKING:
    from assembler import Decision, Explanation
    from assembler.library.records import Content, Signal
    from assembler.runtime.explain import AudienceResult, Contender, SignalReading

__all__ = ["explained"]

_LONGEST_VALUE = 24

_WHO = {
    "holdout": "A person in the holdout",
    "control": "A person in the control group of {campaign}",
    "treated": "A treated person",
    "unassigned": "A person without an id, who is never held out or tested",
}
_WHAT = {
    "HOLDOUT": "gets the default variant, so that lift can be measured.",
    "SPLIT": "gets a variant in which a test decided a slot.",
    "TARGETING_MATCH": "gets a variant that holds components for their segment or stage.",
    "DEFAULT": "gets a variant that holds nothing for a segment or stage.",
}
_FITS = {
    "segment+stage": "for their segment and stage",
    "segment": "for their segment",
    "stage": "for their stage",
    "everyone": "for everyone",
    "default": "the default",
    "empty": "nothing",
}
_LOSSES = {
    "status": "is {}: only ready components are assembled",
    "campaign": "is {}, not for this campaign",
    "default_elsewhere": "is the {}, so it is no candidate here",
    "window": "is out of its dates: {}",
    "locale": "is not translated: {}",
    "channel": "is {}, not for this channel",
    "constant": "cannot be chosen: {}",
    "holdout": "was passed over: this arm ({}) gets the default",
    "segment": "is {}, another segment",
    "stage": "is {}, another stage",
    "needs": "needs what is not known: {}",
    "used": "already {}",
    "requires": "requires another component: {}",
    "excludes": "does not go with another component: {}",
    "test": "is in a test that does not include this person: {}",
    "outranked": "was outranked: {}",
}
_PROBLEMS: dict[str, Callable[[Signal], str]] = {
    "missing": lambda signal: "not in the context",
    "blank": lambda signal: "blank",
    "type": lambda signal: f"not of the kind {signal.kind}, or without a readable time",
    "range": lambda signal: "not one of " + ", ".join(signal.values) if signal.values else _range(signal),
    "stale": lambda signal: f"older than {_age((signal.max_age or 0) // 1_000_000)}",
    "future": lambda signal: "observed in the future",
    "consent": lambda signal: f"no consent for {signal.consent}",
}


def explained(explanation: Explanation, content: Content, moment: datetime) -> str:
    """The whole explanation, in 80 columns."""
    decision = explanation.decision
    blocks = [
        _decision(decision, moment),
        _block("Signals", table(_signal(each, content.signals[each.signal]) for each in explanation.signals)),
        _block("Segments, the first that is true", _audiences(explanation.segments, decision.segment)),
        _block("Stages, the first that is true", _audiences(explanation.stages, decision.stage)),
        *(_block(f"Slot {slot}", _slot(decision, slot, found)) for slot, found in explanation.slots.items()),
    ]
    return "\n\n".join(block for block in blocks if block)


def _block(title: str, body: str) -> str:
    return f"{title}\n{body}" if body else ""


def _decision(decision: Decision, moment: datetime) -> str:
    if decision.reason == "ERROR":
        return f"The default variant, by error: {decision.error_code}.\n  variant  {decision.key}"
    who = _WHO[decision.arm].format(campaign=decision.campaign)
    segment = f"in the segment {decision.segment}" if decision.segment else "in no segment"
    stage = f"at the stage {decision.stage}" if decision.stage else "at no stage"
    facts = [("variant", decision.key), ("at", moment.isoformat(timespec="seconds"))]
    if decision.withheld:
        facts.insert(1, ("withheld", f"{decision.withheld}, which they would get if they were treated"))
    return wrapped(f"{who}, {segment} and {stage}, {_WHAT[decision.reason]}") + "\n" + table(facts)


def _signal(reading: SignalReading, signal: Signal) -> tuple[str, ...]:
    state = f"unknown: {_PROBLEMS[reading.problem](signal)}" if reading.problem else "known"
    age = "" if reading.age_seconds is None or reading.value is None else _observed(reading.age_seconds)
    return reading.signal, _short(reading.value), age, state


def _short(value: object) -> str:
    text = "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _observed(seconds: int) -> str:
    if seconds == 0:
        return "now"
    return f"{_age(seconds)} old" if seconds > 0 else f"{_age(-seconds)} ahead"


def _age(seconds: int) -> str:
    """Seconds in the largest unit that fits."""
    units = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
    name, size = next((each for each in units if seconds >= each[1]), units[-1])
    count = seconds // size
    return f"{count} {name}{'s' * (count != 1)}"


def _range(signal: Signal) -> str:
    if signal.low is None or signal.high is None:
        return "out of range"
    return f"not from {signal.low} to {signal.high}"


def _audiences(results: Sequence[AudienceResult], chosen: str | None) -> str:
    first = next((each.id for each in results if each.result), None)
    return table(_audience(each, chosen, first) for each in results)


def _audience(found: AudienceResult, chosen: str | None, first: str | None) -> tuple[str, ...]:
    truth = {True: "true", False: "false", None: "unknown"}[found.result]
    vouched = " (the context vouches for it)" if found.id == chosen != first else ""
    return (">" if found.id == chosen else " ") + f" {found.id}", truth + vouched


def _slot(decision: Decision, slot: str, contenders: Sequence[Contender]) -> str:
    return table(_contenders(decision, slot, contenders))


def _contenders(decision: Decision, slot: str, contenders: Sequence[Contender]) -> Iterator[tuple[str, str]]:
    """The winner, then every other component of the slot's type, each with its reason."""
    choice = next(each for each in decision.choices if each.slot == slot)
    yield f"> {choice.component or '(empty)'}", _won(choice.reason, choice.fit)
    for each in contenders:
        if not each.won and each.reason:
            yield f"  {each.component}", _LOSSES[each.reason].format(each.detail)


def _won(reason: str, fit: str) -> str:
    if reason == "CONSTANT":
        return "always held: the slot is constant"
    if reason == "HOLDOUT":
        return f"{_FITS[fit]}, as they are held out"
    if reason == "SPLIT":
        return f"{_FITS[fit]}; a test includes this person"
    return {"default": "the default: no candidate fits", "empty": "left empty: no candidate fits"}.get(fit, _FITS[fit])
