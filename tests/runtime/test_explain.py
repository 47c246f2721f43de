"""Every candidate of every slot, and the first reason why it lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assembler.library.records import Component, Holdout, Window
from assembler.runtime.assignment import bucket
from assembler.runtime.eligibility import ELIGIBILITY_CHECKS
from tests.runtime.sample import AT, COMPONENTS, DEFAULTS, component, library, midnight, tone, with_control

LAPSED: dict[str, object] = {"id": "c-42", "segment": "lapsed", "stage": "win_back"}
CODES = (
    "status", "campaign", "default_elsewhere", "window", "locale", "channel", "constant", "holdout", "segment", "stage",
    "needs", "used", "requires", "excludes", "test", "outranked",
)  # fmt: skip


def contenders(*components: Component, context: object = LAPSED, **changes: Any) -> dict[str, dict[str, Any]]:
    """Slot -> component -> how it fared, in come_back by e-mail."""
    sample = library([*DEFAULTS, *components], **changes)
    explanation = sample.explain("come_back", channel="email", context=context)
    assert explanation.decision == sample.decide("come_back", channel="email", context=context)
    return {
        slot: {contender.component: (contender.won, contender.reason, contender.detail) for contender in fared}
        for slot, fared in explanation.slots.items()
    }


def test_the_codes_stand_in_the_order_of_the_contract() -> None:
    assert tuple(check.code for check in ELIGIBILITY_CHECKS) == CODES


LOSERS = {
    "status": (component("offer/x", status="draft"), "draft"),
    "campaign": (component("offer/x", campaigns=("welcome", "first_trail")), "for welcome, first_trail"),
    "window": (component("offer/x", window=Window(end=midnight(2026, 11, 15), last="2026-11-14")), "ended 2026-11-14"),
    "locale": (component("offer/x", locales=("fr",)), "no en"),
    "channel": (component("offer/x", channels=("page",)), "for page"),
    "segment": (component("offer/x", segments=("seeker", "visitor")), "for seeker, visitor"),
    "stage": (component("offer/x", stages=("exploring",)), "for exploring"),
    "needs": (component("offer/x", needs=("first_name", "city")), "first_name, city unknown"),
    "requires": (component("offer/x", requires=("body/come_back",)), "body/come_back not chosen"),
    "test": (component("offer/x", test=tone(5000, 10_000)), "bucket outside 5000-9999"),
    "outranked": (component("offer/x"), "offer/best fits segment+stage"),
}


@pytest.mark.parametrize("code", LOSERS)
def test_a_loser_says_why(code: str) -> None:
    loser, detail = LOSERS[code]
    best = component("offer/best", segments=("lapsed",), stages=("win_back",))
    assert contenders(loser, best)["offer"] == {"offer/x": (False, code, detail), "offer/best": (True, None, "")}


def test_a_window_that_has_not_opened() -> None:
    late = component(
        "offer/x", window=Window(start=midnight(2026, 12, 1), first="2026-12-01", end=midnight(2027, 1, 1))
    )
    assert contenders(late)["offer"]["offer/x"] == (False, "window", "starts 2026-12-01")


def test_a_test_without_an_id() -> None:
    tested = component("offer/x", test=tone(0, 10_000))
    assert contenders(tested, context=None)["offer"]["offer/x"] == (False, "test", "no id")


def test_the_default_of_another_slot() -> None:
    fared = contenders()
    assert fared["headline"]["headline/echo"] == (False, "default_elsewhere", "default of echo of come_back")
    assert fared["echo"]["headline/welcome"] == (False, "default_elsewhere", "default of headline of welcome")


def test_the_slots_own_default_wins_or_is_outranked() -> None:
    assert contenders()["body"] == {"body/come_back": (True, None, "")}
    fared = contenders(component("body/x"))["body"]
    assert fared["body/come_back"] == (False, "outranked", "body/x fits everyone")


def test_a_constant_slot() -> None:
    assert contenders(component("proof/x"))["proof"] == {
        "proof/returns": (True, None, ""),
        "proof/x": (False, "constant", "proof always holds its default"),
    }


def test_a_component_that_an_earlier_slot_holds() -> None:
    fared = contenders(component("headline/x"))
    assert fared["headline"]["headline/x"] == (True, None, "")
    assert fared["echo"]["headline/x"] == (False, "used", "fills headline")


def test_a_component_that_an_earlier_slot_excludes() -> None:
    fared = contenders(component("offer/x"), component("body/x", excludes=("offer/x", "proof/returns")))
    assert fared["body"]["body/x"] == (False, "excludes", "offer/x chosen")


@pytest.mark.parametrize(
    ("context", "changes", "arm"),
    [
        (LAPSED, {"holdout": Holdout(share=10_000, salt="x")}, "holdout"),
        ({"segment": "lapsed"}, {"unassigned": "default"}, "unassigned"),
    ],
)
def test_people_who_get_the_default(context: object, changes: dict[str, Any], arm: str) -> None:
    passed_over = component("offer/x", segments=("seeker",))
    fared = contenders(passed_over, component("offer/sketch", status="draft"), context=context, **changes)
    assert fared["offer"] == {"offer/x": (False, "holdout", arm), "offer/sketch": (False, "status", "draft")}
    assert fared["body"] == {"body/come_back": (True, None, "")}


WRONG: dict[str, dict[str, Any]] = {
    "status": {"status": "draft"},
    "campaign": {"campaigns": ("welcome",)},
    "window": {"window": Window(end=0, last="1969-12-31")},
    "locale": {"locales": ("fr",)},
    "channel": {"channels": ("page",)},
    "segment": {"segments": ("seeker",)},
    "stage": {"stages": ("exploring",)},
    "needs": {"needs": ("city",)},
    "requires": {"requires": ("offer/none",)},
    "excludes": {"excludes": ("headline/come_back",)},
    "test": {"test": tone(0, 0)},
}


@pytest.mark.parametrize("first", range(len(WRONG)))
def test_the_first_reason_that_applies_is_given(first: int) -> None:
    codes = list(WRONG)[first:]
    tags = {key: value for code in codes for key, value in WRONG[code].items()}
    assert contenders(component("body/x", **tags))["body"]["body/x"][1] == codes[0]


@pytest.mark.parametrize("channel", ["email", "page"])
@pytest.mark.parametrize("campaign", ["come_back", "welcome"])
@pytest.mark.parametrize(
    "context", [None, LAPSED, {"segment": "seeker", "fields": {"first_name": "Maya"}}, {"id": "7"}]
)
def test_every_component_of_the_slots_type_is_listed_once_and_the_chosen_one_won(
    campaign: str, channel: str, context: object
) -> None:
    explanation = library().explain(campaign, channel=channel, context=context)
    types = {"echo": "headline"}
    for slot, fared in explanation.slots.items():
        listed = [contender.component for contender in fared]
        assert listed == [component.address for component in COMPONENTS if component.type == types.get(slot, slot)]
        winners = [contender.component for contender in fared if contender.won]
        chosen = explanation.decision.slots[slot].component
        assert winners == ([] if chosen is None else [chosen])
        assert all((contender.reason is None) == contender.won for contender in fared)
        assert all(contender.reason in CODES and contender.detail for contender in fared if not contender.won)


def test_an_explanation_as_a_dictionary() -> None:
    signals = {"months": {"value": 9, "observed_at": "2026-11-22T11:00:00Z"}, "last_visit": "2026-11-20", "city": " "}
    context = {"id": "c-42", "signals": signals, "consent": ["marketing"]}
    explained = library().explain("come_back", channel="page", context=context, at=AT).to_dict()
    assert list(explained) == ["decision", "signals", "segments", "stages", "slots", "buckets"]
    assert explained["signals"] == [
        {"signal": "months", "value": 9, "problem": None, "age_seconds": 3600},
        {"signal": "spend", "value": None, "problem": "missing", "age_seconds": None},
        {"signal": "newcomer", "value": None, "problem": "missing", "age_seconds": None},
        {"signal": "city", "value": None, "problem": "blank", "age_seconds": None},
        {"signal": "looking_for", "value": None, "problem": "missing", "age_seconds": None},
        {"signal": "last_visit", "value": "2026-11-20", "problem": None, "age_seconds": 0},
    ]
    assert explained["segments"] == [
        {"id": "lapsed", "result": None}, {"id": "seeker", "result": None}, {"id": "visitor", "result": True},
    ]  # fmt: skip
    assert explained["stages"] == [{"id": "exploring", "result": False}, {"id": "win_back", "result": True}]
    assert explained["slots"]["proof"] == [  # type: ignore[index]
        {"component": "proof/returns", "won": True, "reason": None, "detail": ""},
        {"component": "proof/warranty", "won": False, "reason": "constant", "detail": "proof always holds its default"},
    ]
    assert json.loads(json.dumps(explained)) == explained


def test_an_error_is_explained_by_its_decision_alone() -> None:
    explained = library().explain("come_back", channel="page", context="nonsense").to_dict()
    assert explained["decision"]["error_code"] == "INVALID_CONTEXT"  # type: ignore[index]
    assert {key: explained[key] for key in ("signals", "segments", "stages", "slots")} == {
        "signals": [], "segments": [], "stages": [], "slots": {},
    }  # fmt: skip


def test_the_buckets_of_every_holdout_and_test_that_the_campaign_has() -> None:
    tested = (component("offer/b", test=tone(5000, 7500)), component("offer/a", test=tone(0, 5000)))
    ended = Holdout(share=1000, salt="come_back", until=midnight(2026, 11, 1))
    sample = with_control(library([*DEFAULTS, *tested], holdout=Holdout(share=500, salt="2026q4")), ended)
    explained = sample.explain("come_back", channel="email", context={"id": "c-42"}).to_dict()
    assert explained["buckets"] == [
        {
            "kind": "holdout", "name": None, "bucket": bucket("2026q4", "c-42"),
            "ranges": [{"component": None, "low": 0, "high": 500}], "ended": False,
        },
        {
            "kind": "control", "name": "come_back", "bucket": bucket("come_back", "c-42"),
            "ranges": [{"component": None, "low": 0, "high": 1000}], "ended": True,
        },
        {
            "kind": "test", "name": "tone", "bucket": bucket("come_back|tone", "c-42"),
            "ranges": [
                {"component": "offer/a", "low": 0, "high": 5000},
                {"component": "offer/b", "low": 5000, "high": 7500},
            ],
            "ended": False,
        },
    ]  # fmt: skip
    assert sample.explain("come_back", channel="email", context={}).buckets == ()
    assert [bucket.kind for bucket in sample.explain("welcome", channel="email", context={"id": 1}).buckets] == [
        "holdout"
    ]


@pytest.mark.parametrize("tag", ["segment", "stage"])
def test_a_component_for_no_audience_is_for_nobody(tag: str) -> None:
    nobody = component("offer/x", segments=()) if tag == "segment" else component("offer/x", stages=())
    for context in (LAPSED, {"segment": None, "stage": None}):
        assert contenders(nobody, context=context)["offer"] == {"offer/x": (False, tag, "for ")}
