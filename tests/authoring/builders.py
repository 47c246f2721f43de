"""A small clean project of named parts: a test says what differs, and every builder gives files by path.

`project()` has two campaigns, two channels, two locales, and each feature once; `check` finds nothing in it.
`project(component("title/sweet", segments=["loyal"]), settings(owner=None))` differs in two files. In what people
write in YAML a value is text as it stands there, a list, or a mapping; None leaves the key out. In templates and style
sheets a piece is text. What a test does not name is as in the clean project.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import EllipsisType
from typing import TypeAlias

from PIL import Image

__all__ = [
    "MOMENT",
    "File",
    "Files",
    "Value",
    "campaign",
    "changed",
    "component",
    "component_type",
    "head_css",
    "image",
    "inline_css",
    "lines",
    "mail",
    "page",
    "project",
    "put",
    "rendition",
    "rules",
    "settings",
    "strings",
    "text_part",
    "translation",
    "without",
]

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)

File: TypeAlias = str | bytes | None
"""What a file holds; None: there is no such file."""
Files: TypeAlias = dict[str, File]
Value: TypeAlias = str | list[str] | Mapping[str, "Value"] | None


def project(*parts: Mapping[str, File]) -> dict[str, str | bytes]:
    """The files of the clean project, with these in their place or beside them."""
    return put(_clean(), *parts)


def put(files: Mapping[str, File], *parts: Mapping[str, File]) -> dict[str, str | bytes]:
    """Files with these in their place or beside them."""
    merged = dict(files)
    for part in parts:
        merged |= part
    return {path: file for path, file in merged.items() if file is not None}


def image(format_: str = "PNG", size: tuple[int, int] = (21, 10), colour: str = "#205040", mode: str = "RGB") -> bytes:
    """The bytes of an image of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, format_)
    return out.getvalue()


# YAML


def _flow(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items() if each is not None) + "}"
    return str(value)


def lines(parts: Mapping[str, Value], depths: Mapping[str, int] | None = None, indent: str = "") -> str:
    """Keys and values, one a line; what `depths` names is written in so many further levels of lines."""
    text = ""
    for key, value in parts.items():
        depth = (depths or {}).get(key, 0)
        if depth and isinstance(value, Mapping):
            below = lines(value, dict.fromkeys(value, depth - 1), f"{indent}  ")
            text += f"{indent}{key}:\n{below}"
        elif value is not None:
            written = _flow(value)
            blank = "" if written[:1] in ("", "\n") else " "
            text += f"{indent}{key}:{blank}{written}\n"
    return text


def _audiences(audiences: Value) -> Value:
    """Stages or segments, each under its id, as YAML has them."""
    if not isinstance(audiences, Mapping):
        return audiences
    items = [lines({"id": id_, **each}, indent="    ") for id_, each in audiences.items() if isinstance(each, Mapping)]
    return "\n" + "".join(f"  - {item[4:]}" for item in items).rstrip("\n")


def changed(default: Mapping[str, Value], changes: Mapping[str, Value]) -> dict[str, Value]:
    """Named parts after changes, mappings key by key; new keys come last."""
    parts = dict(default)
    for key, value in changes.items():
        before = parts.get(key)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        parts[key] = changed(before, value) if both else value  # type: ignore[arg-type]
    return parts


_SETTINGS: dict[str, Value] = {
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

_CAMPAIGNS: dict[str, dict[str, Value]] = {
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

_TYPES: dict[str, dict[str, Value]] = {
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


def settings(**changes: Value) -> Files:
    """`assembler.yaml`; signals, stages and segments are named by their ids."""
    parts = changed(_SETTINGS, changes)
    parts |= {key: _audiences(parts[key]) for key in ("stages", "segments")}
    return {"assembler.yaml": lines(parts, {"channels": 1, "fields": 1, "signals": 2})}


def rules(**conditions: str) -> Files:
    """The settings in which these stages and segments have other rules."""
    stages: dict[str, Value] = {}
    segments: dict[str, Value] = {}
    for name, condition in conditions.items():
        (stages if name in ("away", "here") else segments)[name] = {"when": condition}
    return settings(stages=stages, segments=segments)


def campaign(id_: str, /, **changes: Value) -> Files:
    """The file of a campaign; a new one is as `start`."""
    parts = changed(_CAMPAIGNS.get(id_, _CAMPAIGNS["start"]), changes)
    return {f"campaigns/{id_}.yaml": lines(parts, {"slots": 1})}


def component_type(id_: str, /, **changes: Value) -> Files:
    """The file of a component type; a new one has a body of text, and no fields."""
    parts = changed(_TYPES.get(id_, {"body": "text"}), changes)
    return {f"components/{id_}/_type.yaml": lines(parts, {"fields": 1})}


def strings(**locales: Value) -> Files:
    """The fixed words of templates, by locale."""
    parts: dict[str, Value] = {"en": {"leave": "Leave"}, "fr": {"leave": "Se désinscrire"}}
    return {"templates/strings.yaml": lines(changed(parts, locales))}


# Components

Front: TypeAlias = dict[str, Value]
_BACK: Front = {"campaigns": ["back"]}
_START: Front = {"campaigns": ["start"]}

# Each component with its English and French words.
_COMPONENTS: dict[str, tuple[Front, str, str]] = {
    "title/plain": (
        _BACK | {"lead": "Come in"},
        'Good to see you, {{ first_name | default: "friend" }}',
        'Bonjour, {{ first_name | default: "vous" }}',
    ),
    "title/aside": (_BACK, 'Open "all" day & <3', "Ouvert toute la journée"),
    "title/sweet": (
        _BACK | {"segments": ["sweet_tooth"], "kicker": "'For {{ first_name | default: \"you\" }}'"},
        "Something sweet",
        "Une douceur",
    ),
    "title/sweet_away": (
        _BACK | {"segments": ["sweet_tooth"], "stages": ["away"], "needs": ["first_name"]},
        'Sweets again, {{ first_name | default: "friend" }}',
        'Encore, {{ first_name | default: "vous" }}',
    ),
    "title/test_a": (
        _BACK | {"segments": ["salty_tooth"], "test": {"id": "tone", "share": "50%"}},
        "Salt of the sea",
        "Sel de la mer",
    ),
    "title/test_b": (
        _BACK | {"segments": ["salty_tooth"], "test": {"id": "tone", "share": "25%"}},
        "Crisp and salty",
        "Croquant et salé",
    ),
    "title/first": (_START, "Welcome in", "Bienvenue"),
    "title/here": (_START | {"stages": ["here"]}, "Right where you are", "Là où vous êtes"),
    "title/first_aside": (_START, "First things first", "Commençons"),
    "story/plain": (
        _BACK
        | {
            "picture": {"file": "shop.png", "alt": "'The shop, {{ first_name | default: \"you\" }}'"},
            "url": "'https://www.sample.example/s?n={{ first_name | default: \"x\" }}'",
        },
        "We *kept* your seat. [Come by](https://www.sample.example/in?a=1&b=2)\n\n"
        '- tea\n- [leave]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
        "Votre *place*. [Venez](https://www.sample.example/in?a=1&b=2)\n\n"
        '- thé\n- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
    ),
    "story/away": (_BACK | {"stages": ["away"]}, "Much is **new**.", "Du **nouveau**."),
    "story/first": (_START, "This is how it works.", "Voici comment."),
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
_TRANSLATED_FRONT: dict[str, Front] = {"offer/tea": {"terms": "Tant que chante la bouilloire"}}
_CANADIAN = 'Allô, {{ first_name | default: "vous" }}'


def component(
    address: str, words: str | None = None, /, *, fr: str | EllipsisType | None = ..., **front: Value
) -> Files:
    """A component; one that the clean project has not is for everyone in the campaign back. `fr` is its French words.

    Keys of its own come after `campaigns`, in their order. Without `fr`, a component of the clean project keeps its
    French words and a new one gets some; with None there is no French.
    """
    known = _COMPONENTS.get(address)
    default, english, french = known or (_BACK, f"Words of {address}", f"Mots de {address}")
    parts = changed(default, front)
    own = {key: value for key, value in parts.items() if key not in default}
    written = lines({"campaigns": parts["campaigns"]} | own | parts)
    files: Files = {f"components/{address}.md": f"---\n{written}---\n{english if words is None else words}\n"}
    if fr is None:
        return files | {f"components/{address}.fr.md": None}
    if fr is not ... or known is None:
        files |= translation(address, french if fr is ... else fr)
    return files


def translation(address: str, words: str | None = None, /, locale: str = "fr", **front: Value) -> Files:
    """A translation of a component; the front matter of the clean project's stays, unless it is named."""
    written = lines(dict(front) | _TRANSLATED_FRONT.get(address, {}) | front)
    body = _COMPONENTS[address][2] if words is None else words
    return {f"components/{address}.{locale}.md": (f"---\n{written}---\n" if written else "") + f"{body}\n"}


def without(*addresses: str) -> Files:
    """These components are not there, nor is their French."""
    return {f"components/{address}{end}": None for address in addresses for end in (".md", ".fr.md")}


# Templates: each piece stands where its name is in brackets. One with a blank before its name goes with that blank.

_PIECE = re.compile(r"\[( ?)(?!endif)([a-z_0-9]+)\]")


def _filled(template: str, default: Mapping[str, str], changes: Mapping[str, str]) -> str:
    unknown = changes.keys() - default.keys()
    assert not unknown, f"no such pieces: {unknown}"
    pieces = {**default, **changes}

    def piece(match: re.Match[str]) -> str:
        text = pieces[match[2]]
        return f"{match[1]}{text}" if text else ""

    return _PIECE.sub(piece, template)


_SUBJECT = '{{ slot("title", part="subject") }}'
_UNSUBSCRIBE = '{{ field("unsubscribe_url", default="https://www.sample.example/u") }}'
# What mails and pages have in common. Each thing stands on the same line in both.
_DOCUMENT = """\
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
_DOCUMENT_PIECES = {
    "html": '<html lang="{{ locale }}" dir="ltr">',
    "charset": '<meta charset="utf-8">',
    "title": _SUBJECT,
    "data": f'<script type="application/ld+json">{{"name": "{_SUBJECT}"}}</script>',
    "viewport": '<meta name="viewport" content="width=device-width, initial-scale=1">',
    "head": "",
    "body": f'<body data-say="{_SUBJECT}">',
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
    "unsubscribe": _UNSUBSCRIBE,
    "leave": "{{ strings.leave }}",
    "logo_alt": 'alt=""',
}

_OUTLOOK_HEAD = (
    '<!--[if mso]><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings>'
    "[outlook_dpi]</o:OfficeDocumentSettings></xml><![endif]-->"
)
_PREHEADER_PIECES = "[preheader][preheader_slot][preheader_words][preheader_padding]</div>"
_MAIL = (
    _DOCUMENT.replace("HEAD", "[viewport][reformatting][format_detection][color_scheme][color_schemes]OUTLOOK")
    .replace("OUTLOOK", _OUTLOOK_HEAD)
    .replace(
        "TOP",
        f'[before_preheader]{_PREHEADER_PIECES}[before_sheet]<div class="sheet"[ role][ described][ label][ language]>',
    )
    .replace("MIDDLE", "")
)
_MAIL_PIECES = _DOCUMENT_PIECES | {
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
    "label": f'aria-label="{_SUBJECT}"',
    "language": 'lang="{{ locale }}" dir="ltr"',
    "logo": 'src="{{ asset("logo.png").url_2x }}"',
    "end": "</div>",
}
_ACTION = '<p><a href="{{ brand.url }}">{{ brand.name }}</a></p>'
_PAGE = (
    _DOCUMENT.replace("HEAD", "[viewport][description][canonical][og_title][og_image]")
    .replace("TOP", "[skip][before_header][header][main][action]")
    .replace("MIDDLE", "[action_again]</main><footer>")
)
_PAGE_PIECES = _DOCUMENT_PIECES | {
    "description": '<meta name="description" content="{{ slot("title", part="preheader") }}">',
    "canonical": '<link rel="canonical" href="{{ brand.url }}">',
    "og_title": f'<meta property="og:title" content="{_SUBJECT}">',
    "og_image": '<meta property="og:image" content="{{ asset("logo.png").url_2x }}">',
    "skip": '<a href="#main">To the page</a>',
    "before_header": "",
    "header": "<header>{{ brand.name }}</header>",
    "main": '<main id="main">',
    "action": _ACTION,
    "action_again": _ACTION,
    "logo": 'src="{{ asset("logo.png").url }}"'
    ' srcset="{{ asset("logo.png").url }} 1x, {{ asset("logo.png").url_2x }} 2x"',
    "end": "</footer>",
}

_TEXT = "[title]\n\n[offer]\n[story]\n[aside]\n-- [foot][address][ unsubscribe]\n"
_TEXT_PIECES = {
    "title": '{{ slot("title") }}',
    "offer": '{% call(inner) slot("offer") %}\n* {{ inner }}\n\n{% endcall %}',
    "story": '{{ slot("story") }}',
    "aside": '{{ slot("aside") }}',
    "foot": "",
    "address": "{{ address }}",
    "unsubscribe": _UNSUBSCRIBE,
}


def mail(**pieces: str) -> Files:
    """The html layout of mails: `mail(charset="")` has no charset."""
    return {"templates/email/note.html.j2": _filled(_MAIL, _MAIL_PIECES, pieces)}


def page(**pieces: str) -> Files:
    """The html layout of pages."""
    return {"templates/page/board.html.j2": _filled(_PAGE, _PAGE_PIECES, pieces)}


def text_part(**pieces: str) -> Files:
    """The text layout of mails."""
    return {"templates/email/note.text.j2": _filled(_TEXT, _TEXT_PIECES, pieces)}


_INLINE = """\
.frame { [frame] }
td.offer > p, .frame b { [ink] }
/* p:hover */
.preheader { [preheader] }
.sheet { [sheet] }
img { [img] }
small { [small] }
a { [a] }
[more]"""
_INLINE_PIECES = {
    "frame": "width: 100%;",
    "ink": "color: var(--brand-colour-ink);",
    "preheader": "display: none; max-height: 0; overflow: hidden; mso-hide: all;",
    "sheet": "max-width: 600px;",
    "img": "display: block;",
    "small": "font-size: 14px;",
    "a": "color: var(--brand-colour-ink);",
    "more": "",
}
_HEAD = "[dark]\n[more][root]\n"
_HEAD_PIECES = {
    "dark": "@media (prefers-color-scheme: dark) { b { color: #fff !important; } }",
    "more": "",
    "root": ":root { color-scheme: light dark; }",
}


def inline_css(**declarations: str) -> Files:
    """What mails have inlined; `more` is whole rules."""
    return {"templates/email/inline.css": _filled(_INLINE, _INLINE_PIECES, declarations)}


def head_css(**rules: str) -> Files:
    """What stands in the head of mails."""
    return {"templates/email/head.css": _filled(_HEAD, _HEAD_PIECES, rules)}


_TITLE = ("[kicker][body]\n", {"kicker": "{% if kicker %}<i>{{ kicker }}</i> {% endif %}", "body": "<b>{{ body }}</b>"})
_STORY = "[before][body][if_picture]<img[ source][ alt][ width][ height]>{% endif %}[if_url][link]{% endif %}\n"
_STORY_PIECES = {
    "before": "",
    "body": "{{ body }}",
    "if_picture": "{% if picture %}",
    "alt": 'alt="{{ picture.alt }}"',
    "width": 'width="{{ picture.width }}"',
    "height": 'height="{{ picture.height }}"',
    "if_url": "{% if url %}",
    "link": '<a href="{{ url }}">Come and see</a>',
}
_OFFER = "<p>{{ body }} <small>{{ terms }}{% if ends %} {{ ends }}{% endif %}</small></p>"
_OFFER_DATA = (
    '<script type="application/ld+json">{[type], [name]{% if ends %}, "validThrough": [valid]{% endif %}}</script>'
)
_OFFER_DATA_PIECES = {"type": '"@type": "Offer"', "name": '"name": {{ body | tojson }}', "valid": "{{ ends | tojson }}"}
_PREHEADER = ("[lead]\n", {"lead": "{{ lead | default(body) }}"})
_STORY_TEXT = ("[body][link]\n", {"body": "{{ body | plain }}", "link": "{% if url %} {{ url }}{% endif %}"})
_RENDITIONS: dict[str, tuple[str, dict[str, str]]] = {
    "email/offer.text": ("[body][ends]\n", {"body": "{{ body }}", "ends": "{% if ends %} {{ ends }}{% endif %}"}),
    "email/title.html": _TITLE,
    "email/title.preheader": _PREHEADER,
    "email/story.html": (_STORY, _STORY_PIECES | {"source": 'src="{{ picture.url_2x }}"'}),
    "email/story.text": _STORY_TEXT,
    "email/offer.html": ("[offer]\n", {"offer": _OFFER}),
    "page/title.html": _TITLE,
    "page/title.preheader": _PREHEADER,
    "page/story.html": (
        _STORY,
        _STORY_PIECES | {"source": 'src="{{ picture.url }}" srcset="{{ picture.url }} 1x, {{ picture.url_2x }} 2x"'},
    ),
    "page/story.text": _STORY_TEXT,
    "page/offer.html": (f"[offer]{_OFFER_DATA}\n", {"offer": _OFFER} | _OFFER_DATA_PIECES),
}


def rendition(name: str, /, **pieces: str) -> Files:
    """The template of a type in a channel, such as `email/story.html`."""
    channel, file = name.split("/")
    return {f"templates/{channel}/components/{file}.j2": _filled(*_RENDITIONS[name], pieces)}


def _clean() -> Files:
    files: Files = {
        **settings(),
        **campaign("back"),
        **campaign("start"),
        **component_type("title"),
        **component_type("story"),
        **component_type("offer"),
        "templates/email/note.subject.j2": '{{ slot("title") }}\n',
        "templates/email/note.preheader.j2": '{{ slot("title") }}\n',
        **mail(),
        **text_part(),
        **inline_css(),
        **head_css(),
        **page(),
        **strings(),
        "assets/logo.png": image(),
        "assets/shop.png": image(size=(40, 20)),
    }
    for name in _RENDITIONS:
        files |= rendition(name)
    for address in _COMPONENTS:
        files |= component(address, fr=_COMPONENTS[address][2])
    return files | translation("title/plain", _CANADIAN, "fr-CA")
