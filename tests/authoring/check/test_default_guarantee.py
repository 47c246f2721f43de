"""The default guarantee: D01-D08."""

from __future__ import annotations

import pytest

from tests.authoring.check.cases import Edit, found

PLAIN = "components/title/plain.md"
ASIDE = "components/title/aside.md"
STORY = "templates/email/components/story.html.j2"
SUBJECT = "templates/email/components/title.subject.j2"
WHOSE = "title/plain, the default of 'title' in back,"


def tagged(line: str, address: str = "title/plain") -> dict[str, Edit]:
    """The edit that adds a line of front matter to a component."""
    return {f"components/{address}.md": ("campaigns: [back]", f"campaigns: [back]\n{line}")}


CASES: dict[str, tuple[dict[str, Edit], list[str]]] = {
    "a slot says nothing about its default": (
        {"campaigns/back.yaml": ("{type: offer, default: empty}", "{type: offer}")},
        ["campaigns/back.yaml:10:3 D01 slot 'offer' has no default"],
    ),
    "a default for a segment": (tagged("segments: [sweet_tooth]"), [f"{PLAIN}:3:1 D02 {WHOSE} has segments"]),
    "a default for a stage": (tagged("stages: [away]"), [f"{PLAIN}:3:1 D02 {WHOSE} has stages"]),
    "a default that needs a field": (tagged("needs: [first_name]"), [f"{PLAIN}:3:1 D02 {WHOSE} has needs"]),
    "a default under test": (tagged("test: {id: warmth, share: 50%}"), [f"{PLAIN}:3:1 D02 {WHOSE} has test"]),
    "a default of another campaign": (
        {PLAIN: ("[back]", "[start]")},
        [f"campaigns/back.yaml:11:33 D02 {WHOSE} does not name this campaign"],
    ),
    "a constant slot's default is a default": (
        tagged("stages: [away]", "title/aside"),
        [f"{ASIDE}:3:1 D02 title/aside, the default of 'aside' in back, has stages"],
    ),
    "a default that begins": (tagged("valid_from: 2020-01-01"), [f"{PLAIN}:3:1 D03 {WHOSE} has valid_from"]),
    "a default that ends, however late": (
        tagged("valid_until: 2099-01-01"),
        [f"{PLAIN}:3:1 D03 {WHOSE} has valid_until"],
    ),
    "a default in draft": (tagged("status: draft"), [f"{PLAIN}:3:9 D04 {WHOSE} is draft, not ready"]),
    "a retired default": (
        tagged("status: retired\nlearnt: a name helps"),
        [f"{PLAIN}:3:9 D04 {WHOSE} is retired, not ready"],
    ),
    "a default in one language": (
        {"components/title/aside.fr.md": None},
        ["campaigns/back.yaml:13:33 D05 title/aside, the default of 'aside' in back, is not translated into fr, fr-CA"],
    ),
    "a default for one channel of two": (
        tagged("channels: [page]"),
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
    "a part that says something besides": (
        {SUBJECT: "{# #}", "templates/email/note.subject.j2": 'A note {{ slot("title") }}'},
        [],
    ),
    "a preheader may be blank": ({"templates/email/components/title.preheader.j2": "{# #}"}, []),
    "a rendition in which one part says something": (
        {STORY: "<p></p>"},
        [],
    ),
    "a rendition that is a picture": (
        {
            STORY: '<p><img src="{{ picture.url_2x }}" alt=""></p>',
            STORY.replace(".html", ".text"): "",
        },
        [],
    ),
    "a default that requires": (tagged("requires: [offer/tea]"), [f"{PLAIN}:3:1 D07 {WHOSE} has requires"]),
    "a default that excludes": (tagged("excludes: [offer/tea]"), [f"{PLAIN}:3:1 D07 {WHOSE} has excludes"]),
    "an excluded default": (
        tagged("excludes: [offer/tea, title/plain]", "story/away"),
        ["components/story/away.md:3:23 D07 story/away excludes title/plain, the default of 'title' in back"],
    ),
    "a default of two slots": (
        {"campaigns/start.yaml": ("title/first_aside", "title/first")},
        ["campaigns/start.yaml:12:33 D07 title/first is the default of two slots of start: title and aside"],
    ),
    "a default poorer than most": (
        tagged("kicker: For salt", "title/test_a") | tagged("kicker: For salt", "title/test_b"),
        [f"campaigns/back.yaml:11:33 D08 {WHOSE} has no kicker, which 3 of 4 targeted components have"],
    ),
    # Near misses
    "empty tags are no tags": (tagged("needs: []\nrequires: []\nexcludes: []"), []),
    "a translation that cannot be read is told once": (
        {"components/title/aside.fr.md": "---\nkicker: 'for\n---\nOuvert\n"},
        ["components/title/aside.fr.md:2:9 R01 a quoted text that never ends"],
    ),
    "fr serves fr-CA": ({"components/title/plain.fr-CA.md": None}, []),
    "all its channels": (tagged("channels: [page, email]"), []),
    "excluded by a draft": (tagged("status: draft\nexcludes: [title/plain]", "story/away"), []),
    "one default in two campaigns": (
        {
            "campaigns/start.yaml": ("title/first_aside", "title/aside"),
            ASIDE: ("[back]", "[back, start]"),
            "components/title/first_aside.md": None,
            "components/title/first_aside.fr.md": None,
        },
        [],
    ),
    "no poorer than half of them": (tagged("kicker: For salt", "title/test_a"), []),
    "a slot that may be empty": ({"campaigns/start.yaml": ("title/first_aside", "empty")}, []),
    "an unknown default is told once": (
        {"campaigns/start.yaml": ("title/first_aside", "title/fist_aside")},
        ["campaigns/start.yaml:12:33 R03 no component 'title/fist_aside'"],
    ),
}


@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_default_guarantee(edits: dict[str, Edit], expected: list[str]) -> None:
    # What other families find is theirs to test.
    assert [each for each in found(edits) if each.split()[1][0] in "RD"] == expected
