"""E01 to E18: what a mail must be, in every variant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.authoring.check.cases import Edit, diagnostics, found

MAIL, TEXT = "templates/email/note.html.j2", "templates/email/note.text.j2"
INLINE, HEAD = "templates/email/inline.css", "templates/email/head.css"
STORY, OFFER = "templates/email/components/story.html.j2", "templates/email/components/offer.html.j2"
SETTINGS, SWEET, AWAY = "assembler.yaml", "components/title/sweet.md", "components/story/away.md"
TYPE = "components/story/_type.yaml"
SUBJECT = '{{ slot("title", part="subject") }}'
CLOSE = "<!--[if mso]></td></tr></table><![endif]-->"
ADDRESS = ', address: "Sample & Sons, 1 Quay Street"'
LEAVE = 'href="{{ field("unsubscribe_url", default="https://www.sample.example/u") }}"'
INK = "a { color: var(--brand-colour-ink)"
LONG: Edit = ("max_length: 300", "max_length: 200000")
BUTTON = (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tbody><tr><td bgcolor="#f0e0d0">'
    '<a class="button" href="{{ url }}">Come and see</a></td></tr></tbody></table>'
)


def before_body(html: str) -> Edit:
    return ("{{ body }}{% if", html + "{{ body }}{% if")


def padded(padding: str) -> Edit:
    return ("a {", f".button {{ padding: {padding} 20px; line-height: 20px; }}\na {{")


CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    (
        {MAIL: ('<html lang="{{ locale }}" dir="ltr">', '<html lang="en" dir="rtl">')},
        [
            f"{MAIL}:2:1 E01 html says dir='rtl' in a mail whose language runs the other way",
            f"{MAIL}:2:1 E01 html says lang='en' in a mail that is written in another language",
        ],
    ),
    ({MAIL: ('<meta charset="utf-8">', "")}, [f"{MAIL}:3:1 E01 the head does not say that it is UTF-8"]),
    (
        {MAIL: ('content="telephone=no, date=no', 'content="date=no')},
        [f"{MAIL}:4:210 E01 the meta format-detection does not say telephone=no"],
    ),
    (
        {MAIL: ('<meta name="x-apple-disable-message-reformatting">', "")},
        [f"{MAIL}:3:1 E01 the head has no meta x-apple-disable-message-reformatting"],
    ),
    (
        {MAIL: (' lang="{{ locale }}" dir="ltr">\n<!--', ">\n<!--")},
        [
            f"{MAIL}:5:1 E01 what body shows does not stand in an element with lang and dir,"
            " and several programs drop body"
        ],
    ),
    (
        {MAIL: (f"<title>{SUBJECT}", f"<title>News: {SUBJECT}")},
        [f"{MAIL}:3:29 E02 the title is not the subject in every variant"],
    ),
    (
        {MAIL: (f"<title>{SUBJECT}", '<title>{{ slot("offer", part="subject") }}')},
        [f"{MAIL}:3:29 E02 the title may be empty"],
    ),
    ({MAIL: (' aria-roledescription="email"', "")}, [f"{MAIL}:5:890 E02 the article is not described as an email"]),
    (
        {MAIL: (f' aria-label="{SUBJECT}"', ' aria-label="{{ slot("offer", part="subject") }}"')},
        [f"{MAIL}:5:890 E02 the article has no aria-label"],
    ),
    (
        {MAIL: ('class="frame" cellpadding="0"', 'class="frame" cellpadding="4"')},
        [f'{MAIL}:7:1 E03 a layout table without cellpadding="0"'],
    ),
    (
        {MAIL: ('<table role="presentation" class', "<table class")},
        [f'{MAIL}:7:1 E03 a layout table without role="presentation"'],
    ),
    (
        {MAIL: ('width="600" cellpadding="0"', 'width="600"')},
        [f'{MAIL}:6:14 E03 a layout table without cellpadding="0"'],
    ),
    (
        {
            OFFER: "<tr><td>{{ body }} {{ ends }} {{ terms }}</td></tr>\n",
            MAIL: ('<tr><td class="offer">{{ inner }}</td></tr>', "{{ inner }}"),
        },
        [f"{OFFER}:1:1 E03 offer is rendered as loose rows"],
    ),
    ({MAIL: ('<h1>{{ slot("title") }}</h1>', '{{ slot("title") }}')}, [f"{MAIL}:5:1 E04 no h1 in any variant"]),
    (
        {STORY: before_body("{% if picture %}<h1>x</h1>{% endif %}")},
        [f"{STORY}:1:17 E04 a second h1 may stand in one variant"],
    ),
    ({STORY: before_body("<h3>x</h3>")}, [f"{STORY}:1:1 E04 an h3 may follow an h1: a level is skipped"]),
    (
        {OFFER: "<h3>{{ body }} {{ ends }} {{ terms }}</h3>\n"},
        [f"{OFFER}:1:1 E04 an h3 may come first: a level is skipped"],
    ),
    (
        {
            OFFER: "<h1>{{ body }} {{ ends }} {{ terms }}</h1>\n",
            MAIL: ('<h1>{{ slot("title") }}</h1>', '{{ slot("title") }}'),
        },
        [f"{MAIL}:8:22 E04 no h1 where slot 'offer' is empty"],
    ),
    (
        {INLINE: ("max-width: 600px", "max-width: 640px")},
        [f"{MAIL}:5:1 E05 not every slot stands in an element with max-width: 600px"],
    ),
    ({MAIL: ('width="600" ', 'width="100%" ')}, [f"{MAIL}:5:1 E05 no table of width 600 for Outlook"]),
    (
        {MAIL: ("<o:PixelsPerInch>96</o:PixelsPerInch>", "")},
        [f"{MAIL}:3:1 E05 no 96-dpi block for Outlook"],
    ),
    (
        {MAIL: (CLOSE, CLOSE.replace("</table>", ""))},
        [f"{MAIL}:6:14 E05 the tables in comments for Outlook do not balance"],
    ),
    (
        {MAIL: (CLOSE, CLOSE.replace("<![endif]", ""))},
        [f"{MAIL}:13:1 E05 the conditional comments do not balance"],
    ),
    (
        {STORY: before_body("<!--[if mso]><b>x</b><![endif]-->")},
        [f"{STORY}:1:1 E05 story has a conditional comment"],
    ),
    (
        {HEAD: ("important; } }", "important; } @supports (color: red) { b { color: #fff !important; } } }")},
        [f"{HEAD}:1:69 E06 '@supports (color: red)' is nested in another at-rule"],
    ),
    (
        {HEAD: (":root {", ".frame { padding: 4px; }\n:root {")},
        [f"{HEAD}:2:1 E06 '.frame' is not inlined, and some programs drop style sheets"],
    ),
    (
        {HEAD: (":root {", ".x:hover { color: #fff !important; }\n" * 450 + ":root {")},
        [f"{HEAD}:1:1 E06 the style sheets have 16.8 kB; Gmail drops what is over 16 kB"],
    ),
    (
        {STORY: before_body("<style>i:hover { text-decoration: none; }</style>")},
        [f"{STORY}:1:1 E06 a style element outside the head"],
    ),
    (
        {AWAY: ("Much is", "New. " * 18000 + "Much is"), TYPE: LONG},
        [f"{MAIL}:2:1 E07 a mail of back may have 92.5 kB of HTML; Gmail cuts off near 102 kB, 90 are allowed"],
    ),
    ({INLINE: (".sheet {", ".sheet { display: flex;")}, [f"{INLINE}:5:10 E08 display: flex in a mail"]),
    (
        {INLINE: (".sheet {", ".sheet { margin: 0 -4px;")},
        [f"{INLINE}:5:10 E08 a negative margin (margin: 0 -4px) in a mail"],
    ),
    ({HEAD: ("#fff !important", "#fff!important")}, [f"{HEAD}:1:54 E08 !important without a space before it"]),
    (
        {HEAD: (":root {", "@font-face { font-family: x; src: url(https://www.sample.example/x.woff2); }\n:root {")},
        [f"{HEAD}:2:1 E08 @font-face in a mail"],
    ),
    (
        {HEAD: ("color: #fff !important", "position: absolute !important")},
        [f"{HEAD}:1:43 E08 position: absolute in a mail"],
    ),
    (
        {MAIL: ('<div class="sheet"', '<form></form><div class="sheet"')},
        [f"{MAIL}:5:890 E08 <form> in a mail"],
    ),
    ({STORY: ("<img src", '<img srcset="{{ picture.url }} 1x" src')}, [f"{STORY}:1:27 E08 srcset in a mail"]),
    (
        {STORY: before_body('<svg width="1"><path d="M0 0"></path></svg>')},
        [f"{STORY}:1:1 E08 <svg> in a mail"],
    ),
    (
        {STORY: ('<a href="{{ url }}">', '<a class="button" href="{{ url }}">')},
        [
            f"{STORY}:1:164 E09 a button that does not stand in a td with bgcolor",
            f"{STORY}:1:164 E09 a button whose link has no padding, so that only its words can be pressed",
        ],
    ),
    (
        {STORY: ('<a href="{{ url }}">Come and see</a>', BUTTON), INLINE: padded("11px")},
        [f"{STORY}:1:267 E09 a button 42 px high; at least 44 are needed"],
    ),
    (
        {MAIL: (CLOSE, CLOSE.replace("]>", "]><v:rect></v:rect>", 1))},
        [f"{MAIL}:13:14 E09 a button drawn in VML, which no keyboard reaches"],
    ),
    (
        {INLINE: (INK, "a { color: #8a8a8a")},
        [
            f"{STORY}:1:164 E10 text in #8a8a8a on #ffffff has a contrast of 3.4",
            f"{MAIL}:14:18 E10 text in #8a8a8a on #ffffff has a contrast of 3.4",
        ],
    ),
    (
        {MAIL: ('<td class="offer">', '<td class="offer" bgcolor="#203040">')},
        [
            f"{OFFER}:1:1 E10 text in #102030 on #203040 has a contrast of 1.2",
            f"{OFFER}:1:15 E10 text in #102030 on #203040 has a contrast of 1.2",
        ],
    ),
    (
        {INLINE: ("small {", "small { color: oklch(0.4 0.1 20);")},
        [f"{OFFER}:1:15 E10 the contrast of text cannot be worked out: its colour is oklch(0.4 0.1 20)"],
    ),
    (
        {INLINE: ("small {", "small { background: url(https://www.sample.example/a.png);")},
        [f"{OFFER}:1:15 E10 the contrast of text cannot be worked out: it stands on a picture"],
    ),
    (
        {MAIL: ('<meta name="color-scheme" content="light dark">', "")},
        [f"{MAIL}:3:1 E11 the head has no meta color-scheme"],
    ),
    ({HEAD: (":root { color-scheme: light dark; }", "")}, [f"{HEAD}:1:1 E11 no color-scheme for :root"]),
    ({HEAD: ("prefers-color-scheme: dark", "min-width: 1px")}, [f"{HEAD}:1:1 E11 no block for dark mode"]),
    (
        {INLINE: ("small {", "small { color: #0000ee;")},
        [f"{OFFER}:1:15 E11 in forced dark mode, text in #1111ff on #000000 has a contrast of 2.5"],
    ),
    ({STORY: (' height="{{ picture.height }}"', "")}, [f"{STORY}:1:27 E12 an image without height in numbers"]),
    (
        {INLINE: ("img { display: block; }\n", ".frame img { display: block; }\n")},
        [f"{MAIL}:15:1 E12 an image without `display: block`, so that a gap opens below it"],
    ),
    (
        {
            STORY: [
                ("<img", '<a href="https://www.sample.example/s"><img'),
                ("{% endif %}{% if url", "</a>{% endif %}{% if url"),
            ],
            "templates/email/components/story.text.j2": "{{ body | plain }} {{ url }} https://www.sample.example/s\n",
            "components/story/plain.md": ("'The shop, {{ first_name | default: \"you\" }}'", "''"),
        },
        ["components/story/plain.md:3:32 E12 a linked image with an empty alt"],
    ),
    (
        {MAIL: ('<div class="preheader">', '<div><p></p></div><div class="preheader">')},
        [f"{MAIL}:5:54 E13 body does not begin with a hidden preheader"],
    ),
    (
        {INLINE: (" max-height: 0; overflow: hidden;", "")},
        [f"{MAIL}:5:54 E13 the preheader is hidden in fewer than three ways"],
    ),
    (
        {MAIL: ("&#847;&zwnj;&nbsp;" * 20, "")},
        [f"{MAIL}:5:54 E13 the preheader is not padded, so that the body leaks into the preview"],
    ),
    (
        {MAIL: (": a seat by the window and a kettle that never cools", ": a seat by the fire")},
        ["components/title/aside.md:4:1 E13 the preheader has 39 characters; 40 to 110 are wanted"],
    ),
    (
        {
            MAIL: ('{{ slot("aside", part="subject") }}: a seat', '{{ slot("title", part="preheader") }}: a seat'),
            SWEET: ("campaigns: [back]", "campaigns: [back]\nlead: A cake"),
            "components/title/sweet.fr.md": "---\nlead: Une douceur, un gâteau\n---\nUne douceur\n",
            "components/title/sweet_away.md": None,
            "components/title/sweet_away.fr.md": None,
            **{f"components/title/{name}.md": None for name in ("test_a", "test_b")},
            **{f"components/title/{name}.fr.md": None for name in ("test_a", "test_b")},
        },
        ["components/title/sweet.fr.md:2:7 E13 the preheader repeats the subject 'Une douceur'"],
    ),
    (
        {
            SWEET: ("Something sweet", "Sweets " * 9),
            "components/title/_type.yaml": ("max_length: 60", "max_length: 90"),
        },
        [f"{SWEET}:6:1 E14 the subject has 62 characters; up to 60 are shown"],
    ),
    ({SWEET: ("Something sweet", "Re: something")}, [f"{SWEET}:6:1 E14 the subject begins as an answer does"]),
    (
        {SWEET: ("Something sweet", "Sample & Sons: something")},
        [f"{SWEET}:6:1 E14 the subject spends its first 35 characters on the sender"],
    ),
    (
        {SWEET: ("Something sweet", "Something =?sweet")},
        [f"{SWEET}:6:1 E14 a subject with a line break, a control character or =?"],
    ),
    (
        {"templates/email/components/story.text.j2": ("{% if url %} {{ url }}{% endif %}", "")},
        ["templates/email/components/story.text.j2:1:1 E15 a link of story is not in the text part"],
    ),
    ({TEXT: ("{{ address }} ", "")}, [f"{TEXT}:1:1 E15 the text part lacks the postal address"]),
    (
        {TEXT: ('{{ field("unsubscribe_url", default="https://www.sample.example/u") }}', "")},
        [f"{TEXT}:1:1 E15 the text part lacks the link to unsubscribe"],
    ),
    (
        {"templates/email/components/offer.text.j2": "{{ body }}\n"},
        ["templates/email/components/offer.text.j2:1:1 E15 the date of offer is not in the text part"],
    ),
    ({TEXT: None}, [f"{MAIL}:2:1 E15 the mail has no text part"]),
    (
        {MAIL: ("<p>{{ address }}", '<p><a href="{{ brand.url }}/about">About</a> {{ address }}')},
        [f"{TEXT}:1:1 E15 the link 'https://www.sample.example/about' of the layout is not in the text part"],
    ),
    (
        {MAIL: (LEAVE, 'href="https://www.sample.example/u"')},
        [f"{MAIL}:5:1 E16 not every variant shows a link to unsubscribe"],
    ),
    ({MAIL: ("<p>{{ address }}", "<p>")}, [f"{MAIL}:5:1 E16 not every variant shows the postal address"]),
    (
        {MAIL: ("<p>{{ address }}", "<p hidden>{{ address }}")},
        [
            f"{MAIL}:5:1 E16 not every variant shows a link to unsubscribe",
            f"{MAIL}:5:1 E16 not every variant shows the postal address",
        ],
    ),
    ({SETTINGS: (ADDRESS, "")}, [f"{SETTINGS}:8:3 E16 the channel email has no address"]),
    ({MAIL: ("<p>{{ address }}", '<p>{{ "{{" }} {{ address }}')}, [f"{MAIL}:14:1 E17 '{{{{' is left over"]),
    ({STORY: before_body("<i>None</i>")}, [f"{STORY}:1:1 E17 'None' stands where a value should"]),
    (
        {INLINE: ("small { font-size: 14px", "small { font-size: 13.9px")},
        [f"{OFFER}:1:15 E18 text of 13.9 px; 14 px or more are easy to read"],
    ),
    (
        {INLINE: ("small {", "small { font-family: Georgia, 'Times New Roman';")},
        [f"{INLINE}:7:9 E18 the fonts end with 'times new roman', which readers may not have"],
    ),
]

NEAR_MISSES: list[tuple[str, Mapping[str, Edit]]] = [
    ("E01", {MAIL: ('dir="ltr"', 'dir="auto"')}),
    ("E01", {MAIL: ('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">')}),
    (
        "E02",
        {
            MAIL: (f"<title>{SUBJECT}", f"<title> {SUBJECT}\n"),
            "templates/email/note.subject.j2": '{{ slot("title") }} ',
        },
    ),
    (
        "E02",
        {
            MAIL: (f"<title>{SUBJECT}", f"<title>Now: {SUBJECT}"),
            "templates/email/note.subject.j2": 'Now: {{ slot("title") }}\n',
        },
    ),
    ("E03", {STORY: before_body("<table><tbody><tr><th>Size</th></tr><tr><td>8</td></tr></tbody></table>")}),
    ("E04", {STORY: before_body("<h2>x</h2><h3>y</h3><h2>z</h2>")}),
    ("E05", {MAIL: (CLOSE, CLOSE + "<!--[if !mso]><!--><p>x</p><!--<![endif]-->")}),
    ("E05", {STORY: before_body("<!-- a note -->")}),
    (
        "E06",
        {
            HEAD: (
                ":root {",
                ".frame:hover { padding: 4px; }\n.nowhere { padding: 4px; }\nb { hyphens: auto; }\n:root {",
            )
        },
    ),
    ("E07", {AWAY: ("Much is", "New. " * 11000 + "Much is"), TYPE: LONG}),
    ("E08", {INLINE: (".sheet {", ".sheet { display: block; background-position: 0 0; margin: 0 4px;")}),
    ("E08", {MAIL: ("</head>", '<link rel="icon" href="https://www.sample.example/i.png"></head>')}),
    ("E09", {STORY: ('<a href="{{ url }}">Come and see</a>', BUTTON), INLINE: padded("12px")}),
    ("E09", {STORY: ('<a href="{{ url }}">', '<a class="buttonhole" href="{{ url }}">')}),
    ("E10", {INLINE: (INK, "a { color: #767676")}),
    ("E10", {INLINE: ("small {", "h1 { color: #949494; }\nsmall {")}),
    ("E10", {INLINE: ("small {", "small { background: url(https://www.sample.example/a.png) #fff;")}),
    ("E10", {MAIL: ('<div class="preheader">', '<div class="preheader" style="color: #fff">')}),
    ("E11", {HEAD: ("color-scheme: light dark; }", "color-scheme: dark light; }")}),
    ("E12", {"components/story/plain.md": ("'The shop, {{ first_name | default: \"you\" }}'", "''")}),
    ("E13", {INLINE: ("max-height: 0; overflow: hidden;", "font-size: 1px; line-height: 1px;")}),
    ("E13", {MAIL: (": a seat by the window and a kettle that never cools", ": a seat by the stove")}),
    ("E14", {SWEET: ("Something sweet", "Something: " + "x" * 49)}),
    ("E14", {SWEET: ("Something sweet", "Sample & Sons bake again")}),
    ("E15", {TEXT: ("{{ address }}", "Sample & Sons,\n1 Quay Street")}),
    ("E16", {MAIL: ("<p>{{ address }}", "<p><b>Sample &amp; Sons,</b> 1 Quay\nStreet")}),
    ("E17", {STORY: before_body("<i>None of it</i>")}),
    ("E17", {HEAD: (":root {", "/* {{ }} */\n:root {")}),
    ("E18", {INLINE: ("small {", "small { font-family: Georgia, serif;")}),
]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[each[0].partition(" ")[2] for _, each in CASES])
def test_a_fault_is_found_where_it_stands(edits: Mapping[str, Edit], expected: list[str]) -> None:
    code = expected[0].split(" ")[1]
    assert found(edits, code) == expected


@pytest.mark.parametrize(("code", "edits"), NEAR_MISSES)
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []


def test_a_fault_in_contrast_is_not_told_again_for_dark_mode() -> None:
    edits: Mapping[str, Edit] = {INLINE: ("small {", "small { color: #fafafa;")}
    assert {each.code for each in diagnostics(edits)} == {"E10"}


@pytest.mark.parametrize(
    ("edits", "severity"),
    [
        ({AWAY: ("Much is", "New. " * 12000 + "Much is"), TYPE: LONG}, "warning"),
        ({AWAY: ("Much is", "New. " * 18000 + "Much is"), TYPE: LONG}, "error"),
    ],
)
def test_a_mail_over_60_kb_is_a_warning_and_over_90_an_error(edits: Mapping[str, Edit], severity: str) -> None:
    assert [each.severity for each in diagnostics(edits) if each.code == "E07"] == [severity]


def test_a_subject_that_would_break_a_header_is_an_error() -> None:
    edits: Mapping[str, Edit] = {SWEET: ("Something sweet", "Something =?sweet")}
    assert [each.severity for each in diagnostics(edits) if each.code == "E14"] == ["error"]


def test_a_mail_in_a_web_channel_is_judged_as_a_page() -> None:
    edits: Mapping[str, Edit] = {SETTINGS: ("envelope: email", "envelope: none")}
    assert not [each for each in diagnostics(edits) if each.code.startswith(("E", "P"))]
