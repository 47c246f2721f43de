"""The facade: what a decision service sees."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import pytest

import assembler
from assembler import (
    AssemblerError,
    Explanation,
    Library,
    LibraryError,
    ProjectError,
    UnknownCampaign,
    UnknownChannel,
    Variant,
)
from assembler.library.records import Campaign
from tests.runtime.sample import AT, archive, library

LIBRARY = library()
CONTEXT: dict[str, Any] = {
    "id": "c-42",
    "locale": "fr-CA",
    "consent": ["marketing"],
    "signals": {"months": 9, "spend": {"value": 640.5, "observed_at": "2026-11-20T08:00:00Z"}, "last_visit": None},
    "fields": {
        "first_name": "O'Neil",
        "greeting": 'a/b & "c"',
        "account_url": "https://www.harbourandpine.example/u/1?a=1&b=2",
    },
}


def test_a_decision_as_a_dictionary() -> None:
    decision = LIBRARY.decide("come_back", channel="page", context=CONTEXT).to_dict()
    assert " ".join(decision) == (
        "campaign channel locale segment stage arm reason error_code library key withheld slots tests notes"
    )
    assert decision == {
        "campaign": "come_back",
        "channel": "page",
        "locale": "fr",
        "segment": "lapsed",
        "stage": "win_back",
        "arm": "treated",
        "reason": "TARGETING_MATCH",
        "error_code": None,
        "library": LIBRARY.digest,
        "key": decision["key"],
        "withheld": None,
        "slots": {
            "headline": {
                "component": "headline/lapsed_win_back", "reason": "TARGETING_MATCH", "fit": "segment+stage"
            },
            "body": {"component": "body/calm", "reason": "TARGETING_MATCH", "fit": "segment+stage"},
            "proof": {"component": "proof/returns", "reason": "CONSTANT", "fit": "default"},
        },
        "tests": [],
        "notes": [{"signal": "looking_for", "problem": "missing"}, {"signal": "last_visit", "problem": "missing"}],
    }  # fmt: skip
    assert json.loads(json.dumps(decision)) == decision


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (CONTEXT, "SPLIT"),
        ({**CONTEXT, "id": None}, "TARGETING_MATCH"),
        ({"stage": "win_back"}, "TARGETING_MATCH"),
        ({}, "DEFAULT"),
        (None, "DEFAULT"),
        ("nonsense", "ERROR"),
    ],
)
def test_a_result_always_says_why(context: object, reason: str) -> None:
    decision = LIBRARY.decide("come_back", channel="email", context=context)
    assert decision.reason == reason
    assert (decision.error_code is None) == (reason != "ERROR")


def test_the_parts_of_an_email() -> None:
    variant = LIBRARY.assemble("come_back", channel="email", context={**CONTEXT, "id": None})

    def whole(name: str) -> str:
        return (
            f"fr:<(offer/spring)|offer>(headline/lapsed_win_back {name})|headline>(headline/lapsed {name})|echo>"
            "(body/calm)|body>(proof/returns)|proof>"
        )

    assert variant.parts == {
        "subject": whole("[O'Neil]"),
        "preheader": whole("[O'Neil]"),
        "html": whole("[O&#39;Neil][https://www.harbourandpine.example/u/1?a=1&amp;b=2]"),
        "text": whole("[O'Neil]"),
    }
    assert (variant.subject, variant.preheader, variant.html, variant.text) == tuple(variant.parts.values())
    assert {part: data.decode() for part, data in variant.encoded.items()} == variant.parts


def test_the_parts_of_a_page_and_every_encoder() -> None:
    variant = LIBRARY.assemble("come_back", channel="page", context=CONTEXT)
    assert (variant.subject, variant.preheader, variant.text) == (None, None, None)
    assert variant.html == (
        "fr:<(headline/lapsed_win_back [O&#39;Neil][https://www.harbourandpine.example/u/1?a=1&amp;b=2]"
        '[a%2Fb%20%26%20%22c%22][a/b \\u0026 \\"c\\"])|headline>(body/calm)|body>(proof/returns)|proof>'
    )


def test_what_an_encoder_refuses_is_the_fallback_there_and_only_there() -> None:
    variant = LIBRARY.assemble("welcome", channel="email", context={"fields": {"first_name": "=?utf-8?q?x?="}})
    assert variant.subject == "en:<(headline/all [friend])|headline>"
    assert variant.preheader == "en:<(headline/all [=?utf-8?q?x?=])|headline>"


def test_nothing_known_gives_the_fallbacks() -> None:
    assert LIBRARY.assemble("welcome", channel="page").html == (
        "en:<(headline/all [friend][https://www.harbourandpine.example/account][hello][hello])|headline>"
    )


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize(("campaign", "channel"), [(a, b) for a in LIBRARY.campaigns for b in LIBRARY.channels(a)])
def test_the_stored_default_equals_the_assembled_one(campaign: str, channel: str, locale: str) -> None:
    stored = LIBRARY.default(campaign, channel=channel, locale=locale)
    plan = LIBRARY.plan(campaign, channel=channel, locale=locale)
    assert stored.encoded == LIBRARY.join(plan, plan.defaults)
    decision = stored.decision.to_dict()
    assert decision["reason"] == "DEFAULT"
    assert decision["notes"] == []
    assert (decision["arm"], decision["segment"], decision["stage"], decision["error_code"]) == (
        "unassigned",
        None,
        None,
        None,
    )
    assert {choice.reason for choice in stored.decision.choices} <= {"DEFAULT", "CONSTANT"}


def test_in_an_error_every_slot_is_default() -> None:
    decision = LIBRARY.decide("come_back", channel="email", context=7).to_dict()
    assert {slot["reason"] for slot in decision["slots"].values()} == {"DEFAULT"}  # type: ignore[attr-defined]
    assert (decision["arm"], decision["segment"], decision["stage"], decision["withheld"]) == (
        "unassigned",
        None,
        None,
        None,
    )
    assert decision["key"] == LIBRARY.default("come_back", channel="email").key


def test_the_same_components_have_the_same_key_whatever_the_values() -> None:
    others = {**CONTEXT, "fields": {}}
    keys = [LIBRARY.assemble("come_back", channel="email", context=context).key for context in (CONTEXT, others)]
    assert keys[0] == keys[1]
    assert keys[0].startswith("come_back/email/fr/")


def test_what_is_in_it() -> None:
    assert (LIBRARY.campaigns, LIBRARY.locales) == (("come_back", "welcome"), ("en", "fr"))
    assert LIBRARY.channels("come_back") == ("email", "page")
    assert LIBRARY.digest.startswith("sha256:")


@pytest.mark.parametrize("campaign", ["come_bock", "", None, 7, [], {}, object(), b"come_back", "x" * 10_000])
def test_an_unknown_campaign(campaign: Any) -> None:
    for ask in (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain, LIBRARY.default):
        with pytest.raises(UnknownCampaign) as caught:
            ask(campaign, channel="email")
        assert caught.value.known == ("come_back", "welcome")
    with pytest.raises(UnknownCampaign):
        LIBRARY.channels(campaign)


@pytest.mark.parametrize("channel", ["mail", "", None, 7, [], {}, object()])
def test_an_unknown_channel(channel: Any) -> None:
    for ask in (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain, LIBRARY.default):
        with pytest.raises(UnknownChannel) as caught:
            ask("come_back", channel=channel)
        assert caught.value.known == ("email", "page")


def test_an_unknown_name_says_the_nearest() -> None:
    with pytest.raises(UnknownCampaign, match="did you mean come_back"):
        LIBRARY.assemble("come_bock", channel="email")


def broken_clock() -> datetime:
    raise RuntimeError


@pytest.mark.parametrize("clock", [broken_clock, lambda: None, lambda: datetime(2026, 11, 22), lambda: "now"])
def test_a_clock_that_fails_is_an_error_with_the_default_in_the_persons_locale(clock: Any) -> None:
    library = Library(LIBRARY.content, LIBRARY.texts, clock=clock)
    variant = library.assemble("come_back", channel="email", context=CONTEXT)
    assert (variant.decision.reason, variant.decision.error_code) == ("ERROR", "GENERAL")
    assert variant.encoded == library.default("come_back", channel="email", locale="fr").encoded
    assert library.default("come_back", channel="email").decision.reason == "DEFAULT"


def test_the_clock_is_asked_only_where_the_call_names_no_moment() -> None:
    library = Library(LIBRARY.content, LIBRARY.texts, clock=broken_clock)
    assert library.decide("come_back", channel="email", at=AT).error_code is None
    assert Library(LIBRARY.content, LIBRARY.texts).decide("come_back", channel="email").error_code is None


def test_a_variant_cannot_be_changed() -> None:
    variant = LIBRARY.assemble("come_back", channel="email")
    with pytest.raises(AttributeError):
        variant.decision = variant.decision  # type: ignore[misc]
    with pytest.raises(TypeError):
        variant.encoded["html"] = b""  # type: ignore[index]
    with pytest.raises(AttributeError):
        variant.decision.choices[0].component = None  # type: ignore[misc]


def test_threads_share_a_library() -> None:
    contexts = [{**CONTEXT, "id": f"c-{number}", "fields": {"first_name": f"N{number}"}} for number in range(500)]

    def ask(context: object) -> object:
        return LIBRARY.assemble("come_back", channel="email", context=context).encoded

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, contexts)) == list(map(ask, contexts))


PRINT_A_VARIANT = """
import sys
from datetime import datetime, timedelta
from assembler import Library
library = Library.open(sys.argv[1])
at = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
for number in range(50):
    context = {"id": number, "segment": "lapsed", "stage": "win_back", "signals": {"months": 9, "city": ""}}
    explained = library.explain("come_back", channel="email", context=context, at=at).to_dict()
    print(library.assemble("come_back", channel="email", context=context, at=at).encoded, explained)
"""


def test_two_processes_in_two_environments_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.library"
    LIBRARY.save(path)
    environments = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONOPTIMIZE": "2"},
    ]
    root = str(Path(assembler.__file__).parents[1])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PRINT_A_VARIANT, str(path)],
            env=environment,
            cwd=root,
            check=True,
            capture_output=True,
            timeout=120,
        ).stdout
        for environment in environments
    }
    assert len(outputs) == 1


HEAVY = (
    "jinja2",
    "pydantic",
    "markdown_it",
    "PIL",
    "click",
    "yaml",
    "nh3",
    "css_inline",
    "selectolax",
    "rich",
    "regex",
)


def test_importing_is_light() -> None:
    script = f"import sys, assembler; print([name for name in {HEAVY} if name in sys.modules])"
    root = str(Path(assembler.__file__).parents[1])
    printed = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout
    assert printed.strip() == "[]"


def test_public_names() -> None:
    assert all(hasattr(assembler, name) for name in assembler.__all__)
    assert {"Library", "Variant", "Decision", "Explanation", "__version__"} <= set(assembler.__all__)


def test_every_word_of_the_vocabulary_is_a_text() -> None:
    names = ("Arm", "ErrorCode", "Fit", "Loss", "Problem", "Reason", "SlotReason")
    enums = {name: getattr(assembler, name) for name in names}
    assert all(issubclass(enum, StrEnum) for enum in enums.values())
    assert [*assembler.Fit] == ["segment+stage", "segment", "stage", "everyone", "default", "empty"]
    explained = LIBRARY.explain("come_back", channel="email", context=CONTEXT, at=AT)
    decision = explained.decision
    assert (type(decision.arm), type(decision.reason)) == (assembler.Arm, assembler.Reason)
    assert {type(note.problem) for note in decision.notes} == {assembler.Problem}
    assert {(type(choice.reason), type(choice.fit)) for choice in decision.choices} == {
        (assembler.SlotReason, assembler.Fit)
    }
    losses = {contender.reason for slot in explained.slots.values() for contender in slot if not contender.won}
    assert {type(loss) for loss in losses} == {assembler.Loss}
    assert json.loads(json.dumps(decision.to_dict()))["reason"] == decision.reason


class Failing(Exception):
    """A fault whose words hold somebody's name."""


def failing() -> datetime:
    raise Failing("Maya")


@pytest.mark.parametrize("ask", ["assemble", "decide", "explain"])
def test_the_operator_is_told_of_a_fault(ask: str, caplog: pytest.LogCaptureFixture) -> None:
    """The hook gets the exception, the log its class and none of its words."""
    told: list[Exception] = []
    library = Library(LIBRARY.content, LIBRARY.texts, clock=failing, on_error=told.append)
    answer = getattr(library, ask)("come_back", channel="email", context=CONTEXT)
    assert "GENERAL" in json.dumps(getattr(answer, "decision", answer).to_dict())
    assert [type(error) for error in told] == [Failing]
    assert caplog.messages == ["the stored default answers for Failing"]
    assert "Maya" not in caplog.text


def test_what_is_no_fault_is_not_told() -> None:
    told: list[Exception] = []
    library = Library(LIBRARY.content, LIBRARY.texts, on_error=told.append)
    for context in (None, CONTEXT, 7, {"signals": 7}):
        library.assemble("come_back", channel="email", context=context, at=AT)
    library.default("come_back", channel="email")
    with pytest.raises(UnknownCampaign):
        library.decide("nowhere", channel="email")
    with pytest.raises(TypeError):
        library.decide("come_back", channel="email", at=7)  # type: ignore[arg-type]
    assert told == []


def test_a_hook_that_fails_harms_nobody(tmp_path: Path) -> None:
    def hook(error: Exception) -> None:
        raise error

    LIBRARY.save(tmp_path / "x.library")
    library = Library.open(tmp_path / "x.library", clock=failing, on_error=hook)
    assert library.decide("come_back", channel="email", context=CONTEXT).error_code == "GENERAL"


def test_an_interrupt_of_a_hook_passes_through() -> None:
    def hook(error: Exception) -> None:
        raise KeyboardInterrupt

    library = Library(LIBRARY.content, LIBRARY.texts, clock=failing, on_error=hook)
    with pytest.raises(KeyboardInterrupt):
        library.decide("come_back", channel="email")


@pytest.mark.parametrize(
    "error",
    [
        UnknownCampaign("come_bak", ["come_back"]),
        UnknownChannel("sms", ["email"]),
        LibraryError("x.library", "is empty"),
        ProjectError("no project", []),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_pickle_and_copy(error: AssemblerError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


AGAIN = (lambda answer: pickle.loads(pickle.dumps(answer)), copy.copy, copy.deepcopy)
MADE_OUT: Any = {
    "sender": "shop@brand.example",
    "to": "maya@person.example",
    "unsubscribe": "https://brand.example/u",
    "date": AT,
}


@pytest.mark.parametrize("again", AGAIN, ids=["pickle", "copy", "deepcopy"])
@pytest.mark.parametrize(
    "context",
    [
        CONTEXT,
        None,
        7,
        {**CONTEXT, "fields": {**CONTEXT["fields"], "first_name": "=?utf-8?q?x?=", "greeting": "a\0b"}},
        {"segment": "lapsed", "fields": {"first_name": "Zoë"}},
    ],
    ids=["usual", "empty", "invalid", "odd", "one field"],
)
def test_a_variant_that_is_pickled_or_copied_is_the_same(again: Callable[[Variant], Variant], context: object) -> None:
    for channel in ("email", "page"):
        variant = LIBRARY.assemble("come_back", channel=channel, context=context)
        other = again(variant)
        assert other == variant
        assert hash(other) == hash(variant)
        assert (other.encoded, other.parts, other.key) == (variant.encoded, variant.parts, variant.key)
        assert other.decision.to_dict() == variant.decision.to_dict()
        if channel == "email":
            assert other.message(**MADE_OUT) == variant.message(**MADE_OUT)


def test_variants_differ_by_person_moment_and_decision() -> None:
    def variant(at: datetime = AT, **changes: object) -> Variant:
        return LIBRARY.assemble("come_back", channel="email", context={**CONTEXT, **changes}, at=at)

    assert variant() == variant()
    others = (variant(fields={}), variant(at=AT + timedelta(1)), variant(segment=None), variant(locale="en"), 7)
    assert variant() not in others


@pytest.mark.parametrize("again", AGAIN, ids=["pickle", "copy", "deepcopy"])
@pytest.mark.parametrize("context", [CONTEXT, None, 7], ids=["usual", "empty", "invalid"])
def test_an_explanation_that_is_pickled_or_copied_is_the_same(
    again: Callable[[Explanation], Explanation], context: object
) -> None:
    explanation = LIBRARY.explain("come_back", channel="email", context=context)
    other = again(explanation)
    assert other == explanation
    assert other.decision == explanation.decision
    assert other.to_dict() == explanation.to_dict()


@pytest.mark.parametrize(
    ("place", "error", "words"),
    [
        (("come_bak", "email", "en"), UnknownCampaign, "did you mean come_back?"),
        (("come_back", "sms", "en"), UnknownChannel, "no channel 'sms'; there is email, page"),
        (("come_back", "email", "de"), ValueError, "no locale 'de'; there is en, fr"),
        (("come_back", "email", ["en"]), ValueError, "no locale ['en']; there is en, fr"),
    ],
)
def test_a_plan_that_there_is_none_of(place: tuple[Any, Any, Any], error: type[Exception], words: str) -> None:
    campaign, channel, locale = place
    with pytest.raises(error, match=re.escape(words)):
        LIBRARY.plan(campaign, channel=channel, locale=locale)


def test_a_campaign_may_go_nowhere() -> None:
    """Then it is one of the campaigns, and every channel is unknown."""
    content, texts = archive()
    nowhere = Campaign(slots=content.campaigns["welcome"].slots, channels={})
    library = Library(msgspec.structs.replace(content, campaigns={**content.campaigns, "nowhere": nowhere}), texts)
    assert library.channels("nowhere") == ()
    with pytest.raises(UnknownChannel, match="no channel 'email'; there is none"):
        library.assemble("nowhere", channel="email")


def test_choices_that_cannot_be_joined_are_told() -> None:
    """Too few of them; those of a channel that calls fewer slots; a component that cannot stand there."""
    plan = LIBRARY.plan("come_back", channel="email", locale="en")
    page = LIBRARY.plan("come_back", channel="page", locale="en")
    strange = (*plan.defaults[:-1], msgspec.structs.replace(plan.defaults[-1], component="proof/x"))
    for choices, name in ((plan.defaults[1:], "offer"), (page.defaults, "offer"), (strange, "proof/x")):
        with pytest.raises(
            ValueError,
            match=f"^these choices cannot be joined: '{name}' is not chosen, not called by the layout or cannot stand "
            r"there; take a choice for each slot of library.plan\(...\) of this library$",
        ):
            LIBRARY.join(plan, choices)
    assert LIBRARY.join(plan, plan.defaults)
