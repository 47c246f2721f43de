"""The record of an exposure: its keys, its kind, and nothing else of the person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st

from assembler import Library
from assembler.library import records
from assembler.library.records import Holdout
from assembler.measure.exposures import exposure
from assembler.measure.exposures.record import LONGEST_UNIT, LONGEST_VERSION, MOST_COMPONENTS, MOST_TESTS
from assembler.measure.exposures.writer import MOST_BYTES
from assembler.runtime.choose import AskedTest
from tests.conftest import STARTER_MOMENT
from tests.runtime.sample import AT, COMPONENTS, PERSON, component, library, with_control

SAMPLE = library()
EVERYBODY = Holdout(share=10_000, salt="2026q4")
KEYS = (
    *("schema", "event_id", "timestamp", "unit_id", "experiment_id", "experiment_version", "variation_id", "reason"),
    *("kind", "channel", "locale", "segment", "stage", "key", "would", "components", "would_components", "tests"),
    *("library", "algo", "salts"),
)
UNIT = "0" * 32


def recorded(sample: Library, context: Any = PERSON, campaign: str = "come_back", **changes: Any) -> Any:
    """The record of somebody's decision by e-mail, as JSON has it."""
    decision = sample.decide(campaign, channel="email", context=context, at=AT)
    arguments: dict[str, Any] = {"unit_id": UNIT, "at": AT, "version": 1, **changes}
    return json.loads(msgspec.json.encode(exposure(decision, **arguments)))


def test_it_says_what_somebody_got_and_would_have_got() -> None:
    held_out = with_control(SAMPLE, EVERYBODY)
    treated = SAMPLE.decide("come_back", channel="email", context=PERSON, at=AT)
    record = recorded(held_out)
    assert record == {
        "schema": 1,
        "event_id": hashlib.sha256(f"{UNIT}|come_back|1|email|2026-11-22T12:00:00.000000Z".encode()).hexdigest()[:32],
        "timestamp": "2026-11-22T12:00:00.000000Z",
        "unit_id": UNIT,
        "experiment_id": "come_back",
        "experiment_version": 1,
        "variation_id": "control",
        "reason": "HOLDOUT",
        "kind": "experiment",
        "channel": "email",
        "locale": "fr",
        "segment": "lapsed",
        "stage": "win_back",
        "key": held_out.default("come_back", channel="email", locale="fr").key,
        "would": treated.key,
        "components": {slot.name: slot.default for slot in SAMPLE.content.campaigns["come_back"].slots},
        "would_components": {slot: choice.component for slot, choice in treated.slots.items()},
        "tests": [],
        "library": held_out.digest,
        "algo": "1",
        "salts": {"holdout": None, "control": "2026q4"},
    }
    assert tuple(record) == KEYS
    assert record["would_components"]["headline"] == "headline/lapsed_win_back"


def test_who_is_treated_would_get_what_they_get() -> None:
    record = recorded(SAMPLE)
    assert (record["variation_id"], record["kind"], record["would"]) == ("treated", "experiment", record["key"])
    assert record["components"] == record["would_components"]
    assert record["salts"] == {"holdout": None, "control": None}


def test_tests_are_those_that_were_asked() -> None:
    hue = records.Test(id="hue", ranges={"come_back": (0, 10_000)})
    sample = library((*COMPONENTS, component("headline/hue", test=hue)))
    asked = recorded(sample, {"id": "c-1", "segment": None, "stage": None})["tests"]
    assert asked == [{"test": "hue", "component": "headline/hue"}]


def cases() -> Iterator[Any]:
    """Somebody, the library that decides about them, and what their exposure is."""
    nobody: dict[str, Any] = {"signals": PERSON["signals"], "consent": ["marketing"]}
    plain = {"id": "c-1", "segment": None, "stage": None}
    everywhere = library(holdout=EVERYBODY)
    gone = library([part for part in COMPONENTS if part.address != "headline/all"])
    yield "treated", SAMPLE, PERSON, "experiment"
    yield "control", with_control(SAMPLE, EVERYBODY), PERSON, "experiment"
    yield "holdout", everywhere, PERSON, "experiment"
    yield "treated_default", gone, plain, "fallback"
    yield "held_out_default", with_control(gone, EVERYBODY), plain, "fallback"
    yield "holdout_default", library([*gone.content.components], holdout=EVERYBODY), plain, "fallback"
    yield "unassigned", SAMPLE, nobody, "outside"
    yield "unassigned_default", library(unassigned="default"), nobody, "outside"
    yield "invalid", SAMPLE, 7, "outside"


@pytest.mark.parametrize(("sample", "context", "kind"), [pytest.param(*case[1:], id=case[0]) for case in cases()])
def test_the_kind(sample: Library, context: Any, kind: str) -> None:
    assert recorded(sample, context)["kind"] == kind


def test_a_stored_default_is_outside() -> None:
    decision = SAMPLE.default("welcome", channel="page").decision
    assert exposure(decision, unit_id=None, at=AT, version=1)["kind"] == "outside"


def test_the_same_event_has_the_same_id_and_another_has_another() -> None:
    first = recorded(SAMPLE)
    paris = AT.astimezone(timezone(timedelta(hours=1)))
    assert recorded(SAMPLE, at=paris) == first
    assert recorded(SAMPLE, PERSON | {"segment": "seeker"})["event_id"] == first["event_id"]
    changes: list[dict[str, Any]] = [
        {"unit_id": "1" * 32},
        {"unit_id": None},
        {"version": 2},
        {"at": AT + timedelta(microseconds=1)},
        {"campaign": "welcome"},
    ]
    ids = {recorded(SAMPLE, **change)["event_id"] for change in changes}
    assert len(ids | {first["event_id"]}) == len(changes) + 1
    page = exposure(SAMPLE.decide("come_back", channel="page", context=PERSON), unit_id=UNIT, at=AT, version=1)
    assert page["event_id"] != first["event_id"]


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
def test_a_timestamp_is_utc_with_microseconds(at: datetime) -> None:
    try:
        utc = at.astimezone(UTC)
    except OverflowError:
        return
    if utc - at == timedelta():
        assert recorded(SAMPLE, at=at)["timestamp"] == f"{utc.isoformat(timespec='microseconds')[:26]}Z"


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"at": AT.replace(tzinfo=None)}, TypeError, "aware datetime"),
        ({"at": "2026-11-22"}, TypeError, "aware datetime"),
        ({"unit_id": 7}, TypeError, "unit_id must be text, or None"),
        ({"unit_id": b"x"}, TypeError, "unit_id must be text, or None"),
        ({"unit_id": " "}, ValueError, "1 to 128"),
        ({"unit_id": "x" * (LONGEST_UNIT + 1)}, ValueError, "1 to 128"),
        ({"unit_id": "a\nb"}, ValueError, "can be printed"),
        ({"unit_id": "\ud800"}, ValueError, "can be printed"),
        ({"version": True}, TypeError, "version must be text, or an integer"),
        ({"version": None}, TypeError, "version must be text, or an integer"),
        ({"version": 1.0}, TypeError, "version must be text, or an integer"),
        ({"version": -1}, ValueError, "from 0"),
        ({"version": 1 << 63}, ValueError, "63 bits"),
        ({"version": ""}, ValueError, "1 to 64"),
        ({"version": "v" * (LONGEST_VERSION + 1)}, ValueError, "1 to 64"),
        ({"at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))}, ValueError, "before the year 1"),
    ],
)
def test_a_wrong_argument_is_told(changes: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        recorded(SAMPLE, **changes)


def test_a_name_as_long_as_it_may_be_is_taken() -> None:
    record = recorded(SAMPLE, unit_id="\U0001f3d4" * LONGEST_UNIT, version="v" * LONGEST_VERSION)
    assert (len(record["unit_id"]), len(record["experiment_version"])) == (LONGEST_UNIT, LONGEST_VERSION)
    assert recorded(SAMPLE, version=(1 << 63) - 1)["experiment_version"] == (1 << 63) - 1


@pytest.mark.parametrize("past", [0, 1])
def test_what_would_take_too_many_bytes_is_null(past: int) -> None:
    decision = SAMPLE.decide("come_back", channel="email", context=PERSON, at=AT)
    around = len('{"headline":"headline/"}')
    choice = decision.slots["headline"]
    long = msgspec.structs.replace(choice, component="headline/" + "x" * (MOST_COMPONENTS - around + past))
    asked = AskedTest("t" * (MOST_TESTS - len('[{"test":"","component":null}]') + past), None)
    treatment = msgspec.structs.replace(decision.treatment, choices=(long,))
    decision = msgspec.structs.replace(decision, choices=(long,), treatment=treatment, tests=(asked,))
    record = exposure(decision, unit_id="\U0001f3d4" * LONGEST_UNIT, at=AT, version="v" * LONGEST_VERSION)
    fits = [record["components"] is not None, record["would_components"] is not None, record["tests"] is not None]
    assert fits == [not past] * 3
    assert len(msgspec.json.encode(record)) < MOST_BYTES


def test_records_of_the_starter_fit(starter_library: Library) -> None:
    """Also with ids and versions as long as they may be; most of them are much shorter than that."""
    longest = 0
    for campaign in starter_library.campaigns:
        for channel in starter_library.channels(campaign):
            for number in range(50):
                context = {"id": number, "locale": "fr", "segment": "lapsed_loyal", "stage": "win_back"}
                decision = starter_library.decide(campaign, channel=channel, context=context, at=STARTER_MOMENT)
                record = exposure(decision, unit_id=UNIT, at=STARTER_MOMENT, version=1)
                assert None not in (record["components"], record["would_components"], record["tests"])
                longest = max(longest, len(msgspec.json.encode(record)))
    assert longest < MOST_BYTES // 2


TAGS = st.fixed_dictionaries(
    {
        "segments": st.none() | st.just(("lapsed",)),
        "stages": st.none() | st.just(("win_back",)),
        "needs": st.sampled_from([(), ("first_name",)]),
        "test": st.none() | st.builds(records.Test, id=st.just("hue"), ranges=st.just({"come_back": (0, 5_000)})),
    }
)
HOLDOUTS = st.none() | st.builds(Holdout, share=st.sampled_from([0, 500, 5_000, 10_000]), salt=st.just("s"))
CONTEXTS = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(0, 200) | st.just(" "),
        "segment": st.sampled_from(["lapsed", "seeker", None]),
        "stage": st.sampled_from(["win_back", None]),
        "fields": st.just({"first_name": "Canary"}) | st.just(3),
        "signals": st.just({"months": 9}),
    },
)


@given(st.lists(TAGS, max_size=4), HOLDOUTS, HOLDOUTS, st.sampled_from(["treat", "default"]), CONTEXTS | st.just("?"))
def test_every_decision_has_one_kind(
    tags: list[Any], everywhere: Holdout | None, own: Holdout | None, unassigned: Any, context: Any
) -> None:
    """By the decision alone: whoever is in an arm is compared, unless holding back makes no difference."""
    more = [component(f"headline/x{number}", **tag) for number, tag in enumerate(tags)]
    sample = library((*COMPONENTS, *more), unassigned=unassigned, holdout=everywhere)
    sample = sample if own is None else with_control(sample, own)
    for campaign in sample.campaigns:
        for channel in sample.channels(campaign):
            decision = sample.decide(campaign, channel=channel, context=context, at=AT)
            record = exposure(decision, unit_id=UNIT, at=AT, version=1)
            default = sample.default(campaign, channel=channel, locale=decision.locale).decision
            is_default = record["would"] == default.key
            expected = "outside" if decision.arm == "unassigned" else "fallback" if is_default else "experiment"
            assert record["kind"] == expected
            assert record["would"] == (decision.withheld or decision.key)
            assert (record["would_components"] == record["components"]) == (record["would"] == record["key"])
            if is_default:
                assert record["would_components"] == {choice.slot: choice.component for choice in default.choices}
            if record["variation_id"] in ("holdout", "control"):
                assert record["components"] == {choice.slot: choice.component for choice in default.choices}
                assert record["salts"][record["variation_id"]] is not None
            assert b"Canary" not in msgspec.json.encode(record)


def test_what_is_decided_is_printed_as_before() -> None:
    decision = SAMPLE.decide("come_back", channel="email", context=PERSON, at=AT)
    assert "treatment" not in decision.to_dict()
    assert exposure(decision, unit_id=None, at=datetime(2026, 1, 1, tzinfo=UTC), version=1)["unit_id"] is None
