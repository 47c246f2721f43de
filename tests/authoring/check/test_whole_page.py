"""What a page says counts from wherever it comes: a component in its head, microdata, any form of two densities."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.findings import render
from tests.authoring.builders import (
    Files,
    campaign,
    component,
    component_type,
    page,
    rendition,
    settings,
    translation,
)
from tests.authoring.check.cases import diagnostics

LAYOUT, OFFER = "templates/page/board.html.j2", "templates/page/components/offer.html.j2"
_TITLE = '<title>{{ slot("title", part="subject") }}</title>'
_HEAD = (
    '<title>{{ body }}</title><meta name="viewport" content="width=device-width">'
    '<meta name="description" content="{{ description }}"><meta property="og:title" content="{{ body }}">'
    '<meta property="og:image" content="{{ asset("logo.png").url_2x }}"><link rel="canonical" href="{{ brand.url }}">\n'
)
_IMAGE = 'src="https://www.sample.example/a.png"'
_LEGAL = "<p>{{ body }} <small>{{ terms }}{% if ends %} {{ ends }}{% endif %}</small></p>"


def head(written: str = _HEAD, *, default: str = "seo/plain", description: str | None = "What we sell") -> Files:
    """The project whose pages have a head that a component writes."""
    slots = {"seo": {"type": "seo", "default": default, "constant": "true"}}
    layout = page(description="", og_title="", canonical="", og_image="", viewport="", data='{{ slot("seo") }}')
    text = str(layout[LAYOUT]).replace(_TITLE, "")
    return {
        **component_type("seo", body="text", fields={"description": {"kind": "text"}}),
        **component("seo/plain", "A title", campaigns="all", description=description),
        **campaign("back", slots=slots),
        **campaign("start", slots=slots),
        LAYOUT: text,
        "templates/page/components/seo.html.j2": written,
        # Mails have a head of their own.
        **{f"templates/email/components/seo.{part}.j2": "{{ body }}\n" for part in ("html", "text")},
    }


def image(attributes: str) -> Files:
    """The layout of pages whose logo has these attributes."""
    return page(logo=attributes)


def picture(sources: str) -> Files:
    """The layout of pages whose logo has sources for other screens."""
    text = str(page(logo=_IMAGE)[LAYOUT])
    start = text.index("<img")
    end = text.index("></p>", start) + 1
    return {LAYOUT: f"{text[:start]}<picture>{sources}{text[start:end]}</picture>{text[end:]}"}


def offer(html: str) -> Files:
    """The rendition of offers on pages."""
    return {OFFER: f"{html}\n"}


def script(name: str) -> Files:
    """The layout that tells of an offer whose name is this, where offers say nothing to search engines themselves."""
    data = f'<script type="application/ld+json">{{"@type": "Offer", "name": "{name}"}}</script>'
    called = f'{{% call(inner) slot("offer", part="text") %}}{data}{{% endcall %}}'
    return {
        **page(data=called if name == "{{ inner }}" else data),
        **offer(_LEGAL),
        "templates/page/components/offer.text.j2": "{{ body }}\n",
    }


PASSING: dict[str, tuple[str, Files]] = {
    "a head that a component writes": ("P01", head()),
    "a viewport that a component writes": ("P04", head()),
    "a property beside another": (
        "P01",
        page(og_title='<meta property="og:title twitter:title" content="{{ slot("title", part="subject") }}">'),
    ),
    "a drawing with a title": ("P01", page(before_header="<svg><title></title></svg>")),
    "srcset with densities": ("P04", image(f'{_IMAGE} srcset="https://www.sample.example/b.png 2x"')),
    "srcset with widths": (
        "P04",
        image(f'{_IMAGE} srcset="https://www.sample.example/a.png 600w, https://www.sample.example/b.png 1200w"'),
    ),
    "srcset with commas in addresses": (
        "P04",
        image(f'{_IMAGE} srcset="https://www.sample.example/w_1,h_1/a.png 1x, https://www.sample.example/b.png 2x"'),
    ),
    "a source with densities": ("P04", picture('<source srcset="https://www.sample.example/b.png 2x, /a.png">')),
    "a source for a density": (
        "P04",
        picture('<source media="(min-resolution: 2dppx)" srcset="https://www.sample.example/b.png">'),
    ),
    "image-set": ("P04", image(f'{_IMAGE} style="content: image-set(url(a.png) 1x, url(b.png) 2x)"')),
    "a drawing": ("P04", image('src="https://www.sample.example/a.svg"')),
    "a picture's 2x source": (
        "A04",
        {
            LAYOUT: str(picture('<source srcset="{{ asset("logo.png").url_2x }} 2x">')[LAYOUT]).replace(
                "https://www.sample.example/a.png", '{{ asset("logo.png").url }}'
            )
        },
    ),
    "room by its style": (
        "P04",
        rendition("page/story.html", height="", alt='alt="{{ picture.alt }}" style="aspect-ratio: 2 / 1"'),
    ),
    "microdata": (
        "P07",
        offer('<div itemscope itemtype="https://schema.org/Offer"><p itemprop="name">{{ body }}</p></div>'),
    ),
    "RDFa": ("P07", offer('<div typeof="schema:Offer"><p property="schema:name">{{ body }}</p></div>')),
    "an offer of a product": (
        "P07",
        offer(
            f'{_LEGAL}<script type="application/ld+json">{{"@graph": [{{"@type": "Product", "name": '
            '{{ body | tojson }}, "offers": {"@type": "Offer", "price": 0}}]}</script>'
        ),
    ),
    "microdata around the slot": (
        "P07",
        page(main='<main id="main" itemscope itemtype="https://schema.org/Offer">')
        | offer('<p itemprop="name">{{ body }}</p>'),
    ),
    "a script around what the slot says": ("P07", script("{{ inner }}")),
    "a parent's locale": ("T07", translation("title/test_a", "Sel marin", "fr-CA")),
    "channels that are all there are": ("T07", component("title/test_a", channels=["email", "page"])),
}

FAILING: dict[str, tuple[str, Files]] = {
    "a head without a description": ("P01", head(description=None)),
    "a head that may be empty": ("P01", head(default="empty")),
    "a head without a viewport": ("P04", head(_HEAD.replace("viewport", "theme-color"))),
    "one density": ("P04", image(f'{_IMAGE} srcset="https://www.sample.example/w_1,h_1/a.png"')),
    "one density of a file": ("P04", image('src="{{ asset("logo.png").url }}"')),
    "a source of one density": ("P04", picture('<source srcset="https://www.sample.example/b.png">')),
    "one picture in a set": ("P04", image(f'{_IMAGE} style="content: image-set(url(a.png) 1x)"')),
    "microdata of another offer": (
        "P07",
        offer('<div itemscope itemtype="https://schema.org/Offer"><p itemprop="name">Free all</p>{{ body }}</div>'),
    ),
    "no offer": ("P07", offer(_LEGAL)),
    "a script where there may be no offer": ("P07", script('{{ slot("offer", part="text") }}')),
    "one channel only": ("T07", component("title/test_a", channels=["email"])),
    "one language only": ("T07", settings() | component("title/test_a", fr=None)),
}


@pytest.mark.parametrize(
    ("code", "files"), PASSING.values(), ids=[f"{case[0]} {name}" for name, case in PASSING.items()]
)
def test_nobody_is_stopped_by(code: str, files: Files) -> None:
    assert [finding.message for finding in diagnostics(files) if finding.code == code] == []


@pytest.mark.parametrize(
    ("code", "files"), FAILING.values(), ids=[f"{case[0]} {name}" for name, case in FAILING.items()]
)
def test_what_is_missing_is_told(code: str, files: Files, words: SnapshotAssertion) -> None:
    assert f"{render([finding for finding in diagnostics(files) if finding.code == code])}\n" == words
