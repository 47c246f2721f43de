"""Decisions: what each must hold, how long and how late it may be, and what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import msgspec
import pytest

from assembler.review.approvals.decision import (
    MOST_CHARACTERS,
    CardDigests,
    InvalidDecision,
    ReviewDecision,
    Viewing,
    decision_about,
    encode_decision,
    parse_decision,
)
from tests.review.approvals.cards import card_of, digest_of
from tests.review.conftest import NOW, verdict_on

CARD = card_of({"title": "title/sweet", "aside": None, "story": "story/long"})
DEFAULT = card_of({"title": "title/plain", "aside": None, "story": "story/plain"}, is_default=True)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
LAST = datetime(8999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def values_of(**changes: object) -> dict[str, Any]:
    """A decision about a card as its file holds it, with some values changed."""
    return {**msgspec.to_builtins(verdict_on(CARD)), **changes}


def test_a_decision_holds_the_card_and_what_is_said_of_it() -> None:
    decision = decision_about(
        CARD,
        "changes",
        reviewer="Jo",
        time=NOW,
        tool="assembler 1",
        viewing=Viewing(how="batch", of=3, opened=2),
        role="brand",
        comment="Too loud",
        slot="title",
        quote="sweet",
    )
    assert msgspec.to_builtins(decision) == {
        "schema": 1,
        "subject": CARD.digest,
        "campaign": "back",
        "channel": "page",
        "layout": "board",
        "locale": "en",
        "slots": {"title": "title/sweet", "aside": None, "story": "story/long"},
        "shows": {
            "components": {"title": digest_of("title/sweet"), "story": digest_of("story/long")},
            "pairs": {"title+story": digest_of("title/sweet", "story/long")},
            "layout": None,
        },
        "verdict": "changes",
        "comment": "Too loud",
        "slot": "title",
        "quote": "sweet",
        "withdraws": None,
        "reviewer": "Jo",
        "role": "brand",
        "time": "2026-11-22T13:00:00Z",
        "shown": {"how": "batch", "of": 3, "opened": 2},
        "tool": "assembler 1",
    }
    assert parse_decision(encode_decision(decision)) == decision
    assert decision.place == ("back", "page", "en")


def test_a_time_is_written_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=-5)))
    assert b'"time": "2026-11-22T13:00:00Z"' in encode_decision(verdict_on(CARD, time=there))


def test_a_file_has_a_line_for_each_field_and_ends_with_a_line_feed() -> None:
    data = encode_decision(verdict_on(CARD))
    assert data.startswith(b'{\n "schema": 1,\n "subject": "')
    assert data.endswith(b"\n}\n")


@pytest.mark.parametrize("part", ["itself", "digests", "viewing"])
def test_a_decision_cannot_be_changed(part: str) -> None:
    decision = verdict_on(CARD)
    record = decision if part == "itself" else getattr(decision, part)
    with pytest.raises(AttributeError):
        setattr(record, record.__struct_fields__[0], None)


@pytest.mark.parametrize(("card", "layout"), [(CARD, None), (DEFAULT, digest_of("layout"))], ids=["other", "default"])
def test_only_a_default_shows_its_layout(card: Any, layout: str | None) -> None:
    assert CardDigests.of(card).layout == layout
    assert (digest_of("layout") in verdict_on(card).judged_digests) == (layout is not None)


@pytest.mark.parametrize(("field", "most"), MOST_CHARACTERS.items())
def test_each_field_has_a_longest_value(field: str, most: int) -> None:
    verdict = "withdraw" if field == "withdraws" else "approve"
    assert parse_decision(values_of(verdict=verdict, **{field: "x" * most}))
    with pytest.raises(InvalidDecision, match=f"^its {field} has more than {most:,} characters$"):
        parse_decision(values_of(verdict=verdict, **{field: "x" * (most + 1)}))


@pytest.mark.parametrize("time", [FIRST, LAST])
def test_times_that_are_in_range(time: datetime) -> None:
    assert parse_decision(values_of(time=time)).time == time


@pytest.mark.parametrize("time", [FIRST - TICK, LAST + TICK])
def test_times_that_are_out_of_range(time: datetime) -> None:
    with pytest.raises(InvalidDecision, match=r"^its time is out of range: years are 2020 to 8999$"):
        parse_decision(values_of(time=time))


@pytest.mark.parametrize(
    ("how", "of", "opened", "problem"),
    [
        ("single", 1, 1, None),
        ("covering", 1, 1, None),
        ("batch", 1, 1, None),
        ("batch", 3, 1, None),
        ("batch", 3, 3, None),
        ("batch", 3, 0, "at least one of a batch is opened"),
        ("batch", 3, 4, "no more than it has"),
        ("batch", 0, 1, "no more than it has"),
        ("single", 2, 1, "only a batch is of more than one"),
        ("covering", 2, 1, "only a batch is of more than one"),
    ],
)
def test_ways_to_look_at_a_card(
    how: Literal["single", "batch", "covering"], of: int, opened: int, problem: str | None
) -> None:
    if problem is None:
        assert Viewing(how=how, of=of, opened=opened).of == of
    else:
        with pytest.raises(ValueError, match=problem):
            Viewing(how=how, of=of, opened=opened)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"verdict": "changes"}, "a request for changes has a comment"),
        ({"verdict": "changes", "comment": " \n"}, "a request for changes has a comment"),
        ({"verdict": "changes", "comment": "."}, None),
        ({"verdict": "withdraw"}, None),
        ({"reviewer": ""}, "a decision has a reviewer"),
        ({"reviewer": " "}, "a decision has a reviewer"),
        ({"slot": "footer"}, "the card has no slot 'footer'"),
        ({"slot": "aside"}, None),
        ({"withdraws": "Jo"}, "only a withdrawal says whose decision it withdraws"),
        ({"verdict": "changes", "comment": ".", "withdraws": "Jo"}, "only a withdrawal says"),
        ({"verdict": "withdraw", "withdraws": "Jo"}, None),
        ({"slots": {"title": "title/sweet", "aside": None}}, "the components shown are not those of the slots"),
        ({"slots": {"title": "a/b", "aside": "c/d", "story": "e/f"}}, "the components shown are not those"),
        ({"slots": {"title": "title/other", "story": "story/long"}}, None),
        ({"schema": 2}, "schema: "),
        ({"verdict": "accept"}, "verdict: invalid enum value 'accept'"),
        ({"extra": 1}, "contains unknown field `extra`"),
        ({"subject": "a" * 63}, "subject: "),
        ({"subject": "a" * 64 + "\n"}, "subject: "),
        ({"subject": "A" * 64}, "subject: "),
        ({"shown": {"how": "single", "more": 1}}, "shown: contains unknown field `more`"),
        ({"shows": {"components": {}, "pairs": {"a+b": "x"}}}, r"shows.pairs\[...\]: "),
    ],
)
def test_what_a_decision_must_hold(changes: dict[str, object], problem: str | None) -> None:
    if problem is None:
        assert parse_decision(values_of(**changes))
    else:
        with pytest.raises(InvalidDecision, match=f"^{problem}"):
            parse_decision(values_of(**changes))


def test_a_decision_that_cannot_be_made_is_refused_as_one_that_cannot_be_read() -> None:
    with pytest.raises(InvalidDecision, match="a request for changes has a comment"):
        verdict_on(CARD, "changes")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"<<<<<<< HEAD\n"])
def test_what_is_no_json(data: bytes) -> None:
    with pytest.raises(InvalidDecision, match=r"^not JSON: "):
        parse_decision(data)


def test_json_that_is_no_object() -> None:
    with pytest.raises(InvalidDecision, match=r"^expected `object`, got `null`$"):
        parse_decision(b"null")


def test_whose_a_decision_is() -> None:
    assert verdict_on(CARD, reviewer="Maya").whose == "Maya"
    assert verdict_on(CARD, "withdraw", reviewer="Maya", withdraws="Jo").whose == "Jo"


PAIR = digest_of("title/sweet", "story/long")


@pytest.mark.parametrize(
    ("decision", "judged"),
    [
        (verdict_on(CARD), [digest_of("title/sweet"), digest_of("story/long"), PAIR]),
        (verdict_on(CARD, slot="title"), [digest_of("title/sweet"), digest_of("story/long"), PAIR]),
        (
            verdict_on(DEFAULT, "changes", comment="no"),
            [
                digest_of("layout"),
                digest_of("title/plain"),
                digest_of("story/plain"),
                digest_of("title/plain", "story/plain"),
            ],
        ),
        (verdict_on(CARD, "changes", comment="no", slot="title"), [digest_of("title/sweet"), PAIR]),
        (verdict_on(CARD, "changes", comment="no", slot="story"), [digest_of("story/long"), PAIR]),
        (verdict_on(CARD, "changes", comment="no", slot="aside"), []),
    ],
    ids=["approval", "approval of a slot", "request", "of a slot", "of another", "of an empty slot"],
)
def test_what_a_verdict_is_about(decision: ReviewDecision, judged: list[str]) -> None:
    assert list(decision.judged_digests) == judged


def test_a_slot_is_part_of_no_other_by_its_name() -> None:
    card = card_of({"title": "a/b", "subtitle": "c/d", "story": "e/f"})
    request = verdict_on(card, "changes", comment="no", slot="title")
    assert list(request.judged_digests) == [digest_of("a/b"), digest_of("a/b", "c/d"), digest_of("a/b", "e/f")]
