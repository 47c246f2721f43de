"""The default guarantee: D01-D08."""

from __future__ import annotations

from tests.authoring.builders import Files, campaign, component, settings, without
from tests.authoring.check.cases import failing, findings, passing

PLAIN = "components/title/plain.md"
ASIDE = "components/title/aside.md"
STORY = "templates/email/components/story.html.j2"
SUBJECT = "templates/email/components/title.subject.j2"
WHOSE = "title/plain, the default of 'title' in back,"


CASES: dict[str, tuple[Files, list[str]]] = {
    "a slot says nothing about its default": (
        campaign("back", slots={"offer": {"default": None}}),
        ["campaigns/back.yaml:10:3 D01 slot 'offer' has no default"],
    ),
    "a default for a segment": (
        component("title/plain", segments=["sweet_tooth"]),
        [f"{PLAIN}:3:1 D02 {WHOSE} has segments"],
    ),
    "a default for a stage": (component("title/plain", stages=["away"]), [f"{PLAIN}:3:1 D02 {WHOSE} has stages"]),
    "a default that needs a field": (
        component("title/plain", needs=["first_name"]),
        [f"{PLAIN}:3:1 D02 {WHOSE} has needs"],
    ),
    "a default under test": (
        component("title/plain", test={"id": "warmth", "share": "50%"}),
        [f"{PLAIN}:3:1 D02 {WHOSE} has test"],
    ),
    "a default of another campaign": (
        component("title/plain", campaigns=["start"]),
        [f"campaigns/back.yaml:11:33 D02 {WHOSE} does not name this campaign"],
    ),
    "a constant slot's default is a default": (
        component("title/aside", stages=["away"]),
        [f"{ASIDE}:3:1 D02 title/aside, the default of 'aside' in back, has stages"],
    ),
    "a default that begins": (
        component("title/plain", valid_from="2020-01-01"),
        [f"{PLAIN}:3:1 D03 {WHOSE} has valid_from"],
    ),
    "a default that ends, however late": (
        component("title/plain", valid_until="2099-01-01"),
        [f"{PLAIN}:3:1 D03 {WHOSE} has valid_until"],
    ),
    "a default in draft": (component("title/plain", status="draft"), [f"{PLAIN}:3:9 D04 {WHOSE} is draft, not ready"]),
    "a retired default": (
        component("title/plain", status="retired", learnt="a name helps"),
        [f"{PLAIN}:3:9 D04 {WHOSE} is retired, not ready"],
    ),
    "a default in one language": (
        settings() | {"components/title/aside.fr.md": None},
        ["campaigns/back.yaml:13:33 D05 title/aside, the default of 'aside' in back, is not translated into fr, fr-CA"],
    ),
    "a default for one channel of two": (
        component("title/plain", channels=["page"]),
        [f"{PLAIN}:3:11 D06 {WHOSE} is not for the channel email"],
    ),
    "a rendition in which there is nothing": (
        {STORY: "<p></p><!-- words -->", STORY.replace(".html", ".text"): " \n"},
        [f"{STORY}:1:1 D06 nothing of any story is to be seen in email"],
    ),
    "a rendition in which there is nothing of one": (
        {
            STORY: "{% if picture %}{{ body }}{% endif %}",
            STORY.replace(".html", ".text"): "{% if picture %}x{% endif %}",
        },
        ["components/story/away.md:5:1 D06 nothing of story/away is to be seen in email"],
    ),
    "a part in which there is nothing of some": (
        {SUBJECT: "{% if kicker %}{{ kicker }}{% endif %}"},
        [
            f"{place} D06 nothing of {address} is to be seen in the subject of email"
            for place, address in (
                (f"{PLAIN}:5:1", "title/plain"),
                ("components/title/sweet_away.md:7:1", "title/sweet_away"),
                ("components/title/test_a.md:6:1", "title/test_a"),
                ("components/title/test_b.md:6:1", "title/test_b"),
            )
        ],
    ),
    "a part in which there is nothing at all": (
        {SUBJECT: "{# #}"},
        [f"{SUBJECT}:1:1 D06 nothing of any title is to be seen in the subject of email"],
    ),
    "a default that requires": (
        component("title/plain", requires=["offer/tea"]),
        [f"{PLAIN}:3:1 D07 {WHOSE} has requires"],
    ),
    "a default that excludes": (
        component("title/plain", excludes=["offer/tea"]),
        [f"{PLAIN}:3:1 D07 {WHOSE} has excludes"],
    ),
    "an excluded default": (
        component("story/away", excludes=["offer/tea", "title/plain"]),
        ["components/story/away.md:3:23 D07 story/away excludes title/plain, the default of 'title' in back"],
    ),
    "a default of two slots": (
        campaign("start", slots={"aside": {"default": "title/first"}}),
        ["campaigns/start.yaml:12:33 D07 title/first is the default of two slots of start: title and aside"],
    ),
    "a default poorer than most": (
        component("title/test_a", kicker="For salt") | component("title/test_b", kicker="For salt"),
        [f"campaigns/back.yaml:11:33 D08 {WHOSE} has no kicker, which 3 of 4 targeted components have"],
    ),
    "a translation that cannot be read is told once": (
        {"components/title/aside.fr.md": "---\nkicker: 'for\n---\nOuvert\n"},
        ["components/title/aside.fr.md:2:9 R01 a quoted text that never ends"],
    ),
    "an unknown default is told once": (
        campaign("start", slots={"aside": {"default": "title/fist_aside"}}),
        ["campaigns/start.yaml:12:33 R03 no component 'title/fist_aside'"],
    ),
}

NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "a part that says something besides": (
        "D06",
        {SUBJECT: "{# #}", "templates/email/note.subject.j2": 'A note {{ slot("title") }}'},
    ),
    "a preheader may be blank": ("D06", {"templates/email/components/title.preheader.j2": "{# #}"}),
    "a rendition in which one part says something": ("D06", {STORY: "<p></p>"}),
    "a rendition that is a picture": (
        "D06",
        {
            STORY: '<p><img src="{{ picture.url_2x }}" alt=""></p>',
            STORY.replace(".html", ".text"): "",
        },
    ),
    "empty tags are no tags": ("D02", component("title/plain", needs=[], requires=[], excludes=[])),
    "fr serves fr-CA": ("D05", {"components/title/plain.fr-CA.md": None}),
    "all its channels": ("D06", component("title/plain", channels=["page", "email"])),
    "excluded by a draft": ("D07", component("story/away", status="draft", excludes=["title/plain"])),
    "one default in two campaigns": (
        "D07",
        campaign("start", slots={"aside": {"default": "title/aside"}})
        | component("title/aside", campaigns=["back", "start"])
        | without("title/first_aside"),
    ),
    "a component that is no default may end": ("D03", component("story/away", valid_until="2027-05-01")),
    "a component that is no default may be a draft": ("D04", component("story/away", status="draft")),
    "no poorer than half of them": ("D08", component("title/test_a", kicker="For salt")),
    "a default has no day on which it ends": (
        "D08",
        campaign("back", slots={"offer": {"type": "offer", "default": "offer/house"}})
        | component("offer/house", terms="As long as we brew"),
    ),
    "a slot that may be empty": ("D01", campaign("start", slots={"aside": {"default": "empty"}})),
}


@failing(CASES)
def test_a_fault_is_found_where_it_stands(code: str, files: Files, expected: list[str]) -> None:
    # What other families find is theirs to test.
    assert [finding for finding in findings(files) if finding.split()[1][0] in "RD"] == expected


@passing(NEAR_MISSES)
def test_a_near_miss_is_none(code: str, files: Files) -> None:
    assert not [finding for finding in findings(files) if finding.split()[1][0] in "RD"]
