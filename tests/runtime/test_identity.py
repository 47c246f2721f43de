"""Assembling in batches, from remembered pieces, gives the bytes of the slow way: whatever the values are."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given, settings, strategies as st

from assembler import Library
from assembler.library.records import Field
from assembler.runtime.fields import FieldReader, FieldsReader
from tests.examples import examples
from tests.runtime.reference import read, rendered
from tests.runtime.sample import AT, FIELDS, library

LIBRARY = library()
HOSTS = frozenset(LIBRARY.content.link_hosts)
HOSTILE = (
    "\0", "Ma\0ya", "\0\0", "\ud800", "<b>&\"'</b>", "\U0001f9ed\U0001f468\u200d\U0001f469", "=?utf-8?q?x?=", "a=?b",
    "null", "NaN ", "none\xa0", " Maya", "Maya ", "", " ", "\u200b", "[x]", "{{x}}", "x" * 61, "x" * 60, "x" * 201,
    "www.x.example", "a@b", "a://b", "7%", "%%x%%", "Zoë", "O'Neil & Søn", "\xad", "\x85", "名前", "undefined", "Nullo",
    "C:\\new", "\"",
    "https://www.harbourandpine.example", "https://www.harbourandpine.example/u/1?a=1&b='2'",
    "https://shop.example:8443/x", "https://www.harbourandpine.example/\u00e9", "https://evil.example/", "HTTPS://x/",
    "https://www.harbourandpine.example/" + "x" * 2000,
)  # fmt: skip
VALUES = (
    st.sampled_from(HOSTILE) | st.text(max_size=12) | st.text(st.sampled_from("Maya \0<&'=?n\\\u2028"), max_size=9)
    | st.integers(-5, 10**70) | st.none() | st.booleans()
)  # fmt: skip
GIVEN = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUES)) | st.fixed_dictionaries(
    {
        "first_name": st.sampled_from(["Maya", "O'Neil", "Zoë"]) | VALUES,
        "greeting": st.sampled_from(["hello", "Hi & <you>", "50 €"]) | VALUES,
        "account_url": st.sampled_from(["https://www.harbourandpine.example/u/1?a=1&b='2'"]) | VALUES,
    }
)


def require_identity(sample: Library, campaign: str, channel: str, context: dict[str, Any]) -> None:
    variant = sample.assemble(campaign, channel=channel, context=context, at=AT)
    decision = variant.decision
    assert decision.error_code is None
    slots = {name: choice.component for name, choice in decision.slots.items()}
    wanted = rendered(sample, campaign, channel, decision.locale, slots, read(sample, context["fields"]))
    assert dict(variant.encoded) == wanted


@given(given_=GIVEN, segment=st.sampled_from(["lapsed", "seeker", None]), locale=st.sampled_from(["en", "fr"]))
@settings(max_examples=examples(400))
def test_any_values_give_the_bytes_of_the_slow_way(given_: dict[str, Any], segment: str | None, locale: str) -> None:
    context = {"fields": given_, "segment": segment, "locale": locale}
    for campaign, channel in (("come_back", "email"), ("come_back", "page"), ("welcome", "page")):
        require_identity(LIBRARY, campaign, channel, context)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:24])
@pytest.mark.parametrize("name", FIELDS)
def test_a_hostile_value_changes_no_other(name: str, value: str) -> None:
    usual = {"first_name": "Maya", "greeting": "hello", "account_url": "https://www.harbourandpine.example/u/1"}
    context = {"fields": {**usual, name: value}, "segment": "seeker"}
    for channel in ("email", "page"):
        require_identity(LIBRARY, "come_back", channel, context)


@given(given_=GIVEN)
@settings(max_examples=examples(400))
def test_reading_all_at_once_is_reading_each(given_: dict[str, Any]) -> None:
    values, problems, others = FieldsReader(FIELDS, HOSTS).read(given_)
    assert not others
    readings = {name: FieldReader(name, FIELDS[name], HOSTS).read(raw) for name, raw in given_.items()}
    assert dict(problems) == {name: problem for name, (_, problem) in readings.items() if problem is not None}
    assert values.names == {name for name, (text, _) in readings.items() if text is not None}
    texts = dict(zip(FIELDS, values.texts, strict=True))
    assert {name: texts[name] for name in values.names} == {name: readings[name][0] for name in values.names}
    assert len({texts[name] for name in FIELDS if name not in values.names}) <= 1
    assert values.joined.count("\0") == max(len(values.texts) - 1, 0)


class Unusual(str):
    """A text that no pattern of usual texts is asked about: every rule of its kind is."""

    __slots__ = ()


@pytest.mark.parametrize("kind", ["name", "text", "url"])
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:24])
def test_what_is_usual_is_what_fits(kind: Literal["name", "text", "url"], value: str) -> None:
    """The pattern of usual texts admits nothing that the rules for each kind refuse, or would change."""
    reader = FieldReader("it", Field(kind=kind, max_length=5_000), HOSTS)
    assert reader.read(value) == reader.read(Unusual(value))


@pytest.mark.parametrize("around", ["{}", "x{}", "undef{}ned", "n{}ll", "non{}", "n{}n", " {} "])
@pytest.mark.parametrize("kind", ["name", "text"])
def test_no_character_is_usual_that_does_not_fit(kind: Literal["name", "text"], around: str) -> None:
    reader = FieldReader("it", Field(kind=kind, max_length=60), HOSTS)
    for text in (around.format(chr(point)) for point in range(0x10000)):
        read = reader.read(text)
        assert read[0] is None or read == reader.read(Unusual(text)), ascii(text)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(st.sampled_from("aé\0<&\U0001f9ed"), max_size=5)))
def test_a_nul_in_a_value_that_was_not_read_shifts_no_other(values: dict[str, str]) -> None:
    for campaign, channel in (("come_back", "email"), ("welcome", "page")):
        plan = LIBRARY.plan(campaign, channel=channel, locale="en")
        slots = {choice.slot: choice.component for choice in plan.defaults}
        assert LIBRARY.join(plan, plan.defaults, values) == rendered(LIBRARY, campaign, channel, "en", slots, values)
