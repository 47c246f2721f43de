"""Two decisions side by side, and what makes the difference between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.explanation import ExplanationFormatter
from assembler.cli.text.losses import FITS
from assembler.cli.text.signals import said_value
from assembler.cli.text.words import said_moment

if TYPE_CHECKING:
    from assembler import Decision, Explanation
    from assembler.authoring.outcomes.difference import Difference, Entry
    from assembler.runtime.eligibility import Choice

_NAMES = ("variant", "locale", "arm", "reason", "error", "segment", "stage", "withheld")


def differing(
    difference: Difference, explanation: Explanation, other: Explanation, formatter: ExplanationFormatter
) -> str:
    """Return where two decisions differ, in 80 columns; the explanations are those of the two contexts."""
    mine, theirs = _facts(difference.decision), _facts(difference.other)
    facts = [("", "this one", "the other")]
    facts += [(name, mine[name], theirs[name]) for name in _NAMES if mine[name] != theirs[name]]
    blocks = [
        wrapped(_verdict(difference)) + f"\n  at  {said_moment(formatter.moment)}",
        f"Decisions\n{table(facts)}" if len(facts) > 1 else "",
        _entries(difference, formatter.signals(explanation), formatter.signals(other)),
        *_slots(explanation, other, formatter),
    ]
    return "\n\n".join(block for block in blocks if block)


def _verdict(difference: Difference) -> str:
    if difference.aspect is None:
        return "Both contexts give the same decision."
    same = "" if difference.aspect == "variant" else "Both get the same variant, by different decisions. "
    sets = [_and([str(entry) for entry in entries]) for entries in difference.carried_by]
    if not difference.smallest:
        return f"{same}{sets[0]} make the difference together, and none of them can be left out."
    if len(difference.entries) > 1 and difference.carried_by[0] == difference.entries:
        return f"{same}Only all that differs makes the difference: {sets[0]}."
    makes = "makes" if len(difference.carried_by[0]) == 1 else "together make"
    taken = "with only that taken from the other, this one gets the other's"
    return f"{same}{', or '.join(sets)} {makes} the difference: {taken} {difference.aspect}."


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _facts(decision: Decision) -> dict[str, str]:
    names = {"variant": "key", "error": "error_code"}
    return {name: getattr(decision, names.get(name, name)) or "none" for name in _NAMES}


def _entries(difference: Difference, mine: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What is not alike; signals are given as they were read."""
    makes = {id(entry) for entries in difference.carried_by for entry in entries}
    rows = [
        (
            f"{'>' if id(entry) in makes else ' '} {entry}",
            *(
                signals.get(entry.name or "", "-") if entry.kind == "signal" else _said(entry, value)
                for signals, value in ((mine, entry.value), (theirs, entry.other))
            ),
        )
        for entry in difference.entries
    ]
    return f"Not alike in the contexts (> makes the difference)\n{table(rows)}" if rows else ""


def _said(entry: Entry, value: object) -> str:
    if value is UNSET:
        return "-"
    if entry.kind == "consent":
        return "granted" if value else "not granted"
    return "none" if value is None else said_value(value)


def _slots(explanation: Explanation, other: Explanation, formatter: ExplanationFormatter) -> Iterator[str]:
    """Every slot that the two fill with different components, and why each winner lost in the other's place."""
    mine, theirs = explanation.decision.slots, other.decision.slots
    for slot in mine:
        if mine[slot].component != theirs[slot].component:
            rows = [
                (name, f"{choice.component or '(empty)'}, {FITS[choice.fit]}{_lost(against, choice)}")
                for name, choice, against in (
                    ("this one", mine[slot], formatter.losses(other, slot) if other.slots else {}),
                    ("the other", theirs[slot], formatter.losses(explanation, slot) if explanation.slots else {}),
                )
            ]
            yield f"Slot {slot}\n{table(rows)}"


def _lost(losses: Mapping[str, Sequence[str]], choice: Choice) -> str:
    """Why the component that one of the two gets is not what the other gets; of a default there is nothing to say."""
    reasons = (sentence for sentence, losers in losses.items() if choice.component in losers)
    return "" if choice.fit == "default" else next((f"; lost there: {reason}" for reason in reasons), "")
