"""What is due, as text: by owner, then by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted, said_day

if TYPE_CHECKING:
    from assembler.authoring.check.agenda import Agenda, Change, Due

_DECIDED = ("review", "decide", "retire", "unhealthy")
"""What somebody has to decide about, so that nothing follows by itself."""

_HOLDOUTS = {"holdout": "the holdout over all campaigns", "control": "the control group of {}"}


def due_text(agenda: Agenda) -> str:
    """The agenda in 80 columns: owners by what is due first, and what comes after it all."""
    by_owner: dict[str, list[Due]] = {}
    for entry in agenda.due:
        by_owner.setdefault(entry.owner or "(nobody)", []).append(entry)
    blocks = [f"{owner}\n{table(_row(entry, agenda.today) for entry in theirs)}" for owner, theirs in by_owner.items()]
    return "\n\n".join([*blocks, *_rest(agenda)])


def summary(entry: Due, today: date) -> str:
    """What is due, in words."""
    name = entry.name or ""
    if entry.event == "review":
        return f"review {name if entry.kind == 'component' else f'{entry.kind} {name}'}"
    if entry.event == "decide":
        return f"decide campaign {name}: keep, change or end it"
    if entry.event == "start":
        return f"{name} starts"
    if entry.event == "retire":
        return f"retire {name}: it was measured, and does not bring what is worth having"
    if entry.event == "unhealthy":
        return f"campaign {name} cannot be measured: its arms are not as they were meant"
    ended = _HOLDOUTS[entry.kind].format(name) if entry.kind in _HOLDOUTS else name
    return f"{ended} has ended" if entry.day < today else f"{ended} ends"


def consequences(entry: Due, today: date) -> tuple[str, ...]:
    """What follows from what is due, in words."""
    if entry.event in _DECIDED:
        return ()
    if entry.kind in _HOLDOUTS:
        return ("from then on lift cannot be measured",)
    is_past = entry.event == "end" and entry.day < today
    return (*_changes(entry), *(["retire it, or give it a later day"] if is_past else []))


def _changes(entry: Due) -> tuple[str, ...]:
    by_campaign: dict[str, list[Change]] = {}
    for change in sorted(entry.changes, key=lambda change: -change.cells):
        by_campaign.setdefault(change.campaign, []).append(change)
    told = tuple(f"in {campaign}: {', '.join(map(_change, changes))}" for campaign, changes in by_campaign.items())
    return told or ("it stands in no cell of people of whom all is known",)


def _change(change: Change) -> str:
    before, after = (component or f"empty {change.slot}" for component in (change.before, change.after))
    return f"{before} -> {after} ({counted(change.cells, 'cell')})"


def _row(entry: Due, today: date) -> tuple[str, str, str]:
    ahead = (entry.day - today).days
    days = counted(abs(ahead), "day")
    past = "late" if entry.event in ("review", "decide") else "ago"
    when = "today" if ahead == 0 else f"in {days}" if ahead > 0 else f"{days} {past}"
    return said_day(entry.day), when, "; ".join((summary(entry, today), *consequences(entry, today)))


def _rest(agenda: Agenda) -> Iterator[str]:
    until = said_day(agenda.until)
    if not agenda.due:
        yield f"nothing is due until {until}"
    if agenda.later:
        first = agenda.later[0]
        told = f"the first on {said_day(first.day)}: {summary(first, agenda.today)}"
        yield wrapped(f"after {until}: {len(agenda.later)} more, {told}")
