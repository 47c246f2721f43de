"""E01 to E18: what a mail must be, in every variant."""

from __future__ import annotations

from tests.authoring.builders import (
    Files,
    campaign,
    component,
    component_type,
    head_css,
    inline_css,
    mail,
    rendition,
    settings,
    text_part,
    translation,
    without,
)
from tests.authoring.check.cases import TWO_LOCALES, long_story
from tests.authoring.clean import UNSUBSCRIBE

MAIL, TEXT = "templates/email/note.html.j2", "templates/email/note.text.j2"
INLINE, HEAD = "templates/email/inline.css", "templates/email/head.css"
STORY, OFFER = "templates/email/components/story.html.j2", "templates/email/components/offer.html.j2"
STORY_TEXT = "templates/email/components/story.text.j2"
OFFER_TEXT = "templates/email/components/offer.text.j2"
OFFER_HTML = "templates/email/components/offer.html.j2"
SETTINGS, SWEET = "assembler.yaml", "components/title/sweet.md"


def coloured(cell: str = "", link: str = "") -> str:
    """A link in a cell with a colour; more attributes of both."""
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tbody>'
        f'<tr><td bgcolor="#f0e0d0"{cell and f" {cell}"}><a{link and f" {link}"} href="{{{{ url }}}}">'
        "Come and see</a></td></tr></tbody></table>"
    )


LINKED_PICTURE: Files = {
    STORY: '{{ body }}{% if picture %}<a href="https://www.sample.example/s"><img src="{{ picture.url_2x }}"'
    ' alt="{{ picture.alt }}" width="{{ picture.width }}" height="{{ picture.height }}"></a>{% endif %}',
    STORY_TEXT: "{{ body | plain }} https://www.sample.example/s\n",
}
TITLE = '<title>{{ slot("title", part="subject") }}</title>'
BARE = mail(offer="", heading="<h1>x</h1>", story="", aside="", preheader_slot="x")
"""A mail in whose body no slot stands."""
WRITE = mail(foot='<a href="mailto:us@sample.example">Write</a> ')
BUTTON = coloured(link='class="button"')


CASES: list[tuple[Files, list[str]]] = [
    (
        TWO_LOCALES | mail(html='<html lang="en" dir="rtl">'),
        [
            f"{MAIL}:2:1 E01 html says dir='rtl' in a mail whose language runs the other way",
            f"{MAIL}:2:1 E01 html says lang='en' in a mail that is written in another language",
        ],
    ),
    (mail(html='<html lang="{{ locale }}">'), [f"{MAIL}:2:1 E01 html has no dir"]),
    (
        TWO_LOCALES | mail(language='lang="en" dir="rtl"'),
        [
            f"{MAIL}:5:890 E01 the wrapper in body says dir='rtl' in a mail whose language runs the other way",
            f"{MAIL}:5:890 E01 the wrapper in body says lang='en' in a mail that is written in another language",
        ],
    ),
    (
        mail(language='lang="{{ locale }}"'),
        [
            f"{MAIL}:5:1 E01 what body shows does not stand in an element with lang and dir,"
            " and several programs drop body"
        ],
    ),
    (mail(charset=""), [f"{MAIL}:3:1 E01 the head does not say that it is UTF-8"]),
    (
        mail(format_detection='<meta name="format-detection" content="date=no, address=no, email=no, url=no">'),
        [f"{MAIL}:4:210 E01 the meta format-detection does not say telephone=no"],
    ),
    (
        mail(reformatting=""),
        [f"{MAIL}:3:1 E01 the head has no meta x-apple-disable-message-reformatting"],
    ),
    (
        mail(language=""),
        [
            f"{MAIL}:5:1 E01 what body shows does not stand in an element with lang and dir,"
            " and several programs drop body"
        ],
    ),
    (
        mail(title='News: {{ slot("title", part="subject") }}'),
        [f"{MAIL}:3:29 E02 the title is not the subject in every variant"],
    ),
    (
        mail(title='{{ slot("offer", part="subject") }}'),
        [f"{MAIL}:3:29 E02 the title may be empty"],
    ),
    (
        {path: str(layout).replace(TITLE, "") for path, layout in mail().items()},
        [f"{MAIL}:3:1 E02 the mail has no title"],
    ),
    (mail(role=""), [f'{MAIL}:5:1 E02 no element of body has role="article"']),
    (mail(described=""), [f"{MAIL}:5:890 E02 the article is not described as an email"]),
    (
        mail(label='aria-label="{{ slot("offer", part="subject") }}"'),
        [f"{MAIL}:5:890 E02 the article has no aria-label"],
    ),
    (
        mail(frame='role="presentation" class="frame" cellpadding="4" cellspacing="0" border="0"'),
        [f'{MAIL}:7:1 E03 a layout table without cellpadding="0"'],
    ),
    (
        mail(frame='class="frame" cellpadding="0" cellspacing="0" border="0"'),
        [f'{MAIL}:7:1 E03 a layout table without role="presentation"'],
    ),
    (
        mail(outlook='role="presentation" width="600" cellspacing="0" border="0"'),
        [f'{MAIL}:6:14 E03 a layout table without cellpadding="0"'],
    ),
    (
        rendition("email/offer.html", offer="<tr><td>{{ body }} {{ ends }} {{ terms }}</td></tr>")
        | mail(offer='{% call(inner) slot("offer") %}{{ inner }}{% endcall %}'),
        [f"{OFFER}:1:1 E03 offer is rendered as loose rows"],
    ),
    (mail(heading='{{ slot("title") }}'), [f"{MAIL}:5:1 E04 no h1 in any variant"]),
    (
        rendition("email/story.html", before="{% if picture %}<h1>x</h1>{% endif %}"),
        [f"{STORY}:1:17 E04 a second h1 may stand in one variant"],
    ),
    (
        rendition("email/story.html", before="<h3>x</h3>"),
        [f"{STORY}:1:1 E04 an h3 may follow an h1: a level is skipped"],
    ),
    (
        {OFFER: "<h3>{{ body }} {{ ends }} {{ terms }}</h3>\n"},
        [f"{OFFER}:1:1 E04 an h3 may come first: a level is skipped"],
    ),
    (
        rendition("email/offer.html", offer="<h1>{{ body }} {{ ends }} {{ terms }}</h1>")
        | mail(heading='{{ slot("title") }}'),
        [f"{MAIL}:8:22 E04 no h1 where slot 'offer' is empty"],
    ),
    (
        inline_css(sheet="max-width: 640px;"),
        [f"{MAIL}:5:1 E05 not every slot stands in an element with max-width: 600px"],
    ),
    (
        BARE | inline_css(sheet="max-width: 640px;"),
        [f"{MAIL}:5:1 E05 not every slot stands in an element with max-width: 600px"],
    ),
    (
        mail(outlook='role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'),
        [f"{MAIL}:5:1 E05 no table of width 600 for Outlook"],
    ),
    (
        mail(outlook_dpi=""),
        [f"{MAIL}:3:1 E05 no 96-dpi block for Outlook"],
    ),
    (
        mail(outlook_end="<!--[if mso]></td></tr><![endif]-->"),
        [f"{MAIL}:6:14 E05 the tables in comments for Outlook do not balance"],
    ),
    (
        mail(outlook_end="<!--[if mso]></td></tr></table>-->"),
        [f"{MAIL}:13:1 E05 the conditional comments do not balance"],
    ),
    (
        rendition("email/story.html", before="<!--[if mso]><b>x</b><![endif]-->"),
        [f"{STORY}:1:1 E05 story has a conditional comment"],
    ),
    (
        head_css(
            dark=(
                "@media (prefers-color-scheme: dark) { b { color: #fff !important; } @supports (color: "
                "red) { b { color: #fff !important; } } }"
            )
        ),
        [f"{HEAD}:1:69 E06 '@supports (color: red)' is nested in another at-rule"],
    ),
    (
        head_css(more=".frame { padding: 4px; }\n"),
        [f"{HEAD}:2:1 E06 '.frame' is not inlined, and some programs drop style sheets"],
    ),
    (
        head_css(more=".x:hover { color: #fff !important; }\n" * 450),
        [f"{HEAD}:1:1 E06 the style sheets have 16.8 kB; Gmail drops what is over 16 kB"],
    ),
    (
        rendition("email/story.html", before="<style>i:hover { text-decoration: none; }</style>"),
        [f"{STORY}:1:1 E06 a style element outside the head"],
    ),
    (
        long_story(18000),
        [f"{MAIL}:2:1 E07 a mail of back may have 92.5 kB of HTML; Gmail cuts off near 102 kB, 90 are allowed"],
    ),
    (inline_css(sheet="display: flex; max-width: 600px;"), [f"{INLINE}:5:10 E08 display: flex in a mail"]),
    (
        inline_css(sheet="margin: 0 -4px; max-width: 600px;"),
        [f"{INLINE}:5:10 E08 a negative margin (margin: 0 -4px) in a mail"],
    ),
    (
        head_css(dark="@media (prefers-color-scheme: dark) { b { color: #fff!important; } }"),
        [f"{HEAD}:1:54 E08 !important without a space before it"],
    ),
    (
        head_css(more="@font-face { font-family: x; src: url(https://www.sample.example/x.woff2); }\n"),
        [f"{HEAD}:2:1 E08 @font-face in a mail"],
    ),
    (
        head_css(dark="@media (prefers-color-scheme: dark) { b { position: absolute !important; } }"),
        [f"{HEAD}:1:43 E08 position: absolute in a mail"],
    ),
    (
        mail(before_sheet="<form></form>"),
        [f"{MAIL}:5:890 E08 <form> in a mail"],
    ),
    (
        rendition("email/story.html", source='srcset="{{ picture.url }} 1x" src="{{ picture.url_2x }}"'),
        [f"{STORY}:1:27 E08 srcset in a mail"],
    ),
    (
        rendition("email/story.html", before='<svg width="1"><path d="M0 0"></path></svg>'),
        [f"{STORY}:1:1 E08 <svg> in a mail"],
    ),
    (inline_css(sheet="--x: 1; max-width: 600px;"), [f"{INLINE}:5:10 E08 a CSS variable (--x) in a mail"]),
    (
        inline_css(sheet="color: var(--x); max-width: 600px;"),
        [f"{INLINE}:5:10 E08 a CSS variable (color) in a mail"],
    ),
    *(
        (rendition("email/story.html", before=before), [f"{STORY}:1:1 E08 {fault}"])
        for before, fault in (
            (
                '<img src="data:image/png;base64,x" alt="" width="1" height="1">',
                "an image written into the mail itself",
            ),
            ('<img src="https://www.sample.example/x.SVG?y=1" alt="" width="1" height="1">', "an SVG image in a mail"),
            ('<p style="background: url( data:x)">x</p>', "an image written into the style in a mail"),
            ('<p style="display: flex">x</p><p style="display: flex">y</p>', "display: flex in a mail"),
            ("<script>x</script>", "a script in a mail"),
        )
    ),
    (
        mail(head='<link rel="StyleSheet" href="https://www.sample.example/a.css">'),
        [f"{MAIL}:4:583 E08 an external style sheet in a mail"],
    ),
    (
        component_type("cta")
        | component("cta/go", "Go on")
        | campaign("back", slots={"cta": {"type": "cta", "default": "cta/go"}})
        | mail(story='{{ slot("story") }}{{ slot("cta") }}')
        | {"templates/email/components/cta.html.j2": "<p>{{ body }}</p>\n"},
        ["templates/email/components/cta.html.j2:1:1 E09 a cta without a button"],
    ),
    (
        rendition("email/story.html", link='<a class="button" href="{{ url }}">Come and see</a>'),
        [
            f"{STORY}:1:164 E09 a button that does not stand in a td with bgcolor",
            f"{STORY}:1:164 E09 a button whose link has no padding, so that only its words can be pressed",
        ],
    ),
    (
        rendition(
            "email/story.html",
            link=BUTTON,
        )
        | inline_css(small="font-size: 14px; }\n.button { padding: 11px 20px; line-height: 20px;"),
        [f"{STORY}:1:267 E09 a button 42 px high; at least 44 are needed"],
    ),
    *(
        (rendition("email/story.html", link=button), [f"{STORY}:1:{column} E09 {fault}"])
        for button, column, fault in (
            (coloured(link='style="padding: 4px"'), 267, "a button 27.2 px high; at least 44 are needed"),
            (
                coloured(cell='class="btn"'),
                279,
                "a button whose link has no padding, so that only its words can be pressed",
            ),
            (
                coloured(link='style="background: #fff"'),
                267,
                "a button whose link has no padding, so that only its words can be pressed",
            ),
        )
    ),
    (
        mail(outlook_end="<!--[if mso]><v:rect></v:rect></td></tr></table><![endif]-->"),
        [f"{MAIL}:13:14 E09 a button drawn in VML, which no keyboard reaches"],
    ),
    (
        inline_css(a="color: #8a8a8a;"),
        [f"{INLINE}:8:5 E10 text in #8a8a8a on #ffffff has a contrast of 3.4"],
    ),
    (
        mail(
            offer=(
                '{% call(inner) slot("offer") %}<tr><td class="offer" bgcolor="#203040">{{ inner '
                "}}</td></tr>{% endcall %}"
            )
        ),
        [f"{MAIL}:8:36 E10 text in brand.colour.ink (#102030) on #203040 has a contrast of 1.2"],
    ),
    (
        inline_css(small="color: oklch(0.4 0.1 20); font-size: 14px;"),
        [f"{OFFER}:1:15 E10 the contrast of text cannot be worked out: its colour is oklch(0.4 0.1 20)"],
    ),
    (
        inline_css(small="background: url(https://www.sample.example/a.png); font-size: 14px;"),
        [f"{OFFER}:1:15 E10 the contrast of text cannot be worked out: it stands on a picture"],
    ),
    (
        mail(color_scheme=""),
        [f"{MAIL}:3:1 E11 the head has no meta color-scheme"],
    ),
    (
        mail(color_scheme='<meta name="color-scheme" content="light">'),
        [f"{MAIL}:4:302 E11 the meta color-scheme does not say light dark"],
    ),
    (head_css(root=""), [f"{HEAD}:1:1 E11 no color-scheme for :root"]),
    (
        head_css(dark="@media (min-width: 1px) { b { color: #fff !important; } }"),
        [f"{HEAD}:1:1 E11 no block for dark mode"],
    ),
    (
        inline_css(small="color: #0000ee; font-size: 14px;"),
        [f"{INLINE}:7:9 E11 in forced dark mode, text in #1111ff on #000000 has a contrast of 2.5"],
    ),
    (
        settings(assets=None),
        [f"{path} E12 an image whose address is not https" for path in (f"{STORY}:1:27", f"{MAIL}:15:1")],
    ),
    (rendition("email/story.html", height=""), [f"{STORY}:1:27 E12 an image without height in numbers"]),
    (
        inline_css(img="", more=".frame img { display: block; }\n"),
        [f"{MAIL}:15:1 E12 an image without `display: block`, so that a gap opens below it"],
    ),
    (
        rendition("email/story.html", before='<img src="http://www.sample.example/x.png" alt="" width="1" height="1">'),
        [f"{STORY}:1:1 E12 an image whose address is not https"],
    ),
    (
        component("story/plain", picture={"alt": None}) | LINKED_PICTURE,
        ["components/story/plain.md:3:1 E12 a linked image with an empty alt"],
    ),
    (
        component("story/plain", picture={"alt": "''"}) | LINKED_PICTURE,
        ["components/story/plain.md:3:32 E12 a linked image with an empty alt"],
    ),
    (
        mail(before_preheader="<div><p></p></div>"),
        [f"{MAIL}:5:54 E13 body does not begin with a hidden preheader"],
    ),
    (
        inline_css(preheader="display: none; mso-hide: all;"),
        [f"{MAIL}:5:54 E13 the preheader is hidden in fewer than three ways"],
    ),
    (
        mail(preheader_padding=""),
        [f"{MAIL}:5:54 E13 the preheader is not padded, so that the body leaks into the preview"],
    ),
    (
        mail(preheader_words=": a seat by the fire"),
        ["components/title/aside.md:4:1 E13 the preheader has 39 characters; 40 to 110 are wanted"],
    ),
    (
        mail(preheader_slot='{{ slot("title", part="preheader") }}')
        | component("title/sweet", lead="A cake")
        | translation("title/sweet", lead="Une douceur, un gâteau")
        | without("title/sweet_away", "title/test_a", "title/test_b"),
        ["components/title/sweet.fr.md:2:7 E13 the preheader repeats the subject 'Une douceur'"],
    ),
    (
        component("title/sweet", "Sweets " * 8 + "Sweets") | component_type("title", max_length="90"),
        [f"{SWEET}:6:1 E14 the subject has 62 characters; up to 60 are shown"],
    ),
    (
        {"templates/email/note.subject.j2": "\n"},
        ["templates/email/note.subject.j2:1:1 E14 the subject may be empty"],
    ),
    (
        {"templates/email/note.subject.j2": '{{ slot("offer", part="text") }}'},
        ["templates/email/note.subject.j2:1:1 E14 the subject may be empty"],
    ),
    ({"templates/email/note.subject.j2": None}, [f"{MAIL}:2:1 E14 the mail has no subject"]),
    (
        component("title/sweet", "Sample & Sons: something"),
        [f"{SWEET}:6:1 E14 the subject spends its first 35 characters on the sender"],
    ),
    (
        component("title/sweet", "Something =?sweet"),
        [f"{SWEET}:6:1 E14 a subject with a line break, a control character or =?"],
    ),
    (
        component("title/sweet", "Re: something sweet"),
        [f"{SWEET}:6:1 E19 the subject begins with 'Re:', as an answer does"],
    ),
    (component("title/sweet", "SOMETHING FOR YOU"), [f"{SWEET}:6:1 E19 the subject is all in capitals"]),
    (component("title/sweet", "Something sweet!!!"), [f"{SWEET}:6:1 E19 the subject has '!!!'"]),
    (
        rendition("email/story.text", link=""),
        [f"{STORY_TEXT}:1:1 E15 a link of story is not in the text part"],
    ),
    (
        text_part(address=""),
        [f"{TEXT}:1:1 E15 the text part lacks the postal address"],
    ),
    (
        text_part(unsubscribe=""),
        [f"{TEXT}:1:1 E15 the text part lacks the link to unsubscribe"],
    ),
    (
        {"templates/email/components/offer.text.j2": "{{ body }}\n"},
        ["templates/email/components/offer.text.j2:1:1 E15 the date of offer is not in the text part"],
    ),
    (
        {OFFER_TEXT: "{{ body }}\n", OFFER_HTML: "<p>{{ body }}, {{ ends.words }}</p>\n"},
        [f"{OFFER_TEXT}:1:1 E15 the date of offer is not in the text part"],
    ),
    (
        WRITE | text_part(foot="Write to us@sample.example.org. "),
        [f"{TEXT}:1:1 E15 the link 'mailto:us@sample.example' of the layout is not in the text part"],
    ),
    ({TEXT: None}, [f"{MAIL}:2:1 E15 the mail has no text part"]),
    (
        mail(address='<a href="{{ brand.url }}/about">About</a> {{ address }}'),
        [f"{TEXT}:1:1 E15 the link 'https://www.sample.example/about' of the layout is not in the text part"],
    ),
    (
        mail(unsubscribe="https://www.sample.example/u"),
        [f"{MAIL}:5:1 E16 not every variant shows a link to unsubscribe"],
    ),
    (mail(address=""), [f"{MAIL}:5:1 E16 not every variant shows the postal address"]),
    (
        mail(imprint="<p hidden>"),
        [
            f"{MAIL}:5:1 E16 not every variant shows a link to unsubscribe",
            f"{MAIL}:5:1 E16 not every variant shows the postal address",
        ],
    ),
    (settings(channels={"email": {"address": None}}), [f"{SETTINGS}:8:3 E16 the channel email has no address"]),
    (mail(address='{{ "{{" }} {{ address }}'), [f"{MAIL}:14:1 E17 '{{{{' is left over"]),
    (rendition("email/story.html", before="<i>None</i>"), [f"{STORY}:1:1 E17 'None' stands where a value should"]),
    (
        inline_css(small="font-size: 13.9px;"),
        [f"{OFFER}:1:15 E18 text of 13.9 px; 14 px or more are easy to read"],
    ),
    (
        inline_css(small="font-family: Georgia, 'Times New Roman'; font-size: 14px;"),
        [f"{INLINE}:7:9 E18 the fonts end with 'times new roman', which readers may not have"],
    ),
]

OUTLOOK = 'role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"'
NEAR_MISSES: list[tuple[str, Files]] = [
    ("E01", mail(html='<html lang="{{ locale }}" dir="auto">', language='lang="{{ locale }}" dir="auto"')),
    ("E01", mail(charset='<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">')),
    (
        "E02",
        mail(title=' {{ slot("title", part="subject") }}\n')
        | {"templates/email/note.subject.j2": '{{ slot("title") }} '},
    ),
    (
        "E02",
        mail(title='Now: {{ slot("title", part="subject") }}')
        | {"templates/email/note.subject.j2": 'Now: {{ slot("title") }}\n'},
    ),
    (
        "E03",
        rendition("email/story.html", before="<table><tbody><tr><th>Size</th></tr><tr><td>8</td></tr></tbody></table>"),
    ),
    ("E03", mail(outlook="role='presentation' width='600' cellpadding='0' cellspacing='0' border='0'")),
    ("E03", mail(outlook="role=none width=600 cellpadding=0 cellspacing=0 border=0")),
    ("E04", rendition("email/story.html", before="<h2>x</h2><h3>y</h3><h2>z</h2>")),
    ("E05", mail(outlook_end="<!--[if mso]></td></tr></table><![endif]--><!--[if !mso]><!--><p>x</p><!--<![endif]-->")),
    ("E05", rendition("email/story.html", before="<!-- a note -->")),
    ("E05", BARE),
    (
        "E06",
        head_css(more=".frame:hover { padding: 4px; }\n.nowhere { padding: 4px; }\nb { hyphens: auto; }\n"),
    ),
    ("E07", long_story(11000)),
    ("E08", inline_css(sheet="display: block; background-position: 0 0; margin: 0 4px; max-width: 600px;")),
    ("E08", mail(head='<link rel="icon" href="https://www.sample.example/i.png">')),
    (
        "E09",
        rendition(
            "email/story.html",
            link=BUTTON,
        )
        | inline_css(small="font-size: 14px; }\n.button { padding: 12px 20px; line-height: 20px;"),
    ),
    ("E09", rendition("email/story.html", link=coloured())),
    ("E09", rendition("email/story.html", link='<a class="button" id="top">Come and see</a>')),
    ("E09", rendition("email/story.html", link='<a class="button" href="{{ url }}"><img src="x" alt="Come"></a>')),
    ("E09", rendition("email/story.html", link='<a class="buttonhole" href="{{ url }}">Come and see</a>')),
    ("E10", inline_css(a="color: #767676;")),
    ("E10", inline_css(img="display: block; }\nh1 { color: #949494;")),
    ("E10", inline_css(small="background: url(https://www.sample.example/a.png) #fff; font-size: 14px;")),
    ("E10", mail(preheader='<div class="preheader" style="color: #fff">')),
    ("E11", head_css(root=":root { color-scheme: dark light; }")),
    ("E12", component("story/plain", picture={"alt": "''"})),
    ("E12", settings(assets={"base_url": '"http://cdn.sample.example/a"'})),
    ("A02", text_part(foot='<img src="x"> ')),
    ("E13", inline_css(preheader="display: none; font-size: 1px; line-height: 1px; mso-hide: all;")),
    (
        "E13",
        mail(preheader_slot='{{ slot("title", part="preheader") }}')
        | component("title/sweet", lead="Good to see you, friend")
        | without("title/sweet_away", "title/test_a", "title/test_b"),
    ),
    ("E13", mail(preheader_words=": a seat by the stove")),
    ("E14", component("title/sweet", "Something: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")),
    ("E14", component("title/sweet", "Sample & Sons bake again")),
    ("E14", component("title/sweet", "[New] Something sweet")),
    ("E18", head_css(more="@font-face { font-family: x; src: url(https://www.sample.example/x.woff2); }\n")),
    ("E05", inline_css(sheet="max-width: 560px;") | mail(outlook=OUTLOOK.replace("600", "560"))),
    ("E19", component("title/sweet", "SAMPLE & SONS: Something sweet!")),
    ("E15", mail(foot='<a href="#top">To the top</a> ')),
    ("E15", {OFFER_TEXT: "{{ body }} {{ ends }}\n", OFFER_HTML: "<p>{{ body }}, {{ ends.words }}</p>\n"}),
    ("E15", WRITE | text_part(foot="Write to us@sample.example. ")),
    ("E15", text_part(address="Sample & Sons,\n1 Quay Street")),
    (
        "E16",
        mail(unsubscribe="https://www.sample.example/u", address="")
        | rendition("email/title.html", body=f'{{{{ body }}}} {{{{ address }}}} <a href="{UNSUBSCRIBE}">Leave</a>'),
    ),
    ("E16", mail(leave="{{ strings.leav }}")),
    ("E16", mail(address="<b>Sample &amp; Sons,</b> 1 Quay\nStreet")),
    ("E17", rendition("email/story.html", before="<i>None of it</i>")),
    ("E17", head_css(more="/* {{ }} */\n")),
    ("E18", inline_css(small="font-family: Georgia, var(--x); font-size: 14px;")),
    ("E18", inline_css(small="font-family: Georgia, serif; font-size: 14px;")),
]
