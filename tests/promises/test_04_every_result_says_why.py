"""Every result says why; normal has no error code, abnormal always has one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_cases import CASES, Case, Outcome, agreed, opened


def lawful(decision: dict[str, Any]) -> None:
    """Assert what is so for every decision: normal has no error code, abnormal always has one."""
    assert (decision["error_code"] is not None) == (decision["reason"] == "ERROR")
    assert (decision["withheld"] is not None) == (decision["arm"] in ("holdout", "control"))
    assert (decision["reason"] == "HOLDOUT") == (decision["arm"] in ("holdout", "control"))


def consistent(explanation: dict[str, Any]) -> None:
    """Assert that in every slot the winner alone has no reason to lose, and that it is what the decision says."""
    for slot, contenders in explanation["slots"].items():
        chosen = explanation["decision"]["slots"][slot]["component"]
        assert [contender["component"] for contender in contenders if contender["won"]] == (
            [] if chosen is None else [chosen]
        )
        assert {contender["reason"] for contender in contenders if contender["won"]} <= {None}
        assert {contender["reason"] for contender in contenders if not contender["won"]} <= LOSSES


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.number}")
def test_a_case_is_decided_assembled_and_explained_as_expected(case: Case) -> None:
    library = opened(case.file).library
    variant = library.assemble(case.campaign, channel=case.channel, context=case.context, at=case.moment)
    decided = library.decide(case.campaign, channel=case.channel, context=case.context, at=case.moment).to_dict()
    why = library.explain(case.campaign, channel=case.channel, context=case.context, at=case.moment).to_dict()
    lawful(decided)
    consistent(why)
    assert variant.decision.to_dict() == why["decision"] == decided, case.name
    agreed(case, Outcome(decision=decided, explanation=why, text=variant.text))


# --- what the cases cover, against the closed lists of the contract ----------------------------------------------

ARMS = {"holdout", "control", "treated", "unassigned"}
REASONS = {"HOLDOUT", "ERROR", "SPLIT", "TARGETING_MATCH", "DEFAULT"}
SLOT_REASONS = {"CONSTANT", "HOLDOUT", "SPLIT", "TARGETING_MATCH", "DEFAULT"}
FITS = {"segment+stage", "segment", "stage", "everyone", "default", "empty"}
SIGNAL_PROBLEMS = {"missing", "blank", "type", "range", "stale", "future", "consent"}
FIELD_PROBLEMS = {"missing", "blank", "length", "kind"}
LOSSES = {
    "status", "campaign", "default_elsewhere", "window", "locale", "channel", "constant", "holdout",
    "segment", "stage", "needs", "used", "requires", "excludes", "test", "outranked",
}  # fmt: skip


def test_every_word_of_a_decision_is_expected_somewhere() -> None:
    decided = {key: {case.expect.get(key) for case in CASES} - {None} for key in ("arm", "reason", "error_code")}
    assert decided == {"arm": ARMS, "reason": REASONS, "error_code": {"INVALID_CONTEXT"}}
    slots = [slot for case in CASES for slot in case.expect.get("slots", {}).values()]
    assert {slot["reason"] for slot in slots if "reason" in slot} == SLOT_REASONS
    assert {slot["fit"] for slot in slots if "fit" in slot} == FITS


def test_every_problem_is_expected_of_everything_that_can_have_it() -> None:
    expected: dict[str, set[str]] = {}
    for case in CASES:
        declared = opened(case.file).settings
        kinds = {
            **dict.fromkeys(declared.get("signals", ()), "signal"),
            **dict.fromkeys(declared.get("fields", ()), "field"),
        }
        for note in case.expect.get("notes", ()):
            kind = next(iter(note.keys() - {"problem"}))
            expected.setdefault(kind, set()).add(note["problem"])
        for name, problem in case.expect.get("noted", {}).items():
            expected.setdefault(kinds.get(name, "context"), set()).update({problem} - {None})
    assert expected == {
        "signal": SIGNAL_PROBLEMS | {"unknown_name"},
        "field": FIELD_PROBLEMS | {"unknown_name"},
        "segment": {"unknown_name"},
        "stage": {"unknown_name"},
        "context": {"unknown_name", "type"},
    }


def test_every_reason_to_lose_is_expected_somewhere() -> None:
    losers = [reason for case in CASES for slot in case.expect.get("losers", {}).values() for reason in slot.values()]
    assert set(losers) == LOSSES
