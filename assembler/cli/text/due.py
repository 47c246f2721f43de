"""What is due, as text: by owner, then by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.dates import said_day

if TYPE_CHECKING:
    from assembler.authoring.build.agenda import Agenda, Change, Due

__all__ = ["due_text", "sentence"]

_HOLDOUTS = {"holdout": "the holdout over all campaigns", "control": "the control group of {}"}


def due_text(found: Agenda) -> str:
    """The agenda in 80 columns: owners by what is due first, and what comes after it all."""
    by_owner: dict[str, list[Due]] = {}
    for each in found.due:
        by_owner.setdefault(each.owner or "(nobody)", []).append(each)
    blocks = [f"{owner}\n{table(_row(each, found.today) for each in theirs)}" for owner, theirs in by_owner.items()]
    return "\n\n".join([*blocks, *_rest(found)])


def sentence(each: Due, today: date) -> str:
    """What is due, in words; what follows from it stands behind the first semicolon."""
    name = each.name or ""
    if each.event == "review":
        return f"review {name if each.kind == 'component' else f'{each.kind} {name}'}"
    if each.event == "decide":
        return f"decide campaign {name}: keep, change or end it"
    past = each.day < today
    if each.kind in _HOLDOUTS:
        ends = "has ended" if past else "ends"
        return f"{_HOLDOUTS[each.kind].format(name)} {ends}; from then on lift cannot be measured"
    if each.event == "start":
        return f"{name} starts; {_changes(each)}"
    if past:
        return f"{name} has ended; {_changes(each)}; retire it, or give it a later day"
    return f"{name} ends; {_changes(each)}"


def _changes(each: Due) -> str:
    """What stands in the cells before and after, most cells first."""
    by_campaign: dict[str, list[Change]] = {}
    for change in sorted(each.changes, key=lambda change: -change.cells):
        by_campaign.setdefault(change.campaign, []).append(change)
    told = (f"in {campaign}: {', '.join(map(_change, changes))}" for campaign, changes in by_campaign.items())
    return "; ".join(told) or "it stands in no cell of people of whom all is known"


def _change(change: Change) -> str:
    before, after = (each or f"empty {change.slot}" for each in (change.before, change.after))
    return f"{before} -> {after} ({change.cells} cell{'s' * (change.cells != 1)})"


def _row(each: Due, today: date) -> tuple[str, str, str]:
    days = (each.day - today).days
    plural = "s" * (abs(days) != 1)
    past = "late" if each.event in ("review", "decide") else "ago"
    when = "today" if days == 0 else f"in {days} day{plural}" if days > 0 else f"{-days} day{plural} {past}"
    return said_day(each.day), when, sentence(each, today)


def _rest(found: Agenda) -> Iterator[str]:
    until = said_day(found.until)
    if not found.due:
        yield f"nothing is due until {until}"
    if found.later:
        first = found.later[0]
        count = len(found.later)
        summary = sentence(first, found.today).partition(";")[0]
        yield wrapped(f"after {until}: {count} more, the first on {said_day(first.day)}: {summary}")
