"""`0`, `false` are values; white space, `null`, `[FNAME]`, zero-width are not names."""

from __future__ import annotations

from typing import Any

import pytest

from assembler.library.records import Audience, Compare, Condition, Known, OneOf, Signal
from tests.runtime.sample import DEFAULTS, library
from tests.runtime.test_fields import read

# --- values ----------------------------------------------------------------------------------------------------------

NOTHINGS: list[tuple[str, object, Any]] = [
    ("integer", 0, 0), ("integer", -0.0, 0), ("integer", 0.0, 0), ("number", 0, 0), ("number", 0.0, 0),
    ("number", -0.0, 0), ("boolean", False, False), ("text", "0", "0"), ("text", "false", "false"),
    ("choice", "0", "0"), ("choice", "no", "no"), ("choice", "none", "none"),
]  # fmt: skip
"""Kind of signal, what is said, and the literal that it equals."""


@pytest.mark.parametrize(("kind", "raw", "literal"), NOTHINGS)
@pytest.mark.parametrize("observed", [False, True])
def test_what_python_takes_for_false_is_a_value(kind: str, raw: object, literal: Any, observed: bool) -> None:
    """It is known, equals itself, and is in a list of it; what is not equal to it does not match."""
    signal = Signal(kind=kind, values=("0", "no", "none") if kind == "choice" else ())  # type: ignore[arg-type]
    other = {"integer": 1, "number": 1, "boolean": True}.get(kind, "other")
    conditions: tuple[Condition, ...] = (
        Known(signal="s"), Compare(signal="s", operator="==", value=literal), OneOf(signal="s", values=(literal,)),
        Compare(signal="s", operator="!=", value=other), Compare(signal="s", operator="==", value=other),
    )  # fmt: skip
    sample = library(
        DEFAULTS,
        signals={"s": signal},
        segments=tuple(
            Audience(id=f"rule_{number}", condition=condition) for number, condition in enumerate(conditions)
        ),
        stages=(),
    )
    said = {"value": raw, "observed_at": "2026-11-22T11:00:00Z"} if observed else raw
    explained = sample.explain("come_back", channel="email", context={"signals": {"s": said}})
    assert [segment.result for segment in explained.segments] == [True, True, True, True, False]
    assert [note for note in explained.decision.notes if note.kind == "signal"] == []


@pytest.mark.parametrize(
    ("raw", "arm"), [(0, "treated"), (0.0, "treated"), ("0", "treated"), ("false", "treated"), (False, "unassigned")]
)
def test_an_id_of_0_is_an_id(raw: object, arm: str) -> None:
    assert library().decide("welcome", channel="email", context={"id": raw}).arm == arm


@pytest.mark.parametrize(
    ("kind", "raw", "text"),
    [("text", 0, "0"), ("text", -0.0, "-0.0"), ("name", 0, "0"), ("text", "0", "0"), ("text", "false", "false")],
)
def test_a_field_of_0_is_written(kind: str, raw: object, text: str) -> None:
    assert read(kind, raw) == (text, None)


@pytest.mark.parametrize("kind", ["name", "text", "url"])
@pytest.mark.parametrize("raw", [False, True])
def test_a_boolean_is_no_text(kind: str, raw: bool) -> None:
    assert read(kind, raw) == (None, "kind")


# --- names -----------------------------------------------------------------------------------------------------------

PLACEHOLDERS = (
    "null", "None", "NaN", "UNDEFINED", " null ", "\u200bnone", "[FNAME]", "[first name]", "[]", "{{first_name}}",
    "{{ x | default: 'y' }}", "*|FNAME|*", "%%first%%", "%%=v(@x)=%%", "[a]\n", "%%%%", "n/a", "N/A", "Unknown",
    "{name}", "{first_name}", "{}", "\u2068null\u2069", "nu\u00adll", "\u3000unknown\xa0",
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["Maya", "Zo\u00eb", "Anne-Marie O'Neil", "\u674e\u5c0f\u9f99", "\u0645\u0627\u064a\u0627", "Null-Meier", "Nano",
     "x" * 60, "Dr. Who", "7", "100%", "[a", "N\u00fall", "Null Island", "Nan Goldin", "Unknown User", "Na", "Nana",
     "\u2068Maya\u2069", "\u2067\u2066Maya\u2069\u2069", "\u2068\u0645\u2069 \u2068Lee\u2069", "e\u0301", "\u0661",
     "\u2167", "Ma\u200dya", "%name", "{name", "name}"],
)  # fmt: skip
def test_a_name_stands_as_it_is(name: str) -> None:
    assert read("name", name) == (name, None)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (None, "missing"),
        ("", "blank"),
        (" \t", "blank"),
        ("\u200b\u2060\ufeff", "blank"),
        ("\u3164", "blank"),
        ("x" * 61, "length"),
        (" " * 61, "blank"),
        (" " * 1_001, "length"),
        ("x" + " " * 1_000, "length"),
        (" " + "x" * 61, "length"),
        pytest.param(10**1000, "length", id="long integer"),
        pytest.param(10**5000, "length", id="huge integer"),
        (True, "kind"),
        (float("nan"), "kind"),
        (float("inf"), "kind"),
        (b"Maya", "kind"),
        (["Maya"], "kind"),
        ({"value": "Maya"}, "kind"),
        ("Ma\nya", "kind"),
        ("Maya\0", "kind"),
        ("Ma\u202eya", "kind"),
        ("Ma\u2028ya", "kind"),
        ("Ma\u2066ya", "kind"),
        ("Maya\u2069", "kind"),
        ("\u2069Maya\u2068", "kind"),
        ("\u2068Maya\u2069\u2069", "kind"),
        ("\u2068\u2067Maya\u2069", "kind"),
        ("\u2068\u2069", "blank"),
        ("Ma\tya", "kind"),
        ("\u0301", "kind"),
        ("\ufff0", "blank"),
        ("\ufff8*", "kind"),
        ("\u3164*", "kind"),
        ("*", "kind"),
        ("-", "kind"),
        ("\U0001f332", "kind"),
        ("%name%", "kind"),
        ("%first_name% %last_name%", "kind"),
        ("%%", "kind"),
        ("Null Null", "kind"),
        ("null, null", "kind"),
        ("NONE-none", "kind"),
        ("n/a n/a", "kind"),
        ("Unknown Unknown Unknown", "kind"),
        ("undefined NaN", "kind"),
        ("[first] null {last}", "kind"),
        ("nu\u00adll nu\u200bll", "kind"),
        ("Ma\x85ya", "kind"),
        ("\ud800", "kind"),
        ("see http://evil.example", "kind"),
        ("WWW.evil.example", "kind"),
        ("maya@evil.example", "kind"),
        ("<b>Maya", "kind"),
        ("Maya>", "kind"),
        ("a {{ b", "kind"),
        ("a }} b", "kind"),
        ("{% if %}", "kind"),
        *((placeholder, "kind") for placeholder in PLACEHOLDERS),
    ],
)
def test_a_name_that_the_fallback_replaces(raw: object, problem: str) -> None:
    assert read("name", raw) == (None, problem)


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
@pytest.mark.parametrize("kind", ["name", "text", "url"])
def test_every_kind_refuses_every_placeholder(kind: str, placeholder: str) -> None:
    assert read(kind, placeholder) == (None, "kind")


def test_a_field_that_is_not_used_is_noted_and_the_fallback_stands_there() -> None:
    sample = library()
    for raw, problem in [(None, "missing"), ("", "blank"), ("[FNAME]", "kind"), ("x" * 61, "length")]:
        variant = sample.assemble("welcome", channel="email", context={"fields": {"first_name": raw}})
        assert variant.subject == "en:<(headline/all [friend])|headline>"
        assert [note.to_dict() for note in variant.decision.notes if note.kind == "field"] == [
            {"field": "first_name", "problem": problem},
            {"field": "account_url", "problem": "missing"},
        ]


@pytest.mark.parametrize(
    "blank", ["", " ", "\t\n", "\xa0", "\u3000", "\u200b\u2060\ufeff", "\u3164", "\u2068\u2069", "\U000e0041"]
)
@pytest.mark.parametrize("kind", ["name", "text", "url"])
def test_every_kind_refuses_what_cannot_be_seen(kind: str, blank: str) -> None:
    assert read(kind, blank) == (None, "blank")
