"""Decisions that come from elsewhere: the file that the static gallery hands out, and what is sent to the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from assembler.authoring.outcomes.plan_outcomes import components_by_slot
from assembler.review.approvals.decisions import (
    MOST_BYTES,
    NotDecided,
    ReviewDecision,
    encoded,
    latest,
    parsed,
    read_decisions,
    shows,
    write_decision,
)
from assembler.review.subjects import Card, Sheet, Slots, sheets
from assembler.runtime.library import Library

__all__ = ["Inbox", "Received", "downloaded"]

_AHEAD = timedelta(minutes=5)
_exactly = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of some decisions: the files of those that were taken, and those refused, each with the reason."""

    written: tuple[Path, ...]
    refused: tuple[tuple[ReviewDecision, str], ...]


def downloaded(data: bytes, *, reviewer: str | None = None) -> tuple[ReviewDecision, ...]:
    """The decisions in a file of the static gallery: `{"schema": 1, "decisions": [...]}`.

    `reviewer` is meant where a decision names none. Raises `NotDecided`, which says which decision is wrong and how,
    where one cannot be read: none of them is to be taken then.
    """
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotDecided(f"not JSON: {error}") from None
    if not isinstance(found, dict) or found.get("schema") != 1 or not isinstance(found.get("decisions"), list):
        raise NotDecided('not a file of decisions, which begins with {"schema": 1, "decisions": [')
    decisions = []
    for number, each in enumerate(found["decisions"]):
        try:
            if not isinstance(each, dict):
                raise NotDecided("expected an object")
            named = {"reviewer": reviewer} if reviewer and not each.get("reviewer") else {}
            decisions.append(parsed({**each, **named}))
        except NotDecided as error:
            raise NotDecided(f"decisions[{number}]: {error}") from None
    return tuple(decisions)


class Inbox:
    """Takes decisions about the cards of a library as it is now, and writes them into a project's folder."""

    def __init__(self, library: Library, project: Path) -> None:
        self._project = project
        self._sheets: dict[tuple[str, str, str], tuple[Sheet, Mapping[str, frozenset[str | None]]]] = {
            (sheet.campaign, sheet.channel, sheet.locale): (sheet, components_by_slot(plan))
            for plan, sheet in sheets(library)
        }

    def card(self, campaign: str, channel: str, locale: str, slots: Slots) -> Card | None:
        """The card of a variant as it is now; None where there is no such place, or a component cannot stand there."""
        sheet, able = self._sheets.get((campaign, channel, locale), (None, {}))
        if sheet is None or slots.keys() != able.keys():
            return None
        if any(component not in able[slot] for slot, component in slots.items()):
            return None
        return sheet.card({slot: slots[slot] for slot in able})

    def receive(self, decisions: Iterable[ReviewDecision], *, now: datetime) -> Received:
        """Write every decision that is about a card as it is now. Decisions about anything else are refused."""
        before, _ = read_decisions(self._project)
        known = set(map(_exactly, before))
        standing = {(each.subject, each.whose) for each in latest(before)}
        written: list[Path] = []
        refused: list[tuple[ReviewDecision, str]] = []
        for decision in sorted(decisions, key=lambda each: each.time):
            exactly, about = _exactly(decision), (decision.subject, decision.whose)
            if exactly in known:
                continue
            if problem := self._problem(decision, standing, now):
                refused.append((decision, problem))
                continue
            written.append(write_decision(self._project, decision))
            known.add(exactly)
            if decision.verdict == "withdraw":
                standing.discard(about)
            else:
                standing.add(about)
        return Received(written=tuple(written), refused=tuple(refused))

    def _problem(self, decision: ReviewDecision, standing: Set[tuple[str, str]], now: datetime) -> str:
        if decision.time > now.astimezone(UTC) + _AHEAD:
            return f"its time, {decision.time.isoformat()}, is still to come"
        if len(encoded(decision)) > MOST_BYTES:
            return "it is larger than a decision can be"
        if decision.verdict == "withdraw":
            there = (decision.subject, decision.whose) in standing
            return "" if there else f"{decision.whose} has decided nothing about this that could be withdrawn"
        card = self.card(decision.campaign, decision.channel, decision.locale, decision.slots)
        if card is None:
            return "there is no such variant any more: load the pages again, and decide about what is there now"
        if card.digest != decision.subject:
            return "it has changed since: look at it again" + _changed(card, decision)
        if card.layout_name != decision.layout:
            return f"the layout of the variant is {card.layout_name}, not {decision.layout[:80]!r}"
        return "" if shows(card) == decision.shows else "it names other subjects than the variant shows"


def _changed(card: Card, decision: ReviewDecision) -> str:
    slots = [slot for slot, digest in card.components.items() if decision.shows.components.get(slot) != digest]
    return f" ({', '.join(slots)})" if slots else " (the layout)"
