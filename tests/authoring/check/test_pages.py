"""P01 to P08: what a page must be, in every variant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.authoring.check.cases import Edit, diagnostics, found

PAGE, AWAY = "templates/page/board.html.j2", "components/story/away.md"
HEAD, INLINE = "templates/page/head.css", "templates/page/inline.css"
STORY, OFFER = "templates/page/components/story.html.j2", "templates/page/components/offer.html.j2"
TYPE, LONG = "components/story/_type.yaml", ("max_length: 300", "max_length: 200000")
SHOP = '<p><a href="{{ brand.url }}">{{ brand.name }}</a></p>'
TITLE = '<h1>{{ slot("title") }}</h1>'

CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    (
        {PAGE: ('<link rel="canonical" href="{{ brand.url }}">', "")},
        [f"{PAGE}:3:1 P01 the page has no canonical link"],
    ),
    (
        {PAGE: ('rel="canonical" href="{{ brand.url }}', 'rel="canonical" href="/board')},
        [f"{PAGE}:4:233 P01 the canonical link is no whole https address"],
    ),
    (
        {PAGE: ('content="{{ slot("title", part="preheader") }}"', 'content="{{ slot("offer", part="preheader") }}"')},
        [f"{PAGE}:4:160 P01 the description of the page may be empty"],
    ),
    (
        {PAGE: ('{{ asset("logo.png").url_2x }}">', 'logo.png">')},
        [f"{PAGE}:4:350 P01 og:image is no whole https address"],
    ),
    ({PAGE: ('<html lang="{{ locale }}"', "<html")}, [f"{PAGE}:2:1 P01 html has no lang"]),
    (
        {PAGE: (TITLE, '<h2>{{ slot("title") }}</h2>')},
        [f"{PAGE}:5:1 P02 no h1 in any variant", f"{PAGE}:9:9 P02 an h2 may come first: a level is skipped"],
    ),
    ({PAGE: ("<header>{{ brand.name }}</header>", "")}, [f"{PAGE}:5:1 P02 the page has no header"]),
    ({PAGE: ("<header>", "<header>x</header><header>")}, [f"{PAGE}:5:103 P02 a second header"]),
    (
        {PAGE: ('href="#main"', 'href="#man"')},
        [f"{PAGE}:5:54 P02 the skip link leads to #man, which the page does not have"],
    ),
    (
        {PAGE: ('<a href="#main">To the page</a>', "")},
        [f"{PAGE}:5:1 P02 the first link of the page does not skip to its content"],
    ),
    ({PAGE: ("<header>", "<script>let x = 1</script><header>")}, [f"{PAGE}:5:85 P03 a script in a page"]),
    ({PAGE: ("<header>", '<header onclick="x()">')}, [f"{PAGE}:5:85 P03 the attribute onclick runs a script"]),
    (
        {PAGE: (' srcset="{{ asset("logo.png").url }} 1x, {{ asset("logo.png").url_2x }} 2x"', "")},
        [f"{PAGE}:15:1 P04 an image in one density only"],
    ),
    (
        {PAGE: ("width=device-width, initial-scale=1", "width=600")},
        [f"{PAGE}:4:92 P04 the page does not take the width of the screen"],
    ),
    (
        {HEAD: "b { margin: 0; }\n@media (max-width: 30rem) { b { margin: 1px; } }\n"},
        [f"{HEAD}:2:1 P04 @media (max-width: 30rem): the page is made for wide screens first"],
    ),
    (
        {STORY: (' height="{{ picture.height }}"', "")},
        [f"{STORY}:1:27 P04 an image without height, so that the page moves while it loads"],
    ),
    ({INLINE: "small { color: #999; }\n"}, [f"{OFFER}:1:15 P05 text in #999999 on #ffffff has a contrast of 2.8"]),
    (
        {HEAD: "b { margin: 0; }\nb { color: #333; }\n"},
        [f"{HEAD}:2:1 P05 'b' declares a colour that is not inlined, so contrast cannot be worked out"],
    ),
    (
        {AWAY: ("Much is", "New. " * 10000 + "Much is"), TYPE: LONG},
        [f"{PAGE}:2:1 P06 a page of back may have 51.7 kB of HTML; 50 are allowed"],
    ),
    (
        {OFFER: ("{{ body | tojson }}", '"Free everything"')},
        [f"{OFFER}:1:80 P07 the name of the Offer is not what offer says"],
    ),
    ({OFFER: ('"@type": "Offer"', '"@type": "Thing"')}, [f"{OFFER}:1:1 P07 an offer without schema.org Offer"]),
    (
        {OFFER: ("{{ ends | tojson }}", '"2030-01-01"')},
        [f"{OFFER}:1:80 P07 the validThrough of the Offer is not a day of offer"],
    ),
    ({OFFER: ('"name": {{', '"name" {{')}, [f"{OFFER}:1:80 P07 JSON-LD that is no JSON"]),
    (
        {PAGE: ('{"name": "{{', '{"@type": "Offer", "name": "{{')},
        [f"{PAGE}:4:1 P07 the layout tells search engines of an offer, which may differ from the one it shows"],
    ),
    ({PAGE: (f"{SHOP}</main>", "</main>")}, [f"{PAGE}:5:118 P08 the action is not repeated at the end"]),
    (
        {PAGE: (f'<main id="main">{SHOP}', f'<main id="main"><p>{"word " * 300}</p>{SHOP}')},
        [f"{PAGE}:5:118 P08 no action in the first 812 px of a phone"],
    ),
]

NEAR_MISSES: list[tuple[str, Mapping[str, Edit]]] = [
    (
        "P01",
        {
            PAGE: (
                'content="{{ slot("title", part="preheader") }}"',
                'content="Now: {{ slot("offer", part="preheader") }}"',
            )
        },
    ),
    ("P01", {PAGE: ('<meta property="og:title"', '<meta name="og:title"')}),
    ("P02", {PAGE: ("<header>", "<article><header>x</header></article><header>")}),
    ("P02", {STORY: ("{{ body }}", "<h2>x</h2><h3>y</h3>{{ body }}")}),
    ("P02", {PAGE: ("<header>{{ brand.name }}</header>", '<div role="banner">{{ brand.name }}</div>')}),
    ("P03", {PAGE: ("<header>", '<script type="application/ld+json">{}</script><header>')}),
    ("P04", {HEAD: "@media (min-width: 30rem) { b { margin: 1px; } }\n"}),
    ("P05", {INLINE: "small { color: #767676; }\n"}),
    (
        "P05",
        {
            HEAD: "b { color: inherit; }\nb::after { color: #999; }\n"
            "@media (prefers-color-scheme: dark) { b { color: #eee; } }\n"
        },
    ),
    ("P06", {AWAY: ("Much is", "New. " * 9000 + "Much is"), TYPE: LONG}),
    (
        "P07",
        {
            OFFER: (
                '"name": {{ body | tojson }}',
                '"name": {{ body | tojson }}, "description": {{ (body ~ ". " ~ terms) | tojson }}',
            )
        },
    ),
    ("P08", {PAGE: (f'<main id="main">{SHOP}', f'<main id="main"><p>{"word " * 60}</p>{SHOP}')}),
]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[each[0].partition(" ")[2] for _, each in CASES])
def test_a_fault_is_found_where_it_stands(edits: Mapping[str, Edit], expected: list[str]) -> None:
    code = expected[0].split(" ")[1]
    assert found(edits, code) == expected


@pytest.mark.parametrize(("code", "edits"), NEAR_MISSES)
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []


def test_what_the_layout_does_is_told_once_for_all_campaigns_and_locales() -> None:
    edits: Mapping[str, Edit] = {PAGE: ("<header>{{ brand.name }}</header>", "")}
    assert len([each for each in diagnostics(edits) if each.code == "P02"]) == 1
