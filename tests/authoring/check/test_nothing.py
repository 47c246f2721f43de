"""What is empty is an error at its place: nothing is shipped in its stead."""

from __future__ import annotations

import pytest

from tests.authoring.check.cases import Edit, found

SETTINGS, START = "assembler.yaml", "campaigns/start.yaml"
HERE_FR = "components/title/here.fr.md"
NO_FRENCH = f"{HERE_FR}:1:1 C07 the translation of title/here into fr has none of its words"
KICKER = "---\nkicker: 'Ici, {{ first_name | default: \"vous\" }}'\n---\n"
SLOTS = """slots:
  offer: {type: offer, default: empty}
  title: {type: title, default: title/first}
  story: {type: story, default: story/first, constant: true}
  aside: {type: title, default: title/first_aside}
"""
BLANK = "R02 a text that is blank"


def in_notes(text: str) -> dict[str, Edit]:
    """A channel `sms` with this template, to which the campaign goes too."""
    return {
        SETTINGS: ("  page: {envelope: web}", "  page: {envelope: web}\n  sms: {envelope: none}"),
        START: ("{page: board}", "{page: board, sms: note}"),
        "templates/sms/note.text.j2": text,
        "templates/sms/components/offer.text.j2": "{{ body }}: {{ terms }} {{ ends }}\n",
    }


def in_british(text: str) -> dict[str, Edit]:
    """The sample also in British English, in which the default language is understood."""
    return {SETTINGS: ("[en, fr, fr-CA]", "[en, fr, fr-CA, en-GB]"), "components/title/here.en-GB.md": text}


@pytest.mark.parametrize(
    ("edits", "code", "expected"),
    [
        ({START: ("{page: board}", "{}")}, "R02", [f"{START}:7:11 R02 a campaign without channels"]),
        ({START: (SLOTS, "slots: {}\n")}, "R02", [f"{START}:8:8 R02 a campaign without slots"]),
        (
            in_notes("Hello there\n"),
            "R08",
            [f"{START}:7:30 R08 the layout note calls no slot, so sms shows nothing of start"],
        ),
        (in_notes(""), "R08", [f"{START}:7:30 R08 the layout note calls no slot, so sms shows nothing of start"]),
        (in_notes('{{ slot("title") }}\n'), "R08", []),
        (
            in_notes('{{ slot("offer") }}\n'),
            "C07",
            ["templates/sms/note.text.j2:1:1 C07 the default variant of start is blank in sms"],
        ),
        (in_notes('News: {{ slot("offer") }}\n'), "C07", []),
        (in_notes('{{ slot("offer") }}\n{{ slot("title") }}\n'), "C07", []),
        ({HERE_FR: ""}, "C07", [NO_FRENCH]),
        ({HERE_FR: "---\n---\n\n"}, "C07", [NO_FRENCH]),
        ({HERE_FR: "---\nkicker: Ici\n---\n"}, "C07", [
            NO_FRENCH
        ]),
        ({"components/title/plain.fr-CA.md": ""}, "C07", []),
        ({"components/title/sweet.fr.md": KICKER}, "C07", []),
        (in_british(""), "C07", []),
        ({START: ("event: purchase", 'event: " "')}, "G09", [
            f"{START}:3:18 G09 the outcome of campaign 'start' names no event"
        ]),
        ({SETTINGS: ("[sweet, salty]", '[sweet, salty, "", " "]')}, "R02", [
            f"{SETTINGS}:26:28 {BLANK}", f"{SETTINGS}:26:32 {BLANK}"
        ]),
        ({SETTINGS: ("salt: 2026q4", 'salt: "\\u200b"')}, "R02", [f"{SETTINGS}:50:28 {BLANK}"]),
        ({SETTINGS: ("policy: {", 'policy: {review: {roles: [""]}, ')}, "R02", [f"{SETTINGS}:51:27 {BLANK}"]),
        ({SETTINGS: ("[en, fr, fr-CA]", "[]")}, "R02", [f"{SETTINGS}:4:10 R02 there is none of them"]),
    ],
)  # fmt: skip
def test_it_is_told_where_it_stands(edits: dict[str, Edit], code: str, expected: list[str]) -> None:
    assert found(edits, code) == expected
