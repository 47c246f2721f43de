"""Targeting: T07, T08, T10, T11, T12. (Ties, T05, and the rule language, T01-T04, have tests of their own.)"""

from __future__ import annotations

from tests.authoring.builders import Files, campaign, component, image, settings, without
from tests.authoring.clean import Value

TEST_B = "components/title/test_b.md"
TEXT: dict[str, Value] = {
    "kind": "text",
    "source": "quiz",
    "max_age": "none",
    "consent": "none",
    "owner": "a@sample.example",
    "review_by": "2027-06-01",
    "response": "none yet",
    "fallback": "none yet",
}


def unlike(line: int, key: str, more: str = "") -> str:
    """The finding of a component that differs from another of its test."""
    return f"{TEST_B}:{line}:1 T07 title/test_b has other {key} than title/test_a of the same test 'tone'{more}"


def never(place: str, whose: str) -> list[str]:
    """The finding of a condition that nothing can meet."""
    return [f"components/{place} T08 {whose}, which no earlier slot of its campaigns can hold"]


CASES: dict[str, tuple[Files, list[str]]] = {
    "more than everybody": (
        component("title/test_b", test={"share": "50.01%"}),
        ["components/title/test_b.md:4:25 T07 the test 'tone' takes 100.01% of people in back: 50% + 50.01%"],
    ),
    "components of a test for others": (
        settings()
        | component("title/test_b", segments=["sweet_tooth"], needs=["first_name"], valid_from="2026-01-01", fr=None),
        [
            unlike(3, "needs"),
            unlike(4, "valid_from"),
            unlike(5, "segments"),
            unlike(6, "locales", ": fr, fr-CA"),
        ],
    ),
    "a component of a test for more": (component("title/test_b", segments=None), [unlike(3, "segments")]),
    "a later slot": (
        component("offer/tea", campaigns=["back"], requires=["title/sweet"]),
        ["components/offer/tea.md:3:12 T08 offer/tea requires title/sweet, whose slot is filled later"],
    ),
    "the own slot": (
        component("title/sweet", excludes=["title/test_a"]),
        never("title/sweet.md:3:12", "title/sweet excludes title/test_a"),
    ),
    "another campaign": (
        component("story/away", excludes=["offer/tea", "title/here"]),
        never("story/away.md:3:23", "story/away excludes title/here"),
    ),
    "another channel": (
        component("story/away", channels=["page"], requires=["offer/tea"]) | component("offer/tea", channels=["email"]),
        never("story/away.md:4:12", "story/away requires offer/tea"),
    ),
    "a draft": (
        component("story/away", requires=["offer/tea"]) | component("offer/tea", status="draft"),
        never("story/away.md:3:12", "story/away requires offer/tea"),
    ),
    "capitals": (
        settings(signals={"Months_away": TEXT})
        | component("title/test_b", test={"id": "Tone"})
        | component("title/Plain", fr=None)
        | {"assets/Logo.png": b"x", "templates/Page/a.css": "", "templates/Page/b.css": ""},
        [
            "assembler.yaml:34:3 T10 signals 'Months_away' and 'months_away' are equal but for case",
            "assets/Logo.png:1:1 T10 the paths assets/Logo.png and assets/logo.png are equal but for case",
            "components/title/Plain.md:1:1 T10 the paths components/title/Plain.md and components/title/plain.md"
            " are equal but for case",
            "components/title/test_b.md:4:12 T10 tests 'Tone' and 'tone' are equal but for case",
            "templates/Page/a.css:1:1 T10 the paths templates/Page and templates/page are equal but for case",
        ],
    ),
    "a signal for nothing": (
        settings(signals={"colour": TEXT}),
        ["assembler.yaml:34:3 T11 no rule or needs uses the signal 'colour'"],
    ),
    "a stage that no campaign is for": (
        without("title/here")
        | campaign("back", audience={"stages": ["away"]})
        | campaign("start", audience={"stages": ["away"]}),
        ["assembler.yaml:37:9 T11 no component names the stage 'here'"],
    ),
    "a segment for nobody": (
        component("title/test_a", status="draft") | component("title/test_b", status="draft"),
        ["assembler.yaml:45:9 T11 no component names the segment 'salty_tooth'"],
    ),
    "holdouts that end": (
        settings(holdout={"until": "2026-11-21"}) | campaign("back", holdout={"until": "2026-12-22"}),
        [
            "assembler.yaml:50:70 T12 the holdout ended on 2026-11-21: nobody is held out",
            "campaigns/back.yaml:7:30 T12 the holdout of back ends in 30 days, on 2026-12-22",
        ],
    ),
}

NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "exactly everybody": ("T07", component("title/test_b", test={"share": "50%"})),
    "the same tags in another order": (
        "T07",
        component("title/test_a", segments=["salty_tooth", "sweet_tooth"], stages=["away"])
        | component("title/test_b", segments=["sweet_tooth", "salty_tooth"], stages=["away"]),
    ),
    "one id in two types": ("T07", component("story/away", test={"id": "tone", "share": "90%"})),
    "an earlier slot": ("T08", component("story/away", requires=["title/sweet"], excludes=["offer/tea"])),
    "possible in one campaign": ("T08", component("title/here", campaigns="all", requires=["offer/tea"])),
    "an earlier default": ("T08", component("story/away", requires=["title/plain"])),
    "names that differ by more than case": ("T10", component("title/plain2") | {"assets/logos.png": image()}),
    "a stage for nobody, of which G08 tells": ("T11", without("title/here")),
    "a signal that something needs": (
        "T11",
        settings(signals={"colour": TEXT}) | component("story/away", needs=["colour"]),
    ),
    "a signal of a broken rule": ("T11", settings(segments={"salty_tooth": {"when": 'taste = "salty"'}})),
    "31 days to go": ("T12", campaign("back", holdout={"until": "2026-12-23"})),
    "no end": ("T12", campaign("back", holdout={"until": None})),
}
