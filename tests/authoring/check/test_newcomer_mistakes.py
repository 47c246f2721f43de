"""What a newcomer reads after each of the most common mistakes."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring.diagnostics import Diagnostic
from assembler.cli.text.findings import render
from assembler.errors import ProjectError
from tests.authoring.builders import (
    MOMENT,
    Files,
    campaign,
    component,
    in_memory,
    mail,
    project,
    rendition,
    settings,
    translation,
)

SWEET, BACK, SETTINGS = "components/title/sweet.md", "campaigns/back.yaml", "assembler.yaml"
TEA, PLAIN, AWAY = "components/offer/tea.md", "components/story/plain.md", "components/story/away.md"

_FOR_YOU = 'Pour {{ first_name | default: "vous" }}'
_SEEN = "Voyez [le banc](https://www.sample.example/b)"

MISTAKES: dict[str, Files] = {
    "a misspelt segment": component("title/sweet", segments=["sweet_toth"]),
    "a list without brackets": component("title/sweet", segments="sweet_tooth"),
    "a slot without a default": campaign("back", slots={"title": {"default": None}}),
    "a misspelt default": campaign("back", slots={"title": {"default": "title/plian"}}),
    "a tab in YAML": {BACK: "channels: {email: note}\nslots:\n\toffer: {type: offer, default: empty}\n"},
    "a date that is none": component("offer/tea", valid_until="01/05/2027"),
    "a day that no month has": component("offer/tea", valid_until="2027-04-31"),
    "a colon without quotes": component("offer/tea", terms="Note: while the kettle sings"),
    "a wrong indentation": settings(signals={"taste": {"values": "[sweet, salty]\n   source: quiz", "source": None}}),
    "a wrong indentation in a campaign": {
        BACK: "channels: {email: note}\nslots:\n  offer: {type: offer}\n   title: {type: title}\n",
    },
    "no front matter": {SWEET: "Something sweet\n"},
    "front matter that is not closed": {SWEET: "---\ncampaigns: [back]\nSomething sweet\n"},
    "an unknown key": component("title/sweet", segment=["sweet_tooth"], segments=None),
    "a rule with a single =": settings(segments={"sweet_tooth": {"when": 'taste = "sweet"'}}),
    "text without quotes in a rule": settings(segments={"sweet_tooth": {"when": "taste == sweet"}}),
    "a rule with an unknown signal": settings(stages={"away": {"when": "month_away >= 6"}}),
    "a share without %": settings(holdout={"share": "5"}),
    "yes for true": campaign("back", slots={"aside": {"constant": "yes"}}),
    "a merge field without a fallback": component("title/sweet", "Something sweet, {{ first_name }}", fr=_FOR_YOU),
    "an unknown merge field": component("title/sweet", 'Something for {{ firstname | default: "you" }}, sweet'),
    "a layout that calls an unknown slot": mail(story='{{ slot("stroy") }}'),
    "a template that names an unknown field": rendition("email/title.html", body="<b>{{ bdy }}</b>"),
    "a tag of Jinja that is not closed": rendition("page/title.html", kicker="{% if kicker %}<i>{{ kicker }}</i> "),
    "a misspelt image file": component("story/plain", picture={"file": "Shop.png"}),
    "an image without alt text": component("story/plain", picture={"alt": None}),
    "a link over http": component("story/plain", url="http://www.sample.example/new"),
    "a link to another host": component(
        "story/plain", url="'https://sample.example/s?n={{ first_name | default: \"x\" }}'"
    ),
    "a translation that sets a tag": translation("title/sweet", segments=["sweet_tooth"]),
    "a translation without the merge field": translation("title/plain", "Bonjour"),
    "a component in the folder of an unknown type": component("titles/new", fr=None),
    "a number sign in words": component("title/sweet", kicker="Our #1 repair promise"),
    "words that begin with a number sign": component("title/sweet", kicker="#1 for repairs"),
    "words that begin with an asterisk": component("title/sweet", kicker="*New* in the shop"),
    "a merge field that begins a value": component("title/sweet", kicker='{{ first_name | default: "you" }}, hello'),
    "an apostrophe in single quotes": component("title/sweet", kicker="'It's on us'"),
    "a comma in braces": component("story/plain", picture="{file: shop.png, alt: A walker, above a loch}"),
    "a colon without a blank": component("title/sweet", segments="[sweet_tooth]\nkicker:Good to see you", kicker=None),
    "words in a wrong encoding": component("story/away", "Itâ€™s **on us**"),
    "a placeholder in brackets": component("story/away", "Your trial of [Product Name] ends"),
    "a merge tag of another system": component("story/away", "Hi *|FNAME|*", fr=_FOR_YOU),
    "a section of another system": component("story/away", "{{#vip}}Hi{{/vip}}"),
    "a merge field of another system": component("story/away", "Hi {{ contact.firstname }}", fr=_FOR_YOU),
    "a blank before the address of a link": component(
        "story/away", "See [the bench] (https://www.sample.example/b)", fr=_SEEN
    ),
    "a reference to nothing": component("story/away", "Or [ask us][ask]"),
    "a table": component("story/away", "| part | days |\n|---|---|\n| zip | 10 |"),
    "emphasis that does not take": component("story/away", "これは**「重要」**です"),
    "a year that begins a paragraph": component("story/away", "1987. That was the year"),
    "an underline that makes a heading": component("story/away", "Much is new\n---"),
    "Markdown in a text": component("title/sweet", "Something **sweet**"),
    "a character by its name in a text": component("title/sweet", "Salt &amp; sweet"),
    "a rule about nothing": settings(segments={"sweet_tooth": {"when": "taste != null"}}),
    "a rule in another language": settings(segments={"sweet_tooth": {"when": "taste == “sweet” && months_away <> 3"}}),
    "a rule about a version": settings(segments={"sweet_tooth": {"when": "taste >= 2.1.0"}}),
    "a time zone by its letters": settings(timezone="BST"),
    "a share as a part of 1": campaign("back", holdout={"share": "0.05"}),
    "an age without its unit": settings(signals={"months_away": {"max_age": "30"}}),
    "an age in words": settings(signals={"months_away": {"max_age": "1 month"}}),
    "a range with a dash": settings(signals={"months_away": {"range": "0-600"}}),
    "a locale with an underscore": settings(locales=["en", "fr", "fr_CA"]),
    "a status of another system": component("title/sweet", status="published"),
    "a segment for everyone": component("title/sweet", segments="all"),
    "an image by its path alone": component("story/plain", picture="assets/shop.png"),
    "an image by a path of a server": component("story/plain", picture={"file": "/img/shop.png"}),
    "the body in the front matter": component("title/sweet", body="Something"),
    "HTML in copy": component("story/away", "Much is <b>new</b>."),
    "a fallback in single quotes": component("title/plain", "Hi {{ first_name | default: 'friend' }}"),
    "a fallback in curly quotes": component("title/plain", "Hi {{ first_name | default: “friend” }}"),
    "a fallback as in Handlebars": component("title/plain", 'Hi {{ first_name or "friend" }}'),
    "a translation for a country": {"components/title/sweet.fr_FR.md": "Une douceur\n"},
    "a default for a segment": component("title/plain", segments=["sweet_tooth"]),
    "a default that is a draft": component("title/plain", status="draft"),
    "a default that expires": component("title/plain", valid_until="2027-05-01"),
    "none for empty": campaign("back", slots={"offer": {"default": "none"}}),
    "a rule with &&": settings(segments={"sweet_tooth": {"when": 'taste == "sweet" && months_away > 3'}}),
    "a rule with ||": settings(segments={"sweet_tooth": {"when": 'taste == "sweet" || months_away > 3'}}),
    "a rule with between": settings(stages={"away": {"when": "months_away between 6 and 12"}}),
    "a rule with =>": settings(stages={"away": {"when": "months_away => 6"}}),
    "a rule with is": settings(segments={"sweet_tooth": {"when": 'taste is "sweet"'}}),
    "a rule with a number in quotes": settings(stages={"away": {"when": 'months_away >= "6"'}}),
    "a rule with a value that is none": settings(segments={"sweet_tooth": {"when": 'taste == "swet"'}}),
    "a share in words": settings(holdout={"share": "5 percent"}),
    "a share with a comma": settings(holdout={"share": "2,5%"}),
    "a key of a blog": component("title/sweet", title="Something", segments=["sweet_tooth"]),
    "a date of a blog": component("title/sweet", expires="2027-05-01", segments=["sweet_tooth"]),
    "a language in front matter": component("title/sweet", lang="en", segments=["sweet_tooth"]),
    "a status with a capital": component("title/sweet", status="Ready"),
    "a name alone for needs": component("title/sweet_away", needs="first_name"),
    "a component in capitals": {"components/title/Sweet_New.md": "---\ncampaigns: [back]\n---\nSomething\n"},
    "a component saved as text": {"components/title/fresh.md.txt": "---\ncampaigns: [back]\n---\nSomething\n"},
    "a date with points": component("offer/tea", valid_until="01.05.2027"),
    "a date in words": component("offer/tea", valid_until="1 May 2027"),
    "a month that is none": component("offer/tea", valid_until="2027-13-01"),
    "an image by a path of Windows": component("story/plain", picture={"file": "assets\\shop.png"}),
    "dashes of a word processor": {SWEET: "—\ncampaigns: [back]\nsegments: [sweet_tooth]\n—\nSomething sweet\n"},
    "a number for text": component("title/sweet", kicker="2027"),
    "a key twice": component("title/sweet", kicker="One\nkicker: Two"),
    "a channel that is none": component("title/sweet", channels=["mail"]),
    "a test without its share": component("title/test_b", test="tone"),
    "a link without https": component("story/plain", url="www.sample.example/new"),
    "an address as a link": component("story/plain", url="help@sample.example"),
}

# The file to change, what stands there, and what the hint says to write instead.
MENDS: dict[str, tuple[str, str, str]] = {
    "a misspelt segment": (SWEET, "sweet_toth", "sweet_tooth"),
    "a list without brackets": (SWEET, "segments: sweet_tooth", "[sweet_tooth]"),
    "a misspelt default": (BACK, "title/plian", "title/plain"),
    "a date that is none": (TEA, "01/05/2027", "2027-05-01"),
    "a day that no month has": (TEA, "2027-04-31", "2027-04-30"),
    "a colon without quotes": (TEA, "terms: Note: while the kettle sings", 'terms: "Note: while the kettle sings"'),
    "a rule with a single =": (SETTINGS, 'taste = "sweet"', 'taste == "sweet"'),
    "text without quotes in a rule": (SETTINGS, "taste == sweet", 'taste == "sweet"'),
    "a rule with an unknown signal": (SETTINGS, "month_away >=", "months_away"),
    "a share without %": (SETTINGS, "share: 5,", "5%"),
    "yes for true": (BACK, "constant: yes", "true"),
    "a merge field without a fallback": (SWEET, "{{ first_name }}", '{{ first_name | default: "friend" }}'),
    "a number sign in words": (SWEET, "kicker: Our #1 repair promise", 'kicker: "Our #1 repair promise"'),
    "words that begin with a number sign": (SWEET, "kicker: #1 for repairs", 'kicker: "#1 for repairs"'),
    "words that begin with an asterisk": (SWEET, "kicker: *New* in the shop", 'kicker: "*New* in the shop"'),
    "an apostrophe in single quotes": (SWEET, "kicker: 'It's on us'", 'kicker: "It\'s on us"'),
    "a comma in braces": (PLAIN, "alt: A walker, above a loch", 'alt: "A walker, above a loch"'),
    "a colon without a blank": (SWEET, "kicker:Good", "kicker: Good"),
    "words in a wrong encoding": (AWAY, "Itâ€™s", "It’s"),
    "a merge field of another system": (AWAY, "{{ contact.firstname }}", '{{ first_name | default: "friend" }}'),
    "a merge tag of another system": (AWAY, "*|FNAME|*", '{{ first_name | default: "friend" }}'),
    "a blank before the address of a link": (AWAY, "[the bench] (", "[the bench]("),
    "a year that begins a paragraph": (AWAY, "1987.", "1987\\."),
    "a character by its name in a text": (SWEET, "&amp;", "&"),
    "a rule in another language": (
        SETTINGS,
        "taste == “sweet” && months_away <> 3",
        'taste == "sweet" and months_away != 3',
    ),
    "a time zone by its letters": (SETTINGS, "BST", "Europe/London"),
    "a share as a part of 1": (BACK, "0.05", "5%"),
    "an age without its unit": (SETTINGS, "max_age: 30", "30d"),
    "an age in words": (SETTINGS, "1 month", "30d"),
    "a range with a dash": (SETTINGS, "0-600", "[0, 600]"),
    "a locale with an underscore": (SETTINGS, "fr_CA", "fr-CA"),
    "a status of another system": (SWEET, "published", "ready"),
    "a misspelt image file": (PLAIN, "Shop.png", "shop.png"),
    "an image by a path of a server": (PLAIN, "/img/shop.png", "shop.png"),
    "a link over http": (PLAIN, "http://", "https://"),
    "a fallback in single quotes": (
        "components/title/plain.md",
        "{{ first_name | default: 'friend' }}",
        '{{ first_name | default: "friend" }}',
    ),
    "a fallback as in Handlebars": (
        "components/title/plain.md",
        '{{ first_name or "friend" }}',
        '{{ first_name | default: "friend" }}',
    ),
    "none for empty": (BACK, "default: none", "empty"),
    "a rule with &&": (SETTINGS, "&&", "and"),
    "a rule with ||": (SETTINGS, "||", "or"),
    "a rule with between": (
        SETTINGS,
        "months_away between 6 and 12",
        "months_away >= 6 and months_away <= 12",
    ),
    "a rule with =>": (SETTINGS, "months_away => 6", "months_away >= 6"),
    "a rule with is": (SETTINGS, 'taste is "sweet"', 'taste == "sweet"'),
    "a rule with a number in quotes": (SETTINGS, 'months_away >= "6"', "months_away >= 6"),
    "a rule with a value that is none": (SETTINGS, "swet", "sweet"),
    "a share with a comma": (SETTINGS, "share: 2,5%", "share: 2.5%"),
    "a link without https": (PLAIN, "url: www.sample.example/new", "https://www.sample.example/new"),
    "an address as a link": (PLAIN, "url: help@sample.example", "mailto:help@sample.example"),
    "a share in words": (SETTINGS, "5 percent", "5%"),
    "a status with a capital": (SWEET, "Ready", "ready"),
    "a date with points": (TEA, "01.05.2027", "2027-05-01"),
    "a date in words": (TEA, "1 May 2027", "2027-05-01"),
    "an image by a path of Windows": (PLAIN, "assets\\shop.png", "shop.png"),
    "a number for text": (SWEET, "kicker: 2027", 'kicker: "2027"'),
}


def written(files: Files) -> tuple[Diagnostic, ...]:
    """What `assembler check` would print, whether or not the project can be read."""
    try:
        return in_memory(project(files)).check(MOMENT).diagnostics
    except ProjectError as error:
        return tuple(problem for problem in error.diagnostics if isinstance(problem, Diagnostic))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_finding_with_its_line_a_caret_and_a_hint(mistake: str, words: SnapshotAssertion) -> None:
    findings = written(MISTAKES[mistake])
    assert f"{render(findings)}\n" == words
    assert len(findings) == 1
    assert findings[0].hint


@pytest.mark.parametrize("mistake", MENDS)
def test_what_the_hint_says_is_what_was_meant(mistake: str) -> None:
    path, wrong, right = MENDS[mistake]
    files = project(MISTAKES[mistake])
    [finding] = written(MISTAKES[mistake])
    assert right in (finding.hint or "")
    text = str(files[path])
    assert wrong in text
    key = wrong.partition(":")[0]
    whole = right if right.startswith(key) or ": " not in wrong else f"{key}: {right}"
    whole += next((rest for rest in (",", " >=") if wrong.endswith(rest)), "")
    left = written({**files, path: text.replace(wrong, whole, 1)})
    assert [one for one in left if one.severity != "information"] == []


def test_marks_and_line_ends_of_other_systems_are_no_mistakes() -> None:
    text = str(component("title/sweet")[SWEET])
    assert written({SWEET: "\ufeff" + text.replace("\n", "\r\n")}) == ()
