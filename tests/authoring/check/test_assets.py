"""A01 and A02: images that cannot be used, and images that nothing describes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assembler.authoring import Project
from tests.authoring.check.cases import Edit, edited, found, judged
from tests.authoring.sample import MOMENT, image

STORY, FRENCH, TEA = "components/story/plain.md", "components/story/plain.fr.md", "components/offer/tea.md"
LAYOUT, RENDITION = "templates/email/note.html.j2", "templates/email/components/story.html.j2"
ALT = ", alt: 'The shop, {{ first_name | default: \"you\" }}'"
BADGE: Edit = ("fields:", "fields:\n  badge: {kind: asset}")

CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    ({STORY: ("shop.png", "shpo.png")}, [f"{STORY}:3:17 A01 no image assets/shpo.png"]),
    (
        {
            STORY: ("shop.png", "shpo.png"),
            FRENCH: ("Votre", "---\npicture: {alt: 'À {{ first_name | default: \"vous\" }}'}\n---\nVotre"),
        },
        [f"{STORY}:3:17 A01 no image assets/shpo.png"],
    ),
    ({"assets/shop.png": b"not an image"}, [f"{STORY}:3:17 A01 not a PNG, JPEG, GIF or WebP image"]),
    ({"assets/shop.png": image()[:50]}, [f"{STORY}:3:17 A01 a damaged image: image file is truncated"]),
    ({"assets/shop.png": image(size=(4001, 4001))}, [f"{STORY}:3:17 A01 4001 x 4001 pixels, over 16 megapixels"]),
    ({"assets/shop.png": image("WEBP")}, [f"{STORY}:3:17 A01 WebP, which many e-mail programs do not show"]),
    ({"assets/shop.png": image("BMP")}, [f"{STORY}:3:17 A01 not a PNG, JPEG, GIF or WebP image"]),
    ({LAYOUT: ('asset("logo.png").url', 'asset("lgoo.png").url')}, [f"{LAYOUT}:15:20 A01 no image assets/lgoo.png"]),
    (
        {
            "components/offer/_type.yaml": BADGE,
            TEA: ("campaigns: all", "campaigns: all\nbadge: {file: bagde.png, alt: x}"),
        },
        [f"{TEA}:3:15 A01 no image assets/bagde.png"],
    ),
    ({STORY: (ALT, "")}, [f"{STORY}:3:10 A02 picture has no alt text"]),
    ({LAYOUT: (' alt=""', "")}, [f"{LAYOUT}:15:1 A02 an image without alt text"]),
    ({RENDITION: (' alt="{{ picture.alt }}"', "")}, [f"{RENDITION}:1:27 A02 an image without alt text"]),
]
IDS = [expected[0][:80] for _, expected in CASES]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=IDS)
def test_a_fault_is_found_where_it_stands(edits: Mapping[str, Edit], expected: list[str]) -> None:
    code = expected[0].split(" ")[1]
    own, errors = judged(edits, code)
    assert own == expected
    assert errors & {"A01", "A02", "R02", "R03", "R06", "L03"} == {code}


@pytest.mark.parametrize(
    ("code", "edits"),
    [
        ("A01", {"assets/shop.png": image("JPEG")}),
        ("A01", {"assets/shop.png": image("GIF")}),
        ("A01", {"assets/unused.png": b"not an image"}),
        (
            "A01",
            {
                "assets/shop.webp": image("WEBP"),
                STORY: [("shop.png", "shop.webp"), ("campaigns:", "channels: [page]\ncampaigns:")],
            },
        ),
        ("A01", {STORY: ("file: shop.png", "file: ../shop.png")}),
        (
            "A01",
            {"components/story/x.md": "---\ncampaigns: all\nstatus: draft\npicture: {file: x.png, alt: x}\n---\nx\n"},
        ),
        ("A02", {STORY: (ALT, ', alt: ""')}),
        (
            "A02",
            {
                STORY: (ALT, ""),
                "components/story/plain.md": [(ALT, ""), ("campaigns: [back]", "campaigns: [back]\nstatus: draft")],
            },
        ),
        (
            "A02",
            {RENDITION: ('alt="{{ picture.alt }}"', '{% if locale %}alt="{{ picture.alt }}"{% else %}alt{% endif %}')},
        ),
        ("A02", {LAYOUT: ("<p>{{ address }}", "<!-- <img src='x'> --><p>{{ address }}")}),
    ],
)
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []


def test_an_image_that_no_campaign_can_show_is_examined_and_not_delivered() -> None:
    edits: dict[str, Edit] = {
        "components/note/_type.yaml": "body: text\nfields: {badge: {kind: asset}}\n",
        "components/note/one.md": "---\ncampaigns: [back]\nbadge: {file: badge.png, alt: x}\n---\nx\n",
        "components/note/two.md": "---\ncampaigns: [back]\nbadge: {file: bagde.png, alt: x}\n---\nx\n",
        "assets/badge.png": image(),
    }
    project = Project.from_files(edited(edits))
    project.check(MOMENT)
    assert found(edits, "A01") == ["components/note/two.md:3:15 A01 no image assets/bagde.png"]
    assert not any(name.startswith("badge") for name in project.compiled.images.delivered())
