"""Words on an image are its alt text, in every locale."""

from __future__ import annotations

import re

import pytest

from tests.authoring.builders import MOMENT, component, image, in_memory, project
from tests.authoring.check.cases import findings

STORY = "components/story/away.md"
FRENCH = "components/story/away.fr.md"


def alts(french: str) -> list[str]:
    picture = component("story/away", picture={"file": "shop.png", "overlay": '"New & warm"'})
    files = project(picture, {FRENCH: french, "assets/shop.png": image(size=(400, 240))})
    library = in_memory(files).compile(MOMENT)
    shown = []
    for locale in ("en", "fr"):
        context = {"locale": locale, "segment": None, "stage": "away"}
        html = library.assemble("back", channel="page", context=context, at=MOMENT).html or ""
        shown += re.findall(r'src="https://cdn.sample.example/a/shop-(\w+).*?alt="([^"]*)"', html)
    assert len({address for address, _ in shown}) == len({alt for _, alt in shown})
    return [alt for _, alt in shown]


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        ("Du **nouveau**.\n", ["New &amp; warm", "New &amp; warm"]),
        ("---\npicture: {overlay: Du neuf}\n---\nDu **nouveau**.\n", ["New &amp; warm", "Du neuf"]),
        ("---\npicture: {alt: Du neuf}\n---\nDu **nouveau**.\n", ["New &amp; warm", "Du neuf"]),
    ],
)
def test_the_alt_text_is_the_words(french: str, expected: list[str]) -> None:
    assert alts(french) == expected


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        ("{file: shop.png, overlay: New, alt: Old}", "R02 the words on an image are its alt text; leave `alt` out"),
        (
            "{file: shop.png, overlay: 'Hi {{ first_name | default: \"you\" }}'}",
            "R02 words on an image are the same for everybody; they hold no merge field",
        ),
        ("{file: shop.png, overlay: 名前}", "A01 assets/shop.png: words cannot be drawn: the font has no 前 名"),
    ],
)
def test_words_that_cannot_stand_on_an_image_are_a_finding(picture: str, message: str) -> None:
    own = [finding for finding in findings(component("story/away", picture=picture)) if finding.startswith(STORY)]
    assert any(finding.endswith(message) for finding in own), own
