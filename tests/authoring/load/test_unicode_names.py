"""Names that look alike are one name, whichever form of Unicode they were saved in."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest

from assembler.authoring import Project
from tests.authoring.check.cases import Edit, edited, found
from tests.authoring.sample import MOMENT, image

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
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
