"""P01 to P08: what a page must be, in every variant."""

from __future__ import annotations

from tests.authoring.builders import Files, component, page, rendition, settings
from tests.authoring.check.cases import long_story

PAGE = "templates/page/board.html.j2"
HEAD, INLINE = "templates/page/head.css", "templates/page/inline.css"
STORY, OFFER = "templates/page/components/story.html.j2", "templates/page/components/offer.html.j2"

CASES: list[tuple[Files, list[str]]] = [
    (
        page(canonical=""),
        [f"{PAGE}:3:1 P01 the page has no canonical link"],
    ),
    (
        page(canonical='<link rel="canonical" href="/board">'),
        [f"{PAGE}:4:233 P01 the canonical link is no whole https address"],
    ),
    (
        page(description='<meta name="description" content="{{ slot("offer", part="preheader") }}">'),
        [f"{PAGE}:4:160 P01 the description of the page may be empty"],
    ),
    (
        page(og_image='<meta property="og:image" content="/logo.png">'),
        [f"{PAGE}:4:350 P01 og:image is no whole https address"],
    ),
    (
        page(og_image='<meta property="og:image" content="/logo.png">') | settings(assets=None),
        [f"{PAGE}:4:350 P01 og:image is no whole https address"],
    ),
    (page(html='<html dir="ltr">'), [f"{PAGE}:2:1 P01 html has no lang"]),
    (
        page(heading='<h2>{{ slot("title") }}</h2>'),
        [f"{PAGE}:5:1 P02 no h1 in any variant"],
    ),
    (page(header=""), [f"{PAGE}:5:1 P02 the page has no header"]),
    (page(before_header="<header>x</header>"), [f"{PAGE}:5:103 P02 a second header"]),
    (
        page(skip='<a href="#man">To the page</a>'),
        [f"{PAGE}:5:54 P02 the skip link leads to #man, which the page does not have"],
    ),
    (
        page(skip=""),
        [f"{PAGE}:5:1 P02 the first link of the page does not skip to its content"],
    ),
    (page(skip='<a href="#main"> </a>'), [f"{PAGE}:5:54 P02 the skip link has no words"]),
    (page(before_header="<script>let x = 1</script>"), [f"{PAGE}:5:85 P03 a script in a page"]),
    (
        page(header='<header onclick="x()">{{ brand.name }}</header>'),
        [f"{PAGE}:5:85 P03 the attribute onclick runs a script"],
    ),
    (
        page(logo='src="{{ asset("logo.png").url }}"'),
        [f"{PAGE}:15:1 P04 an image in one density only"],
    ),
    (
        page(viewport='<meta name="viewport" content="width=600">'),
        [f"{PAGE}:4:92 P04 the page does not take the width of the screen"],
    ),
    (
        {HEAD: "b { margin: 0; }\n@media (max-width: 30rem) { b { margin: 1px; } }\n"},
        [f"{HEAD}:2:1 P04 @media (max-width: 30rem): the page is made for wide screens first"],
    ),
    (
        page(head="<style>@media (max-width: 9px) { b { top: 0; } }</style>")
        | {HEAD: "@media (max-width: 9px) { b { top: 1px; } }\n"},
        [f"{PAGE}:4:424 P04 @media (max-width: 9px): the page is made for wide screens first"],
    ),
    (
        rendition("page/story.html", height=""),
        [f"{STORY}:1:27 P04 an image without height, so that the page moves while it loads"],
    ),
    ({INLINE: "small { color: #999; }\n"}, [f"{INLINE}:1:9 P05 text in #999999 on #ffffff has a contrast of 2.8"]),
    (
        {HEAD: "b { margin: 0; }\nb { color: #333; }\n"},
        [f"{HEAD}:2:1 P05 'b' declares a colour that is not inlined, so contrast cannot be worked out"],
    ),
    (
        long_story(10000),
        [f"{PAGE}:2:1 P06 a page of back may have 51.7 kB of HTML; 50 are allowed"],
    ),
    (
        rendition("page/offer.html", name='"name": "Free everything"'),
        [f"{OFFER}:1:80 P07 the name of the Offer is not what offer says"],
    ),
    (rendition("page/offer.html", name='"x": 1'), [f"{OFFER}:1:80 P07 an Offer without a name"]),
    (rendition("page/offer.html", type='"@type": "Thing"'), [f"{OFFER}:1:1 P07 an offer without schema.org Offer"]),
    (
        rendition("page/offer.html", valid='"2030-01-01"'),
        [f"{OFFER}:1:80 P07 the validThrough of the Offer is not a day of offer"],
    ),
    (rendition("page/offer.html", name='"name" {{ body | tojson }}'), [f"{OFFER}:1:80 P07 JSON-LD that is no JSON"]),
    (
        page(
            data=(
                '<script type="application/ld+json">{"@type": "Offer", "name": "{{ slot("title", '
                'part="subject") }}"}</script>'
            )
        ),
        [f"{PAGE}:4:1 P07 the layout tells search engines of an offer, which may differ from the one it shows"],
    ),
    (page(action_again=""), [f"{PAGE}:5:118 P08 the action is not repeated at the end"]),
    (
        page(main=f'<main id="main"><p>{"word " * 300}</p>'),
        [f"{PAGE}:5:118 P08 no action in the first 812 px of a phone"],
    ),
]

NEAR_MISSES: list[tuple[str, Files]] = [
    ("P07", component("offer/tea", valid_until="2027-05-03") | rendition("page/offer.html", valid='"2027-05-03"')),
    (
        "P01",
        page(description='<meta name="description" content="Now: {{ slot("offer", part="preheader") }}">'),
    ),
    ("P01", page(og_title='<meta name="og:title" content="{{ slot("title", part="subject") }}">')),
    ("P02", page(skip='<a id="top"></a><a href="#main">To the page</a>')),
    ("P02", page(before_header="<article><header>x</header></article>")),
    ("P02", rendition("page/story.html", before="<h2>x</h2><h3>y</h3>")),
    ("P02", page(header='<div role="banner">{{ brand.name }}</div>')),
    ("P03", page(before_header='<script type="application/ld+json">{}</script>')),
    ("P04", {HEAD: "@media (min-width: 30rem) { b { margin: 1px; } }\n"}),
    ("P05", {INLINE: "small { color: #767676; }\n"}),
    (
        "P05",
        {
            HEAD: "b { color: inherit; }\nb::after { color: #999; }\n"
            "@media (prefers-color-scheme: dark) { b { color: #eee; } }\n"
        },
    ),
    ("P06", long_story(9000)),
    (
        "P07",
        rendition(
            "page/offer.html", name='"name": {{ body | tojson }}, "description": {{ (body ~ ". " ~ terms) | tojson }}'
        ),
    ),
    (
        "P08",
        page(
            main=(
                '<main id="main"><p>word word word word word word word word word word word word word '
                "word word word word word word word word word word word word word word word word word "
                "word word word word word word word word word word word word word word word word word "
                "word word word word word word word word word word word word word </p>"
            )
        ),
    ),
]
