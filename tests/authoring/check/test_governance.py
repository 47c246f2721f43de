"""Governance: G01 to G05, G06, G07, G09, G10."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.authoring.check.cases import Edit, diagnostics, found

SETTINGS, BACK, TEA, AWAY = (
    "assembler.yaml",
    "campaigns/back.yaml",
    "components/offer/tea.md",
    "components/story/away.md",
)
TASTE = "    hypothesis: their own taste tempts people back\n"
REASON = "hypothesis: a reason brings more people back than a discount\n"

CASES: dict[str, tuple[dict[str, Edit], list[str]]] = {
    "nobody owns the project": (
        {SETTINGS: ("owner: growth@sample.example\n", "")},
        ["assembler.yaml:1:1 G01 the project has no owner"],
    ),
    "nobody owns signals and segments": (
        {SETTINGS: ("    owner: crm@sample.example\n", "")},
        [
            "assembler.yaml:14:3 G01 signal 'months_away' has no owner",
            "assembler.yaml:23:3 G01 signal 'taste' has no owner",
            "assembler.yaml:38:9 G01 segment 'sweet_tooth' has no owner",
            "assembler.yaml:42:9 G01 segment 'salty_tooth' has no owner",
        ],
    ),
    "an owner left open": (
        {BACK: ("owner: crm@sample.example", "owner:")},
        ["campaigns/back.yaml:1:7 G01 campaign 'back' has no owner"],
    ),
    "a review that was forgotten": (
        {
            SETTINGS: (
                "    review_by: 2027-06-01\n    response: people",
                "    review_by: 2026-11-21\n    response: people",
            )
        },
        ["assembler.yaml:21:16 G03 the review of signal 'months_away' is overdue by 1 day"],
    ),
    "a campaign that nobody will look at again": (
        {BACK: ("review_by: 2027-06-01\n", "")},
        ["campaigns/back.yaml:1:1 G03 the review of campaign 'back' has no day"],
    ),
    "a component with a review of its own": (
        {AWAY: ("stages: [away]\n", "stages: [away]\nreview_by: 2026-12-22\n")},
        ["components/story/away.md:4:12 G04 the review of story/away is due on 2026-12-22"],
    ),
    "a segment without a reason": (
        {SETTINGS: ('sweet"\n    owner: crm@sample.example\n' + TASTE, 'sweet"\n    owner: crm@sample.example\n')},
        ["assembler.yaml:40:9 G02 segment 'sweet_tooth' has no hypothesis"],
    ),
    "a campaign without a reason, and what inherits it": (
        {BACK: (REASON, "")},
        [
            "campaigns/back.yaml:1:1 G02 campaign 'back' has no hypothesis",
            "components/story/away.md:3:1 G02 story/away is for some people only, and nobody says why: no hypothesis",
        ],
    ),
    "a signal without response and fallback": (
        {SETTINGS: [("    response: the quiz decides the picture\n", ""), ("both tastes are shown", '" "')]},
        [
            "assembler.yaml:24:3 G02 signal 'taste' has no fallback",
            "assembler.yaml:24:3 G02 signal 'taste' has no response",
        ],
    ),
    "an offer without terms": (
        {TEA: ("terms: While the kettle sings\n", "")},
        ["components/offer/tea.md:2:1 G05 offer/tea has no terms"],
    ),
    "an offer with blank terms": (
        {TEA: ("While the kettle sings", '"\\u200b"')},
        ["components/offer/tea.md:5:8 G05 offer/tea has no terms"],
    ),
    "a date field without an end": (
        {TEA: ("valid_until: 2027-05-01\n", "")},
        ["components/offer/tea.md:6:7 G05 offer/tea names a day, 2027-05-01, and has no valid_until"],
    ),
    "a default that says a day": (
        {"components/title/plain.fr.md": ("Bonjour", "Dès le 1er mars, bonjour")},
        ["components/title/plain.fr.md:1:8 G05 title/plain names a day, 1er mars, and has no valid_until"],
    ),
    "expired yesterday": (
        {TEA: ("valid_until: 2027-05-01", "valid_until: 2026-11-21")},
        ["components/offer/tea.md:6:14 G06 offer/tea expired on 2026-11-21 and is still ready"],
    ),
    "expires today": (
        {TEA: ("valid_until: 2027-05-01", "valid_until: 2026-11-22")},
        ["components/offer/tea.md:6:14 G06 offer/tea expires today, on 2026-11-22"],
    ),
    "expires in a fortnight": (
        {TEA: ("valid_until: 2027-05-01", "valid_until: 2026-12-06")},
        ["components/offer/tea.md:6:14 G06 offer/tea expires in 14 days, on 2026-12-06"],
    ),
    "a signal from nowhere": (
        {SETTINGS: [("    source: quiz\n", ""), ("    max_age: none\n", ""), ("    consent: none\n", "")]},
        [
            "assembler.yaml:24:3 G07 signal 'taste' has no consent",
            "assembler.yaml:24:3 G07 signal 'taste' has no max_age",
            "assembler.yaml:24:3 G07 signal 'taste' has no source",
        ],
    ),
    "a campaign for nothing": (
        {
            BACK: [
                ("objective: more people come back\n", ""),
                ("outcome: {event: purchase, within: 30d, minimum_lift: 10%}\n", ""),
                ("decide_by: 2027-06-30\n", ""),
            ]
        },
        [
            "campaigns/back.yaml:1:1 G09 campaign 'back' has no decide_by",
            "campaigns/back.yaml:1:1 G09 campaign 'back' has no objective",
            "campaigns/back.yaml:1:1 G09 campaign 'back' has no outcome",
        ],
    ),
    "a campaign that was to be decided": (
        {BACK: ("decide_by: 2027-06-30", "decide_by: 2026-11-21")},
        ["campaigns/back.yaml:4:12 G09 campaign 'back' was to be decided by 2026-11-21"],
    ),
    "retired without a word": (
        {AWAY: ("campaigns: [back]", "campaigns: [back]\nstatus: retired")},
        ["components/story/away.md:3:9 G10 story/away is retired and says nothing learnt"],
    ),
    # Near misses
    "an owner that cannot be read is told once": (
        {SETTINGS: ("owner: growth@sample.example", "owner: 5")},
        ["assembler.yaml:2:8 R02 expected text, got the number 5"],
    ),
    "a date that cannot be read is told once": (
        {BACK: ("decide_by: 2027-06-30", "decide_by: 2027-06-31")},
        ["campaigns/back.yaml:4:12 R02 2027-06-31 is not a day of the calendar"],
    ),
    "a reason of its own": (
        {BACK: (REASON, ""), AWAY: ("stages: [away]", "stages: [away]\nhypothesis: news draws them")},
        ["campaigns/back.yaml:1:1 G02 campaign 'back' has no hypothesis"],
    ),
    "expires in fifteen days": ({TEA: ("valid_until: 2027-05-01", "valid_until: 2026-12-07")}, []),
    "decided today": ({BACK: ("decide_by: 2027-06-30", "decide_by: 2026-11-22")}, []),
    "retired with a word": (
        {AWAY: ("campaigns: [back]", "campaigns: [back]\nstatus: retired\nlearnt: news is no reason")},
        [],
    ),
    "a draft may be undated": (
        {AWAY: [("campaigns: [back]", "campaigns: [back]\nstatus: draft"), ("**new**", "new until 5 March")]},
        [],
    ),
    "a day, and an end": (
        {AWAY: [("campaigns: [back]", "campaigns: [back]\nvalid_until: 2027-03-05"), ("**new**", "new until 5 March")]},
        [],
    ),
}


@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_governance(edits: dict[str, Edit], expected: list[str]) -> None:
    # What other families find is theirs to test.
    assert [each for each in found(edits) if each.split()[1][0] in "RG"] == expected


def test_a_type_offer_has_terms() -> None:
    without: dict[str, Edit] = {
        "components/offer/_type.yaml": ("  terms: {kind: text, required: true, max_length: 120}\n", ""),
        TEA: ("terms: While the kettle sings\n", ""),
        "components/offer/tea.fr.md": "Thé offert\n",
    }
    assert found(without, "G05") == ["components/offer/_type.yaml:4:3 G05 the type offer has no field 'terms'"]


def test_a_campaign_past_its_decision_is_a_warning() -> None:
    (late,) = diagnostics({BACK: ("decide_by: 2027-06-30", "decide_by: 2026-11-21")})
    assert late.severity == "warning"


def test_the_day_is_that_of_the_projects_time_zone() -> None:
    last_day = {TEA: ("valid_until: 2027-05-01", "valid_until: 2026-07-01"), SETTINGS: ("Europe/London", "Asia/Tokyo")}
    assert "expires today" in found(last_day, "G06", datetime(2026, 7, 1, 14, 59, tzinfo=UTC))[0]
    assert "expired on" in found(last_day, "G06", datetime(2026, 7, 1, 15, 1, tzinfo=UTC))[0]


@pytest.mark.parametrize(
    "words",
    [
        "Ends 5 March", "on March 5th", "Nov. 30 only", "12 Dec", "until 1st of May", "le 12 mars", "dès le 1er août",
        "am 3. Oktober", "bis zum 31.12.", "3 de mayo", "31/12/2026", "12/24/2026", "24.12.26", "2026-12-24",
        "until Friday", "Sale ends on Sunday", "by Monday", "by the 10th", "bis Sonntag", "jusqu’à dimanche",
        "hasta el lunes", "ends 24/12", "until 1 May 2019",
    ],
)  # fmt: skip
def test_words_that_say_a_day(words: str) -> None:
    assert found({AWAY: ("Much is **new**.", f"It is {words}, you know")}, "G05")


@pytest.mark.parametrize(
    "words",
    [
        "March 12 miles a day", "you may 2 times", "24/7 help", "1/2 price", "since 3 May 1987",
        "on 2019-05-01 it began",
        "Monday until Friday", "in March 2020", "10 march home", "by bus", "60 days to try", "cut by 1/3", "at 12.5.",
        "May we help 5 people", "the 1st choice", "[news](https://www.sample.example/2026-12-01/a)", "12 marvels",
    ],
)  # fmt: skip
def test_words_that_say_no_day(words: str) -> None:
    assert not found({AWAY: ("Much is **new**.", f"It is {words}, you know")}, "G05")
