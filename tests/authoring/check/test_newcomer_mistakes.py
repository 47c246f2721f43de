"""What a newcomer reads after each of the most common mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from assembler.authoring import Project
from assembler.authoring.diagnostics import Diagnostic
from assembler.cli.text.findings import render
from assembler.errors import ProjectError
from tests.authoring.check.cases import Edit, edited
from tests.authoring.sample import MOMENT

SWEET, BACK, SETTINGS = "components/title/sweet.md", "campaigns/back.yaml", "assembler.yaml"
AWAY, MUCH = "components/story/away.md", "Much is **new**."
KICKER = "kicker: 'For {{ first_name | default: \"you\" }}'"
ALT = "alt: 'The shop, {{ first_name | default: \"you\" }}'"
PICTURE = f"picture: {{file: shop.png, {ALT}}}"
STORY, TEA = "components/story/plain.md", "components/offer/tea.md"

MISTAKES: dict[str, Mapping[str, Edit]] = {
    "a misspelt segment": {SWEET: ("[sweet_tooth]", "[sweet_toth]")},
    "a list without brackets": {SWEET: ("[sweet_tooth]", "sweet_tooth")},
    "a slot without a default": {BACK: (", default: title/plain}", "}")},
    "a misspelt default": {BACK: ("title/plain", "title/plian")},
    "a tab in YAML": {BACK: ("  offer:", "\toffer:")},
    "a date that is none": {TEA: ("valid_until: 2027-05-01", "valid_until: 01/05/2027")},
    "a day that no month has": {TEA: ("valid_until: 2027-05-01", "valid_until: 2027-04-31")},
    "a colon without quotes": {TEA: ("terms: While", "terms: Note: while")},
    "a wrong indentation": {SETTINGS: ("    source: quiz", "   source: quiz")},
    "a wrong indentation in a campaign": {BACK: ("  title:", "   title:")},
    "no front matter": {SWEET: "Something sweet\n"},
    "front matter that is not closed": {SWEET: ("---\nSomething", "Something")},
    "an unknown key": {SWEET: ("segments:", "segment:")},
    "a rule with a single =": {SETTINGS: ('taste == "sweet"', 'taste = "sweet"')},
    "text without quotes in a rule": {SETTINGS: ('taste == "sweet"', "taste == sweet")},
    "a rule with an unknown signal": {SETTINGS: ("months_away >= 6", "month_away >= 6")},
    "a share without %": {SETTINGS: ("share: 5%", "share: 5")},
    "yes for true": {BACK: ("constant: true", "constant: yes")},
    "a merge field without a fallback": {SWEET: ("Something sweet", "Something sweet, {{ first_name }}")},
    "an unknown merge field": {SWEET: ("Something", 'Something for {{ firstname | default: "you" }},')},
    "a layout that calls an unknown slot": {"templates/email/note.html.j2": ('slot("story")', 'slot("stroy")')},
    "a template that names an unknown field": {
        "templates/email/components/title.html.j2": ("{{ body }}", "{{ bdy }}"),
    },
    "a tag of Jinja that is not closed": {"templates/page/components/title.html.j2": ("{% endif %}", "")},
    "a misspelt image file": {STORY: ("shop.png", "Shop.png")},
    "an image without alt text": {STORY: (", alt: 'The shop, {{ first_name | default: \"you\" }}'", "")},
    "a link over http": {"components/story/away.md": ("**new**", "[new](http://www.sample.example/new)")},
    "a link to another host": {STORY: ("url: 'https://www.sample.example", "url: 'https://sample.example")},
    "a translation that sets a tag": {
        "components/title/sweet.fr.md": "---\nsegments: [sweet_tooth]\n---\nUne douceur\n",
    },
    "a translation without the merge field": {"components/title/plain.fr.md": "Bonjour\n"},
    "a component in the folder of an unknown type": {
        "components/titles/new.md": "---\ncampaigns: [back]\n---\nNew\n",
    },
    "a number sign in words": {SWEET: (KICKER, "kicker: Our #1 repair promise")},
    "words that begin with a number sign": {SWEET: (KICKER, "kicker: #1 for repairs")},
    "words that begin with an asterisk": {SWEET: (KICKER, "kicker: *New* in the shop")},
    "a merge field that begins a value": {SWEET: (KICKER, 'kicker: {{ first_name | default: "you" }}, hello')},
    "an apostrophe in single quotes": {SWEET: (KICKER, "kicker: 'It's on us'")},
    "a comma in braces": {STORY: (ALT, "alt: A walker, above a loch")},
    "a colon without a blank": {SWEET: (KICKER, "kicker:Good to see you")},
    "words in a wrong encoding": {AWAY: (MUCH, "Itâ€™s on us, and the cafÃ© is open \ufffd")},
    "a placeholder in brackets": {AWAY: (MUCH, "Your trial of [Product Name] ends, [First Name]")},
    "a merge tag of another system": {AWAY: (MUCH, "Hi *|FNAME|* and %%first%%")},
    "a section of another system": {AWAY: (MUCH, "{{#vip}}Hi{{/vip}}")},
    "a merge field of another system": {AWAY: (MUCH, "Hi {{ contact.firstname }}")},
    "a blank before the address of a link": {AWAY: (MUCH, "See [the bench] (https://www.sample.example/b)")},
    "a blank in the address of a link": {AWAY: (MUCH, "See [the bench](https://www.sample.example/the bench)")},
    "a reference to nothing": {AWAY: (MUCH, "Or [ask us][ask]")},
    "a table": {AWAY: (MUCH, "| part | days |\n|---|---|\n| zip | 10 |")},
    "emphasis that does not take": {AWAY: (MUCH, "これは**「重要」**です")},
    "a year that begins a paragraph": {AWAY: (MUCH, "1987. That was the year")},
    "an underline that makes a heading": {AWAY: (MUCH, "Much is new\n---")},
    "Markdown in a text": {SWEET: ("Something sweet", "Something **sweet**, [now](https://www.sample.example/n)")},
    "a character by its name in a text": {SWEET: ("Something sweet", "Salt &amp; sweet &copy 2026")},
    "a rule about nothing": {SETTINGS: ('taste == "sweet"', "taste != null")},
    "a rule in another language": {SETTINGS: ('taste == "sweet"', "taste == “sweet” && months_away <> 3")},
    "a rule about a version": {SETTINGS: ('taste == "sweet"', "taste >= 2.1.0")},
    "a time zone by its letters": {SETTINGS: ("timezone: Europe/London", "timezone: BST")},
    "a share as a part of 1": {BACK: ("share: 10%", "share: 0.05")},
    "an age without its unit": {SETTINGS: ("max_age: 35d", "max_age: 30")},
    "an age in words": {SETTINGS: ("max_age: 35d", "max_age: 1 month")},
    "a range with a dash": {SETTINGS: ("range: [0, 600]", "range: 0-600")},
    "a locale with an underscore": {SETTINGS: ("[en, fr, fr-CA]", "[en, fr, fr_CA]")},
    "a status of another system": {SWEET: ("campaigns: [back]", "campaigns: [back]\nstatus: published")},
    "a segment for everyone": {SWEET: ("segments: [sweet_tooth]", "segments: all")},
    "an image by its path alone": {STORY: (PICTURE, "picture: assets/shop.png")},
    "an image by a path of a server": {STORY: ("file: shop.png", "file: /img/shop.png")},
    "the body in the front matter": {SWEET: ("campaigns: [back]", "campaigns: [back]\nbody: Something")},
}


class TextFile(SingleFileSnapshotExtension):
    """A snapshot that is a text file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def written(edits: Mapping[str, Edit]) -> tuple[Diagnostic, ...]:
    """What `assembler check` would print, whether or not the project can be read."""
    try:
        return Project.from_files(edited(edits)).check(MOMENT).diagnostics
    except ProjectError as error:
        return tuple(each for each in error.diagnostics if isinstance(each, Diagnostic))


def test_a_mistake_is_shown_with_its_line_a_caret_and_a_hint(snapshot: SnapshotAssertion) -> None:
    pages = (f"# {mistake}\n\n{render(written(edits))}\n" for mistake, edits in MISTAKES.items())
    assert "\n\n".join(pages) == snapshot(extension_class=TextFile, name="all")
