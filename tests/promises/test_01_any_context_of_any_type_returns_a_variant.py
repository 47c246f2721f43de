"""Total: any context, of any type, returns a variant."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from assembler import Library
from tests.conftest import STARTER_MOMENT
from tests.examples import examples
from tests.fuzz.recipes import Recipe, build
from tests.promises.hostile import CONTEXT_KEYS, NAUGHTY, ODD, everywhere, hostile
from tests.promises.test_04_every_result_says_why import consistent, lawful
from tests.runtime.sample import PERSON, SIGNALS, library

LIBRARY = library()
CHANNELS = [(campaign, channel) for campaign in LIBRARY.campaigns for channel in LIBRARY.channels(campaign)]
KEYS = st.sampled_from([*CONTEXT_KEYS, "value", "observed_at", *SIGNALS, *LIBRARY.content.fields, "marketing"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=5),
    max_leaves=12,
)
NAMES = st.text(max_size=5).filter(lambda name: name != "!")
"""Any other keys; what has the key `!` is a recipe."""

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.integers(0, len(ODD) - 1).map(lambda number: ODD[number])
    | st.integers(0, len(NAUGHTY) - 1).map(lambda number: NAUGHTY[number])
    | st.sampled_from(["c-42", "fr", "marketing", "lapsed", "win_back", "boots", "2026-11-20T08:00:00Z", "2026-11-20"])
    | st.datetimes() | st.datetimes(timezones=st.timezones()) | st.dates()
)  # fmt: skip
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | NAMES, inner, max_size=6),
    max_leaves=25,
)
CONTEXTS = ANYTHING | st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(CONTEXT_KEYS, LEAVES),
        "consent": ANYTHING,
        "signals": st.dictionaries(KEYS, ANYTHING),
        "fields": st.dictionaries(KEYS, ANYTHING),
    },
)


def require_a_variant(context: object) -> None:
    """A variant of every campaign and channel of the sample, whole, with one reason whichever way it is asked for."""
    for campaign, channel in CHANNELS:
        variant = LIBRARY.assemble(campaign, channel=channel, context=context)
        for text in variant.parts.values():
            assert text.startswith(("en:<", "fr:<"))
            assert text.endswith(">")
        decision = LIBRARY.decide(campaign, channel=channel, context=context).to_dict()
        assert decision == variant.decision.to_dict()
        lawful(decision)
        explained = LIBRARY.explain(campaign, channel=channel, context=context).to_dict()
        assert explained["decision"] == decision
        consistent(explained)
        json.dumps(explained, allow_nan=False).encode()


@given(CONTEXTS)
@settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
def test_any_object_returns_a_variant(context: Recipe) -> None:
    """Drawn are recipes: who draws objects looks at them, and some raise."""
    require_a_variant(build(context))


@given(context=JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(CONTEXT_KEYS, JSON)))
@settings(max_examples=examples(50), deadline=None)
def test_any_json_returns_a_variant_of_the_starter(starter_library: Library, context: object) -> None:
    for campaign in starter_library.campaigns:
        for channel in starter_library.channels(campaign):
            variant = starter_library.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT)
            stored = starter_library.default(campaign, channel=channel, locale=variant.decision.locale)
            assert variant.encoded.keys() == stored.encoded.keys()
            assert all(variant.encoded.values())
            if variant.decision.error_code is not None:
                assert variant.encoded == stored.encoded


@pytest.mark.parametrize("recipe", ODD, ids=lambda recipe: ascii(recipe)[:60])
def test_an_odd_object_anywhere_returns_a_variant(recipe: Recipe) -> None:
    for context in everywhere(LIBRARY, build(recipe), PERSON):
        require_a_variant(context)


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text)[:30])
def test_a_naughty_text_everywhere_returns_a_variant(text: str) -> None:
    require_a_variant(text)
    named = {name: {"value": text, "observed_at": text} for name in SIGNALS}
    for signals in (dict.fromkeys(SIGNALS, text), named, {text: text}):
        fields = {**dict.fromkeys(LIBRARY.content.fields, text), text: text}
        context: dict[str, Any] = dict.fromkeys(CONTEXT_KEYS, text)
        require_a_variant({**context, "consent": [text], "signals": signals, "fields": fields, text: text})


@pytest.mark.parametrize("of", ["raising", "oddly", "lying", "claiming", "class", "hostile class"])
def test_a_hostile_context_is_told_by_its_real_type(of: str) -> None:
    assert LIBRARY.decide("welcome", channel="email", context=hostile(of)).error_code == "INVALID_CONTEXT"


ASKED = [{"!": "object", "of": "raising mapping"}]
"""What is no `dict` is asked by its own methods, and may raise."""


@pytest.mark.parametrize(
    "recipe", [recipe for recipe in ODD if recipe not in ASKED], ids=lambda recipe: ascii(recipe)[:60]
)
def test_no_method_of_an_odd_object_in_a_context_keeps_it_from_being_read(recipe: Recipe) -> None:
    _, *contexts = everywhere(LIBRARY, build(recipe), PERSON)
    for context in contexts:
        assert LIBRARY.decide("come_back", channel="page", context=context).error_code is None


def test_data_that_holds_itself_returns_a_variant() -> None:
    context: dict[str, Any] = dict(PERSON)
    context["signals"] = {"months": context, "spend": [context]}
    context["fields"] = context["first_name"] = context
    context["consent"] = [context, context]
    require_a_variant(context)


def test_data_of_any_depth_returns_a_variant() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = {"value": deep, "observed_at": "2026-11-20T08:00:00Z"}
    require_a_variant({"signals": {"months": deep, "city": deep}, "fields": deep, "consent": [deep]})
    while isinstance(deep, dict):
        deep = deep.pop("value")


def test_a_mapping_that_raises_returns_the_default_as_an_error() -> None:
    variant = LIBRARY.assemble("come_back", channel="email", context=hostile("raising mapping"))
    assert (variant.decision.reason, variant.decision.error_code) == ("ERROR", "GENERAL")
    assert variant.encoded == LIBRARY.default("come_back", channel="email").encoded
