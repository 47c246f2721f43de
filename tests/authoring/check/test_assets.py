"""A01 and A02: images that cannot be used, and images that nothing describes."""

from __future__ import annotations

from tests.authoring.builders import (
    MOMENT,
    Files,
    component,
    component_type,
    image,
    in_memory,
    mail,
    project,
    rendition,
    translation,
)
from tests.authoring.check.cases import failing, findings, judged, passing

STORY, TEA = "components/story/plain.md", "components/offer/tea.md"
LAYOUT, RENDITION = "templates/email/note.html.j2", "templates/email/components/story.html.j2"

CASES: list[tuple[Files, list[str]]] = [
    (component("story/plain", picture={"file": "shpo.png"}), [f"{STORY}:3:17 A01 no image assets/shpo.png"]),
    (
        component("story/plain", picture={"file": "shpo.png"})
        | translation("story/plain", picture="{alt: 'À {{ first_name | default: \"vous\" }}'}"),
        [f"{STORY}:3:17 A01 no image assets/shpo.png"],
    ),
    ({"assets/shop.png": b"not an image"}, [f"{STORY}:3:17 A01 assets/shop.png: not a PNG, JPEG, GIF or WebP image"]),
    (
        {"assets/shop.png": image()[:50]},
        [f"{STORY}:3:17 A01 assets/shop.png: a damaged image: image file is truncated"],
    ),
    (
        {"assets/shop.png": image(size=(4001, 4001), mode="1")},
        [f"{STORY}:3:17 A01 assets/shop.png: 4001 x 4001 pixels, over 16 megapixels"],
    ),
    (
        {"assets/shop.png": image("WEBP")},
        [f"{STORY}:3:17 A01 assets/shop.png: WebP, which many e-mail programs do not show"],
    ),
    ({"assets/shop.png": image("BMP")}, [f"{STORY}:3:17 A01 assets/shop.png: not a PNG, JPEG, GIF or WebP image"]),
    (mail(logo='src="{{ asset("lgoo.png").url_2x }}"'), [f"{LAYOUT}:15:20 A01 no image assets/lgoo.png"]),
    (
        component_type("offer", fields={"badge": {"kind": "asset"}})
        | component("offer/tea", badge={"file": "bagde.png", "alt": "x"}),
        [f"{TEA}:3:15 A01 no image assets/bagde.png"],
    ),
    (component("story/plain", picture={"alt": None}), [f"{STORY}:3:10 A02 picture has no alt text"]),
    (mail(logo_alt=""), [f"{LAYOUT}:15:1 A02 an image without alt text"]),
    (rendition("email/story.html", alt=""), [f"{RENDITION}:1:27 A02 an image without alt text"]),
]


@failing(CASES)
def test_a_fault_is_found_where_it_stands(code: str, files: Files, expected: list[str]) -> None:
    own, errors = judged(files, code)
    assert own == expected
    assert errors & {"A01", "A02", "R02", "R03", "R06", "L03"} == {code}


@passing(
    [
        ("A01", {"assets/shop.png": image("JPEG")}),
        ("A01", {"assets/shop.png": image("GIF")}),
        ("A01", {"assets/unused.png": b"not an image"}),
        (
            "A01",
            {"assets/shop.webp": image("WEBP")}
            | component("story/plain", channels=["page"], picture={"file": "shop.webp"}),
        ),
        ("A01", component("story/plain", picture={"file": "../shop.png"})),
        (
            "A01",
            component("story/x", status="draft", picture={"file": "x.png", "alt": "x"}),
        ),
        ("A02", component("story/plain", picture={"alt": '""'})),
        (
            "A02",
            component("story/plain", status="draft", picture={"alt": None}),
        ),
        (
            "A02",
            rendition("email/story.html", alt='{% if locale %}alt="{{ picture.alt }}"{% else %}alt{% endif %}'),
        ),
        ("A02", mail(foot="<!-- <img src='x'> -->")),
    ],
)
def test_a_near_miss_is_none(code: str, files: Files) -> None:
    assert findings(files, code) == []


def test_a01_an_image_that_no_campaign_can_show_is_examined_and_not_delivered() -> None:
    files: Files = {
        **component_type("note", fields={"badge": {"kind": "asset"}}),
        **component("note/one", badge={"file": "badge.png", "alt": "x"}),
        **component("note/two", badge={"file": "bagde.png", "alt": "x"}),
        "assets/badge.png": image(),
    }
    authored = in_memory(project(files))
    authored.check(MOMENT)
    assert findings(files, "A01") == ["components/note/two.md:3:15 A01 no image assets/bagde.png"]
    assert not any(name.startswith("badge") for name in authored.compiled.images.delivered())
