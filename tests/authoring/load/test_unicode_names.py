"""One name in two forms of Unicode is one name, wherever names and values are compared."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest

from assembler.authoring import Project
from tests.authoring.check.cases import Edit, edited, found
from tests.authoring.sample import MOMENT, files, image

Texts = dict[str, str | bytes]
Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")

_RENAMED = {
    "assembler.yaml": (
        ("values: [sweet, salty]", "values: [sucré, salty]"),
        ('taste == "sweet"', 'taste == "sucré"'),
        ('taste == "salty"', 'taste in ["salty", "salé"]'),
        ("[sucré, salty]", "[sucré, salty, salé]"),
        ("consent: none", "consent: publicité"),
        ("brand: {name:", "brand: {société: Sample & Sons, name:"),
        ("link_hosts:", 'surveillance: {en: ["déjà vu"]}, link_hosts:'),
    ),
    "campaigns/back.yaml": (("page: board", "page: écran"),),
    "campaigns/start.yaml": (("page: board", "page: écran"),),
    "templates/page/board.html.j2": (
        ("{{ strings.leave }}", '{{ strings.départ }}{{ strings["départ"] }}'),
        ("<header>{{ brand.name }}", '<header>{{ brand.société }}{% include "page/_pied.j2" %}'),
        ('asset("logo.png").url }}"', 'asset("légende.png").url }}"'),
        ("page/_pied.j2", "page/_pièd.j2"),
    ),
    "templates/email/note.html.j2": (("{{ strings.leave }}", "{{ strings.départ }}"),),
    "templates/strings.yaml": (("leave:", "départ:"),),
    "components/story/plain.md": (("shop.png", "dîner.png"), ("*kept*", "*kept* (déjà vu)")),
}
_MOVED = {
    "templates/page/board.html.j2": "templates/page/écran.html.j2",
    "assets/shop.png": "assets/dîner.png",
}


def accented(**forms: Form) -> Texts:
    """The sample with accented names; the files, and the names of files (`paths`), that are not in NFC."""
    made: Texts = files()
    made["assets/légende.png"] = made["assets/logo.png"]
    made["templates/page/_pièd.j2"] = "&nbsp;"
    for path, edits in _RENAMED.items():
        for old, new in edits:
            assert old in str(made[path]), old
            made[path] = str(made[path]).replace(old, new)
    for path, text in made.items():
        made[path] = normalize(forms.get(path, "NFC"), text) if isinstance(text, str) else text
    return {normalize(forms.get("paths", "NFC"), _MOVED.get(path, path)): text for path, text in made.items()}


def said(made: Project) -> list[str]:
    return sorted(
        normalize("NFC", f"{each.path}:{each.line} {each.code} {each.message} {each.hint}")
        for each in made.check(MOMENT).diagnostics
    )


BASE = Project.from_files(accented())
SAID = said(BASE)
EVERYTHING: dict[str, Form] = {**dict.fromkeys(_RENAMED, "NFD"), "paths": "NFD"}


def test_the_accented_sample_is_in_order() -> None:
    assert [each.code for each in BASE.check(MOMENT).errors] == []
    assert any("C04 'déjà vu'" in each for each in SAID)


@pytest.mark.parametrize(
    "forms", [*({each: "NFD"} for each in EVERYTHING), EVERYTHING], ids=[*EVERYTHING, "everything"]
)
def test_the_form_of_a_name_makes_no_difference(forms: dict[str, Form]) -> None:
    made = Project.from_files(accented(**forms))
    assert said(made) == SAID
    library = made.compile(MOMENT)
    for form in FORMS:
        for value, segment in (("sucré", "sweet_tooth"), ("salé", "salty_tooth")):
            context = {"consent": [normalize(form, "publicité")], "signals": {"taste": normalize(form, value)}}
            assert library.decide("back", channel="page", context=context, at=MOMENT).segment == segment


def test_what_a_library_compares_is_in_nfc() -> None:
    content = Project.from_files(accented(**EVERYTHING)).compile(MOMENT).content
    taste = content.signals["taste"]
    assert (taste.values, taste.consent) == (("sucré", "salty", "salé"), "publicité")
    assert normalize("NFC", str(content.segments)) == str(content.segments)


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        (
            "assembler.yaml",
            "values: [sweet, salty]",
            "values: [sweet, salty, sal\u00e9, sale\u0301]",
            ["assembler.yaml:26:34 R04 a second value of taste 'sal\u00e9'"],
        ),
        (
            "assembler.yaml",
            "values: [sweet, salty]",
            "values: [sweet, salty, sweet]",
            ["assembler.yaml:26:28 R04 a second value of taste 'sweet'"],
        ),
        (
            "templates/strings.yaml",
            "en: {leave: Leave}",
            "en: {leave: Leave, \u00e9t\u00e9: A, e\u0301te\u0301: B}",
            ["templates/strings.yaml:1:28 R01 the key '\u00e9t\u00e9' stands twice"],
        ),
    ],
)
def test_two_names_that_are_one_are_an_error_at_the_second(path: str, old: str, new: str, found: list[str]) -> None:
    made: Texts = {**files(), path: str(files()[path]).replace(old, new)}
    report = Project.from_files(made).check(MOMENT)
    told = [f"{each.path}:{each.line}:{each.column} {each.code} {each.message}" for each in report.errors]
    assert [each for each in told if each.split()[1] in ("R01", "R04")] == found


def test_two_templates_of_one_name_are_an_error() -> None:
    edits: dict[str, Edit] = {f"templates/page/{normalize(form, '_é.j2')}": "a" for form in FORMS}
    assert found(edits, "R04") == [f"templates/page/{normalize('NFC', '_é.j2')}:1:1 R04 another file has this name"]


STORY, LAYOUT = "components/story/plain.md", "templates/email/note.html.j2"


def renamed(stored: Form, written: Form) -> dict[str, Edit]:
    """The sample, whose shop.png is called café.png: stored in one form, written in another."""
    return {
        f"assets/{normalize(stored, 'café.png')}": image(size=(40, 20)),
        "assets/shop.png": None,
        STORY: ("shop.png", normalize(written, "café.png")),
        LAYOUT: ('asset("logo.png").url', f'asset("{normalize(written, "café.png")}").url'),
    }


@pytest.mark.parametrize("stored", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_a_picture_is_found_in_either_form(stored: Form, written: Form) -> None:
    assert found(renamed(stored, written), "A01") == []
    one, other = (
        Project.from_files(edited(renamed(*forms))).compile(MOMENT) for forms in ((stored, written), ("NFC", "NFC"))
    )
    default = one.default("back", channel="email")
    assert "caf-" in str(default.html)
    assert default.encoded == other.default("back", channel="email").encoded


def test_two_pictures_of_one_name_say_how_they_differ() -> None:
    edits: dict[str, Edit] = {f"assets/{normalize(form, 'café.png')}": image() for form in FORMS}
    assert found(edits, "R04") == [f"assets/{normalize('NFC', 'café.png')}:1:1 R04 another file has this name"]


@pytest.mark.parametrize("form", FORMS)
def test_two_headlines_in_two_forms_say_the_same(form: Form) -> None:
    edits: dict[str, Edit] = {
        f"components/title/one{index}.md": (
            f"---\ncampaigns: [back]\nsegments: [{segment}]\n---\n{normalize(each, 'Café crème')}\n"
        )
        for index, (each, segment) in enumerate((("NFC", "sweet_tooth"), (form, "salty_tooth")))
    }
    assert found(edits, "V01") == ["components/title/one1.md:5:1 V01 title/one1 says the same as title/one0"]
