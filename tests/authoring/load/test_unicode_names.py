"""One name in two forms of Unicode is one name, wherever names and values are compared."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest

from assembler.authoring import Project
from tests.authoring.builders import (
    MOMENT,
    Files,
    campaign,
    component,
    image,
    in_memory,
    mail,
    page,
    project,
    settings,
    strings,
)
from tests.authoring.check.cases import failing, findings

Texts = dict[str, str | bytes]
Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")

_ACCENTED: Files = {
    **settings(
        brand={"société": "Sample & Sons"},
        signals={"taste": {"values": ["sucré", "salty", "salé"], "consent": "publicité"}},
        segments={
            "sweet_tooth": {"when": 'taste == "sucré"'},
            "salty_tooth": {"when": 'taste in ["salty", "salé"]'},
        },
        policy={"surveillance": '{en: ["déjà vu"]}'},
    ),
    **campaign("back", channels={"page": "écran"}),
    **campaign("start", channels={"page": "écran"}),
    **page(
        leave='{{ strings.départ }}{{ strings["départ"] }}',
        header='<header>{{ brand.société }}{% include "page/_pièd.j2" %}</header>',
        logo='src="{{ asset("légende.png").url }}"'
        ' srcset="{{ asset("logo.png").url }} 1x, {{ asset("logo.png").url_2x }} 2x"',
    ),
    **mail(leave="{{ strings.départ }}"),
    **strings(en={"leave": None, "départ": "Leave"}, fr={"leave": None, "départ": "Se désinscrire"}),
    **component(
        "story/plain",
        "We *kept* (déjà vu) your seat. [Come by](https://www.sample.example/in?a=1&b=2)",
        fr="Votre *place*. [Venez](https://www.sample.example/in?a=1&b=2)",
        picture={"file": "dîner.png"},
    ),
    "templates/page/_pièd.j2": "&nbsp;",
    "assets/légende.png": image(),
}
_NAMING = [path for path in _ACCENTED if not path.endswith((".fr.md", ".png", "_pièd.j2"))]
_MOVED = {
    "templates/page/board.html.j2": "templates/page/écran.html.j2",
    "assets/shop.png": "assets/dîner.png",
}


def accented(**forms: Form) -> Texts:
    """The project with accented names; the files, and the names of files (`paths`), that are not in NFC."""
    files = {
        path: normalize(forms.get(path, "NFC"), text) if isinstance(text, str) else text
        for path, text in project(_ACCENTED).items()
    }
    return {normalize(forms.get("paths", "NFC"), _MOVED.get(path, path)): text for path, text in files.items()}


def said(project: Project) -> list[str]:
    return sorted(
        normalize(
            "NFC", f"{diagnostic.path}:{diagnostic.line} {diagnostic.code} {diagnostic.message} {diagnostic.hint}"
        )
        for diagnostic in project.check(MOMENT).diagnostics
    )


BASE = in_memory(accented())
SAID = said(BASE)
EVERYTHING: dict[str, Form] = {**dict.fromkeys(_NAMING, "NFD"), "paths": "NFD"}


def test_the_accented_sample_is_in_order() -> None:
    assert [error.code for error in BASE.check(MOMENT).errors] == []
    assert any("C04 'déjà vu'" in line for line in SAID)


@pytest.mark.parametrize(
    "forms", [*({part: "NFD"} for part in EVERYTHING), EVERYTHING], ids=[*EVERYTHING, "everything"]
)
def test_the_form_of_a_name_makes_no_difference(forms: dict[str, Form]) -> None:
    project = in_memory(accented(**forms))
    assert said(project) == SAID
    library = project.compile(MOMENT)
    for form in FORMS:
        for value, segment in (("sucré", "sweet_tooth"), ("salé", "salty_tooth")):
            context = {"consent": [normalize(form, "publicité")], "signals": {"taste": normalize(form, value)}}
            assert library.decide("back", channel="page", context=context, at=MOMENT).segment == segment


def test_what_a_library_compares_is_in_nfc() -> None:
    content = in_memory(accented(**EVERYTHING)).compile(MOMENT).content
    taste = content.signals["taste"]
    assert (taste.values, taste.consent) == (("sucré", "salty", "salé"), "publicité")
    assert normalize("NFC", str(content.segments)) == str(content.segments)


@failing(
    {
        "two forms": (
            settings(signals={"taste": {"values": "[sweet, salty, sal\u00e9, sale\u0301]"}}),
            ["assembler.yaml:26:34 R04 a second value of taste 'sal\u00e9'"],
        ),
        "one form": (
            settings(signals={"taste": {"values": "[sweet, salty, sweet]"}}),
            ["assembler.yaml:26:28 R04 a second value of taste 'sweet'"],
        ),
        "keys": (
            strings(en="{leave: Leave, \u00e9t\u00e9: A, e\u0301te\u0301: B}"),
            ["templates/strings.yaml:1:28 R01 the key '\u00e9t\u00e9' stands twice"],
        ),
    }
)
def test_two_names_that_are_one_are_an_error_at_the_second(code: str, files: Files, expected: list[str]) -> None:
    assert findings(files, code) == expected


def test_two_templates_of_one_name_are_an_error() -> None:
    files: Files = {f"templates/page/{normalize(form, '_é.j2')}": "a" for form in FORMS}
    assert findings(files, "R04") == [f"templates/page/{normalize('NFC', '_é.j2')}:1:1 R04 another file has this name"]


def renamed(stored: Form, written: Form) -> Files:
    """The files in which shop.png is called café.png: stored in one form, written in another."""
    return {
        f"assets/{normalize(stored, 'café.png')}": image(size=(40, 20)),
        "assets/shop.png": None,
        **component("story/plain", picture={"file": normalize(written, "café.png")}),
        **mail(logo=f'src="{{{{ asset("{normalize(written, "café.png")}").url_2x }}}}"'),
    }


@pytest.mark.parametrize("stored", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_a_picture_is_found_in_either_form(stored: Form, written: Form) -> None:
    assert findings(renamed(stored, written), "A01") == []
    one, other = (in_memory(project(renamed(*forms))).compile(MOMENT) for forms in ((stored, written), ("NFC", "NFC")))
    default = one.default("back", channel="email")
    assert "caf-" in str(default.html)
    assert default.encoded == other.default("back", channel="email").encoded


def test_two_pictures_of_one_name_say_how_they_differ() -> None:
    files: Files = {f"assets/{normalize(form, 'café.png')}": image() for form in FORMS}
    assert findings(files, "R04") == [f"assets/{normalize('NFC', 'café.png')}:1:1 R04 another file has this name"]


@pytest.mark.parametrize("form", FORMS)
def test_two_headlines_in_two_forms_say_the_same(form: Form) -> None:
    one = component("title/one0", normalize("NFC", "Café crème"), fr=None, segments=["sweet_tooth"])
    two = component("title/one1", normalize(form, "Café crème"), fr=None, segments=["salty_tooth"])
    assert findings(one | two, "V01") == ["components/title/one1.md:5:1 V01 title/one1 says the same as title/one0"]
