"""What a newcomer reads after each of the most common mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from assembler.authoring import Project
from assembler.authoring.diagnostics import Diagnostic
from assembler.cli.findings import render
from assembler.errors import ProjectError
from tests.authoring.check.cases import Edit, edited
from tests.authoring.sample import MOMENT

SWEET, BACK, SETTINGS = "components/title/sweet.md", "campaigns/back.yaml", "assembler.yaml"
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
