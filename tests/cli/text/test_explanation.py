"""Why a component lost, in the sentence that a marketer would say."""

from __future__ import annotations

from typing import Any

import pytest

from assembler.cli.text.explanation import ExplanationFormatter
from assembler.library.records import Component, Window
from tests.runtime.sample import AT, DEFAULTS, component, library, midnight, tone

LAPSED: dict[str, object] = {"id": "c-42", "segment": "lapsed", "stage": "win_back"}


def sentences(*components: Component, context: object = LAPSED, slot: str = "offer", **changes: Any) -> list[str]:
    """Why components lost a slot of come_back by e-mail, in the order in which they are told."""
    sample = library([*DEFAULTS, *components], **changes)
    explanation = sample.explain("come_back", channel="email", context=context)
    formatter = ExplanationFormatter(content=sample.content, moment=AT, segment_rules={}, stage_rules={})
    told = formatter.losses(explanation, slot).items()
    return [f"{', '.join(addresses)} lost: {sentence}" for sentence, addresses in told]


ENDED = Window(end=midnight(2026, 11, 15), last="2026-11-14")
LOSERS: dict[str, tuple[list[Component], str]] = {
    "status": ([component("offer/x", status="draft")], "draft, and only ready components are assembled"),
    "campaign": ([component("offer/x", campaigns=("welcome",))], "for welcome, not for this campaign"),
    "ended": ([component("offer/x", window=ENDED)], "ended 14 Nov"),
    "ended in another year": (
        [component("offer/x", window=Window(end=midnight(2026, 1, 1), last="2025-12-31"))],
        "ended 31 Dec 2025",
    ),
    "starts": (
        [component("offer/x", window=Window(start=midnight(2026, 12, 1), first="2026-12-01"))],
        "starts 1 Dec",
    ),
    "locale": ([component("offer/x", locales=("fr",))], "not translated into en"),
    "channel": ([component("offer/x", channels=("page",))], "for page, not for this channel"),
    "segment": ([component("offer/x", segments=("seeker",))], "for seeker; this person is in lapsed"),
    "stage": ([component("offer/x", stages=("exploring",))], "for exploring; this person is at win_back"),
    "needs": ([component("offer/x", needs=("city", "greeting"))], "needs city, greeting, not known of this person"),
    "requires": (
        [component("offer/x", requires=("body/come_back",))],
        "only goes with body/come_back, which no earlier slot holds",
    ),
    "test": (
        [component("offer/x", test=tone(5000, 10_000))],
        "for buckets 5,000-9,999 of the test tone; this person's is 465",
    ),
    "a test without share": ([component("offer/x", test=tone(0, 0))], "has no share of the test tone"),
    "a closer fit": (
        [component("offer/x"), component("offer/best", stages=("win_back",))],
        "for everyone; offer/best is for their stage, which goes first",
    ),
    "more needs": (
        [component("offer/x"), component("offer/best", needs=("first_name",))],
        "offer/best fits as well and needs more to be known, which goes first",
    ),
    "outside the test": (
        [component("offer/x"), component("offer/best", test=tone(0, 10_000))],
        "offer/best is in a test that includes this person, which goes first",
    ),
}


@pytest.mark.parametrize("name", LOSERS)
def test_a_loser_and_its_reason(name: str) -> None:
    components, reason = LOSERS[name]
    context = {**LAPSED, "fields": {"first_name": "Maya"}}
    assert sentences(*components, context=context) == [f"offer/x lost: {reason}"]


def test_losers_of_slots_that_others_fill() -> None:
    excluded = component("body/x", excludes=("offer/x",))
    assert sentences(component("offer/x"), excluded, slot="body") == [
        "body/x lost: does not go with offer/x, which an earlier slot holds"
    ]
    assert sentences(component("headline/x"), slot="echo") == [
        "headline/x lost: already fills headline",
        "headline/come_back lost: the default of headline of come_back, so no candidate anywhere",
        "headline/welcome lost: the default of headline of welcome, so no candidate anywhere",
    ]
    assert sentences(component("proof/x"), slot="proof") == [
        "proof/x lost: the slot is constant: proof always holds its default"
    ]


@pytest.mark.parametrize(
    ("context", "changes", "reason"),
    [
        ({"id": None}, {"unassigned": "default"}, "people without an id get the default"),
        ({"segment": None, "id": " "}, {}, "in a test, and nobody without an id is tested"),
    ],
)
def test_people_without_an_id(context: dict[str, object], changes: dict[str, Any], reason: str) -> None:
    tested = component("offer/x", test=tone(0, 10_000))
    assert sentences(tested, context=context, **changes) == [f"offer/x lost: {reason}"]


def test_near_misses_come_first_and_the_same_sentence_is_said_once() -> None:
    assert sentences(
        component("offer/best", segments=("lapsed",)),
        component("offer/draft", status="draft"),
        component("offer/late", window=ENDED),
        component("offer/near"),
        component("offer/other", segments=("seeker",)),
        component("offer/others", segments=("seeker",)),
    ) == [
        "offer/near lost: for everyone; offer/best is for their segment, which goes first",
        "offer/other, offer/others lost: for seeker; this person is in lapsed",
        "offer/late lost: ended 14 Nov",
        "offer/draft lost: draft, and only ready components are assembled",
    ]


def test_a_default_that_lost() -> None:
    assert sentences(component("body/x"), slot="body") == [
        "body/come_back lost: the default comes last; body/x is for everyone"
    ]
