"""A small project in memory: two campaigns, two channels, two locales, and each feature once."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image

__all__ = ["MOMENT", "files", "image"]

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def image(format_: str = "PNG", size: tuple[int, int] = (21, 10), colour: str = "#205040") -> bytes:
    """The bytes of an image of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format_)
    return out.getvalue()


_SETTINGS = """\
name: sample
owner: growth@sample.example
timezone: Europe/London
locales: [en, fr, fr-CA]
brand: {name: Sample & Sons, url: "https://www.sample.example", colour: {ink: "#102030"}}
assets: {base_url: "https://cdn.sample.example/a"}
channels:
  email: {envelope: email, unsubscribe: unsubscribe_url, address: "Sample & Sons, 1 Quay Street"}
  page: {envelope: web}
fields:
  first_name: {kind: name, example: Maya, max_length: 20}
  unsubscribe_url: {kind: url, example: "https://www.sample.example/u/1"}
signals:
  months_away:
    kind: integer
    range: [0, 600]
    source: order history
    max_age: 35d
    consent: marketing
    owner: crm@sample.example
    review_by: 2027-06-01
    response: people long away get a welcome back
    fallback: unknown people get the default
  taste:
    kind: choice
    values: [sweet, salty]
    source: quiz
    max_age: none
    consent: none
    owner: crm@sample.example
    review_by: 2027-06-01
    response: the quiz decides the picture
    fallback: both tastes are shown
stages:
  - id: away
    when: months_away >= 6
  - id: here
    when: months_away < 6
segments:
  - id: sweet_tooth
    when: taste == "sweet"
    owner: crm@sample.example
    hypothesis: their own taste tempts people back
    review_by: 2027-06-01
  - id: salty_tooth
    when: taste == "salty"
    owner: crm@sample.example
    hypothesis: their own taste tempts people back
    review_by: 2027-06-01
holdout: {share: 5%, salt: 2026q4, owner: crm@sample.example, until: 2027-06-30}
policy: {link_hosts: [www.sample.example]}
"""

_CAMPAIGN = """\
owner: crm@sample.example
objective: more people come back
outcome: {event: purchase, within: 30d, minimum_lift: 10%}
decide_by: 2027-06-30
hypothesis: a reason brings more people back than a discount
review_by: 2027-06-01
holdout: {share: 10%, until: 2027-06-30}
channels: {email: note, page: board}
slots:
  offer: {type: offer, default: empty}
  title: {type: title, default: title/plain}
  story: {type: story, default: story/plain}
  aside: {type: title, default: title/aside, constant: true}
"""

_OTHER = """\
owner: crm@sample.example
objective: people try us
outcome: {event: purchase, within: 30d, minimum_lift: 10%}
decide_by: 2027-06-30
hypothesis: a warm first word
review_by: 2027-06-01
channels: {page: board}
slots:
  offer: {type: offer, default: empty}
  title: {type: title, default: title/first}
  story: {type: story, default: story/first, constant: true}
  aside: {type: title, default: title/first_aside}
"""

# What mails and pages have in common. Each thing stands on the same line in both.
_HTML = """\
<!DOCTYPE html>
<html lang="{{ locale }}" dir="ltr">
<head><meta charset="utf-8"><title>{{ slot("title", part="subject") }}</title>
<script type="application/ld+json">{"name": "{{ slot("title", part="subject") }}"}</script>[HEAD]</head>
<body data-say="{{ slot("title", part="subject") }}">[TOP]
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="frame" cellpadding="0" cellspacing="0" border="0"><tbody>
{% call(inner) slot("offer") %}<tr><td class="offer">{{ inner }}</td></tr>{% endcall %}
<tr><td><h1>{{ slot("title") }}</h1></td></tr>
<tr><td>{{ slot("story") }}</td></tr>
<tr><td>{{ slot("aside") }}</td></tr>
</tbody></table>
<!--[if mso]></td></tr></table><![endif]-->[MIDDLE]
<p>{{ address }} <a href="{{ field("unsubscribe_url", default="https://www.sample.example/u") }}">{{ strings.leave }}</a>
<img [LOGO] alt="" width="{{ asset("logo.png").width }}" height="{{ asset("logo.png").height }}"></p>
[END]</body></html>
"""

_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_MAIL = {
    "HEAD": f'{_VIEWPORT}<meta name="x-apple-disable-message-reformatting">'
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">'
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
    '<!--[if mso]><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings>'
    "<o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->",
    "TOP": '<div class="preheader">{{ slot("aside", part="subject") }}'
    ": a seat by the window and a kettle that never cools"
    + "&#847;&zwnj;&nbsp;"
    * 40
    + '</div><div class="sheet" role="article" aria-roledescription="email"'
    ' aria-label="{{ slot("title", part="subject") }}" lang="{{ locale }}" dir="ltr">',
    "MIDDLE": "",
    "LOGO": 'src="{{ asset("logo.png").url_2x }}"',
    "END": "</div>",
}
_PAGE = {
    "HEAD": f'{_VIEWPORT}<meta name="description" content="{{{{ slot("title", part="preheader") }}}}">'
    '<link rel="canonical" href="{{ brand.url }}">'
    '<meta property="og:title" content="{{ slot("title", part="subject") }}">'
    '<meta property="og:image" content="{{ asset("logo.png").url_2x }}">',
    "TOP": '<a href="#main">To the page</a><header>{{ brand.name }}</header><main id="main">'
    '<p><a href="{{ brand.url }}">{{ brand.name }}</a></p>',
    "MIDDLE": '<p><a href="{{ brand.url }}">{{ brand.name }}</a></p></main><footer>',
    "LOGO": 'src="{{ asset("logo.png").url }}"'
    ' srcset="{{ asset("logo.png").url }} 1x, {{ asset("logo.png").url_2x }} 2x"',
    "END": "</footer>",
}
_PICTURE = {
    "email": 'src="{{ picture.url_2x }}"',
    "page": 'src="{{ picture.url }}" srcset="{{ picture.url }} 1x, {{ picture.url_2x }} 2x"',
}
_OFFER = (
    '<script type="application/ld+json">{"@type": "Offer", "name": {{ body | tojson }}'
    '{% if ends %}, "validThrough": {{ ends | tojson }}{% endif %}}</script>'
)


def _layout(pieces: dict[str, str]) -> str:
    html = _HTML
    for name, piece in pieces.items():
        html = html.replace(f"[{name}]", piece)
    return html


def files() -> dict[str, str | bytes]:
    """The files of the project by path."""
    texts: dict[str, str | bytes] = {
        "assembler.yaml": _SETTINGS,
        "campaigns/back.yaml": _CAMPAIGN,
        "campaigns/start.yaml": _OTHER,
        "components/title/_type.yaml": "body: text\nmax_length: 60\nfields:\n  kicker: {kind: text, max_length: 30}\n  lead: {kind: text, max_length: 90}\n",
        "components/story/_type.yaml": "body: markdown\nmax_length: 300\nfields:\n  picture: {kind: asset}\n  url: {kind: url}\n",
        "components/offer/_type.yaml": "body: text\nmax_length: 60\nfields:\n  terms: {kind: text, required: true, max_length: 120}\n  ends: {kind: date}\n",
        "templates/email/note.subject.j2": '{{ slot("title") }}\n',
        "templates/email/note.preheader.j2": '{{ slot("title") }}\n',
        "templates/email/note.html.j2": _layout(_MAIL),
        "templates/email/note.text.j2": '{{ slot("title") }}\n\n{% call(inner) slot("offer") %}\n* {{ inner }}\n\n{% endcall %}\n{{ slot("story") }}\n'
        '{{ slot("aside") }}\n-- {{ address }} {{ field("unsubscribe_url", default="https://www.sample.example/u") }}\n',
        "templates/email/inline.css": ".frame { width: 100%; }\ntd.offer > p, .frame b { color: var(--brand-colour-ink); }\n/* p:hover */\n"
        ".preheader { display: none; max-height: 0; overflow: hidden; mso-hide: all; }\n.sheet { max-width: 600px; }\n"
        "img { display: block; }\nsmall { font-size: 14px; }\na { color: var(--brand-colour-ink); }\n",
        "templates/email/head.css": "@media (prefers-color-scheme: dark) { b { color: #fff !important; } }\n"
        ":root { color-scheme: light dark; }\n",
        "templates/page/board.html.j2": _layout(_PAGE),
        "templates/strings.yaml": "en: {leave: Leave}\nfr: {leave: Se désinscrire}\n",
        "assets/logo.png": image(),
        "assets/shop.png": image(size=(40, 20)),
    }
    texts["templates/email/components/offer.text.j2"] = "{{ body }}{% if ends %} {{ ends }}{% endif %}\n"
    for channel in ("email", "page"):
        at = f"templates/{channel}/components"
        texts |= {
            f"{at}/title.html.j2": "{% if kicker %}<i>{{ kicker }}</i> {% endif %}<b>{{ body }}</b>\n",
            f"{at}/title.preheader.j2": "{{ lead | default(body) }}\n",
            f"{at}/story.html.j2": f"{{{{ body }}}}{{% if picture %}}<img {_PICTURE[channel]}"
            ' alt="{{ picture.alt }}" width="{{ picture.width }}" height="{{ picture.height }}">{% endif %}'
            '{% if url %}<a href="{{ url }}">Come and see</a>{% endif %}\n',
            f"{at}/story.text.j2": "{{ body | plain }}{% if url %} {{ url }}{% endif %}\n",
            f"{at}/offer.html.j2": "<p>{{ body }} <small>{{ terms }}{% if ends %} {{ ends }}{% endif %}</small></p>"
            + (_OFFER if channel == "page" else "")
            + "\n",
        }
    components = {
        "title/plain": (
            "campaigns: [back]\nlead: Come in",
            'Good to see you, {{ first_name | default: "friend" }}',
            'Bonjour, {{ first_name | default: "vous" }}',
        ),
        "title/aside": ("campaigns: [back]", 'Open "all" day & <3', "Ouvert toute la journée"),
        "title/sweet": (
            "campaigns: [back]\nsegments: [sweet_tooth]\nkicker: 'For {{ first_name | default: \"you\" }}'",
            "Something sweet",
            "Une douceur",
        ),
        "title/sweet_away": (
            "campaigns: [back]\nsegments: [sweet_tooth]\nstages: [away]\nneeds: [first_name]",
            'Sweets again, {{ first_name | default: "friend" }}',
            'Encore, {{ first_name | default: "vous" }}',
        ),
        "title/test_a": (
            "campaigns: [back]\nsegments: [salty_tooth]\ntest: {id: tone, share: 50%}",
            "Salt of the sea",
            "Sel de la mer",
        ),
        "title/test_b": (
            "campaigns: [back]\nsegments: [salty_tooth]\ntest: {id: tone, share: 25%}",
            "Crisp and salty",
            "Croquant et salé",
        ),
        "title/first": ("campaigns: [start]", "Welcome in", "Bienvenue"),
        "title/here": ("campaigns: [start]\nstages: [here]", "Right where you are", "Là où vous êtes"),
        "title/first_aside": ("campaigns: [start]", "First things first", "Commençons"),
        "story/plain": (
            "campaigns: [back]\npicture: {file: shop.png, alt: 'The shop, {{ first_name | default: \"you\" }}'}\nurl: 'https://www.sample.example/s?n={{ first_name | default: \"x\" }}'",
            'We *kept* your seat. [Come by](https://www.sample.example/in?a=1&b=2)\n\n- tea\n- [leave]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
            'Votre *place*. [Venez](https://www.sample.example/in?a=1&b=2)\n\n- thé\n- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
        ),
        "story/away": ("campaigns: [back]\nstages: [away]", "Much is **new**.", "Du **nouveau**."),
        "story/first": ("campaigns: [start]", "This is how it works.", "Voici comment."),
        "offer/tea": (
            "campaigns: all\nsegments: [sweet_tooth]\nowner: a@sample.example\nterms: While the kettle sings\nvalid_until: 2027-05-01\nends: 2027-05-01",
            "Free tea",
            "Thé offert",
        ),
    }
    for address, (front, english, french) in components.items():
        texts[f"components/{address}.md"] = f"---\n{front}\n---\n{english}\n"
        texts[f"components/{address}.fr.md"] = (
            f"{french}\n" if "offer" not in address else f"---\nterms: Tant que chante la bouilloire\n---\n{french}\n"
        )
    texts["components/title/plain.fr-CA.md"] = 'Allô, {{ first_name | default: "vous" }}\n'
    return texts
