"""Which arm a person is in. The buckets of the examples were computed with `sha256sum` and `bc`."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Literal

import pytest
from hypothesis import given, strategies as st

from assembler.library.records import BUCKETS, Component, Holdout
from assembler.runtime.assignment import arm, bucket, first_bytes, groups
from assembler.runtime.moment import Moment
from tests.runtime.sample import AT, DEFAULTS, component, instant, library, tone, with_control

PEOPLE = [f"c-{number}" for number in range(20_000)]
NOW = instant(AT)
MOMENT = Moment.of(AT)


@pytest.mark.parametrize(
    ("salt", "person", "expected"),
    [
        ("2026q4", "c-42", 3971),
        ("come_back", "c-42", 210),
        ("come_back|tone", "c-42", 465),
        ("2026q4", "Zo\u00eb", 8401),
        ("2026q4", "7", 1198),
    ],
)
def test_examples(salt: str, person: str, expected: int) -> None:
    assert bucket(salt, person) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_bucket_is_the_first_eight_bytes_of_the_hash_scaled_down(salt: str, person: str) -> None:
    first = int(sha256(f"1|{salt}|{person}".encode()).hexdigest()[:16], 16)
    assert bucket(salt, person) == first * 10_000 // 2**64


def test_a_share_takes_the_buckets_below_it() -> None:
    arms = [arm("c-42", MOMENT, groups(Holdout(share=share, salt="2026q4"), None)) for share in (3971, 3972)]
    assert arms == ["treated", "holdout"]


@given(share=st.integers(0, BUCKETS), person=st.sampled_from(PEOPLE), salt=st.sampled_from(["2026q4", "come_back"]))
def test_a_group_is_told_without_the_bucket(share: int, person: str, salt: str) -> None:
    result = arm(person, MOMENT, groups(Holdout(share=share, salt=salt), None))
    assert result == ("holdout" if bucket(salt, person) < share else "treated")


@pytest.mark.parametrize("number", [0, 1, 3971, 5000, 9999])
def test_a_share_begins_at_the_first_hash_of_its_bucket(number: int) -> None:
    first = next(value for value in range((number << 64) // BUCKETS - 1, 1 << 64) if (value * BUCKETS) >> 64 == number)
    for hash_, below in [(first - 1, True), (first, False)]:
        if hash_ >= 0:
            assert (hash_.to_bytes(8, "big") + b"\xff" * 24 < first_bytes(number)) is below


EVERYBODY = Holdout(share=10_000, salt="x")


@pytest.mark.parametrize(
    ("person", "everywhere", "campaign", "expected"),
    [
        ("c-42", None, None, "treated"),
        ("c-42", EVERYBODY, EVERYBODY, "holdout"),
        ("c-42", None, EVERYBODY, "control"),
        ("c-42", Holdout(share=0, salt="x"), EVERYBODY, "control"),
        (None, EVERYBODY, EVERYBODY, "unassigned"),
    ],
)
def test_the_holdout_over_all_campaigns_goes_first(
    person: str | None, everywhere: Holdout | None, campaign: Holdout | None, expected: str
) -> None:
    assert arm(person, MOMENT, groups(everywhere, campaign)) == expected


@pytest.mark.parametrize(("later", "expected"), [(-1, "holdout"), (0, "treated"), (1, "treated")])
def test_a_holdout_ends_at_its_instant(later: int, expected: str) -> None:
    sample = library(holdout=Holdout(share=10_000, salt="2026q4", until=NOW))
    at = AT + timedelta(microseconds=later)
    assert sample.decide("come_back", channel="email", context={"id": "c-42"}, at=at).arm == expected


LAPSED = {"segment": "lapsed", "stage": "win_back"}


def test_held_out_people_get_the_default_and_what_they_would_have_got_is_kept() -> None:
    treated = library().decide("come_back", channel="email", context={"id": "c-42", **LAPSED})
    for held, expected in [
        (library(holdout=EVERYBODY), "holdout"),
        (with_control(library(), EVERYBODY), "control"),
    ]:
        variant = held.assemble("come_back", channel="email", context={"id": "c-42", **LAPSED})
        decision = variant.decision
        assert variant.encoded == held.default("come_back", channel="email").encoded
        assert (decision.arm, decision.reason, decision.withheld) == (expected, "HOLDOUT", treated.key)
        assert (decision.segment, decision.stage) == ("lapsed", "win_back")
        assert {choice.slot: choice.reason for choice in decision.choices} == {
            "offer": "HOLDOUT", "headline": "HOLDOUT", "echo": "HOLDOUT", "body": "HOLDOUT", "proof": "CONSTANT",
        }  # fmt: skip
        assert [choice.fit for choice in decision.choices] == ["empty", "default", "default", "default", "default"]


def test_withheld_stands_also_where_it_equals_the_key() -> None:
    decision = library(DEFAULTS, holdout=EVERYBODY).decide("come_back", channel="email", context={"id": "c-42"})
    assert decision.withheld == decision.key
    assert library().decide("come_back", channel="email", context={"id": "c-42"}).withheld is None


def test_a_control_group_is_of_its_campaign_only() -> None:
    sample = with_control(library(), EVERYBODY)
    assert sample.decide("welcome", channel="email", context={"id": "c-42"}).arm == "treated"


@pytest.mark.parametrize(
    ("unassigned", "component", "reason"), [("treat", "offer/spring", "TARGETING_MATCH"), ("default", None, "DEFAULT")]
)
def test_people_without_an_id(unassigned: Literal["treat", "default"], component: str | None, reason: str) -> None:
    sample = library(unassigned=unassigned, holdout=EVERYBODY)
    decision = sample.decide("come_back", channel="email", context=LAPSED)
    assert decision.slots["offer"].component == component
    assert (decision.arm, decision.reason, decision.withheld) == ("unassigned", reason, None)
    assert (decision.segment, decision.stage) == ("lapsed", "win_back")
    assert decision.slots["offer"].reason == reason


def shares(*ranges: tuple[int, int], of: str = "offer") -> list[Component]:
    """Components of the test `tone`, each with its range of buckets."""
    return [component(f"{of}/{letter}", test=tone(*taken)) for letter, taken in zip("abc", ranges, strict=False)]


def test_a_test_splits_people_by_its_ranges_and_passes_over_the_rest() -> None:
    sample = library([*DEFAULTS, component("offer/plain"), *shares((0, 3000), (3000, 4500))])
    counts: dict[str | None, int] = {}
    for person in PEOPLE[:4000]:
        choice = sample.decide("come_back", channel="email", context={"id": person}).slots["offer"]
        number = bucket("come_back|tone", person)
        expected = "offer/a" if number < 3000 else "offer/b" if number < 4500 else "offer/plain"
        assert (choice.component, choice.reason) == (expected, "DEFAULT" if number >= 4500 else "SPLIT")
        counts[choice.component] = counts.get(choice.component, 0) + 1
    assert counts == {
        "offer/a": pytest.approx(1200, rel=0.1),
        "offer/b": pytest.approx(600, rel=0.1),
        "offer/plain": pytest.approx(2200, rel=0.1),
    }


@pytest.mark.parametrize("share", [0, 500, 5000, 10_000])
def test_a_test_takes_its_share(share: int) -> None:
    sample = library([*DEFAULTS, *shares((0, share))])
    got = [sample.decide("come_back", channel="email", context={"id": person}) for person in PEOPLE[:2000]]
    tested = sum(decision.reason == "SPLIT" for decision in got)
    assert tested == sum(bucket("come_back|tone", person) < share for person in PEOPLE[:2000])


def test_the_same_test_in_two_types_gives_people_the_same_ranges() -> None:
    sample = library([*DEFAULTS, *shares((0, 5000), (5000, 10_000)), *shares((0, 5000), (5000, 10_000), of="body")])
    for person in PEOPLE[:500]:
        slots = sample.decide("come_back", channel="email", context={"id": person}).slots
        assert (slots["offer"].component or "")[-1] == (slots["body"].component or "")[-1]


def test_people_without_an_id_are_in_no_test() -> None:
    sample = library([*DEFAULTS, component("offer/plain"), *shares((0, 10_000))])
    assert sample.decide("come_back", channel="email").slots["offer"].component == "offer/plain"


def test_a_test_has_no_share_in_a_campaign_that_it_does_not_name() -> None:
    sample = library([*DEFAULTS, component("headline/x", test=tone(0, 10_000))])
    assert sample.decide("come_back", channel="email", context={"id": "1"}).reason == "SPLIT"
    assert sample.decide("welcome", channel="email", context={"id": "1"}).reason == "DEFAULT"
