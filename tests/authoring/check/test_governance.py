"""Governance: G01 to G05, G06, G07, G09, G10."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.authoring.builders import Files, campaign, component, component_type, settings, translation
from tests.authoring.check.cases import diagnostics, failing, findings, passing

CASES: dict[str, tuple[Files, list[str]]] = {
    "nobody owns the project": (settings(owner=None), ["assembler.yaml:1:1 G01 the project has no owner"]),
    "nobody owns signals and segments": (
        settings(
            signals={"months_away": {"owner": None}, "taste": {"owner": None}},
            segments={"sweet_tooth": {"owner": None}, "salty_tooth": {"owner": None}},
        ),
        [
            "assembler.yaml:14:3 G01 signal 'months_away' has no owner",
            "assembler.yaml:23:3 G01 signal 'taste' has no owner",
            "assembler.yaml:38:9 G01 segment 'sweet_tooth' has no owner",
            "assembler.yaml:42:9 G01 segment 'salty_tooth' has no owner",
        ],
    ),
    "an owner left open": (campaign("back", owner=""), ["campaigns/back.yaml:1:7 G01 campaign 'back' has no owner"]),
    "a review that was forgotten": (
        settings(signals={"months_away": {"review_by": "2026-11-21"}}),
        ["assembler.yaml:21:16 G03 the review of signal 'months_away' is overdue by 1 day"],
    ),
    "a campaign that nobody will look at again": (
        campaign("back", review_by=None),
        ["campaigns/back.yaml:1:1 G03 the review of campaign 'back' has no day"],
    ),
    "a component with a review of its own": (
        component("story/away", review_by="2026-12-22"),
        ["components/story/away.md:3:12 G04 the review of story/away is due on 2026-12-22"],
    ),
    "a segment without a reason": (
        settings(segments={"sweet_tooth": {"hypothesis": None}}),
        ["assembler.yaml:40:9 G02 segment 'sweet_tooth' has no hypothesis"],
    ),
    "a campaign without a reason, of which what would inherit it is not told": (
        campaign("back", hypothesis=None),
        [
            "campaigns/back.yaml:1:1 G02 campaign 'back' has no hypothesis",
        ],
    ),
    "a signal without response and fallback": (
        settings(signals={"taste": {"fallback": '" "', "response": None}}),
        [
            "assembler.yaml:24:3 G02 signal 'taste' has no fallback",
            "assembler.yaml:24:3 G02 signal 'taste' has no response",
        ],
    ),
    "an offer without terms": (
        component("offer/tea", terms=None),
        ["components/offer/tea.md:2:1 G05 offer/tea has no terms"],
    ),
    "an offer with blank terms": (
        component("offer/tea", terms='"\\u200b"'),
        ["components/offer/tea.md:5:8 G05 offer/tea has no terms"],
    ),
    "a date field without an end": (
        component("offer/tea", valid_until=None),
        ["components/offer/tea.md:6:7 G05 offer/tea names a day, 2027-05-01, and has no valid_until"],
    ),
    "a default that says a day": (
        translation("title/plain", 'Dès le 1er mars, bonjour, {{ first_name | default: "vous" }}'),
        ["components/title/plain.fr.md:1:8 G05 title/plain names a day, 1er mars, and has no valid_until"],
    ),
    "expired yesterday": (
        component("offer/tea", valid_until="2026-11-21"),
        ["components/offer/tea.md:6:14 G06 offer/tea expired on 2026-11-21 and is still ready"],
    ),
    "expires today": (
        component("offer/tea", valid_until="2026-11-22"),
        ["components/offer/tea.md:6:14 G06 offer/tea expires today, on 2026-11-22"],
    ),
    "expires in a fortnight": (
        component("offer/tea", valid_until="2026-12-06"),
        ["components/offer/tea.md:6:14 G06 offer/tea expires in 14 days, on 2026-12-06"],
    ),
    "a signal from nowhere": (
        settings(signals={"taste": {"source": None, "max_age": None, "consent": None}}),
        [
            "assembler.yaml:24:3 G07 signal 'taste' has no consent",
            "assembler.yaml:24:3 G07 signal 'taste' has no max_age",
            "assembler.yaml:24:3 G07 signal 'taste' has no source",
        ],
    ),
    "a campaign for nothing": (
        campaign("back", objective=None, outcome=None, decide_by=None),
        [
            "campaigns/back.yaml:1:1 G09 campaign 'back' has no decide_by",
            "campaigns/back.yaml:1:1 G09 campaign 'back' has no objective",
            "campaigns/back.yaml:1:1 G09 campaign 'back' has no outcome",
        ],
    ),
    "a campaign that was to be decided": (
        campaign("back", decide_by="2026-11-21"),
        ["campaigns/back.yaml:4:12 G09 campaign 'back' was to be decided by 2026-11-21"],
    ),
    "retired without a word": (
        component("story/away", status="retired"),
        ["components/story/away.md:3:9 G10 story/away is retired and says nothing learnt"],
    ),
    "an owner that cannot be read is told once": (
        settings(owner="5"),
        ["assembler.yaml:2:8 R02 expected text, got the number 5"],
    ),
    "a date that cannot be read is told once": (
        campaign("back", decide_by="2027-06-31"),
        ["campaigns/back.yaml:4:12 R02 2027-06-31 is not a day of the calendar"],
    ),
    "terms that cannot be read are told once, and not by G05": (
        component("offer/tea", terms=["one", "two"]),
        ["components/offer/tea.md:5:8 R02 expected text, got a list"],
    ),
    "a reason of its own": (
        campaign("back", hypothesis=None) | component("story/away", hypothesis="news draws them"),
        ["campaigns/back.yaml:1:1 G02 campaign 'back' has no hypothesis"],
    ),
}

NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "a component may have an owner of its own": ("G01", component("story/away", owner="a@sample.example")),
    "a component may have a reason of its own": ("G02", component("story/away", hypothesis="news draws them")),
    "a component has no review but that of its campaign": ("G03", component("story/new")),
    "a review in 31 days": ("G04", campaign("back", review_by="2026-12-23")),
    "a signal that gets old": ("G07", settings(signals={"taste": {"consent": "marketing", "max_age": "1d"}})),
    "expires in fifteen days": ("G06", component("offer/tea", valid_until="2026-12-07")),
    "decided today": ("G09", campaign("back", decide_by="2026-11-22")),
    "retired with a word": ("G10", component("story/away", status="retired", learnt="news is no reason")),
    "a draft may be undated": ("G05", component("story/away", "Much is new until 5 March.", status="draft")),
    "a day, and an end": ("G05", component("story/away", "Much is new until 5 March.", valid_until="2027-03-05")),
}


@failing(CASES)
def test_a_fault_is_found_where_it_stands(code: str, files: Files, expected: list[str]) -> None:
    # What other families find is theirs to test.
    assert [finding for finding in findings(files) if finding.split()[1][0] in "RG"] == expected


@passing(NEAR_MISSES)
def test_a_near_miss_is_none(code: str, files: Files) -> None:
    assert not [finding for finding in findings(files) if finding.split()[1][0] in "RG"]


def test_g05_a_type_offer_has_terms() -> None:
    no_terms = component_type("offer", fields={"terms": None}) | component("offer/tea", terms=None)
    files = no_terms | translation("offer/tea", terms=None)
    assert findings(files, "G05") == ["components/offer/_type.yaml:4:3 G05 the type offer has no field 'terms'"]


def test_g06_the_day_is_that_of_the_projects_time_zone() -> None:
    last_day = component("offer/tea", valid_until="2026-07-01") | settings(timezone="Asia/Tokyo")
    assert "expires today" in findings(last_day, "G06", datetime(2026, 7, 1, 14, 59, tzinfo=UTC))[0]
    assert "expired on" in findings(last_day, "G06", datetime(2026, 7, 1, 15, 1, tzinfo=UTC))[0]


@pytest.mark.parametrize(
    "words",
    [
        "Ends 5 March", "on March 5th", "Nov. 30 only", "12 Dec", "until 1st of May", "le 12 mars", "dès le 1er août",
        "am 3. Oktober", "bis zum 31.12.", "3 de mayo", "31/12/2026", "12/24/2026", "24.12.26", "2026-12-24",
        "until Friday", "Sale ends on Sunday", "by Monday", "by the 10th", "bis Sonntag", "jusqu’à dimanche",
        "hasta el lunes", "ends 24/12", "until 1 May 2019", "since 1.3.27", "on 1.2.2027", "01.02.27",
    ],
    ids="G05 fails: {}".format,
)  # fmt: skip
def test_words_that_say_a_day(words: str) -> None:
    assert findings(component("story/away", f"It is {words}, you know"), "G05")


@pytest.mark.parametrize(
    "words",
    [
        "by Friday", "until tomorrow", "d'ici vendredi", "au plus tard lundi", "bis heute", "spätestens am Montag",
        "entro sabato", "uiterlijk vrijdag", "até sexta-feira", "senast på fredag", "do piątku", "金曜日まで",
        "周五之前", "금요일까지", "perjantaihin mennessä", "cumaya kadar",
    ],
    ids="G05 warns: {}".format,
)  # fmt: skip
def test_a_day_of_any_week_is_a_warning(words: str) -> None:
    [finding] = [one for one in diagnostics(component("story/away", f"It is {words}, you know")) if one.code == "G05"]
    assert finding.severity == "warning"


def test_g05_a_date_comes_before_the_day_of_a_week() -> None:
    [finding] = [
        one
        for one in diagnostics(component("story/away", "By Friday, or until 5 March, you know"))
        if one.code == "G05"
    ]
    assert (finding.severity, finding.message) == (
        "error",
        "story/away names a day, 5 March, and has no valid_until",
    )


@pytest.mark.parametrize(
    "words",
    [
        "March 12 miles a day", "you may 2 times", "24/7 help", "1/2 price", "since 3 May 1987",
        "on 2019-05-01 it began",
        "Monday until Friday", "in March 2020", "10 march home", "by bus", "60 days to try", "cut by 1/3", "at 12.5.",
        "May we help 5 people", "the 1st choice", "[news](https://www.sample.example/2026-12-01/a)", "12 marvels",
        "2.5", "v1.2.3", "1.2.30", "version 10.4.26", "iOS 17.4.2027", "until 2.5.1", "2.5 May", "at 10.1.12.5",
        "what we do Monday", "by today's rules",
    ],
    ids="G05 passes: {}".format,
)  # fmt: skip
def test_words_that_say_no_day(words: str) -> None:
    assert not findings(component("story/away", f"It is {words}, you know"), "G05")
