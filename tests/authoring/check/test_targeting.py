"""Targeting: T07, T08, T10, T11, T12. (Ties, T05, and the rule language, T01-T04, have tests of their own.)"""

from __future__ import annotations

import pytest

from tests.authoring.check.cases import Edit, found

SETTINGS, BACK, TEA, AWAY = (
    "assembler.yaml",
    "campaigns/back.yaml",
    "components/offer/tea.md",
    "components/story/away.md",
)
TEST_A, TEST_B = "components/title/test_a.md", "components/title/test_b.md"
SIGNAL = "    kind: text\n    source: quiz\n    max_age: none\n    consent: none\n    owner: a@sample.example\n"
SIGNAL += "    review_by: 2027-06-01\n    response: none yet\n    fallback: none yet\n"


def unlike(line: int, key: str, more: str = "") -> str:
    """The finding of a component that differs from another of its test."""
    return f"{TEST_B}:{line}:1 T07 title/test_b has other {key} than title/test_a of the same test 'tone'{more}"


def never(place: str, whose: str) -> list[str]:
    """The finding of a condition that nothing can meet."""
    return [f"components/{place} T08 {whose}, which no earlier slot of its campaigns can hold"]


CASES: dict[str, tuple[str, dict[str, Edit], list[str]]] = {
    "more than everybody": (
        "T07",
        {TEST_B: ("share: 25%", "share: 50.01%")},
        ["components/title/test_b.md:4:25 T07 the test 'tone' takes 100.01% of people in back: 50% + 50.01%"],
    ),
    "components of a test for others": (
        "T07",
        {
            TEST_B: ("segments: [salty_tooth]", "segments: [sweet_tooth]\nneeds: [first_name]\nvalid_from: 2026-01-01"),
            "components/title/test_b.fr.md": None,
        },
        [
            unlike(3, "segments"),
            unlike(4, "needs"),
            unlike(5, "valid_from"),
            unlike(6, "locales", ": fr"),
        ],
    ),
    "a component of a test for more": (
        "T07",
        {TEST_B: ("segments: [salty_tooth]\n", "")},
        [unlike(3, "segments")],
    ),
    "a later slot": (
        "T08",
        {TEA: ("campaigns: all", "campaigns: [back]\nrequires: [title/sweet]")},
        ["components/offer/tea.md:3:12 T08 offer/tea requires title/sweet, whose slot is filled later"],
    ),
    "the own slot": (
        "T08",
        {"components/title/sweet.md": ("[back]", "[back]\nexcludes: [title/test_a]")},
        never("title/sweet.md:3:12", "title/sweet excludes title/test_a"),
    ),
    "another campaign": (
        "T08",
        {AWAY: ("[back]", "[back]\nexcludes: [offer/tea, title/here]")},
        never("story/away.md:3:23", "story/away excludes title/here"),
    ),
    "another channel": (
        "T08",
        {AWAY: ("[back]", "[back]\nchannels: [page]\nrequires: [offer/tea]"), TEA: ("all", "all\nchannels: [email]")},
        never("story/away.md:4:12", "story/away requires offer/tea"),
    ),
    "a draft": (
        "T08",
        {AWAY: ("[back]", "[back]\nrequires: [offer/tea]"), TEA: ("all", "all\nstatus: draft")},
        never("story/away.md:3:12", "story/away requires offer/tea"),
    ),
    "capitals": (
        "T10",
        {
            "assets/Logo.png": b"x",
            "components/title/Plain.md": "---\ncampaigns: [back]\n---\nx\n",
            "templates/Page/a.css": "",
            "templates/Page/b.css": "",
            SETTINGS: ("  taste:\n", "  Months_away:\n" + SIGNAL + "  taste:\n"),
            TEST_B: ("id: tone", "id: Tone"),
        },
        [
            "assembler.yaml:24:3 T10 signals 'Months_away' and 'months_away' are equal but for case",
            "assets/Logo.png:1:1 T10 the paths assets/Logo.png and assets/logo.png are equal but for case",
            "components/title/Plain.md:1:1 T10 the paths components/title/Plain.md and components/title/plain.md"
            " are equal but for case",
            "components/title/test_b.md:4:12 T10 tests 'Tone' and 'tone' are equal but for case",
            "templates/Page/a.css:1:1 T10 the paths templates/Page and templates/page are equal but for case",
        ],
    ),
    "a signal for nothing": (
        "T11",
        {SETTINGS: ("stages:\n", "  colour:\n" + SIGNAL + "stages:\n")},
        ["assembler.yaml:34:3 T11 no rule or needs uses the signal 'colour'"],
    ),
    "a stage for nobody": (
        "T11",
        {"components/title/here.md": None, "components/title/here.fr.md": None},
        ["assembler.yaml:37:9 T11 no component names the stage 'here'"],
    ),
    "a segment for nobody": (
        "T11",
        {TEST_A: ("[back]", "[back]\nstatus: draft"), TEST_B: ("[back]", "[back]\nstatus: draft")},
        ["assembler.yaml:45:9 T11 no component names the segment 'salty_tooth'"],
    ),
    "holdouts that end": (
        "T12",
        {
            SETTINGS: ("owner: crm@sample.example, until: 2027-06-30", "owner: crm@sample.example, until: 2026-11-21"),
            BACK: ("10%, until: 2027-06-30", "10%, until: 2026-12-22"),
        },
        [
            "assembler.yaml:50:70 T12 the holdout ended on 2026-11-21: nobody is held out",
            "campaigns/back.yaml:7:30 T12 the holdout of back ends in 30 days, on 2026-12-22",
        ],
    ),
    # Near misses
    "exactly everybody": ("T07", {TEST_B: ("share: 25%", "share: 50%")}, []),
    "the same tags in another order": (
        "T07",
        {
            TEST_A: ("[salty_tooth]", "[salty_tooth, sweet_tooth]\nstages: [away]"),
            TEST_B: ("[salty_tooth]", "[sweet_tooth, salty_tooth]\nstages: [away]"),
        },
        [],
    ),
    "one id in two types": (
        "T07",
        {AWAY: ("[back]", "[back]\ntest: {id: tone, share: 90%}")},
        [],
    ),
    "an earlier slot": ("T08", {AWAY: ("[back]", "[back]\nrequires: [title/sweet]\nexcludes: [offer/tea]")}, []),
    "possible in one campaign": ("T08", {"components/title/here.md": ("[start]", "all\nrequires: [offer/tea]")}, []),
    "an earlier default": ("T08", {AWAY: ("[back]", "[back]\nrequires: [title/plain]")}, []),
    "a signal that something needs": (
        "T11",
        {SETTINGS: ("stages:\n", "  colour:\n" + SIGNAL + "stages:\n"), AWAY: ("[back]", "[back]\nneeds: [colour]")},
        [],
    ),
    "a signal of a broken rule": ("T11", {SETTINGS: ('taste == "salty"', 'taste = "salty"')}, []),
    "31 days to go": ("T12", {BACK: ("10%, until: 2027-06-30", "10%, until: 2026-12-23")}, []),
    "no end": ("T12", {BACK: (", until: 2027-06-30}", "}")}, []),
}


@pytest.mark.parametrize(("code", "edits", "expected"), CASES.values(), ids=CASES)
def test_targeting(code: str, edits: dict[str, Edit], expected: list[str]) -> None:
    assert found(edits, code) == expected
