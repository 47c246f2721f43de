"""The parts of the clean project that tests build on: what stands in each file where a test says nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Value: TypeAlias = str | list[str] | Mapping[str, "Value"] | None
SETTINGS: dict[str, Value] = {
    "name": "sample",
    "owner": "growth@sample.example",
    "timezone": "Europe/London",
    "locales": ["en", "fr", "fr-CA"],
    "brand": {"name": "Sample & Sons", "url": '"https://www.sample.example"', "colour": {"ink": '"#102030"'}},
    "assets": {"base_url": '"https://cdn.sample.example/a"'},
    "channels": {
        "email": {
            "envelope": "email",
            "unsubscribe": "unsubscribe_url",
            "address": '"Sample & Sons, 1 Quay Street"',
        },
        "page": {"envelope": "web"},
    },
    "fields": {
        "first_name": {"kind": "name", "example": "Maya", "max_length": "20"},
        "unsubscribe_url": {"kind": "url", "example": '"https://www.sample.example/u/1"'},
    },
    "signals": {
        "months_away": {
            "kind": "integer",
            "range": ["0", "600"],
            "source": "order history",
            "max_age": "35d",
            "consent": "marketing",
            "owner": "crm@sample.example",
            "review_by": "2027-06-01",
            "response": "people long away get a welcome back",
            "fallback": "unknown people get the default",
        },
        "taste": {
            "kind": "choice",
            "values": ["sweet", "salty"],
            "source": "quiz",
            "max_age": "none",
            "consent": "none",
            "owner": "crm@sample.example",
            "review_by": "2027-06-01",
            "response": "the quiz decides the picture",
            "fallback": "both tastes are shown",
        },
    },
    "stages": {"away": {"when": "months_away >= 6"}, "here": {"when": "months_away < 6"}},
    "segments": {
        f"{taste}_tooth": {
            "when": f'taste == "{taste}"',
            "owner": "crm@sample.example",
            "hypothesis": "their own taste tempts people back",
            "review_by": "2027-06-01",
        }
        for taste in ("sweet", "salty")
    },
    "holdout": {"share": "5%", "salt": "2026q4", "owner": "crm@sample.example", "until": "2027-06-30"},
    "policy": {"link_hosts": ["www.sample.example"]},
}
CAMPAIGNS: dict[str, dict[str, Value]] = {
    "back": {
        "owner": "crm@sample.example",
        "objective": "more people come back",
        "outcome": {"event": "purchase", "within": "30d", "minimum_lift": "10%"},
        "decide_by": "2027-06-30",
        "hypothesis": "a reason brings more people back than a discount",
        "review_by": "2027-06-01",
        "holdout": {"share": "10%", "until": "2027-06-30"},
        "channels": {"email": "note", "page": "board"},
        "slots": {
            "offer": {"type": "offer", "default": "empty"},
            "title": {"type": "title", "default": "title/plain"},
            "story": {"type": "story", "default": "story/plain"},
            "aside": {"type": "title", "default": "title/aside", "constant": "true"},
        },
    },
    "start": {
        "owner": "crm@sample.example",
        "objective": "people try us",
        "outcome": {"event": "purchase", "within": "30d", "minimum_lift": "10%"},
        "decide_by": "2027-06-30",
        "hypothesis": "a warm first word",
        "review_by": "2027-06-01",
        "channels": {"page": "board"},
        "slots": {
            "offer": {"type": "offer", "default": "empty"},
            "title": {"type": "title", "default": "title/first"},
            "story": {"type": "story", "default": "story/first", "constant": "true"},
            "aside": {"type": "title", "default": "title/first_aside"},
        },
    },
}
TYPES: dict[str, dict[str, Value]] = {
    "title": {
        "body": "text",
        "max_length": "60",
        "fields": {"kicker": {"kind": "text", "max_length": "30"}, "lead": {"kind": "text", "max_length": "90"}},
    },
    "story": {
        "body": "markdown",
        "max_length": "300",
        "fields": {"picture": {"kind": "asset"}, "url": {"kind": "url"}},
    },
    "offer": {
        "body": "text",
        "max_length": "60",
        "fields": {
            "terms": {"kind": "text", "required": "true", "max_length": "120"},
            "ends": {"kind": "date"},
        },
    },
}
Front: TypeAlias = dict[str, Value]
BACK: Front = {"campaigns": ["back"]}
START: Front = {"campaigns": ["start"]}
# Each component with its English and French words.
COMPONENTS: dict[str, tuple[Front, str, str]] = {
    "title/plain": (
        BACK | {"lead": "Come in"},
        'Good to see you, {{ first_name | default: "friend" }}',
        'Bonjour, {{ first_name | default: "vous" }}',
    ),
    "title/aside": (BACK, 'Open "all" day & <3', "Ouvert toute la journée"),
    "title/sweet": (
        BACK | {"segments": ["sweet_tooth"], "kicker": "'For {{ first_name | default: \"you\" }}'"},
        "Something sweet",
        "Une douceur",
    ),
    "title/sweet_away": (
        BACK | {"segments": ["sweet_tooth"], "stages": ["away"], "needs": ["first_name"]},
        'Sweets again, {{ first_name | default: "friend" }}',
        'Encore, {{ first_name | default: "vous" }}',
    ),
    "title/test_a": (
        BACK | {"segments": ["salty_tooth"], "test": {"id": "tone", "share": "50%"}},
        "Salt of the sea",
        "Sel de la mer",
    ),
    "title/test_b": (
        BACK | {"segments": ["salty_tooth"], "test": {"id": "tone", "share": "25%"}},
        "Crisp and salty",
        "Croquant et salé",
    ),
    "title/first": (START, "Welcome in", "Bienvenue"),
    "title/here": (START | {"stages": ["here"]}, "Right where you are", "Là où vous êtes"),
    "title/first_aside": (START, "First things first", "Commençons"),
    "story/plain": (
        BACK
        | {
            "picture": {"file": "shop.png", "alt": "'The shop, {{ first_name | default: \"you\" }}'"},
            "url": "'https://www.sample.example/s?n={{ first_name | default: \"x\" }}'",
        },
        "We *kept* your seat. [Come by](https://www.sample.example/in?a=1&b=2)\n\n"
        '- tea\n- [leave]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
        "Votre *place*. [Venez](https://www.sample.example/in?a=1&b=2)\n\n"
        '- thé\n- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
    ),
    "story/away": (BACK | {"stages": ["away"]}, "Much is **new**.", "Du **nouveau**."),
    "story/first": (START, "This is how it works.", "Voici comment."),
    "offer/tea": (
        {
            "campaigns": "all",
            "segments": ["sweet_tooth"],
            "owner": "a@sample.example",
            "terms": "While the kettle sings",
            "valid_until": "2027-05-01",
            "ends": "2027-05-01",
        },
        "Free tea",
        "Thé offert",
    ),
}
TRANSLATED_FRONT: dict[str, Front] = {"offer/tea": {"terms": "Tant que chante la bouilloire"}}
CANADIAN = 'Allô, {{ first_name | default: "vous" }}'
SUBJECT = '{{ slot("title", part="subject") }}'
UNSUBSCRIBE = '{{ field("unsubscribe_url", default="https://www.sample.example/u") }}'
# What mails and pages have in common. Each thing stands on the same line in both.
DOCUMENT = """\
<!DOCTYPE html>
[html]
<head>[charset]<title>[title]</title>
[data]HEAD[head]</head>
[body]TOP
<!--[if mso]><table[ outlook]><tr><td><![endif]-->
<table[ frame]>[tbody]
[offer]
<tr><td>[heading]</td></tr>
<tr><td>[story]</td></tr>
<tr><td>[aside]</td></tr>
[frame_end]
[outlook_end]MIDDLE
[foot][imprint][address] <a href="[unsubscribe]">[leave]</a>
<img[ logo][ logo_alt] width="{{ asset("logo.png").width }}" height="{{ asset("logo.png").height }}"></p>
[end]</body></html>
"""
DOCUMENT_PIECES = {
    "html": '<html lang="{{ locale }}" dir="ltr">',
    "charset": '<meta charset="utf-8">',
    "title": SUBJECT,
    "data": f'<script type="application/ld+json">{{"name": "{SUBJECT}"}}</script>',
    "viewport": '<meta name="viewport" content="width=device-width, initial-scale=1">',
    "head": "",
    "body": f'<body data-say="{SUBJECT}">',
    "outlook": 'role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"',
    "frame": 'role="presentation" class="frame" cellpadding="0" cellspacing="0" border="0"',
    "tbody": "<tbody>",
    "offer": '{% call(inner) slot("offer") %}<tr><td class="offer">{{ inner }}</td></tr>{% endcall %}',
    "heading": '<h1>{{ slot("title") }}</h1>',
    "story": '{{ slot("story") }}',
    "aside": '{{ slot("aside") }}',
    "frame_end": "</tbody></table>",
    "outlook_end": "<!--[if mso]></td></tr></table><![endif]-->",
    "foot": "",
    "imprint": "<p>",
    "address": "{{ address }}",
    "unsubscribe": UNSUBSCRIBE,
    "leave": "{{ strings.leave }}",
    "logo_alt": 'alt=""',
}
OUTLOOK_HEAD = (
    '<!--[if mso]><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings>'
    "[outlook_dpi]</o:OfficeDocumentSettings></xml><![endif]-->"
)
PREHEADER_PIECES = "[preheader][preheader_slot][preheader_words][preheader_padding]</div>"
MAIL = (
    DOCUMENT.replace("HEAD", "[viewport][reformatting][format_detection][color_scheme][color_schemes]OUTLOOK")
    .replace("OUTLOOK", OUTLOOK_HEAD)
    .replace(
        "TOP",
        f'[before_preheader]{PREHEADER_PIECES}[before_sheet]<div class="sheet"[ role][ described][ label][ language]>',
    )
    .replace("MIDDLE", "")
)
MAIL_PIECES = DOCUMENT_PIECES | {
    "reformatting": '<meta name="x-apple-disable-message-reformatting">',
    "format_detection": '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">',
    "color_scheme": '<meta name="color-scheme" content="light dark">',
    "color_schemes": '<meta name="supported-color-schemes" content="light dark">',
    "outlook_dpi": "<o:PixelsPerInch>96</o:PixelsPerInch>",
    "before_preheader": "",
    "preheader": '<div class="preheader">',
    "preheader_slot": '{{ slot("aside", part="subject") }}',
    "preheader_words": ": a seat by the window and a kettle that never cools",
    "preheader_padding": "&#847;&zwnj;&nbsp;" * 40,
    "before_sheet": "",
    "role": 'role="article"',
    "described": 'aria-roledescription="email"',
    "label": f'aria-label="{SUBJECT}"',
    "language": 'lang="{{ locale }}" dir="ltr"',
    "logo": 'src="{{ asset("logo.png").url_2x }}"',
    "end": "</div>",
}
ACTION = '<p><a href="{{ brand.url }}">{{ brand.name }}</a></p>'
PAGE = (
    DOCUMENT.replace("HEAD", "[viewport][description][canonical][og_title][og_image]")
    .replace("TOP", "[skip][before_header][header][main][action]")
    .replace("MIDDLE", "[action_again]</main><footer>")
)
PAGE_PIECES = DOCUMENT_PIECES | {
    "description": '<meta name="description" content="{{ slot("title", part="preheader") }}">',
    "canonical": '<link rel="canonical" href="{{ brand.url }}">',
    "og_title": f'<meta property="og:title" content="{SUBJECT}">',
    "og_image": '<meta property="og:image" content="{{ asset("logo.png").url_2x }}">',
    "skip": '<a href="#main">To the page</a>',
    "before_header": "",
    "header": "<header>{{ brand.name }}</header>",
    "main": '<main id="main">',
    "action": ACTION,
    "action_again": ACTION,
    "logo": 'src="{{ asset("logo.png").url }}"'
    ' srcset="{{ asset("logo.png").url }} 1x, {{ asset("logo.png").url_2x }} 2x"',
    "end": "</footer>",
}
TEXT = "[title]\n\n[offer]\n[story]\n[aside]\n-- [foot][address][ unsubscribe]\n"
TEXT_PIECES = {
    "title": '{{ slot("title") }}',
    "offer": '{% call(inner) slot("offer") %}\n* {{ inner }}\n\n{% endcall %}',
    "story": '{{ slot("story") }}',
    "aside": '{{ slot("aside") }}',
    "foot": "",
    "address": "{{ address }}",
    "unsubscribe": UNSUBSCRIBE,
}
INLINE = """\
.frame { [frame] }
td.offer > p, .frame b { [ink] }
/* p:hover */
.preheader { [preheader] }
.sheet { [sheet] }
img { [img] }
small { [small] }
a { [a] }
[more]"""
INLINE_PIECES = {
    "frame": "width: 100%;",
    "ink": "color: var(--brand-colour-ink);",
    "preheader": "display: none; max-height: 0; overflow: hidden; mso-hide: all;",
    "sheet": "max-width: 600px;",
    "img": "display: block;",
    "small": "font-size: 14px;",
    "a": "color: var(--brand-colour-ink);",
    "more": "",
}
HEAD = "[dark]\n[more][root]\n"
HEAD_PIECES = {
    "dark": "@media (prefers-color-scheme: dark) { b { color: #fff !important; } }",
    "more": "",
    "root": ":root { color-scheme: light dark; }",
}
TITLE = ("[kicker][body]\n", {"kicker": "{% if kicker %}<i>{{ kicker }}</i> {% endif %}", "body": "<b>{{ body }}</b>"})
STORY = "[before][body][if_picture]<img[ source][ alt][ width][ height]>{% endif %}[if_url][link]{% endif %}\n"
STORY_PIECES = {
    "before": "",
    "body": "{{ body }}",
    "if_picture": "{% if picture %}",
    "alt": 'alt="{{ picture.alt }}"',
    "width": 'width="{{ picture.width }}"',
    "height": 'height="{{ picture.height }}"',
    "if_url": "{% if url %}",
    "link": '<a href="{{ url }}">Come and see</a>',
}
OFFER = "<p>{{ body }} <small>{{ terms }}{% if ends %} {{ ends }}{% endif %}</small></p>"
OFFER_DATA = (
    '<script type="application/ld+json">{[type], [name]{% if ends %}, "validThrough": [valid]{% endif %}}</script>'
)
OFFER_DATA_PIECES = {"type": '"@type": "Offer"', "name": '"name": {{ body | tojson }}', "valid": "{{ ends | tojson }}"}
PREHEADER = ("[lead]\n", {"lead": "{{ lead | default(body) }}"})
STORY_TEXT = ("[body][link]\n", {"body": "{{ body | plain }}", "link": "{% if url %} {{ url }}{% endif %}"})
RENDITIONS: dict[str, tuple[str, dict[str, str]]] = {
    "email/offer.text": ("[body][ends]\n", {"body": "{{ body }}", "ends": "{% if ends %} {{ ends }}{% endif %}"}),
    "email/title.html": TITLE,
    "email/title.preheader": PREHEADER,
    "email/story.html": (STORY, STORY_PIECES | {"source": 'src="{{ picture.url_2x }}"'}),
    "email/story.text": STORY_TEXT,
    "email/offer.html": ("[offer]\n", {"offer": OFFER}),
    "page/title.html": TITLE,
    "page/title.preheader": PREHEADER,
    "page/story.html": (
        STORY,
        STORY_PIECES | {"source": 'src="{{ picture.url }}" srcset="{{ picture.url }} 1x, {{ picture.url_2x }} 2x"'},
    ),
    "page/story.text": STORY_TEXT,
    "page/offer.html": (f"[offer]{OFFER_DATA}\n", {"offer": OFFER} | OFFER_DATA_PIECES),
}
