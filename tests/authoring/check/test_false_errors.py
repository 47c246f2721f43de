"""What stopped people for nothing, or twice: each is told once, with how it is written, or not at all."""

from __future__ import annotations

from types import EllipsisType

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.findings import render
from tests.authoring.builders import (
    Files,
    component,
    component_type,
    mail,
    page,
    settings,
    strings,
    text_part,
    translation,
)
from tests.authoring.check.cases import diagnostics

_FRENCH = (
    "Votre *place*. [Venez](https://www.sample.example/fr)\n\n"
    '- thé\n- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})'
)
_URL = "'https://www.sample.example/fr?n={{ first_name | default: \"x\" }}'"

_MEANT = (
    "{{ contact.firstname }}", "*|FNAME|*", "%%first%%", "{name}", "[FNAME]", "${x}", "<%= name %>", "{{ first_name }}",
    "{{ firstname }}", "{{first_name|default('you')}}", "{{ first_name | default: friend }}", "%FIRSTNAME%",
    "[First Name]", "{{{ first_name }}}", "@{name}", "#{name}", "{!Contact.FirstName}", "[[first_name]]",
    "{{ first_name | default: “you” }}", "{{ first_name || 'you' }}", "<<First Name>>", "@FIRSTNAME@",
    "~Contact.Name~",
)  # fmt: skip
"""How other systems write what `{{ first_name | default: "friend" }}` says here."""

_BRAND = "www.sample.example"
_TWICE_LINKED = "Votre *place*. [Venez](https://www.sample.example/a b)"


def _tested(address: str, words: str, *, fr: str | EllipsisType | None = ...) -> Files:
    return component(address, words, fr=fr, stages=["here"], test={"id": "side", "share": "50%"})


TOLD: dict[str, Files] = {
    "logic": component("story/away", "Hi {% if vip %}you{% else %}all{% endif %}"),
    "logic of Handlebars": component("story/away", "Hi {{#if vip}}you{{else}}all{{/if}}"),
    "a merge field of a string": strings(en={"leave": "'Leave {{ contact.firstname }}'"}),
    "a leftover in a template": text_part(foot="Hi *|FNAME|* "),
    "a broken merge field of the original": component("title/plain", "Good to see you, {{ first_name }}"),
    "a broken merge field of a translation": translation("title/plain", "Bonjour, *|FNAME|*"),
    "a link of a translation": translation("story/plain", _FRENCH),
    "a url of a translation": translation("story/plain", url="https://www.sample.example/fr"),
    "the same url in a translation": translation(
        "story/plain", url="'https://www.sample.example/s?n={{ first_name | default: \"x\" }}'"
    ),
    "a picture of a translation": translation(
        "story/plain", picture={"file": "logo.png", "alt": "'La boutique, {{ first_name | default: \"vous\" }}'"}
    ),
    "links of a text": component_type("title", fields={"kicker": {"links": "per_locale"}}),
    "a slot that text alone calls": mail(story="") | page(story=""),
    "a slot that nothing calls": mail(story="") | page(story="") | text_part(story=""),
    "a blank in a link of a translation": translation("story/plain", _TWICE_LINKED),
    "a tag in a line of text": component("title/away", "Much <b>new</b>", kicker="'<b>News</b>'"),
    "a brand whose address is not https": settings(brand={"url": f"http://{_BRAND}"}),
    "a brand whose address is no whole one": settings(brand={"url": _BRAND}),
    "a brand whose address runs a script": settings(brand={"url": "javascript:alert(1)"}),
    "a picture of a brand whose address is not https": settings(brand={"url": f"http://{_BRAND}"})
    | page(og_image='<meta property="og:image" content="{{ brand.url }}/x.png">'),
    "a link that runs a script": page(before_header='<a href=" JavaScript:x()">x</a>'),
    "a test of which one is not translated": settings()
    | _tested("title/away", "Away, and on", fr=None)
    | _tested("title/near", "Nothing as good as this"),
    "a test that is a name": component("title/away", test="tone"),
    "a test that is a share": component("title/away", test="25"),
    "a locale with an underscore": {"components/title/sweet.fr_FR.md": "Bonjour"},
    "a locale of another country": {"components/title/sweet.fr-BE.md": "Bonjour"},
    "a locale of the default language": {"components/title/sweet.en_GB.md": "Hello"},
}

PASSING: dict[str, Files] = {
    "a host in capitals": settings(
        policy={"link_hosts": ["WWW.Sample.example", "www.sample.example"]},
        fields={"unsubscribe_url": {"kind": "url", "example": "https://WWW.Sample.example/u"}},
    ),
    "a host in capitals alone": settings(policy={"link_hosts": ["WWW.Sample.example"]}),
    "links per locale": component_type("story", fields={"url": {"links": "per_locale"}})
    | translation("story/plain", _FRENCH, url=_URL),
    "a url that is translatable": component_type("story", fields={"url": {"translatable": "true"}})
    | translation("story/plain", url=_URL),
}


@pytest.mark.parametrize("files", TOLD.values(), ids=list(TOLD))
def test_it_is_told_once(files: Files, words: SnapshotAssertion) -> None:
    assert f"{render(diagnostics(files))}\n" == words


@pytest.mark.parametrize("files", PASSING.values(), ids=list(PASSING))
def test_it_is_no_error(files: Files) -> None:
    assert diagnostics(files) == ()


@pytest.mark.parametrize("written", _MEANT)
def test_a_merge_field_of_another_system_is_one_finding_that_says_how_it_is_written(written: str) -> None:
    [finding] = diagnostics(component("story/away", f"Much is **new**, {written}."))
    hint = finding.hint or ""
    meant = hint[hint.index("{{") : hint.index("}}") + 2]
    assert meant.startswith("{{ first_name | default: ")
    # Followed to the letter, in both languages, it gives what was meant.
    french = translation("story/away", f"Du **nouveau**, {meant}.")
    assert diagnostics(component("story/away", f"Much is **new**, {meant}.") | french) == ()
