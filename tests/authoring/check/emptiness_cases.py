"""What is empty is an error at its place: nothing is shipped in its stead."""

from __future__ import annotations

from tests.authoring.builders import Files, campaign, settings, translation

SETTINGS, START = "assembler.yaml", "campaigns/start.yaml"
HERE_FR = "components/title/here.fr.md"
NO_FRENCH = f"{HERE_FR}:1:1 C07 the translation of title/here into fr has none of its words"
BLANK = "R02 a text that is blank"


def in_notes(text: str) -> Files:
    """A channel `sms` with this template, to which the campaign goes too."""
    return (
        settings(channels={"sms": {"envelope": "none"}})
        | campaign("start", channels={"sms": "note"})
        | {
            "templates/sms/note.text.j2": text,
            "templates/sms/components/offer.text.j2": "{{ body }}: {{ terms }} {{ ends }}\n",
        }
    )


def in_british(text: str) -> Files:
    """The project also in British English, in which the default language is understood."""
    return settings(locales=["en", "fr", "fr-CA", "en-GB"]) | {"components/title/here.en-GB.md": text}


CASES: list[tuple[Files, list[str]]] = [
    (campaign("start", channels={"page": None}), [f"{START}:7:11 R02 a campaign without channels"]),
    (campaign("start", slots="{}"), [f"{START}:8:8 R02 a campaign without slots"]),
    (in_notes("Hello there\n"), [f"{START}:7:30 R08 the layout note calls no slot, so sms shows nothing of start"]),
    (in_notes(""), [f"{START}:7:30 R08 the layout note calls no slot, so sms shows nothing of start"]),
    (
        in_notes('{{ slot("offer") }}\n'),
        ["templates/sms/note.text.j2:1:1 C07 the default variant of start is blank in sms"],
    ),
    ({HERE_FR: ""}, [NO_FRENCH]),
    ({HERE_FR: "---\n---\n\n"}, [NO_FRENCH]),
    (translation("title/here", "", kicker="Ici"), [NO_FRENCH]),
    (campaign("start", outcome={"event": '" "'}), [f"{START}:3:18 G09 the outcome of campaign 'start' names no event"]),
    (
        settings(signals={"taste": {"values": '[sweet, salty, "", " "]'}}),
        [f"{SETTINGS}:26:28 {BLANK}", f"{SETTINGS}:26:32 {BLANK}"],
    ),
    (settings(holdout={"salt": '"\\u200b"'}), [f"{SETTINGS}:50:28 {BLANK}"]),
    (settings(policy={"review": '{roles: [""]}'}), [f"{SETTINGS}:51:61 {BLANK}"]),
    (settings(locales=[]), [f"{SETTINGS}:4:10 R02 there is none of them"]),
    (
        {"campaigns/back.yaml": None, START: None},
        [f"{SETTINGS}:1:7 R11 the project has no campaign: there is nothing to send"],
    ),
]

NEAR_MISSES: list[tuple[str, Files]] = [
    ("R08", in_notes('{{ slot("title") }}\n')),
    ("R11", {"campaigns/back.yaml": None}),
    ("R11", {"campaigns/back.yaml": None, START: "owner: ["}),
    ("C07", in_notes('News: {{ slot("offer") }}\n')),
    ("C07", in_notes('{{ slot("offer") }}\n{{ slot("title") }}\n')),
    ("C07", {"components/title/plain.fr-CA.md": ""}),
    ("C07", translation("title/sweet", "", kicker="'Ici, {{ first_name | default: \"vous\" }}'")),
    ("C07", in_british("")),
]
