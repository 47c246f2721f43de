"""Flags: every decision is one, its reason is a word of OpenFeature, and whatever a context holds has an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, strategies as st

from assembler import ContextError, Library
from assembler.delivery.flags import FlagContext, context_of, evaluate, evaluate_all, flag_keys
from assembler.library.records import Holdout
from tests.promises.test_01_any_context_of_any_type_returns_a_variant import ANYTHING, JSON
from tests.runtime.sample import AT, FIELDS, PERSON, SIGNALS, archive, library, with_control

SAMPLE = library()
NESTED: dict[str, Any] = {key: value for key, value in PERSON.items() if key != "id"}
TARGETED = {"targetingKey": PERSON["id"], **NESTED}
OF_A_DECISION = ("library", "arm", "locale", "segment", "stage", "withheld", "error_code")


def value_of(key: str, **context: Any) -> Any:
    status, answer = evaluate(SAMPLE, key, {"context": context})
    assert status == 200
    return answer["value"]


def test_a_campaign_in_a_channel_is_the_key_of_the_variant() -> None:
    variant = SAMPLE.assemble("come_back", channel="email", context=PERSON)
    assert evaluate(SAMPLE, "come_back.email", {"context": TARGETED}) == (
        200,
        {
            "key": "come_back.email",
            "value": variant.key,
            "variant": variant.key,
            "reason": "SPLIT",
            "metadata": {
                "library": SAMPLE.digest,
                "arm": "treated",
                "locale": "fr",
                "segment": "lapsed",
                "stage": "win_back",
                "assembler_reason": "SPLIT",
            },
        },
    )


def test_slots_and_parts_are_objects() -> None:
    variant = SAMPLE.assemble("come_back", channel="email", context=PERSON)
    slots = {slot: choice.component or "" for slot, choice in variant.decision.slots.items()}
    assert slots["offer"] == "offer/bold"
    for key, value in (("come_back.email:slots", slots), ("come_back.email:parts", dict(variant.parts))):
        status, answer = evaluate(SAMPLE, key, {"context": TARGETED})
        assert (status, answer["value"], answer["variant"]) == (200, value, variant.key)
    for slot, address in slots.items():
        answer = evaluate(SAMPLE, f"come_back.email.{slot}", {"context": TARGETED})[1]
        assert (answer["value"], answer["variant"]) == (address, address)


def test_an_empty_slot_is_a_blank_text_with_a_name() -> None:
    status, answer = evaluate(SAMPLE, "come_back.email.offer", {"context": {}})
    assert (status, answer["value"], answer["variant"], answer["reason"]) == (200, "", "empty", "DEFAULT")
    assert value_of("come_back.email:slots")["offer"] == ""


@pytest.mark.parametrize(
    ("slot", "reason", "own", "fit"),
    [
        ("offer", "SPLIT", "SPLIT", "segment"),
        ("headline", "TARGETING_MATCH", "TARGETING_MATCH", "segment+stage"),
        ("echo", "TARGETING_MATCH", "TARGETING_MATCH", "segment"),
        ("proof", "STATIC", "CONSTANT", "default"),
    ],
)
def test_the_reason_of_a_slot(slot: str, reason: str, own: str, fit: str) -> None:
    in_test = next(f"c-{number}" for number in range(99) if _is_bold(f"c-{number}"))
    answer = evaluate(SAMPLE, f"come_back.email.{slot}", {"context": {**TARGETED, "targetingKey": in_test}})[1]
    metadata: Any = answer["metadata"]
    assert (answer["reason"], metadata["assembler_reason"], metadata["fit"]) == (reason, own, fit)


def _is_bold(id_: str) -> bool:
    decision = SAMPLE.decide("come_back", channel="email", context={**PERSON, "id": id_})
    return decision.slots["offer"].component == "offer/bold"


@pytest.mark.parametrize(("slot", "own"), [(None, "HOLDOUT"), ("headline", "HOLDOUT"), ("proof", "CONSTANT")])
@pytest.mark.parametrize("arm", ["holdout", "control"])
def test_a_holdout_is_a_split(arm: str, slot: str | None, own: str) -> None:
    everybody = Holdout(share=10_000, salt="all")
    held = library(holdout=everybody) if arm == "holdout" else with_control(SAMPLE, everybody)
    answer = evaluate(held, "come_back.email" + (f".{slot}" if slot else ""), {"context": TARGETED})[1]
    metadata: Any = answer["metadata"]
    assert answer["reason"] == ("STATIC" if own == "CONSTANT" else "SPLIT")
    assert (metadata["assembler_reason"], metadata["arm"]) == (own, arm)
    assert metadata["withheld"] == SAMPLE.decide("come_back", channel="email", context=PERSON).key


@pytest.mark.parametrize("rest", ["", ".headline", ".proof", ":slots", ":parts"])
def test_a_stored_default_is_a_value_and_no_error(rest: str) -> None:
    content, texts = archive()
    faulty = Library(content, texts, clock=lambda: AT.replace(tzinfo=None))
    status, answer = evaluate(faulty, f"come_back.email{rest}", {"context": TARGETED})
    expected: Any = {
        "": faulty.default("come_back", channel="email", locale="fr").key,
        ".headline": "headline/come_back",
    }
    assert status == 200
    assert answer["value"] == expected.get(rest, answer["value"])
    assert answer["reason"] == "ERROR"
    metadata: Any = answer["metadata"]
    assert (metadata["error_code"], metadata["assembler_reason"]) == ("GENERAL", "ERROR")


@pytest.mark.parametrize(
    "key",
    [
        *("", ".", "come_back", "come_back.", "come_back.letter", "come_back.email.", "come_back.email.hero"),
        *("come_back.email:", "come_back.email:part", "come_back.email.headline:slots", "come_back.email.headline.x"),
        *("COME_BACK.email", "come_back.page.offer", "come_back/email", "come_back.email:parts:parts", "\ud800"),
    ],
)
def test_what_is_no_flag_is_not_found(key: str) -> None:
    status, answer = evaluate(SAMPLE, key, {})
    assert (status, answer["key"], answer["errorCode"]) == (404, key, "FLAG_NOT_FOUND")


def test_the_nearest_flag_is_named(words: Any) -> None:
    keys = ("come_bak.email", "come_back.email.headlin", "COME_BACK.EMAIL:PARTS", "zebra", "x" * 10_000)
    assert "\n".join(str(evaluate(SAMPLE, key, {})[1]["errorDetails"]) for key in keys) == words


@pytest.mark.parametrize("payload", [None, [], "text", 7, True, [{"context": {}}]])
def test_a_body_that_is_no_object_cannot_be_parsed(payload: object) -> None:
    details = 'the body must be a JSON object, such as {"context": {}}'
    refused = {"errorCode": "PARSE_ERROR", "errorDetails": details}
    assert evaluate(SAMPLE, "come_back.email", payload) == (400, {"key": "come_back.email", **refused})
    assert evaluate_all(SAMPLE, payload) == (400, refused)


@pytest.mark.parametrize("context", [[], "text", 7, True, False, 0, ""])
def test_a_context_that_is_no_object_is_invalid(context: object) -> None:
    refused = {"errorCode": "INVALID_CONTEXT", "errorDetails": "context must be a JSON object"}
    assert evaluate(SAMPLE, "come_back.email", {"context": context}) == (
        400,
        {"key": "come_back.email", **refused},
    )
    assert evaluate_all(SAMPLE, {"context": context}) == (400, refused)


@pytest.mark.parametrize("payload", [{}, {"context": None}, {"context": {}}, {"more": 1}])
def test_without_a_context_somebody_is_unassigned(payload: object) -> None:
    status, answer = evaluate(SAMPLE, "come_back.email", payload)
    metadata: Any = answer["metadata"]
    assert (status, answer["reason"], metadata["arm"]) == (200, "DEFAULT", "unassigned")


def test_only_the_targeting_key_is_the_id() -> None:
    for context in ({"id": "c-42"}, {"targeting_key": "c-42"}, {"targetingKey": " "}, {"targetingKey": None}):
        metadata: Any = evaluate(SAMPLE, "come_back.email", {"context": context})[1]["metadata"]
        assert metadata["arm"] == "unassigned"


def test_a_flat_attribute_is_the_signal_or_field_of_its_name() -> None:
    flat = {"targetingKey": "c-42", "consent": ["marketing"], "months": 9, "spend": 640.5, "first_name": "Maya"}
    assert value_of("come_back.email.headline", **flat) == "headline/lapsed_win_back"
    assert "[Maya]" in value_of("come_back.email:parts", **flat)["text"]


@pytest.mark.parametrize(
    ("nested", "headline"),
    [
        ({"months": 1}, "headline/all"),
        ({"spend": 1}, "headline/win_back"),
        ({}, "headline/lapsed_win_back"),
        (None, "headline/lapsed_win_back"),
        (["months"], "headline/lapsed_win_back"),
        ({"months": None}, "headline/all"),
    ],
)
def test_what_is_nested_wins(nested: object, headline: str) -> None:
    flat = {"consent": ["marketing"], "months": 9, "spend": 640.5}
    assert value_of("come_back.email.headline", **flat, signals=nested) == headline


def test_a_name_of_the_context_is_never_a_signal() -> None:
    """A signal may have the name of a key of a context: then it is told as a signal, among `signals`."""
    content, texts = archive()
    view = FlagContext(content, {"segment": "lapsed", "signals": {"segment": 1}}, None)
    assert (view["segment"], view["signals"]) == ("lapsed", {"segment": 1})
    assert Library(content, texts).decide("come_back", channel="email", context=view).segment == "lapsed"


def test_a_flag_context_is_a_mapping() -> None:
    view = FlagContext(SAMPLE.content, {"months": 9, "locale": "fr", "colour": "red"}, "c-1")
    assert dict(view) == {"id": "c-1", "locale": "fr", "signals": {"months": 9}}
    assert len(view) == 3
    assert "colour" not in view


def test_every_campaign_in_each_channel_is_answered_at_once() -> None:
    status, answer = evaluate_all(SAMPLE, {"context": TARGETED})
    pairs = ["come_back.email", "come_back.page", "welcome.email", "welcome.page"]
    assert status == 200
    assert answer == {
        "flags": [evaluate(SAMPLE, key, {"context": TARGETED})[1] for key in pairs],
        "metadata": {"library": SAMPLE.digest},
    }
    assert json.dumps(answer) == json.dumps(evaluate_all(SAMPLE, {"context": TARGETED})[1])


def test_all_flags_are_listed() -> None:
    keys = flag_keys(SAMPLE)
    assert keys[:4] == ("come_back.email", "come_back.email:slots", "come_back.email:parts", "come_back.email.offer")
    assert len(keys) == len({*keys}) == 4 * 3 + 5 + 3 + 1 + 1
    assert all(evaluate(SAMPLE, key, {})[0] == 200 for key in keys)


def test_a_strict_library_tells_its_tests() -> None:
    content, texts = archive()
    strict = Library(content, texts, clock=lambda: AT, strict=True)
    with pytest.raises(ContextError, match="mnths"):
        evaluate(strict, "come_back.email", {"context": {"signals": {"mnths": 9}}})
    assert evaluate(strict, "come_back.email", {"context": {"colour": "of another flag"}})[0] == 200


def require_an_answer(key: str, context: Mapping[str, Any]) -> None:
    """An answer that is JSON, with all that the protocol's clients need, and the decision that the library makes."""
    status, answer = evaluate(SAMPLE, key, {"context": context})
    assert status == 200
    assert answer.keys() == {"key", "value", "variant", "reason", "metadata"}
    assert json.loads(json.dumps(answer)) == answer
    assert answer["reason"] in {"TARGETING_MATCH", "SPLIT", "DEFAULT", "STATIC"}
    asked = {name: value for name, value in context.items() if name in NESTED or name in ("segment", "consent")}
    if not (context.keys() & {*SIGNALS, *FIELDS}):
        asked = {**asked, "id": context.get("targetingKey")}
        campaign, channel = key.partition(":")[0].split(".")[:2]
        decision = SAMPLE.decide(campaign, channel=channel, context=asked).to_dict()
        metadata: Any = answer["metadata"]
        assert {name: metadata.get(name) for name in OF_A_DECISION} == {name: decision[name] for name in OF_A_DECISION}


ATTRIBUTES = st.dictionaries(
    st.sampled_from(["targetingKey", "id", *NESTED, "segment", *SIGNALS, *FIELDS]) | st.text(max_size=5),
    JSON,
    max_size=7,
)


@given(st.sampled_from(flag_keys(SAMPLE)), ATTRIBUTES)
def test_whatever_json_says_of_somebody_has_an_answer(key: str, context: dict[str, Any]) -> None:
    require_an_answer(key, context)


@given(ATTRIBUTES)
def test_one_flag_is_answered_as_all_are(context: dict[str, Any]) -> None:
    flags: Any = evaluate_all(SAMPLE, {"context": context})[1]["flags"]
    assert flags == [evaluate(SAMPLE, flag["key"], {"context": context})[1] for flag in flags]


@given(ANYTHING, st.none() | st.text(max_size=5))
def test_whatever_object_tells_of_somebody_has_a_decision(attributes: Any, targeting_key: object) -> None:
    context = context_of(SAMPLE.content, attributes, targeting_key)
    decision = SAMPLE.decide("come_back", channel="email", context=context)
    assert decision.key.startswith("come_back/email/")
