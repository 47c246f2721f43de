"""T02-T04, T06, T09, G08: rules, components and stages that decide nothing. The runtime agrees with every witness."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from assembler import Library
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.rules.never_wins import never_wins
from assembler.authoring.diagnostics import Diagnostic
from tests.authoring.builders import MOMENT, Files, component, in_memory, project, rules, settings
from tests.authoring.check.cases import diagnostics, failing, findings, passing
from tests.authoring.clean import Value
from tests.authoring.exploding import exploding

SETTINGS = "assembler.yaml"


def at(files: Files, text: str) -> str:
    """Where a text stands in the settings."""
    before, stands, _ = str(files[SETTINGS]).partition(text)
    assert stands
    return f"{SETTINGS}:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"


def found_at(rule: str, files: Files, finding: str) -> tuple[Files, list[str]]:
    """The case of a finding that stands where this rule does."""
    return files, [f"{at(files, rule)} {finding}"]


RULES: list[tuple[Files, list[str]]] = [
    found_at(
        'taste == "sweet" and months_away > 3',
        rules(salty_tooth='taste == "sweet" and months_away > 3'),
        "T02 the segment 'salty_tooth' can never match: the earlier segment sweet_tooth takes everybody",
    ),
    found_at(
        "months_away in [7, 8, 9]",
        rules(here="months_away in [7, 8, 9]"),
        "T02 the stage 'here' can never match: the earlier stage away takes everybody",
    ),
    found_at(
        "known(taste) and months_away < 9",
        rules(salty_tooth="known(taste) and months_away < 9", sweet_tooth="known(taste)"),
        "T02 the segment 'salty_tooth' can never match: the earlier segment sweet_tooth takes everybody",
    ),
    found_at(
        'taste == "salty" or months_away > 9',
        rules(salty_tooth='taste == "salty" or months_away > 9'),
        "T03 the segments 'sweet_tooth' and 'salty_tooth' overlap, both with candidates in 'title' of back:"
        " 'sweet_tooth' comes first",
    ),
    found_at(
        'taste == "sweet" and not known(taste)',
        rules(sweet_tooth='taste == "sweet" and not known(taste)'),
        "T04 the rule of the segment 'sweet_tooth' is never true",
    ),
    found_at("months_away < 0", rules(here="months_away < 0"), "T04 the rule of the stage 'here' is never true"),
    found_at(
        "months_away > 3 and months_away < 4",
        rules(here="months_away > 3 and months_away < 4"),
        "T04 the rule of the stage 'here' is never true",
    ),
    found_at(
        "months_away >= 0",
        rules(salty_tooth="months_away >= 0"),
        "T04 the rule of the segment 'salty_tooth' is true whenever its signals are known",
    ),
    found_at(
        'taste != "sweet" or taste != "salty"',
        rules(salty_tooth='taste != "sweet" or taste != "salty"'),
        "T04 the rule of the segment 'salty_tooth' is true whenever its signals are known",
    ),
    found_at(
        "known(months_away) or not known(months_away)",
        rules(salty_tooth="known(months_away) or not known(months_away)"),
        "T04 the rule of the segment 'salty_tooth' is true whenever its signals are known",
    ),
]


@failing(RULES)
def test_a_rule_that_decides_nothing_is_found(code: str, files: Files, expected: list[str]) -> None:
    assert findings(files, code) == expected


@failing(RULES)
def test_the_runtime_agrees_with_every_witness(code: str, files: Files, expected: list[str]) -> None:
    authored = in_memory(project(files))
    library = Library(authored.compiled.content, authored.compiled.texts)
    told = [finding for finding in authored.check(MOMENT).diagnostics if finding.code in ("T02", "T03", "T04")]
    assert code in {finding.code for finding in told}
    for finding in told:
        agrees(library, finding)


def agrees(library: Library, finding: Diagnostic) -> None:
    """Whether the runtime tells of the person in the hint what the finding says."""
    hint = str(finding.hint)
    context = json.loads(hint[hint.index("{") :])
    explanation: dict[str, Any] = library.explain("back", channel="email", context=context, at=MOMENT).to_dict()
    results = {audience["id"]: audience["result"] for audience in explanation["segments"] + explanation["stages"]}
    decided = {explanation["decision"]["segment"], explanation["decision"]["stage"]}
    names = re.findall(r"'(\w+)'", finding.message)
    match finding.code:
        case "T02":
            takers = re.findall(r"\w+", finding.message.partition("the earlier ")[2])
            assert results[names[0]] is True
            assert names[0] not in decided
            assert decided & set(takers)
        case "T03":
            assert results[names[0]] is results[names[1]] is True
            assert names[0] in decided
        case "T04":
            assert results[names[0]] is ("whenever" in finding.message)


SOUND: dict[str, Files] = {
    "the other half": rules(salty_tooth='taste != "sweet"'),
    "whoever is not known": rules(salty_tooth="not known(taste)"),
    "known, and not known": rules(salty_tooth="known(taste) and not known(months_away)"),
    "who is left": rules(here="known(months_away)"),
    "one value in common": rules(here="months_away <= 6"),
    "another signal is known": rules(salty_tooth="months_away >= 0 and known(months_away)"),
}


@passing({f"{name}, {code}": (code, files) for name, files in SOUND.items() for code in ("T02", "T04")})
def test_a_rule_that_decides_something_is_fine(code: str, files: Files) -> None:
    assert findings(files, code) == []


OVERLAPPING = rules(salty_tooth="months_away > 9")
APART = component("title/test_a", segments=None, stages=["here"]) | component(
    "title/test_b", segments=None, stages=["here"]
)


@passing([("T03", OVERLAPPING | APART)])
def test_segments_that_meet_in_no_slot_may_overlap(code: str, files: Files) -> None:
    assert findings(files, code) == []
    assert len(findings(OVERLAPPING, code)) == 1


def test_t04_a_rule_beyond_the_exact_method_is_not_passed() -> None:
    names = [f"flag_{number}" for number in range(24)]
    declared: dict[str, Value] = dict.fromkeys(names, "{kind: boolean}")
    rule = " and ".join(f"({a} or {b})" for a, b in zip(names[::2], names[1::2], strict=True))
    files = settings(signals=declared, segments={"salty_tooth": {"when": rule}})
    (finding,) = (finding for finding in diagnostics(files) if finding.code == "T04")
    assert (finding.severity, finding.message) == (
        "warning",
        "the rule of the segment 'salty_tooth' is too large to be judged: it falls into more than 1,000 boxes",
    )


def test_whether_segments_overlap_is_not_guessed_by_t03() -> None:
    names = [f"flag_{number}" for number in range(32)]
    declared: dict[str, Value] = dict.fromkeys(names, "{kind: boolean}")
    pairs = [f"({a} or {b})" for a, b in zip(names[::2], names[1::2], strict=True)]
    first, second = (" and ".join(half) for half in (pairs[:8], pairs[8:]))
    files = settings(signals=declared, segments={"sweet_tooth": {"when": first}, "salty_tooth": {"when": second}})
    (finding,) = (finding for finding in diagnostics(files) if finding.code == "T03")
    assert (finding.severity, finding.message) == (
        "warning",
        "whether the segments 'sweet_tooth' and 'salty_tooth' overlap was not decided:"
        " it falls into more than 1,000 boxes",
    )


TWO_HALVES = component("title/test_b", test={"share": "50%"})
SALT = component("title/salt", segments=["salty_tooth"])

NEVER: list[tuple[Files, list[str]]] = [
    (
        TWO_HALVES | settings(unassigned="default") | SALT,
        ["components/title/salt.md:3:1 T06 title/salt can never win: title/test_a, title/test_b always go before it"],
    ),
    (
        component("title/test_b", status="draft")
        | component("title/test_a", test={"share": "100%"})
        | settings(unassigned="default")
        | SALT,
        ["components/title/salt.md:3:1 T06 title/salt can never win: title/test_a always goes before it"],
    ),
    (
        component("title/salt", segments=["salty_tooth"], requires=["offer/tea"]),
        ["components/title/salt.md:4:1 T06 title/salt can never win: what it requires never stands with it"],
    ),
    (
        component("title/salt", segments=[]),
        ["components/title/salt.md:3:1 T06 title/salt can never win: its tags admit nobody"],
    ),
    (
        component("title/test_a", test={"share": "0%"}),
        ["components/title/test_a.md:4:1 T06 title/test_a can never win: its test leaves it nobody"],
    ),
]
WINNERS: dict[str, tuple[str, Files]] = {
    "who is in no arm gets it": ("T06", TWO_HALVES | settings(unassigned="treat") | SALT),
    "one segment of two": (
        "T06",
        component("title/salt", segments=["salty_tooth", "sweet_tooth"], requires=["offer/tea"], needs=["first_name"]),
    ),
    "it has ended": ("T06", component("title/salt", segments=["salty_tooth"], valid_until="2026-01-01")),
    "it has not begun": ("T06", component("title/salt", segments=["salty_tooth"], valid_from="2027-01-01")),
    "a tie is a finding of its own": ("T06", component("title/sugar", segments=["sweet_tooth"])),
}


@failing(NEVER)
def test_a_component_that_nobody_can_get_is_found(code: str, files: Files, expected: list[str]) -> None:
    assert findings(files, code) == expected


@passing(WINNERS)
def test_a_component_that_somebody_can_get_is_fine(code: str, files: Files) -> None:
    assert findings(files, code) == []


@pytest.mark.parametrize(("slots", "decided"), [(2, True), (15, False)])
def test_whether_a_component_can_win_is_tried_in_so_many_situations(slots: int, decided: bool) -> None:
    """Each slot more has a need of its own, which doubles them."""
    salt = component("title/salt", segments=["salty_tooth"], requires=["offer/tea"])
    exploded = in_memory(exploding(slots, salt))
    (finding,) = never_wins.judges[0].find(
        CheckedProject(project=exploded.loaded, compiled=exploded.compiled, moment=MOMENT)
    )
    assert (finding.message, finding.severity) == (
        ("title/salt can never win: what it requires never stands with it", None)
        if decided
        else ("whether title/salt can win was not decided in 20,000 situations", "information")
    )


OVER = settings(policy={"max_segments": "1", "max_signals": "1"})
LOST = settings(stages={"lost": {"when": "not known(months_away)"}})


@failing(
    [
        (
            OVER,
            [
                f"{at(OVER, 'taste:')} T09 there are 2 signals; the policy is 1 at most",
                f"{at(OVER, 'salty_tooth')} T09 there are 2 segments; the policy is 1 at most",
            ],
        ),
        (LOST, [f"{at(LOST, 'lost')} G08 no campaign has a component for the stage 'lost'"]),
    ]
)
def test_what_is_too_much_or_for_nothing_is_found(code: str, files: Files, expected: list[str]) -> None:
    assert findings(files, code) == expected


@passing([("T09", settings(policy={"max_segments": "2", "max_signals": "2"})), ("G08", {})])
def test_as_much_as_is_allowed_and_used_is_fine(code: str, files: Files) -> None:
    assert findings(files) == []
