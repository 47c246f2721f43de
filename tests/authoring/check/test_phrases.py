"""C04, C06 and L02: phrases that sound like surveillance, links that say nothing, translations that are missing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.authoring.check.cases import Edit, diagnostics, found

AWAY, FRENCH, SETTINGS = "components/story/away.md", "components/story/away.fr.md", "assembler.yaml"
STRINGS, STORY = "templates/strings.yaml", "templates/email/components/story.html.j2"
SWEET, SWEET_FRENCH = "components/title/sweet.md", "components/title/sweet.fr.md"
LINK = "https://www.sample.example/x"


def listed(phrases: str) -> Edit:
    return ("policy: {", f"policy: {{surveillance: {{{phrases}}}, ")


CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    (
        {AWAY: ("Much is", "Hello. We noticed you looked away. Much is")},
        [f"{AWAY}:5:8 C04 'We noticed you' sounds like surveillance"],
    ),
    (
        {AWAY: ("Much is", "We’ve noticed\nthat you were gone. Much is")},
        [f"{AWAY}:5:1 C04 'We’ve noticed that you' sounds like surveillance"],
    ),
    (
        {FRENCH: ("Du", "Nous avons vu que vous aimez le thé. Du")},
        [f"{FRENCH}:1:1 C04 'Nous avons vu que vous' sounds like surveillance"],
    ),
    (
        {"components/title/plain.fr-CA.md": 'Vous avez cliqué, {{ first_name | default: "vous" }}\n'},
        ["components/title/plain.fr-CA.md:1:1 C04 'Vous avez cliqué' sounds like surveillance"],
    ),
    (
        {AWAY: ("Much is", "A cosy chat. Much is"), SETTINGS: listed("en: [cosy chat]")},
        [f"{AWAY}:5:3 C04 'cosy chat' sounds like surveillance"],
    ),
    (
        {FRENCH: ("Du", "Une causette. Du"), SETTINGS: listed("fr: [causette], en: [causette]")},
        [f"{FRENCH}:1:5 C04 'causette' sounds like surveillance"],
    ),
    ({STRINGS: ("leave: Leave", "leave: We tracked")}, [f"{STRINGS}:1:13 C04 'We tracked' sounds like surveillance"]),
    (
        {AWAY: ("Much is", f"[Click here]({LINK}). Much is"), FRENCH: ("Du", f"[Du thé]({LINK}). Du")},
        [f"{AWAY}:5:2 C06 a link that says only 'Click here'"],
    ),
    (
        {AWAY: ("Much is", f"[A story]({LINK}) Much is"), FRENCH: ("Du", f"[*En savoir plus*]({LINK}) Du")},
        [f"{FRENCH}:1:2 C06 a link that says only 'En savoir plus'"],
    ),
    ({STORY: ("Come and see", "Read more …")}, [f"{STORY}:1:164 C06 a link that says only 'Read more …'"]),
    (
        {SWEET_FRENCH: None},
        [f"{SWEET}:3:1 L02 title/sweet is not translated into fr, fr-CA, where people get the default"],
    ),
]

NEAR_MISSES: list[tuple[str, Mapping[str, Edit]]] = [
    ("C04", {AWAY: ("Much is", "We noticed yours too late. Much is")}),
    ("C04", {FRENCH: ("Du", "We noticed you. Du")}),
    ("C04", {AWAY: ("Much is", "A cosy chat. Much is"), SETTINGS: listed("fr: [cosy chat]")}),
    ("C06", {AWAY: ("Much is", f"[Here is our story]({LINK}). Much is"), FRENCH: ("Du", f"[Du thé]({LINK}). Du")}),
    ("C06", {AWAY: ("Much is", "Click here, or there. Much is")}),
    ("C06", {STORY: ('<a href="{{ url }}">Come and see', '<a href="{{ url }}" aria-label="See the shop">More')}),
    ("L02", {"components/title/plain.fr-CA.md": None}),
    ("L02", {SWEET_FRENCH: None, SWEET: ("segments: [sweet_tooth]\n", "")}),
]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[each[0].partition(" ")[2] for _, each in CASES])
def test_a_fault_is_found_where_it_stands(edits: Mapping[str, Edit], expected: list[str]) -> None:
    code = expected[0].split(" ")[1]
    assert found(edits, code) == expected


@pytest.mark.parametrize(("code", "edits"), NEAR_MISSES)
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []


def test_they_are_warnings() -> None:
    edits: Mapping[str, Edit] = {AWAY: ("Much is", "We noticed you. Much is"), SWEET_FRENCH: None}
    found_ = {each.code: each.severity for each in diagnostics(edits)}
    assert (found_["C04"], found_["L02"]) == ("warning", "warning")
