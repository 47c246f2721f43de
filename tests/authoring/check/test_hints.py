"""A hint that says what to write, followed to the letter, ends its finding."""

from __future__ import annotations

import re

import pytest

from tests.authoring.check.cases import diagnostics

SETTINGS, BACK = "assembler.yaml", "campaigns/back.yaml"
SWEET, PLAIN, AWAY = "components/title/sweet.md", "components/story/plain.md", "components/story/away.md"
STRINGS, TITLE = "templates/strings.yaml", "templates/email/components/title.html.j2"

ZONE, SHARE, AGE = "timezone: Europe/London", "share: 10%", "max_age: 35d"
DAY, RANGE, LOCALES = "decide_by: 2027-06-30", "range: [0, 600]", "locales: [en, fr, fr-CA]"
SEGMENTS, CAMPAIGNS = "segments: [sweet_tooth]", "campaigns: [back]"
PICTURE = "picture: {file: shop.png, alt: 'The shop, {{ first_name | default: \"you\" }}'}"
KICKER = "kicker: 'For {{ first_name | default: \"you\" }}'"
STORY, RULE, DEFAULT = "Much is **new**.", 'when: taste == "sweet"', "default: title/plain}"

# File, what stands there, the mistake, and what the hint says to write: in the place of which part of the mistake.
WRITE: list[tuple[str, str, str, str, str]] = [
    *(
        (SETTINGS, ZONE, f"timezone: {wrong}", wrong, right)
        for wrong, right in [
            ("BST", "Europe/London"), ("CEST", "Europe/Berlin"), ("PST", "America/Los_Angeles"),
            ("London", "Europe/London"),
            ("EDT", "America/New_York"), ("europe/london", "Europe/London"), ("New York", "America/New_York"),
            ("Europe/Londn", "Europe/London"),
        ]
    ),
    *(
        (BACK, SHARE, f"share: {wrong}", wrong, right)
        for wrong, right in [
            ("0.05", "5%"), ("5", "5%"), ('"5"', "5%"), ("5 %", "5%"), ("0.5", "50%"), ("50 percent", "50%"),
            ("“5%”", "5%"),
            ("12.344%", "12.34%"), ("0", "0%"), ("0.125", "12.5%"),
        ]
    ),
    *(
        (SETTINGS, AGE, f"max_age: {wrong}", wrong, right)
        for wrong, right in [
            ("30", "30d"), ("30 days", "30d"), ("1 month", "30d"), ("2 weeks", "2w"), ("1y", "365d"),
            ("24 hours", "1d"),
            ("90 min", "90m"), ("P30D", "30d"), ("P3M", "90d"), ("PT3M", "3m"),
            ("never", "none"), ("0d", "none"), ("1.5d", "36h"), ("“35d”", "35d"),
            ("3 Tage", "3d"), ("forever", "none"), ("2 jours", "2d"), ("1 mois", "30d"),
        ]
    ),
    *(
        (BACK, DAY, f"decide_by: {wrong}", wrong, right)
        for wrong, right in [
            ("13/02/2027", "2027-02-13"), ("1 Feb 2027", "2027-02-01"), ("1.2.2027", "2027-02-01"),
            ("2027/2/1", "2027-02-01"),
            ("20270201", "2027-02-01"), ("February 1, 2027", "2027-02-01"), ("2027-02-30", "2027-02-28"),
            ("2027-02-01T09:00", "2027-02-01"), ("1er février 2027", "2027-02-01"), ("Feb 2027", "2027-02-01"),
            ("2027-02", "2027-02-01"),
        ]
    ),
    *(
        (SETTINGS, RANGE, f"range: {wrong}", wrong, "[0, 600]")
        for wrong in ["0-600", "0..600", "0 to 600", "[0-600]", "{min: 0, max: 600}", '["0", "600"]', "[0; 600]"]
    ),
    *(
        (SETTINGS, LOCALES, f"locales: [en, {wrong}, fr-CA]", wrong, "fr")
        for wrong in ["FR", "french", "Français"]
    ),
    (SETTINGS, LOCALES, "locales: [en, fr, fr_CA]", "fr_CA", "fr-CA"),
    (SETTINGS, LOCALES, "locales: en, fr, fr-CA", "en, fr, fr-CA", "[en, fr, fr-CA]"),
    (SWEET, SEGMENTS, "segments: sweet_tooth", "sweet_tooth", "[sweet_tooth]"),
    (SWEET, CAMPAIGNS, "campaigns: back", "back", "[back]"),
    (SWEET, CAMPAIGNS, "campaigns: Everyone", "Everyone", "all"),
    *(
        (SWEET, CAMPAIGNS, f"{CAMPAIGNS}\nstatus: {wrong}", wrong, right)
        for wrong, right in [("Ready", "ready"), ("live", "ready"), ("published", "ready"), ("wip", "draft")]
    ),
    (SETTINGS, "kind: choice", "kind: enum", "enum", "choice"),
    (SETTINGS, "envelope: web", "envelope: page", "page", "web"),
    (BACK, "constant: true", "constant: True", "True", "true"),
    (BACK, "constant: true", 'constant: "yes"', '"yes"', "true"),
    ("components/title/_type.yaml", "max_length: 60", "max_length: 60 characters", "60 characters", "60"),
    (PLAIN, PICTURE, "picture: assets/shop.png", "assets/shop.png", "{file: shop.png, alt: what it shows}"),
    *(
        (PLAIN, PICTURE, f"picture: {{file: {wrong}, alt: x}}", wrong, "shop.png")
        for wrong in ["/img/shop.png", "/shop.png", "../assets/shop.png"]
    ),
    (BACK, DEFAULT, "default: [title/plain]}", "[title/plain]", "title/plain"),
    (SWEET, KICKER, "kicker: 100", "kicker: 100", 'kicker: "100"'),
    (SWEET, KICKER, "kicker: 1.50", "kicker: 1.50", 'kicker: "1.50"'),
    (SWEET, KICKER, "kicker: [New] in", "kicker: [New] in", 'kicker: "[New] in"'),
    (SWEET, KICKER, "kicker: *New*", "kicker: *New*", 'kicker: "*New*"'),
    (SWEET, KICKER, "kicker: - 20 %", "kicker: - 20 %", 'kicker: "- 20 %"'),
    (SWEET, KICKER, "kicker: Our #1 shop", "kicker: Our #1 shop", 'kicker: "Our #1 shop"'),
    (STRINGS, "{leave: Leave}", "{leave: Leave, please}", "leave: Leave, please", 'leave: "Leave, please"'),
    (AWAY, STORY, "See [a b] (https://www.sample.example/a)", "[a b] (https://www.sample.example/a)",
     "[a b](https://www.sample.example/a)"),
    (AWAY, STORY, "1987. That was", "1987.", "1987\\."),
    (AWAY, STORY, "これは**「重要」**です", "**「重要」**", "「**重要**」"),
    (AWAY, STORY, "the cafÃ©", "cafÃ©", "café"),
    (AWAY, STORY, "Hi {{ contact.firstname }}", "{{ contact.firstname }}", '{{ first_name | default: "words" }}'),
    (AWAY, STORY, "Hi {{ first_name or 'you' }}", "{{ first_name or 'you' }}", '{{ first_name | default: "you" }}'),
    (AWAY, STORY, "Hi {first_name}", "{first_name}", '{{ first_name | default: "words" }}'),
    (AWAY, STORY, "Hi {{ First Name | fallback: “you” }}", "{{ First Name | fallback: “you” }}",
     '{{ first_name | default: "you" }}'),
    (SETTINGS, RULE, "when: taste == null", "taste == null", "not known(taste)"),
    (SETTINGS, RULE, "when: taste == “sweet” && months_away <> 3", "taste == “sweet” && months_away <> 3",
     'taste == "sweet" and months_away != 3'),
]  # fmt: skip


def _identity(case: tuple[str, str, str, str, str]) -> str:
    return case[2].replace("\n", " ")


@pytest.mark.parametrize(("path", "old", "wrong", "part", "right"), WRITE, ids=map(_identity, WRITE))
def test_what_a_hint_says_to_write_ends_the_finding(path: str, old: str, wrong: str, part: str, right: str) -> None:
    (finding,) = (each for each in diagnostics({path: (old, wrong)}) if f"write {right}" in (each.hint or ""))
    assert re.search(rf"write {re.escape(right)}($|[,:;]| where| in the)", str(finding.hint))
    mended = diagnostics({path: (old, wrong.replace(part, right))})
    assert (finding.code, finding.message) not in {(each.code, each.message) for each in mended if each.path == path}


# A mistake, the code of its finding, and its hint.
SAY: list[tuple[str, str, str, str, str]] = [
    (SETTINGS, ZONE, "timezone: GMT+1", "R02", "write a place, such as Europe/London: it knows when its clocks change"),
    (BACK, SHARE, "share: 1", "R02", "write 1%, or 100% for everybody"),
    (BACK, SHARE, "share: half", "R02", "write a number and %, such as 5%"),
    (SETTINGS, AGE, "max_age: old", "R02", "write a whole number and d, such as 35d"),
    (BACK, DAY, "decide_by: 01/02/2027", "R02", "write 2027-02-01, or 2027-01-02"),
    (BACK, DAY, "decide_by: soon", "R02", "write year, month and day, such as 2027-02-01"),
    (SWEET, SEGMENTS, "segments: all", "R02", "leave segments out: without it, everyone gets it"),
    (SWEET, SEGMENTS, "segments: [everyone]", "R03", "leave segments out: without it, everyone gets it"),
    (SWEET, CAMPAIGNS, "campaigns: [all]", "R03", "write `campaigns: all`, without brackets"),
    (SWEET, SEGMENTS, "segment: [sweet_tooth]", "R02", "did you mean segments?"),
    (SWEET, SEGMENTS, "Segments: [sweet_tooth]", "R02", "did you mean segments?"),
    (SWEET, SEGMENTS, "body: Hello", "R02", "the body stands below the closing ---"),
    (PLAIN, PICTURE, "picture: {src: shop.png, alt: x}", "R02", "did you mean file?"),
    (PLAIN, PICTURE, "picture: {file: assets/shop.png, alt: x}", "A01", "did you mean shop.png?"),
    (PLAIN, PICTURE, "picture: {file: ./shop.png, alt: x}", "A01", "did you mean shop.png?"),
    (PLAIN, PICTURE, "picture: {file: SHOP.PNG, alt: x}", "A01", "did you mean shop.png?"),
    (PLAIN, PICTURE, "picture: {file: shop.png, alt: A walker, above}", "R02",
     'a comma ends the value before it: write alt: "A walker, above"'),
    (TITLE, "<b>{{ body }}", "<b>{{#vip}}{{ body }}", "R01",
     "a template is Jinja: write {% if kicker %} ... {% endif %}"),
    (TITLE, "<b>{{ body }}", "<b>{{ first_name }}", "R03", 'write {{ field("first_name", default="words") }}'),
    (TITLE, "<b>{{ body }}", "<b>{{ body | upper }}", "S03", "use `| plain`, or CSS (text-transform) for capitals"),
    (TITLE, "<b>{{ body }}", '<b>{{ kicker | default: "x" }}', "R01",
     'write {{ field("first_name", default="words") }}; for a field of the component, | default("words")'),
    (BACK, DEFAULT, "default: none}", "R03", "write empty, where the slot may hold nothing"),
    (AWAY, STORY, "{{#vip}}Hi{{/vip}}", "C02",
     "copy has no logic: write a component for each case, tagged for it;"
     ' a merge field is written {{ first_name | default: "words" }}'),
    (AWAY, STORY, "Hi {# note #}", "C02", "take it away: copy has no comments"),
    (AWAY, STORY, "Hi *|FNAME|*", "C03",
     'write what should stand there, or remove it; a personal value is written {{ first_name | default: "words" }}'),
    (STRINGS, "{leave: Leave}", "{leave: 'Leave {{ first_name }}'}", "C02",
     'write {{ field("first_name", default="words") }} in the template, beside the string'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "wrong", "code", "hint"), SAY, ids=map(_identity, SAY))
def test_a_hint_says_what_was_meant(path: str, old: str, wrong: str, code: str, hint: str) -> None:
    assert hint in [each.hint for each in diagnostics({path: (old, wrong)}) if each.code == code and each.path == path]


@pytest.mark.parametrize(
    ("path", "old", "wrong", "codes"),
    [
        (SETTINGS, "review_by: 2027-06-01", "review_by: 01/06/2027", {"R02"}),
        (BACK, DEFAULT, "default: [title/plain]}", {"R02"}),
        (SETTINGS, LOCALES, "locales: en, fr, fr-CA", {"R02"}),
    ],
)
def test_what_cannot_be_read_is_not_said_to_be_missing(path: str, old: str, wrong: str, codes: set[str]) -> None:
    assert {each.code for each in diagnostics({path: (old, wrong)})} == codes
