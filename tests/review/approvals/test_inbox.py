"""Decisions from elsewhere: taken when they are about what is there now, refused when not."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assembler import Library
from assembler.review.approvals.decision import CardDigests, InvalidDecision, ReviewDecision, encode_decision
from assembler.review.approvals.decision_files import MOST_BYTES, read_decisions
from assembler.review.approvals.inbox import parse_download, receive
from assembler.review.sampling.digests import Card
from assembler.review.sampling.plan import ReviewPlan
from tests.authoring.builders import component, project as files, strings
from tests.review.conftest import NOW, compiled, verdict_on


def file_of(*decisions: ReviewDecision) -> bytes:
    return json.dumps({"schema": 1, "decisions": [msgspec.to_builtins(decision) for decision in decisions]}).encode()


@pytest.fixture
def card(sample_plan: ReviewPlan) -> Card:
    return next(
        planned.card
        for planned in sample_plan.cards
        if planned.card.slots["title"] == "title/sweet" and planned.card.place[2] == "en"
    )


def test_what_was_downloaded_is_taken_once(tmp_path: Path, sample: Library, card: Card) -> None:
    decision = verdict_on(card)
    assert len(receive(sample, tmp_path, parse_download(file_of(decision)), now=NOW).written) == 1
    assert receive(sample, tmp_path, parse_download(file_of(decision)), now=NOW).written == ()
    assert read_decisions(tmp_path) == ((decision,), ())


def test_a_reviewer_is_filled_in(card: Card) -> None:
    decision = json.loads(file_of(verdict_on(card)))
    del decision["decisions"][0]["reviewer"]
    assert parse_download(json.dumps(decision).encode(), reviewer="Jo")[0].reviewer == "Jo"
    assert parse_download(file_of(verdict_on(card, reviewer="Maya")), reviewer="Jo")[0].reviewer == "Maya"
    with pytest.raises(InvalidDecision, match=r"decisions\[0\]: missing required field `reviewer`"):
        parse_download(json.dumps(decision).encode())


def test_a_stale_decision_is_refused_and_named(tmp_path: Path, card: Card, sample_plan: ReviewPlan) -> None:
    library = compiled(files(component("title/sweet", "Something sweeter")))
    other = next(planned.card for planned in sample_plan.cards if "title/sweet" not in planned.card.slots.values())
    received = receive(library, tmp_path, [verdict_on(card), verdict_on(other)], now=NOW)
    assert [(decision.subject, reason) for decision, reason in received.refused] == [
        (card.digest, "it has changed since: look at it again (title)")
    ]
    assert [decision.subject for decision in read_decisions(tmp_path)[0]] == [other.digest]


def test_a_changed_layout_makes_a_decision_stale(tmp_path: Path, card: Card) -> None:
    library = compiled(files(strings(en={"leave": "Go away"})))
    ((_, reason),) = receive(library, tmp_path, [verdict_on(card)], now=NOW).refused
    assert reason == "it has changed since: look at it again (the layout)"


def changed(decision: ReviewDecision, **values: Any) -> ReviewDecision:
    return msgspec.structs.replace(decision, **values)


def test_a_decision_that_claims_more_than_was_shown_is_refused(tmp_path: Path, sample: Library, card: Card) -> None:
    decision = verdict_on(card)
    shown = decision.digests
    more = CardDigests(components=shown.components, pairs=shown.pairs, layout=card.layout_digest)
    for forged, words in (
        (changed(decision, digests=more), "other subjects"),
        (changed(decision, campaign="nowhere"), "no such variant"),
        (changed(decision, layout="other"), "the layout of the variant is note, not 'other'"),
        (changed(decision, layout="x" * 80), f"not '{'x' * 80}'"),
        (changed(decision, layout="x" * 81), f"not '{'x' * 80}'"),
        (changed(decision, slots={**decision.slots, "title": "title/gone"}), "no such variant"),
        (changed(decision, time=NOW + timedelta(hours=1)), "still to come"),
        (verdict_on(card, "withdraw"), "decided nothing"),
    ):
        ((_, reason),) = receive(sample, tmp_path, [forged], now=NOW).refused
        assert words in reason
    assert read_decisions(tmp_path) == ((), ())


def test_an_undo_is_taken_even_when_the_card_is_gone(tmp_path: Path, sample: Library, card: Card) -> None:
    receive(sample, tmp_path, [verdict_on(card)], now=NOW)
    library = compiled(files(component("title/sweet", "Something sweeter")))
    undo = verdict_on(card, "withdraw", time=NOW + timedelta(seconds=1))
    assert len(receive(library, tmp_path, [undo], now=NOW).written) == 1


def test_what_is_larger_than_a_decision_can_be_is_refused(tmp_path: Path, sample: Library, card: Card) -> None:
    """A withdrawal may name what is gone, so its slots are not those of a card."""
    receive(sample, tmp_path, [verdict_on(card)], now=NOW)
    undo = verdict_on(card, "withdraw", time=NOW + timedelta(seconds=1))
    large = changed(undo, slots={**undo.slots, "x" * 1_000_000: None})
    ((_, reason),) = receive(sample, tmp_path, [large], now=NOW).refused
    assert reason == "it is larger than a decision can be"
    assert len(receive(sample, tmp_path, [undo], now=NOW).written) == 1
    assert read_decisions(tmp_path)[1] == ()


@pytest.mark.parametrize(("over", "refused"), [(0, []), (1, ["it is larger than a decision can be"])])
def test_the_largest_decision_that_is_taken(
    tmp_path: Path, sample: Library, card: Card, over: int, refused: list[str]
) -> None:
    receive(sample, tmp_path, [verdict_on(card)], now=NOW)
    undo = verdict_on(card, "withdraw", time=NOW)
    room = MOST_BYTES - len(encode_decision(changed(undo, slots={**undo.slots, "": None})))
    large = changed(undo, slots={**undo.slots, "x" * (room + over): None})
    assert len(encode_decision(large)) == MOST_BYTES + over
    assert [reason for _, reason in receive(sample, tmp_path, [large], now=NOW).refused] == refused


@pytest.mark.parametrize(
    ("ahead", "taken"),
    [(timedelta(minutes=5), True), (timedelta(minutes=5, microseconds=1), False), (timedelta(days=-900), True)],
    ids=["just", "too far", "long ago"],
)
def test_how_far_ahead_the_clock_of_a_reviewer_may_be(
    tmp_path: Path, sample: Library, card: Card, ahead: timedelta, taken: bool
) -> None:
    received = receive(sample, tmp_path, [verdict_on(card, time=NOW + ahead)], now=NOW)
    assert (len(received.written), len(received.refused)) == (taken, not taken)


def test_of_several_decisions_the_earlier_is_taken_first(tmp_path: Path, sample: Library, card: Card) -> None:
    undo = verdict_on(card, "withdraw", time=NOW + timedelta(seconds=1))
    received = receive(sample, tmp_path, [undo, verdict_on(card)], now=NOW)
    assert (len(received.written), received.refused) == (2, ())


def test_what_is_withdrawn_cannot_be_withdrawn_again(tmp_path: Path, sample: Library, card: Card) -> None:
    undone = [verdict_on(card, "withdraw", time=NOW + timedelta(seconds=second)) for second in (1, 2)]
    assert len(receive(sample, tmp_path, [verdict_on(card)], now=NOW).written) == 1
    received = receive(sample, tmp_path, undone, now=NOW)
    assert ([path.name[9:15] for path in received.written], len(received.refused)) == (["130001"], 1)
    assert len(receive(sample, tmp_path, undone, now=NOW).refused) == 1, "nor later"


def test_anybody_can_withdraw_what_somebody_else_decided(tmp_path: Path, sample: Library, card: Card) -> None:
    receive(sample, tmp_path, [verdict_on(card, reviewer="Jo")], now=NOW)
    wrong = verdict_on(card, "withdraw", withdraws="Joan", time=NOW + timedelta(seconds=1))
    ((_, reason),) = receive(sample, tmp_path, [wrong], now=NOW).refused
    assert reason == "Joan has decided nothing about this that could be withdrawn"
    undo = verdict_on(card, "withdraw", withdraws="Jo", time=NOW + timedelta(seconds=1))
    assert receive(sample, tmp_path, [undo], now=NOW).refused == ()


def test_the_same_decision_twice_at_once_is_written_once(tmp_path: Path, sample: Library, card: Card) -> None:
    received = receive(sample, tmp_path, [verdict_on(card), verdict_on(card)], now=NOW)
    assert (len(received.written), received.refused) == (1, ())
    for field in fields(received):
        with pytest.raises(FrozenInstanceError):
            setattr(received, field.name, ())


def test_of_many_decisions_each_is_compared_with_none_of_the_others(
    tmp_path: Path, sample: Library, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[object] = []

    def equal(one: object, two: object) -> bool:
        compared.append(two)
        return one is two

    monkeypatch.setattr(ReviewDecision, "__eq__", equal)
    decisions = [verdict_on(card, time=NOW + timedelta(microseconds=number)) for number in range(50)]
    undone = [verdict_on(card, "withdraw", time=NOW + timedelta(seconds=number)) for number in (1, 2)]
    received = receive(sample, tmp_path, [*decisions, *decisions, *undone], now=NOW)
    assert (len(received.written), len(received.refused), compared) == (51, 1, [])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{", "not JSON"),
        (b"[" * 5000, "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "not a file of decisions"),
        (b"{}", "not a file of decisions"),
        (b'{"schema": 1}', "not a file of decisions"),
        (b'{"decisions": []}', "not a file of decisions"),
        (b'{"schema": 1, "decisions": {}}', "not a file of decisions"),
        (b'{"schema": 2, "decisions": []}', "not a file of decisions"),
        (b'{"schema": 1, "decisions": [1]}', r"decisions\[0\]: expected an object"),
        (b'{"schema": 1, "decisions": [{"schema": 1}]}', r"decisions\[0\]: missing required field"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, problem: str) -> None:
    with pytest.raises(InvalidDecision, match=problem):
        parse_download(data)
