"""Why two people get different variants: the entries of their contexts that make the difference, by the runtime."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import comb
from typing import Final, Literal

import msgspec
from msgspec import UNSET

from assembler.library.records import Content
from assembler.runtime.decision import Decision
from assembler.runtime.library import Library
from assembler.runtime.recognise import getter, is_mapping, nothing
from assembler.runtime.signals import granted

Aspect = Literal["variant", "decision"]
EntryKind = Literal["id", "locale", "consent", "segment", "stage", "signal", "field", "context"]
EntryKey = tuple[EntryKind, str | None]

_MOST_TRIALS: Final = 20_000


class Entry(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One thing that two contexts do not say alike. `name` is that of a signal, field or purpose of consent.

    A context that is no mapping is one entry, the whole `context`. Of consent, the value is whether it is granted; what
    a context does not say is unset.
    """

    kind: EntryKind
    name: str | None
    value: object
    other: object

    def __str__(self) -> str:
        return self.kind if self.name is None else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two decisions, and which entries carry the one over into the other.

    `aspect` is what they differ in: the variant; where that is the same, something else of the decision; None where
    nothing differs. `carried_by` are the smallest sets of entries that, taken from the other context, each carry that
    over by themselves. Where there were too many sets to try them all (not `smallest`), it holds one set, of which
    nothing can be left out.
    """

    decision: Decision
    other: Decision
    entries: tuple[Entry, ...]
    aspect: Aspect | None
    carried_by: tuple[tuple[Entry, ...], ...]
    smallest: bool

    def to_dict(self) -> dict[str, object]:
        """Return the difference as JSON has it."""
        return {
            "decision": self.decision.to_dict(),
            "other": self.other.to_dict(),
            "entries": [msgspec.to_builtins(entry) for entry in self.entries],
            "aspect": self.aspect,
            "carried_by": [[{"kind": one.kind, "name": one.name} for one in entries] for entries in self.carried_by],
            "smallest": self.smallest,
        }


def difference(
    library: Library, campaign: str, *, channel: str, context: object, other: object, at: datetime
) -> Difference:
    """Return what makes the decision for one context differ from that for another, at an aware moment.

    Only what the library declares is compared. Single entries are tried first, then pairs, and so on.
    """

    def decide(somebody: object) -> Decision:
        return library.decide(campaign, channel=channel, context=somebody, at=at)

    decision, wanted = decide(context), decide(other)
    mine, theirs = _entries(library.content, context), _entries(library.content, other)
    keys = (key for key in {**mine, **theirs} if not _alike(mine.get(key, UNSET), theirs.get(key, UNSET)))
    entries = tuple(
        Entry(kind=key[0], name=key[1], value=mine.get(key, UNSET), other=theirs.get(key, UNSET)) for key in keys
    )
    aspect, of = next((pair for pair in _ASPECTS if pair[1](decision) != pair[1](wanted)), (None, _all_of))

    def carries(swapped: Sequence[Entry]) -> bool:
        changed = {(entry.kind, entry.name): entry.other for entry in swapped}
        return of(decide(_context({**mine, **changed}))) == of(wanted)

    sets, smallest = _smallest(entries, carries) if aspect else ((), True)
    return Difference(
        decision=decision, other=wanted, entries=entries, aspect=aspect, carried_by=sets, smallest=smallest
    )


def _entries(content: Content, context: object) -> dict[EntryKey, object]:
    """What a context says, or does not, entry by entry, of what the runtime looks at."""
    if context is not None and not is_mapping(context):
        return {("context", None): context}
    get = getter(context) or nothing
    consented = granted(get("consent", None))
    purposes = dict.fromkeys(filter(None, (signal.consent for signal in content.signals.values())))
    signals, fields = (getter(get(key, None)) or nothing for key in ("signals", "fields"))
    return {
        ("id", None): get("id", UNSET),
        ("locale", None): get("locale", UNSET),
        **{("consent", purpose): purpose in consented for purpose in purposes},
        ("segment", None): get("segment", UNSET),
        ("stage", None): get("stage", UNSET),
        **{("signal", name): signals(name, UNSET) for name in content.signals},
        **{("field", name): fields(name, UNSET) for name in content.fields},
    }


def _context(entries: Mapping[EntryKey, object]) -> object:
    kept = {key: value for key, value in entries.items() if value is not UNSET}
    if ("context", None) in kept:
        return kept["context", None]

    def named(kind: EntryKind) -> dict[str | None, object]:
        return {name: value for (key, name), value in kept.items() if key == kind}

    context: dict[str, object] = {str(kind): value for (kind, name), value in kept.items() if name is None}
    consent = [purpose for purpose, granted in named("consent").items() if granted]
    return {**context, "consent": consent, "signals": named("signal"), "fields": named("field")}


def _alike(value: object, other: object) -> bool:
    """Whether two values are the same in JSON, where true is not 1."""
    if value is UNSET or other is UNSET:
        return value is other
    return json.dumps(value, sort_keys=True) == json.dumps(other, sort_keys=True)


def _all_of(decision: Decision) -> object:
    """The decision without its notes, which repeat what the contexts say."""
    return {key: value for key, value in decision.to_dict().items() if key != "notes"}


_ASPECTS: Final[tuple[tuple[Aspect | None, Callable[[Decision], object]], ...]] = (
    ("variant", lambda decision: decision.key),
    ("decision", _all_of),
)
"""What two decisions may differ in, the first that they do."""


def _smallest(
    entries: Sequence[Entry], carries: Callable[[Sequence[Entry]], bool]
) -> tuple[tuple[tuple[Entry, ...], ...], bool]:
    """The smallest sets of entries that carry the decision over, and whether all smaller ones were tried."""
    left = _MOST_TRIALS
    for size in range(1, len(entries) + 1):
        left -= comb(len(entries), size)
        if left < 0:
            return (_reduced(entries, carries),), False
        carrying = tuple(chosen for chosen in combinations(entries, size) if carries(chosen))
        if carrying:
            return carrying, True
    return (), True


def _reduced(entries: Sequence[Entry], carries: Callable[[Sequence[Entry]], bool]) -> tuple[Entry, ...]:
    kept = tuple(entries)
    for entry in entries:
        without = tuple(other for other in kept if other is not entry)
        if carries(without):
            kept = without
    return kept
