"""What makes two people's decisions differ is found by asking the runtime, and it really does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from assembler import Library
from assembler.authoring.outcomes import difference as module
from assembler.authoring.outcomes.difference import Difference, difference
from tests.conftest import STARTER_MOMENT
from tests.examples import examples

LOYAL: dict[str, Any] = {
    "id": "c-9",
    "consent": ["marketing"],
    "signals": {"months_since_purchase": 9, "spend_last_year": 640.5, "favours": "womens"},
    "fields": {"first_name": "Maya"},
}


def compared(library: Library, context: object, other: object) -> Difference:
    return difference(library, "come_back", channel="email", context=context, other=other, at=STARTER_MOMENT)


def makers(result: Difference) -> list[str]:
    return [" + ".join(map(str, entries)) for entries in result.carried_by]


def changed(**signals: object) -> dict[str, Any]:
    return {**LOYAL, "signals": {**LOYAL["signals"], **signals}}


CASES: dict[str, tuple[object, object, str | None, list[str]]] = {
    "one signal of two": (
        LOYAL,
        changed(spend_last_year=10, new_customer=False),
        "variant",
        ["signal spend_last_year"],
    ),
    "a stale signal": (
        LOYAL,
        changed(spend_last_year={"value": 640.5, "observed_at": "2026-01-01T00:00:00Z"}),
        "variant",
        ["signal spend_last_year"],
    ),
    "either of two": (LOYAL, {**LOYAL, "id": "c-42", "consent": []}, "variant", ["id", "consent marketing"]),
    "a test": ({**LOYAL, "id": "c-9"}, {**LOYAL, "id": "c-2"}, "variant", ["id"]),
    "a holdout": (LOYAL, {**LOYAL, "id": "c-42", "locale": "de"}, "variant", ["id"]),
    "consent": (LOYAL, {**LOYAL, "consent": "marketing"}, "variant", ["consent marketing"]),
    "locale and signal together": (
        LOYAL,
        {**changed(spend_last_year=10), "locale": "fr"},
        "variant",
        ["locale + signal spend_last_year"],
    ),
    "the same variant, decided otherwise": (
        {**LOYAL, "id": "c-42"},
        {**changed(spend_last_year=10), "id": "c-42"},
        "decision",
        ["signal spend_last_year"],
    ),
    "no context": (LOYAL, [LOYAL], "variant", ["consent marketing", "context"]),
    "nothing that is read": (LOYAL, {**LOYAL, "shoe_size": 40}, None, []),
    "one for true": (changed(new_customer=True), changed(new_customer=1), None, []),
}


@pytest.mark.parametrize("name", CASES)
def test_the_smallest_sets_of_entries(starter_library: Library, name: str) -> None:
    context, other, aspect, expected = CASES[name]
    result = compared(starter_library, context, other)
    assert (result.aspect, makers(result), result.smallest) == (aspect, expected, True)


def test_as_json(starter_library: Library) -> None:
    result = compared(starter_library, LOYAL, changed(spend_last_year=10)).to_dict()
    assert list(result) == ["decision", "other", "entries", "aspect", "carried_by", "smallest"]
    assert result["entries"] == [{"kind": "signal", "name": "spend_last_year", "value": 640.5, "other": 10}]
    assert result["carried_by"] == [[{"kind": "signal", "name": "spend_last_year"}]]
    assert compared(starter_library, changed(new_customer=True), changed(new_customer=1)).entries
    absent = compared(starter_library, {"id": 1}, {}).to_dict()
    assert absent["entries"] == [{"kind": "id", "name": None, "value": 1}]


def test_where_there_are_too_many_sets_nothing_can_be_left_out(
    starter_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_TRIALS", 5)
    other = {**changed(spend_last_year=10, new_customer=False), "locale": "fr"}
    result = compared(starter_library, LOYAL, other)
    assert (makers(result), result.smallest) == (["locale + signal spend_last_year"], False)


VALUES = {
    "months_since_purchase": st.sampled_from([0, 3, 8, 12, None, "9"]),
    "spend_last_year": st.sampled_from([10, 400.5, -1, None]),
    "favours": st.sampled_from(["mens", "womens", "both", ""]),
    "looking_for": st.sampled_from(["boots", "layers", True]),
}
CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(0, 60),
        "locale": st.sampled_from(["fr", "en-GB", 7]),
        "consent": st.sampled_from([[], ["marketing"], "marketing", None]),
        "signals": st.one_of(st.fixed_dictionaries({}, optional=VALUES), st.just([])),
        "fields": st.sampled_from([{}, {"first_name": "Maya"}, {"first_name": " "}, None]),
        "segment": st.sampled_from([None, "trail_bound", "nobody"]),
    },
)


@given(CONTEXTS, CONTEXTS)
@settings(max_examples=examples(60))
def test_no_difference_is_left_without_what_makes_it(
    starter_library: Library, context: dict[str, object], other: dict[str, object]
) -> None:
    """All that differs carries the decision over, so that there is always a smallest set."""
    result = compared(starter_library, context, other)
    assert (result.aspect is None) == (result.carried_by == ())
    assert (result.aspect == "variant") == (result.decision.key != result.other.key)
    assert len({len(entries) for entries in result.carried_by}) <= 1
