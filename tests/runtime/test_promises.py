"""The promises: total, complete, safe from our own faults, and silent about people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from assembler import UnknownCampaign
from tests.runtime.sample import AT, PERSON as CONTEXT, SIGNALS, library

LIBRARY = library()
CHANNELS = [(campaign, channel) for campaign in LIBRARY.campaigns for channel in LIBRARY.channels(campaign)]


# --- total: any context, of any type, returns a variant -------------------------------------------------------------


class Hostile:
    """Raises whatever is asked of it."""

    def _raise(self, *_: object, **__: object) -> Any:
        raise RuntimeError("hostile")

    __hash__ = _raise
    __str__ = __repr__ = __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __float__ = _raise
    __int__ = __index__ = __lt__ = __le__ = __gt__ = __ge__ = __call__ = __add__ = __format__ = __bytes__ = _raise
    __eq__ = _raise
    __ne__ = _raise
    __class__ = property(_raise)

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("hostile")


class HostileText(str):
    __slots__ = ()
    __str__ = __repr__ = __hash__ = __len__ = __iter__ = __getitem__ = __contains__ = Hostile._raise
    __eq__ = __ne__ = strip = lower = encode = replace = isascii = isalpha = Hostile._raise


class HostileInteger(int):
    __str__ = __repr__ = __hash__ = __bool__ = __index__ = __int__ = __lt__ = __le__ = __gt__ = Hostile._raise
    __ge__ = __abs__ = __sub__ = Hostile._raise
    __eq__ = __ne__ = __neg__ = __pos__ = bit_length = Hostile._raise


class HostileDict(dict[Any, Any]):
    __getitem__ = __iter__ = __contains__ = __len__ = __bool__ = get = items = keys = Hostile._raise
    __eq__ = __ne__ = Hostile._raise


class HostileList(list[Any]):
    __getitem__ = __iter__ = __contains__ = __len__ = __bool__ = Hostile._raise
    __eq__ = __ne__ = Hostile._raise


class HostileMapping(Mapping[str, Any]):
    __getitem__ = __iter__ = __len__ = Hostile._raise


class HostileDatetime(datetime):
    __sub__ = __eq__ = utcoffset = toordinal = Hostile._raise


class Liar:
    """Claims to be a dictionary."""

    @property
    def __class__(self) -> Any:
        return dict

    @__class__.setter
    def __class__(self, kind: Any) -> None: ...


def cyclic() -> dict[str, Any]:
    context: dict[str, Any] = dict(CONTEXT)
    context["signals"] = {"months": context, "spend": [context]}
    context["fields"] = context
    context["consent"] = [context, context]
    context["first_name"] = context
    return context


NAUGHTY = (
    "undefined", "null", "NaN", "true", "1e309", "\u0661\u0662", "\u200b", "\ufeff", "\u202etest", "\ud800",
    "\udfff\ud800", "a\0b", "\r\nBcc: x@y.example", "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "${7*7}",
    "%s%n", "../../etc", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "Z\u0351\u0348a\u0332lgo", "x" * 100_000, "\0",
    "=cmd|' /C calc'!A0", "*|FNAME|*", "%%first%%", "=?utf-8?q?x?=", "javascript:alert(1)", "\u3164", "I\u0307",
    "\ufdfa", "\U000e0041",
)  # fmt: skip
ODD: list[Any] = [
    Hostile(), HostileText("Maya"), HostileInteger(9), HostileDict(value=9), HostileList([1]), HostileMapping(), Liar(),
    HostileDatetime(2026, 11, 20, tzinfo=UTC), float("nan"), float("inf"), -0.0, 10**5000, -(10**5000), Decimal("NaN"),
    Decimal(7), b"bytes", bytearray(b"x"), memoryview(b"x"), object(), object, type, len, lambda: 1, Ellipsis,
    NotImplemented, date(2026, 11, 1), datetime(2026, 11, 1), timedelta(1), range(3), iter(()), {1: 2}, {None: None},
    set(), 1j, msgspec.UNSET, *NAUGHTY,
]  # fmt: skip
KEYS = st.sampled_from(
    ["id", "locale", "consent", "signals", "fields", "segment", "stage", "value", "observed_at", *SIGNALS,
     "first_name", "greeting", "account_url", "marketing"]
)  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.integers(0, len(ODD) - 1).map(lambda number: ODD[number])
    | st.sampled_from(["c-42", "fr", "marketing", "lapsed", "win_back", "boots", "2026-11-20T08:00:00Z", "2026-11-20"])
    | st.datetimes() | st.datetimes(timezones=st.timezones()) | st.dates()
)  # fmt: skip
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=6),
    max_leaves=25,
)
CONTEXTS = ANYTHING | st.fixed_dictionaries(
    {},
    optional={
        "id": LEAVES,
        "locale": LEAVES,
        "consent": ANYTHING,
        "signals": st.dictionaries(KEYS, ANYTHING),
        "fields": st.dictionaries(KEYS, ANYTHING),
        "segment": LEAVES,
        "stage": LEAVES,
    },
)


def require_a_whole_variant(context: object) -> None:
    for campaign, channel in CHANNELS:
        variant = LIBRARY.assemble(campaign, channel=channel, context=context)
        for text in variant.parts.values():
            assert text.startswith(("en:<", "fr:<"))
            assert text.endswith(">")
            assert "[]" not in text
        decision = LIBRARY.decide(campaign, channel=channel, context=context).to_dict()
        assert decision == variant.decision.to_dict()
        assert (decision["reason"] == "ERROR") == (decision["error_code"] is not None)
        json.dumps(decision).encode()
        explained = LIBRARY.explain(campaign, channel=channel, context=context).to_dict()
        assert explained["decision"] == decision
        json.dumps(explained).encode()


@given(CONTEXTS)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_any_context_returns_a_variant(context: object) -> None:
    require_a_whole_variant(context)


@pytest.mark.parametrize("number", range(len(ODD)))
def test_an_odd_object_anywhere_returns_a_variant(number: int) -> None:
    odd = ODD[number]
    require_a_whole_variant(odd)
    for key in ("id", "locale", "consent", "signals", "fields", "segment", "stage"):
        require_a_whole_variant({**CONTEXT, key: odd})
    for name in SIGNALS:
        require_a_whole_variant({**CONTEXT, "signals": {name: odd}})
        require_a_whole_variant({**CONTEXT, "signals": {name: {"value": odd, "observed_at": "2026-11-20T08:00:00Z"}}})
        require_a_whole_variant({**CONTEXT, "signals": {name: {"value": 7, "observed_at": odd}}})
    for name in LIBRARY.content.fields:
        require_a_whole_variant({**CONTEXT, "fields": {name: odd}})
    for members in ([odd, "marketing"], (odd,)):
        require_a_whole_variant({**CONTEXT, "consent": members})


@pytest.mark.parametrize("make", [Hostile, Liar, lambda: HostileText("x"), HostileList])
def test_hostile_objects_are_told_by_their_real_type(make: Callable[[], object]) -> None:
    odd = make()
    assert LIBRARY.decide("welcome", channel="email", context=odd).error_code == "INVALID_CONTEXT"
    inside = {"signals": dict.fromkeys(SIGNALS, odd), "id": odd, "consent": odd, "segment": odd, "locale": odd}
    assert LIBRARY.decide("welcome", channel="email", context=inside).error_code is None


def test_cyclic_and_deep_data() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = {"value": deep, "observed_at": "2026-11-20T08:00:00Z"}
    require_a_whole_variant(cyclic())
    require_a_whole_variant({"signals": {"months": deep, "city": deep}, "fields": deep, "consent": [deep]})
    while isinstance(deep, dict):
        deep = deep.pop("value")


def test_a_mapping_that_raises_is_an_error_with_the_default() -> None:
    decision = LIBRARY.decide("come_back", channel="email", context=HostileMapping())
    assert (decision.reason, decision.error_code) == ("ERROR", "GENERAL")


class Counting(Mapping[str, Any]):
    """An endless mapping that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __getitem__(self, key: str) -> Any:
        self.asked += 1
        return Counting() if key in ("signals", "fields") else 7

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("what is not declared was read")

    def __len__(self) -> int:
        return 10**9


def test_a_context_of_any_size_is_read_only_where_something_is_declared() -> None:
    context = Counting()
    assert LIBRARY.decide("come_back", channel="email", context=context).error_code is None
    assert context.asked < 10


# --- silence about people --------------------------------------------------------------------------------------------

CANARY = "Canary-7f3a"


@pytest.mark.parametrize(
    "wrap", [lambda text: text, lambda text: f"{text}@x.example", lambda text: [text], lambda text: {text: text}]
)
def test_no_value_of_a_person_is_in_a_decision_or_an_error(wrap: Callable[[str], Any]) -> None:
    value = wrap(CANARY)
    context = {
        "id": value,
        "locale": value,
        "consent": value,
        "signals": dict.fromkeys(SIGNALS, value),
        "fields": dict.fromkeys(LIBRARY.content.fields, value),
        "segment": f"{CANARY} of Leeds",
        "stage": f"{CANARY}@x.example",
    }
    for each in (context, {**context, "segment": "lapsed"}, value):
        for campaign, channel in CHANNELS:
            decision = LIBRARY.decide(campaign, channel=channel, context=each)
            assert CANARY not in json.dumps(decision.to_dict()) + repr(decision)


def test_no_value_of_a_person_is_in_an_error() -> None:
    with pytest.raises(UnknownCampaign) as caught:
        LIBRARY.assemble("nowhere", channel="email", context={"id": CANARY, "fields": {"first_name": CANARY}})
    assert CANARY not in str(caught.value)


def test_no_value_of_a_person_is_in_the_next_persons_variant() -> None:
    for number in range(3):
        fields = {"first_name": f"{CANARY}{number}", "greeting": f"{CANARY}{number}"}
        seen = LIBRARY.assemble("come_back", channel="page", context={"fields": fields}).html or ""
        assert f"{CANARY}{number}" in seen
        assert CANARY not in (LIBRARY.assemble("come_back", channel="page", context={"id": "1"}).html or "")


def test_nothing_of_a_context_is_kept() -> None:
    class Kept(str):
        """A text that can be watched."""

    import gc
    import weakref

    value = Kept("Maya")
    watch = weakref.ref(value)
    variant = LIBRARY.assemble("come_back", channel="page", context={"id": value, "fields": {"first_name": value}})
    assert "Maya" in (variant.html or "")
    del value
    gc.collect()
    assert watch() is None


@given(st.dictionaries(st.sampled_from(sorted(LIBRARY.content.fields)), st.text(max_size=80)))
@settings(deadline=None)
def test_values_never_change_the_structure(fields: dict[str, str]) -> None:
    """Outside of the square brackets that stand around each hole, nothing is different."""
    context = {"segment": "lapsed", "fields": fields}
    harmless = {"segment": "lapsed", "fields": {}}
    for campaign, channel in CHANNELS:
        given_them = LIBRARY.assemble(campaign, channel=channel, context=context)
        without = LIBRARY.assemble(campaign, channel=channel, context=harmless)
        for part, text in given_them.parts.items():
            if part == "html":
                marks = [each for each in text if each in "<>"]
                assert marks == [each for each in without.parts[part] if each in "<>"]


def test_at_is_the_only_clock() -> None:
    earlier, later = (
        LIBRARY.decide("come_back", channel="email", context=CONTEXT, at=at) for at in (AT, AT + timedelta(days=40))
    )
    assert earlier.notes != later.notes
    assert LIBRARY.decide("come_back", channel="email", context=CONTEXT, at=AT) == earlier
