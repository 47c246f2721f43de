"""What a newcomer reads after each of the most common mistakes."""

from __future__ import annotations

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

SWEET, BACK = "components/title/sweet.md", "campaigns/back.yaml"

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
    "a merge field without a fallback": component("title/sweet", "Something sweet, {{ first_name }}"),
    "an unknown merge field": component("title/sweet", 'Something for {{ firstname | default: "you" }}, sweet'),
    "a layout that calls an unknown slot": mail(story='{{ slot("stroy") }}'),
    "a template that names an unknown field": rendition("email/title.html", body="<b>{{ bdy }}</b>"),
    "a tag of Jinja that is not closed": rendition("page/title.html", kicker="{% if kicker %}<i>{{ kicker }}</i> "),
    "a misspelt image file": component("story/plain", picture={"file": "Shop.png"}),
    "an image without alt text": component("story/plain", picture={"alt": None}),
    "a link over http": component("story/away", "Much is [new](http://www.sample.example/new)."),
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
    "words in a wrong encoding": component("story/away", "Itâ€™s on us, and the cafÃ© is open \ufffd"),
    "a placeholder in brackets": component("story/away", "Your trial of [Product Name] ends, [First Name]"),
    "a merge tag of another system": component("story/away", "Hi *|FNAME|* and %%first%%"),
    "a section of another system": component("story/away", "{{#vip}}Hi{{/vip}}"),
    "a merge field of another system": component("story/away", "Hi {{ contact.firstname }}"),
    "a blank before the address of a link": component("story/away", "See [the bench] (https://www.sample.example/b)"),
    "a blank in the address of a link": component(
        "story/away", "See [the bench](https://www.sample.example/the bench)"
    ),
    "a reference to nothing": component("story/away", "Or [ask us][ask]"),
    "a table": component("story/away", "| part | days |\n|---|---|\n| zip | 10 |"),
    "emphasis that does not take": component("story/away", "これは**「重要」**です"),
    "a year that begins a paragraph": component("story/away", "1987. That was the year"),
    "an underline that makes a heading": component("story/away", "Much is new\n---"),
    "Markdown in a text": component("title/sweet", "Something **sweet**, [now](https://www.sample.example/n)"),
    "a character by its name in a text": component("title/sweet", "Salt &amp; sweet &copy 2026"),
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
}


def written(files: Files) -> tuple[Diagnostic, ...]:
    """What `assembler check` would print, whether or not the project can be read."""
    try:
        return in_memory(project(files)).check(MOMENT).diagnostics
    except ProjectError as error:
        return tuple(problem for problem in error.diagnostics if isinstance(problem, Diagnostic))


def test_a_mistake_is_shown_with_its_line_a_caret_and_a_hint(words: SnapshotAssertion) -> None:
    pages = (f"# {mistake}\n\n{render(written(files))}\n" for mistake, files in MISTAKES.items())
    assert "\n\n".join(pages) == words(name="all")
