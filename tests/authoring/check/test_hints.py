"""A hint that says what to write, followed to the letter, ends its finding."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.authoring.builders import Files, campaign, component, component_type, mail, rendition, settings, strings
from tests.authoring.check.cases import diagnostics
from tests.authoring.check.image_size_cases import LOGO, SHOP, noise

# A mistake, and what the hint says to write: in the place of which part of it.
WRITE: list[tuple[str, str, Callable[[str], Files]]] = [
    *(
        (wrong, right, lambda text: settings(timezone=text))
        for wrong, right in [
            ("BST", "Europe/London"),
            ("CEST", "Europe/Berlin"),
            ("PST", "America/Los_Angeles"),
            ("London", "Europe/London"),
            ("EDT", "America/New_York"),
            ("europe/london", "Europe/London"),
            ("New York", "America/New_York"),
            ("Europe/Londn", "Europe/London"),
        ]
    ),
    *(
        (wrong, right, lambda text: campaign("back", holdout={"share": text}))
        for wrong, right in [
            ("0.05", "5%"),
            ("5", "5%"),
            ('"5"', "5%"),
            ("5 %", "5%"),
            ("0.5", "50%"),
            ("50 percent", "50%"),
            ("“5%”", "5%"),
            ("12.344%", "12.34%"),
            ("0", "0%"),
            ("0.125", "12.5%"),
        ]
    ),
    *(
        (wrong, right, lambda text: settings(signals={"months_away": {"max_age": text}}))
        for wrong, right in [
            ("30", "30d"),
            ("30 days", "30d"),
            ("1 month", "30d"),
            ("2 weeks", "2w"),
            ("1y", "365d"),
            ("24 hours", "1d"),
            ("90 min", "90m"),
            ("P30D", "30d"),
            ("P3M", "90d"),
            ("PT3M", "3m"),
            ("never", "none"),
            ("0d", "none"),
            ("1.5d", "36h"),
            ("“35d”", "35d"),
            ("3 Tage", "3d"),
            ("forever", "none"),
            ("2 jours", "2d"),
            ("1 mois", "30d"),
        ]
    ),
    *(
        (wrong, right, lambda text: campaign("back", decide_by=text))
        for wrong, right in [
            ("13/02/2027", "2027-02-13"),
            ("1 Feb 2027", "2027-02-01"),
            ("1.2.2027", "2027-02-01"),
            ("2027/2/1", "2027-02-01"),
            ("20270201", "2027-02-01"),
            ("February 1, 2027", "2027-02-01"),
            ("2027-02-30", "2027-02-28"),
            ("2027-02-01T09:00", "2027-02-01"),
            ("1er février 2027", "2027-02-01"),
            ("Feb 2027", "2027-02-01"),
            ("2027-02", "2027-02-01"),
        ]
    ),
    *(
        (wrong, right, lambda text: settings(signals={"months_away": {"range": text}}))
        for wrong, right in [
            ("0-600", "[0, 600]"),
            ("0..600", "[0, 600]"),
            ("0 to 600", "[0, 600]"),
            ("[0-600]", "[0, 600]"),
            ("{min: 0, max: 600}", "[0, 600]"),
            ('["0", "600"]', "[0, 600]"),
            ("[0; 600]", "[0, 600]"),
        ]
    ),
    *(
        (wrong, right, lambda text: settings(locales=f"[en, {text}, fr-CA]"))
        for wrong, right in [
            ("FR", "fr"),
            ("french", "fr"),
            ("Français", "fr"),
        ]
    ),
    ("fr_CA", "fr-CA", lambda text: settings(locales=f"[en, fr, {text}]")),
    ("en, fr, fr-CA", "[en, fr, fr-CA]", lambda text: settings(locales=text)),
    ("sweet_tooth", "[sweet_tooth]", lambda text: component("title/sweet", segments=text)),
    ("back", "[back]", lambda text: component("title/sweet", campaigns=text)),
    ("Everyone", "all", lambda text: component("title/sweet", campaigns=text)),
    *(
        (wrong, right, lambda text: component("title/sweet", status=text))
        for wrong, right in [
            ("Ready", "ready"),
            ("live", "ready"),
            ("published", "ready"),
            ("wip", "draft"),
        ]
    ),
    ("enum", "choice", lambda text: settings(signals={"taste": {"kind": text}})),
    ("page", "web", lambda text: settings(channels={"page": {"envelope": text}})),
    ("True", "true", lambda text: campaign("back", slots={"aside": {"constant": text}})),
    ('"yes"', "true", lambda text: campaign("back", slots={"aside": {"constant": text}})),
    ("60 characters", "60", lambda text: component_type("title", max_length=text)),
    ("assets/shop.png", "{file: shop.png, alt: what it shows}", lambda text: component("story/plain", picture=text)),
    *(
        (wrong, right, lambda text: component("story/plain", picture=f"{{file: {text}, alt: x}}"))
        for wrong, right in [
            ("/img/shop.png", "shop.png"),
            ("/shop.png", "shop.png"),
            ("../assets/shop.png", "shop.png"),
        ]
    ),
    ("[title/plain]", "title/plain", lambda text: campaign("back", slots={"title": {"default": text}})),
    *(
        (wrong, right, lambda text: component("title/sweet", kicker=text.removeprefix("kicker: ")))
        for wrong, right in [
            ("kicker: 100", 'kicker: "100"'),
            ("kicker: 1.50", 'kicker: "1.50"'),
            ("kicker: [New] in", 'kicker: "[New] in"'),
            ("kicker: *New*", 'kicker: "*New*"'),
            ("kicker: - 20 %", 'kicker: "- 20 %"'),
            ("kicker: Our #1 shop", 'kicker: "Our #1 shop"'),
        ]
    ),
    ("leave: Leave, please", 'leave: "Leave, please"', lambda text: strings(en=f"{{{text}}}")),
    (
        "[a b] (https://www.sample.example/a)",
        "[a b](https://www.sample.example/a)",
        lambda text: component("story/away", f"See {text}"),
    ),
    ("1987.", "1987\\.", lambda text: component("story/away", f"{text} That was")),
    ("**「重要」**", "「**重要**」", lambda text: component("story/away", f"これは{text}です")),
    ("cafÃ©", "café", lambda text: component("story/away", f"the {text}")),
    *(
        (wrong, right, lambda text: component("story/away", f"Hi {text}"))
        for wrong, right in [
            ("{{ contact.firstname }}", '{{ first_name | default: "friend" }}'),
            ("{{ first_name or 'you' }}", '{{ first_name | default: "you" }}'),
            ("{first_name}", '{{ first_name | default: "friend" }}'),
            ("{{ First Name | fallback: “you” }}", '{{ first_name | default: "you" }}'),
        ]
    ),
    *(
        (
            wrong,
            '<title>{{ slot("title", part="subject") }}</title>',
            lambda text: mail(title=text.removeprefix("<title>").removesuffix("</title>")),
        )
        for wrong in ("<title></title>", '<title>News: {{ slot("title", part="subject") }}</title>')
    ),
    ("taste == null", "not known(taste)", lambda text: settings(segments={"sweet_tooth": {"when": text}})),
    (
        "taste == “sweet” && months_away <> 3",
        'taste == "sweet" and months_away != 3',
        lambda text: settings(segments={"sweet_tooth": {"when": text}}),
    ),
]


@pytest.mark.parametrize(("wrong", "right", "written"), WRITE, ids=[f"{wrong} -> {right}" for wrong, right, _ in WRITE])
def test_what_a_hint_says_to_write_ends_the_finding(wrong: str, right: str, written: Callable[[str], Files]) -> None:
    files = written(wrong)
    (finding,) = (finding for finding in diagnostics(files) if f"write {right}" in (finding.hint or ""))
    assert re.search(rf"write {re.escape(right)}($|[,:;]| where| in the)", str(finding.hint))
    mended = diagnostics(written(right))
    assert (finding.code, finding.message) not in {(left.code, left.message) for left in mended if left.path in files}


# A mistake, the code of its finding, and its hint.
SAY: list[tuple[Files, str, str]] = [
    (settings(timezone="GMT+1"), "R02", "write a place, such as Europe/London: it knows when its clocks change"),
    (campaign("back", holdout={"share": "1"}), "R02", "write 1%, or 100% for everybody"),
    (campaign("back", holdout={"share": "half"}), "R02", "write a number and %, such as 5%"),
    (settings(signals={"months_away": {"max_age": "old"}}), "R02", "write a whole number and d, such as 35d"),
    (campaign("back", decide_by="01/02/2027"), "R02", "write 2027-02-01, or 2027-01-02"),
    (campaign("back", decide_by="soon"), "R02", "write year, month and day, such as 2027-02-01"),
    (component("title/sweet", segments="all"), "R02", "leave segments out: without it, everyone gets it"),
    (component("title/sweet", segments="[everyone]"), "R03", "leave segments out: without it, everyone gets it"),
    (component("title/sweet", campaigns="[all]"), "R03", "write `campaigns: all`, without brackets"),
    (component("title/sweet", segments=None, segment="[sweet_tooth]"), "R02", "did you mean segments?"),
    (component("title/sweet", segments=None, Segments="[sweet_tooth]"), "R02", "did you mean segments?"),
    (component("title/sweet", segments=None, body="Hello"), "R02", "the body stands below the closing ---"),
    (component("story/plain", picture="{src: shop.png, alt: x}"), "R02", "did you mean file?"),
    (component("story/plain", picture="{file: assets/shop.png, alt: x}"), "A01", "did you mean shop.png?"),
    (component("story/plain", picture="{file: ./shop.png, alt: x}"), "A01", "did you mean shop.png?"),
    (component("story/plain", picture="{file: SHOP.PNG, alt: x}"), "A01", "did you mean shop.png?"),
    (
        component("story/plain", picture="{file: shop.png, alt: A walker, above}"),
        "R02",
        'a comma ends the value before it: write alt: "A walker, above"',
    ),
    (
        rendition("email/title.html", body="<b>{{#vip}}{{ body }}</b>"),
        "R01",
        "a template is Jinja: write {% if kicker %} ... {% endif %}",
    ),
    (
        rendition("email/title.html", body="<b>{{ first_name }}</b>"),
        "R03",
        'write {{ field("first_name", default="words") }}',
    ),
    (
        rendition("email/title.html", body="<b>{{ body | upper }}</b>"),
        "S03",
        "use `| plain`, or CSS (text-transform) for capitals",
    ),
    (
        rendition("email/title.html", body='<b>{{ kicker | default: "x" }}</b>'),
        "R01",
        'write {{ field("first_name", default="words") }}; for a field of the component, | default("words")',
    ),
    (campaign("back", slots={"title": {"default": "none"}}), "R03", "write empty, where the slot may hold nothing"),
    (
        component("story/away", "{{#vip}}Hi{{/vip}}"),
        "C02",
        "copy has no logic: write a component for each case, tagged for it; "
        'a merge field is written {{ first_name | default: "friend" }}',
    ),
    (mail() | {LOGO: noise(400, 400), SHOP: noise(400, 300)}, "A03", "the heaviest: story/plain"),
    (
        {LOGO: noise(600, 500)} | mail() | component("story/plain", picture=None),
        "A03",
        "the heaviest: those of the layout",
    ),
    (
        component("story/away", requires=["offer/tea"]) | component("offer/tea", status="draft"),
        "T08",
        "offer/tea is draft",
    ),
    (component("story/away", "Hi {# note #}"), "C02", "take it away: copy has no comments"),
    (
        component("story/away", "Hi *|FNAME|*"),
        "C03",
        'write {{ first_name | default: "friend" }}, or what should stand there',
    ),
    (
        strings(en="{leave: 'Leave {{ first_name }}'}"),
        "C02",
        'write {{ field("first_name", default="friend") }} in the template, beside the string',
    ),
]


@pytest.mark.parametrize(("files", "code", "hint"), SAY, ids=[f"{code} fails: {hint[:60]}" for _, code, hint in SAY])
def test_a_hint_says_what_was_meant(files: Files, code: str, hint: str) -> None:
    findings = (finding for finding in diagnostics(files) if finding.code == code and finding.path in files)
    assert hint in [finding.hint for finding in findings]


@pytest.mark.parametrize(
    "files",
    [
        settings(
            signals={name: {"review_by": "01/06/2027"} for name in ("months_away", "taste")},
            segments={name: {"review_by": "01/06/2027"} for name in ("sweet_tooth", "salty_tooth")},
        ),
        campaign("back", slots={"title": {"default": "[title/plain]"}}),
        settings(locales="en, fr, fr-CA"),
    ],
    ids=["dates", "a default", "locales"],
)
def test_r02_what_cannot_be_read_is_not_said_to_be_missing(files: Files) -> None:
    assert {finding.code for finding in diagnostics(files)} == {"R02"}
