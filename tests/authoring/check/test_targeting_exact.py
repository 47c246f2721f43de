"""T02-T04, T06, T09, G08: rules, components and stages that decide nothing. The runtime agrees with every witness."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.diagnostics import Diagnostic
from tests.authoring.check.cases import Edit, diagnostics, edited, found
from tests.authoring.sample import MOMENT

SETTINGS = "assembler.yaml"
SWEET, SALTY = 'when: taste == "sweet"', 'when: taste == "salty"'
AWAY, HERE = "when: months_away >= 6", "when: months_away < 6"


def settings(*pairs: tuple[str, str]) -> dict[str, Edit]:
    return {SETTINGS: list(pairs)}


def at(edits: Mapping[str, Edit], text: str) -> str:
    """Where something stands in the edited settings."""
    before, found_, _ = str(edited(edits)[SETTINGS]).partition(text)
    assert found_
    return f"{SETTINGS}:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"


def component(address: str, front: str, words: str) -> dict[str, Edit]:
    """A new component with its translation."""
    path = f"components/{address}"
    return {f"{path}.md": f"---\n{front}\n---\n{words}\n", f"{path}.fr.md": f"{words[::-1]}\n"}


RULES: list[tuple[list[tuple[str, str]], str]] = [
    (
        [(SALTY, 'when: taste == "sweet" and months_away > 3')],
        "T02 the segment 'salty_tooth' can never match: the earlier segment sweet_tooth takes everybody",
    ),
    (
        [(HERE, "when: months_away in [7, 8, 9]")],
        "T02 the stage 'here' can never match: the earlier stage away takes everybody",
    ),
    (
        [(SALTY, "when: known(taste)"), (SWEET, 'when: taste in ["sweet", "salty"]')],
        "T02 the segment 'salty_tooth' can never match: the earlier segment sweet_tooth takes everybody",
    ),
    (
        [(SALTY, 'when: taste == "salty" or months_away > 9')],
        "T03 the segments 'sweet_tooth' and 'salty_tooth' overlap, both with candidates in 'title' of back:"
        " 'sweet_tooth' comes first",
    ),
    (
        [(SWEET, 'when: taste == "sweet" and not known(taste)')],
        "T04 the rule of the segment 'sweet_tooth' is never true",
    ),
    ([(HERE, "when: months_away < 0")], "T04 the rule of the stage 'here' is never true"),
    (
        [(HERE, "when: months_away > 3 and months_away < 4")],
        "T04 the rule of the stage 'here' is never true",
    ),
    (
        [(SALTY, "when: months_away >= 0")],
        "T04 the rule of the segment 'salty_tooth' is true whenever its signals are known",
    ),
    (
        [(SALTY, 'when: taste != "sweet" or taste != "salty"')],
        "T04 the rule of the segment 'salty_tooth' is true whenever its signals are known",
    ),
    (
        [(SALTY, "when: known(months_away) or not known(months_away)")],
        "T04 the rule of the segment 'salty_tooth' is true whenever its signals are known",
    ),
]


IDS = [f"{pairs[0][1][6:]}: {expected[:3]}" for pairs, expected in RULES]


@pytest.mark.parametrize(("pairs", "expected"), RULES, ids=IDS)
def test_a_rule_that_decides_nothing_is_found(pairs: list[tuple[str, str]], expected: str) -> None:
    edits = settings(*pairs)
    assert found(edits, expected[:3]) == [f"{at(edits, pairs[0][1].removeprefix('when: '))} {expected}"]


@pytest.mark.parametrize("pairs", [pairs for pairs, _ in RULES], ids=IDS)
def test_the_runtime_agrees_with_every_witness(pairs: list[tuple[str, str]]) -> None:
    project = Project.from_files(edited(settings(*pairs)))
    library = Library(project.compiled.content, project.compiled.texts)
    told = [each for each in project.check(MOMENT).diagnostics if each.code in ("T02", "T03", "T04")]
    assert told
    for each in told:
        _agree(library, each)


def _agree(library: Library, finding: Diagnostic) -> None:
    hint = str(finding.hint)
    context = json.loads(hint[hint.index("{") :])
    explanation: dict[str, Any] = library.explain("back", channel="email", context=context, at=MOMENT).to_dict()
    results = {each["id"]: each["result"] for each in explanation["segments"] + explanation["stages"]}
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


@pytest.mark.parametrize(
    "edits",
    [
        settings((SALTY, 'when: taste != "sweet"')),
        settings((SALTY, "when: not known(taste)")),
        settings((SALTY, "when: known(taste) and not known(months_away)")),
        settings((HERE, "when: known(months_away)")),
        settings((HERE, "when: months_away <= 6")),
        settings((SALTY, "when: months_away >= 0 and known(months_away)")),
    ],
)
def test_a_rule_that_decides_something_is_fine(edits: Mapping[str, Edit]) -> None:
    assert not [each for each in found(edits) if re.search(r" T0[24] ", each)]


def test_segments_that_meet_in_no_slot_may_overlap() -> None:
    overlapping = settings((SALTY, "when: months_away > 9"))
    apart: dict[str, Edit] = {
        f"components/title/test_{name}.md": ("segments: [salty_tooth]", "stages: [here]") for name in "ab"
    }
    assert len(found(overlapping, "T03")) == 1
    assert found({**overlapping, **apart}, "T03") == []


def test_a_rule_beyond_the_exact_method_is_not_passed() -> None:
    names = [f"flag_{number}" for number in range(24)]
    declared = "".join(f"  {name}: {{kind: boolean}}\n" for name in names)
    rule = " and ".join(f"({a} or {b})" for a, b in zip(names[::2], names[1::2], strict=True))
    edits = settings(("signals:\n", f"signals:\n{declared}"), (SALTY, f"when: {rule}"))
    assert [each.partition(" ")[2] for each in found(edits, "T04")] == [
        "T04 the rule of the segment 'salty_tooth' is too large to be judged: it falls into more than 1,000 boxes"
    ]
    assert [each.severity for each in diagnostics(edits) if each.code == "T04"] == ["warning"]


SALT = {"segments": "campaigns: [back]\nsegments: [salty_tooth]"}
TESTED: dict[str, Edit] = {
    SETTINGS: ("locales:", "unassigned: default\nlocales:"),
    "components/title/test_b.md": ("25%", "50%"),
}

NEVER: list[tuple[Mapping[str, Edit], list[str]]] = [
    (
        {**TESTED, **component("title/salt", SALT["segments"], "Of the sea it is")},
        ["components/title/salt.md:3:1 T06 title/salt can never win: title/test_a, title/test_b always go before it"],
    ),
    (
        component("title/salt", SALT["segments"] + "\nrequires: [offer/tea]", "Of the sea it is"),
        ["components/title/salt.md:4:1 T06 title/salt can never win: what it requires never stands with it"],
    ),
    (
        component("title/salt", SALT["segments"].replace("salty_tooth", ""), "Of the sea it is"),
        ["components/title/salt.md:3:1 T06 title/salt can never win: its tags admit nobody"],
    ),
    (
        {"components/title/test_a.md": ("50%", "0%")},
        ["components/title/test_a.md:4:1 T06 title/test_a can never win: its test leaves it nobody"],
    ),
]


@pytest.mark.parametrize(("edits", "expected"), NEVER, ids=[expected[0][:90] for _, expected in NEVER])
def test_a_component_that_nobody_can_get_is_found(edits: Mapping[str, Edit], expected: list[str]) -> None:
    assert found(edits, "T06") == expected


@pytest.mark.parametrize(
    "edits",
    [
        {
            **TESTED,
            SETTINGS: ("locales:", "unassigned: treat\nlocales:"),
            **component("title/salt", SALT["segments"], "Of the sea it is"),
        },
        component(
            "title/salt",
            "campaigns: [back]\nsegments: [salty_tooth, sweet_tooth]\nrequires: [offer/tea]\nneeds: [first_name]",
            "Of the sea it is",
        ),
        component("title/salt", SALT["segments"] + "\nvalid_until: 2026-01-01", "Of the sea it is"),
        component("title/salt", SALT["segments"] + "\nvalid_from: 2027-01-01", "Of the sea it is"),
        component("title/sugar", "campaigns: [back]\nsegments: [sweet_tooth]", "A tie is a finding of its own"),
    ],
)
def test_a_component_that_somebody_can_get_is_fine(edits: Mapping[str, Edit]) -> None:
    assert found(edits, "T06") == []


def test_more_segments_and_signals_than_the_policy_are_found() -> None:
    policy = "policy: {link_hosts: [www.sample.example], "
    over = settings(("policy: {link_hosts: [www.sample.example]", policy + "max_segments: 1, max_signals: 1"))
    assert found(over, "T09") == [
        f"{at(over, 'taste:')} T09 there are 2 signals; the policy is 1 at most",
        f"{at(over, 'salty_tooth')} T09 there are 2 segments; the policy is 1 at most",
    ]
    enough = settings(("policy: {link_hosts: [www.sample.example]", policy + "max_segments: 2, max_signals: 2"))
    assert found(enough, "T09") == []


def test_a_stage_without_a_component_is_found() -> None:
    edits: dict[str, Edit] = settings(
        (f"  - id: here\n    {HERE}", f"  - id: here\n    {HERE}\n  - id: lost\n    when: not known(months_away)")
    )
    assert found(edits, "G08") == [f"{at(edits, 'lost')} G08 no campaign has a component for the stage 'lost'"]
    assert found({}, "G08") == []
