"""Decisions that come from elsewhere: the file that the static gallery hands out, and what is sent to the server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from assembler.review.approvals.decision import (
    SCHEMA,
    CardDigests,
    InvalidDecision,
    ReviewDecision,
    encode_decision,
    parse_decision,
)
from assembler.review.approvals.decision_files import MOST_BYTES, read_decisions, write_decision
from assembler.review.approvals.status import in_force
from assembler.review.sampling.digests import ReviewDigests, digests_of
from assembler.runtime.library import Library

_MOST_AHEAD = timedelta(minutes=5)
"""So far ahead of ours the clock of a reviewer's browser may be."""

_exactly = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of some decisions: the files of those that were taken, and those refused, each with the reason."""

    written: tuple[Path, ...]
    refused: tuple[tuple[ReviewDecision, str], ...]


def parse_download(data: bytes, *, reviewer: str | None = None) -> tuple[ReviewDecision, ...]:
    """Return the decisions in a file of the static gallery: `{"schema": 1, "decisions": [...]}`.

    `reviewer` is meant where a decision names none. Raises `InvalidDecision`, which says which decision is wrong and
    how, where one cannot be read: none of them is to be taken then.
    """
    try:
        download = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDecision(f"not JSON: {error}") from None
    listed = download.get("decisions") if isinstance(download, dict) and download.get("schema") == SCHEMA else None
    if not isinstance(listed, list):
        raise InvalidDecision('not a file of decisions, which begins with {"schema": 1, "decisions": [')
    decisions = []
    for number, values in enumerate(listed):
        try:
            if not isinstance(values, dict):
                raise InvalidDecision("expected an object")
            named = {"reviewer": reviewer} if reviewer and not values.get("reviewer") else {}
            decisions.append(parse_decision({**values, **named}))
        except InvalidDecision as error:
            raise InvalidDecision(f"decisions[{number}]: {error}") from None
    return tuple(decisions)


def receive(library: Library, project: Path, decisions: Iterable[ReviewDecision], *, now: datetime) -> Received:
    """Write every decision that is about a card of a library into a project's folder; return what became of each.

    Decisions about anything else are refused, and those that are there already are passed over. Raises `OSError` as
    `write_decision` does.
    """
    by_place = {digests.place: digests for digests in digests_of(library)}
    before, _ = read_decisions(project)
    known = set(map(_exactly, before))
    decided = {(decision.subject, decision.whose) for decision in in_force(before)}
    written, refused = [], []
    for decision in sorted(decisions, key=lambda decision: decision.time):
        exactly, about = _exactly(decision), (decision.subject, decision.whose)
        if exactly in known:
            continue
        if problem := _problem(decision, by_place.get(decision.place), about in decided, now):
            refused.append((decision, problem))
            continue
        written.append(write_decision(project, decision))
        known.add(exactly)
        if decision.verdict == "withdraw":
            decided.discard(about)
        else:
            decided.add(about)
    return Received(written=tuple(written), refused=tuple(refused))


def _problem(decision: ReviewDecision, digests: ReviewDigests | None, has_decided: bool, now: datetime) -> str:
    """Why a decision is refused; empty where it is taken."""
    if decision.time > now.astimezone(UTC) + _MOST_AHEAD:
        return f"its time, {decision.time.isoformat()}, is still to come"
    if len(encode_decision(decision)) > MOST_BYTES:
        return "it is larger than a decision can be"
    if decision.verdict != "withdraw":
        return _problem_with_card(decision, digests)
    return "" if has_decided else f"{decision.whose} has decided nothing about this that could be withdrawn"


def _problem_with_card(decision: ReviewDecision, digests: ReviewDigests | None) -> str:
    card = digests.card_if_possible(decision.slots) if digests else None
    if card is None:
        return "there is no such variant any more: load the pages again, and decide about what is there now"
    if card.digest != decision.subject:
        then = decision.digests.components
        changed = [slot for slot, digest in card.component_digests.items() if then.get(slot) != digest]
        return f"it has changed since: look at it again ({', '.join(changed) or 'the layout'})"
    if card.layout != decision.layout:
        return f"the layout of the variant is {card.layout}, not {decision.layout[:80]!r}"
    if CardDigests.of(card) != decision.digests:
        return "it names other subjects than the variant shows"
    return ""
