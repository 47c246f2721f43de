"""Every limit of a rule: what stands on it is allowed, what is one past it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assembler.authoring.check.pages.page import Pages
from assembler.authoring.check.pages.sizes import largest
from tests.authoring.builders import (
    Files,
    campaign,
    component,
    head_css,
    in_memory,
    inline_css,
    mail,
    page,
    project,
    rendition,
    settings,
    without,
)
from tests.authoring.check.cases import diagnostics, findings

FILLER = "&#847;&zwnj;&nbsp;"
CELL = (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tbody><tr><td bgcolor="#f0e0d0">'
    '<a class="button" href="{{ url }}">Come and see</a></td></tr></tbody></table>'
)
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1[]">'


DEFAULTS = without(
    *(f"title/{name}" for name in ("aside", "first", "first_aside", "here", "sweet", "sweet_away", "test_a", "test_b")),
    *("story/away", "story/first"),
)
"""What is about the layout is soon compiled with hardly more than defaults."""


def preheader(words: int) -> Files:
    """A mail whose preheader has so many characters, none of a slot."""
    return DEFAULTS | mail(preheader_slot="", preheader_words="w" * words)


def hidden(declarations: str) -> Files:
    return DEFAULTS | inline_css(preheader=declarations)


def button(style: str) -> Files:
    return rendition("email/story.html", link=CELL) | inline_css(more=f".button {{ {style} }}\n")


def subject(words: str) -> Files:
    return component("title/sweet", words)


def drawn(width: int) -> Files:
    return rendition("email/story.html", width=f'width="{width}"')


def outlook(width: int) -> Files:
    """A mail whose table for Outlook is so wide."""
    return mail(outlook=f'role="presentation" width="{width}" cellpadding="0" cellspacing="0" border="0"')


def bold(style: str) -> Files:
    """The words of titles, which stand in `b`, look so in mails."""
    return inline_css(more=f".frame b {{ {style} }}\n")


def on_page(style: str) -> Files:
    return {"templates/page/inline.css": f"b {{ {style} }}\n"}


def action(before: str) -> Files:
    """A page whose action stands below something; its header takes 42 px."""
    return page(main=f'<main id="main">{before}')


def tall(pixels: int) -> Files:
    """Stories that begin with a picture so high."""
    return rendition("page/story.html", before=f'<img src="x" width="375" height="{pixels}">')


def offer(**front: str) -> Files:
    return component("offer/tea", **front)


def note(text: str) -> Files:
    return {"assets/notes.txt": text}


# The code and the limit: files that keep it, and files that go one past it.
LIMITS: dict[str, tuple[Files, Files]] = {
    "C05 characters of a body": (subject("x" * 60), subject("x" * 61)),
    "C05 characters with the longest value": (
        component("title/sweet", kicker="'Especiall {{ first_name | default: \"you\" }}'"),
        component("title/sweet", kicker="'Especially {{ first_name | default: \"you\" }}'"),
    ),
    "E09 pixels of a button": (
        button("padding: 12px 20px; line-height: 20px;"),
        button("padding: 12px 20px 11px; line-height: 20px;"),
    ),
    "E09 pixels of a button by its sides": (
        button("padding: 0; padding-top: 10px; padding-bottom: 14px; line-height: 20px;"),
        button("padding: 0; padding-top: 10px; padding-bottom: 13px; line-height: 20px;"),
    ),
    "E09 a line of so many times its size": (
        button("padding: 12px; line-height: 1.25;"),
        button("padding: 12px; line-height: 1.2;"),
    ),
    "E09 a line of so much of its size": (
        button("padding: 12px; line-height: 125%;"),
        button("padding: 12px; line-height: 124%;"),
    ),
    "E09 a line of the usual height": (button("padding: 12.5px;"), button("padding: 12px;")),
    "E10 contrast": (bold("color: #767676;"), bold("color: #777777;")),
    "E10 contrast of large text": (
        bold("color: #949494; font-size: 24px; font-weight: normal;"),
        bold("color: #959595; font-size: 24px; font-weight: normal;"),
    ),
    "E10 pixels of large text": (
        bold("color: #949494; font-size: 24px; font-weight: normal;"),
        bold("color: #949494; font-size: 23.99px; font-weight: normal;"),
    ),
    "E10 pixels of large text that is bold": (
        bold("color: #949494; font-size: 18.66px; font-weight: 700;"),
        bold("color: #949494; font-size: 18.65px; font-weight: 700;"),
    ),
    "E10 weight of text that is bold": (
        bold("color: #949494; font-size: 20px; font-weight: 700;"),
        bold("color: #949494; font-size: 20px; font-weight: 600;"),
    ),
    "E12 a width in digits": (drawn(20), rendition("email/story.html", width='width="20px"')),
    "E12 a width in digits that are no others": (drawn(20), rendition("email/story.html", width='width="²"')),
    "E13 fewest characters": (preheader(40), preheader(39)),
    "E13 most characters": (preheader(110), preheader(111)),
    "E13 characters of filler": (
        DEFAULTS | mail(preheader_padding=FILLER * 33 + "&#847;"),
        DEFAULTS | mail(preheader_padding=FILLER * 33),
    ),
    "E13 ways of hiding": (
        hidden("display: none; max-height: 0; overflow: hidden;"),
        hidden("display: none; max-height: 0;"),
    ),
    "E14 characters of a subject": (subject("x" * 60), subject("x" * 61)),
    "E05 pixels of a mail's width": (inline_css(sheet="max-width: 600px;"), inline_css(sheet="max-width: 600.5px;")),
    "E05 pixels of the table for Outlook": (outlook(600), outlook(601)),
    "E05 pixels of a table for Outlook that is none": (outlook(1), outlook(0)),
    "E18 pixels of small text": (inline_css(small="font-size: 14px;"), inline_css(small="font-size: 13.99px;")),
    "E18 pixels of small text after rounding": (
        inline_css(small="font-size: 13.996px;"),
        inline_css(small="font-size: 13.994px;"),
    ),
    "P04 densities of an image": (
        page(logo='src="{{ asset("logo.png").url }}" srcset="{{ asset("logo.png").url }} 1x, x 2x"'),
        page(logo='src="{{ asset("logo.png").url }}" srcset="{{ asset("logo.png").url }} 1x, "'),
    ),
    "P04 how far a page can be enlarged": (
        page(viewport=VIEWPORT.replace("[]", ", maximum-scale=10")),
        page(viewport=VIEWPORT.replace("[]", ", maximum-scale=1.0")),
    ),
    "P04 whether a page can be enlarged": (
        page(viewport=VIEWPORT.replace("[]", ", user-scalable=yes")),
        page(viewport=VIEWPORT.replace("[]", ", user-scalable=no")),
    ),
    "P05 contrast": (on_page("color: #767676;"), on_page("color: #777777;")),
    "P05 large text by a declared size alone": (
        on_page("color: #949494; font-size: 24px;"),
        {"templates/page/inline.css": "h1 b { color: #949494; }\n"},
    ),
    "P08 pixels above the action": (
        action('<img src="x" width="375" height="770">'),
        action('<img src="x" width="375" height="771">'),
    ),
    "P08 pixels above the action of a wider picture": (
        action('<img src="x" width="750" height="1540">'),
        action('<img src="x" width="750" height="1541">'),
    ),
    "P08 pixels of a slot above the action": (page(action="") | tall(298), page(action="") | tall(299)),
    "P08 characters in a line": (
        action(f'<img src="x" width="375" height="728"><p>{"x" * 42}</p>'),
        action(f'<img src="x" width="375" height="728"><p>{"x" * 43}</p>'),
    ),
    "P08 characters in a line of an h1": (
        action(f'<img src="x" width="375" height="716"><h1>{"x" * 20}</h1>'),
        action(f'<img src="x" width="375" height="716"><h1>{"x" * 21}</h1>'),
    ),
    "P08 characters in a line of an h2": (
        action(f'<img src="x" width="375" height="720"><h2>{"x" * 24}</h2>'),
        action(f'<img src="x" width="375" height="720"><h2>{"x" * 25}</h2>'),
    ),
    "G04 days until a review": (
        component("story/away", review_by="2026-12-23"),
        component("story/away", review_by="2026-12-22"),
    ),
    "G04 no days until a review": (
        component("story/away", review_by="2026-11-21"),
        component("story/away", review_by="2026-11-22"),
    ),
    "G06 days until the end": (offer(valid_until="2026-12-07"), offer(valid_until="2026-12-06")),
    "G09 the day of a decision": (campaign("back", decide_by="2026-11-22"), campaign("back", decide_by="2026-11-21")),
    "T12 days until the end of a holdout": (
        settings(holdout={"until": "2026-12-23"}),
        settings(holdout={"until": "2026-12-22"}),
    ),
    "S04 bytes of a text below assets": (
        note("# \n" + "x" * (256 * 1024 - 23) + "\nAKIA" + "Q2W3E4R5T6Y7U8I9"),
        note("# \n" + "x" * (256 * 1024 - 24) + "\nAKIA" + "Q2W3E4R5T6Y7U8I9"),
    ),
    "S04 characters of an AWS key": (note("AKIA" + "Q2W3E4R5T6Y7U8I"), note("AKIA" + "Q2W3E4R5T6Y7U8I9")),
    "S04 characters of a GitHub token": (note("ghp_" + "a1B2" * 8 + "a1B"), note("ghp_" + "a1B2" * 9)),
    "S04 characters of a GitLab token": (note("glpat-" + "a1B2" * 4 + "a1B"), note("glpat-" + "a1B2" * 5)),
    "S04 characters of a Slack token": (note("xoxb-" + "a1B2" * 2 + "a"), note("xoxb-" + "a1B2" * 2 + "a1")),
    "S04 characters of a Stripe key": (note("sk_live_" + "a1B2" * 3 + "a1B"), note("sk_live_" + "a1B2" * 4)),
    "S04 characters of a Google key": (note("AIza" + "a1B2" * 8 + "a1"), note("AIza" + "a1B2" * 8 + "a1B")),
    "S04 characters of an npm token": (note("npm_" + "a1B2" * 8 + "a1B"), note("npm_" + "a1B2" * 9)),
    "S04 characters of an API key": (note("sk-" + "a1B2" * 7 + "a1B"), note("sk-" + "a1B2" * 8)),
    "S04 characters of a password": (note("password: " + "hV7kq2Z"), note("password: " + "hV7kq2Zp")),
    "S04 different characters of a password": (note("password: " + "ab12ab12c"), note("password: " + "ab12ab12cd")),
}


@pytest.mark.parametrize(("name", "kept", "past"), [(name, *files) for name, files in LIMITS.items()], ids=LIMITS)
def test_a_limit_may_be_reached_and_not_passed(name: str, kept: Files, past: Files) -> None:
    code = name.partition(" ")[0]
    assert findings(kept, code) == []
    assert findings(past, code) != []


WAYS = [
    ("display: none", "display: block"),
    ("visibility: hidden", "visibility: visible"),
    ("overflow: hidden", "overflow: visible"),
    ("opacity: 0", "opacity: 0.1"),
    ("mso-hide: all", "mso-hide: none"),
    ("color: transparent", "color: #102030"),
    ("max-height: 0", "max-height: 1px"),
    ("max-width: 0px", "max-width: 1px"),
    ("height: 0", "height: 1px"),
    ("width: 0", "width: 1px"),
    ("font-size: 1px", "font-size: 2px"),
    ("line-height: 1px", "line-height: 2px"),
]


@pytest.mark.parametrize(("way", "none"), WAYS, ids=[f"E13 {way}" for way, _ in WAYS])
def test_a_preheader_is_hidden_in_three_of_twelve_ways(way: str, none: str) -> None:
    two = [other for other, _ in WAYS[:3] if other != way][:2]
    message = "the preheader is hidden in fewer than three ways"
    assert findings(hidden("; ".join([*two, way])), "E13") == []
    assert [finding.partition("E13 ")[2] for finding in findings(hidden("; ".join([*two, none])), "E13")] == [message]


@pytest.mark.parametrize(
    "sign",
    ["re:", "Re :", "fw:", "FWD:", "tr:", "aw:", "wg:", "rv:", "sv:", "VS:", "antw:", "RE[2]:", "[Fwd:", "Re："],
    ids=lambda sign: f"E19 {sign}",
)
def test_a_subject_that_begins_as_an_answer_is_told(sign: str) -> None:
    (finding,) = findings(subject(f"{sign} something"), "E19")
    assert finding.endswith(f"the subject begins with {sign!r}, as an answer does")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("TEA AND CAKE FOR YOU", "is all in capitals"),
        ("SALE ENDS NOW", "is all in capitals"),
        ("NOCH 3 TAGE: ALLES FÜR TEE", "is all in capitals"),
        ("ВСЁ ДЛЯ ВАШЕГО ЧАЯ", "is all in capitals"),
        ("Tea!! And cake", "has '!!'"),
        ("Tea?! And cake", "has '?!'"),
        ("Tea?!? And cake", "has '?!?'"),
        ("お茶！！", "has '！！'"),
    ],
    ids=lambda text: f"E19 {text}",
)
def test_a_subject_that_shouts_is_told(words: str, told: str) -> None:
    (finding,) = findings(subject(words), "E19")
    assert finding.endswith(f"the subject {told}")


@pytest.mark.parametrize(
    "words",
    [
        *("Regarding your tea: a note", "Return: how it works", "TEA TIME!", "VAT AND DUTY: 20%", "UK, USA AND EU"),
        *("NASA ESA JAXA", "NATO NOW 2027"),
        *("SAMPLE & SONS", "Sample & Sons: NEW TEA", "GREEN tea and cake", "お茶とケーキ、どうぞ", "שלום לכם חברים"),
        *("¡Té y pastel!", "Tea? And cake!", "What? Why? When?", "CAKE 2027 - 1 + 1"),
    ],
    ids=lambda text: f"E19 {text}",
)
def test_a_subject_that_does_not_shout_is_not_told(words: str) -> None:
    assert findings(subject(words), "E19") == []


@pytest.mark.parametrize("begin", ["[NAME]", *(f"NAME {sign}" for sign in ":|–—-")], ids=lambda text: f"E14 {text}")
def test_a_subject_that_begins_with_the_sender_is_told(begin: str) -> None:
    (finding,) = findings(subject(begin.replace("NAME", "Sample & Sons") + " something"), "E14")
    assert finding.endswith("the subject spends its first 35 characters on the sender")


@pytest.mark.parametrize(
    ("code", "build", "left", "when"),
    [
        ("G06", lambda day: offer(valid_until=day), "2026-11-22", "today"),
        ("G06", lambda day: offer(valid_until=day), "2026-11-23", "tomorrow"),
        ("G06", lambda day: offer(valid_until=day), "2026-11-24", "in 2 days"),
        ("T12", lambda day: settings(holdout={"until": day}), "2026-11-22", "today"),
        ("T12", lambda day: settings(holdout={"until": day}), "2026-11-23", "tomorrow"),
        ("T12", lambda day: settings(holdout={"until": day}), "2026-11-24", "in 2 days"),
    ],
)
def test_days_ahead_are_said_as_people_say_them(code: str, build: Callable[[str], Files], left: str, when: str) -> None:
    assert f" {when}, on {left}" in findings(build(left), code)[0]


@pytest.mark.parametrize(
    ("bytes_", "longest", "told"),
    [
        (60_000, False, None),
        (60_001, False, ("warning", "kB of HTML; up to 60 load quickly")),
        (90_000, True, ("warning", "kB of HTML; up to 60 load quickly")),
        (90_001, True, ("warning", "kB of HTML with the longest values; 90 are allowed")),
        (90_000, False, ("warning", "kB of HTML with the longest values; 90 are allowed")),
        (90_001, False, ("error", "kB of HTML; Gmail cuts off near 102 kB, 90 are allowed")),
    ],
    ids=lambda value: f"E07 {value}",
)
def test_a_mail_has_so_many_bytes(bytes_: int, longest: bool, told: tuple[str, str] | None) -> None:
    assert worst(sized(mail, bytes_, longest=longest), "E07") == told


@pytest.mark.parametrize(
    ("bytes_", "longest", "told"),
    [
        (50_000, True, None),
        (50_001, True, ("warning", "kB of HTML with the longest values; 50 are allowed")),
        (50_000, False, ("warning", "kB of HTML with the longest values; 50 are allowed")),
        (50_001, False, ("error", "kB of HTML; 50 are allowed")),
    ],
    ids=lambda value: f"P06 {value}",
)
def test_a_page_has_so_many_bytes(bytes_: int, longest: bool, told: tuple[str, str] | None) -> None:
    assert worst(sized(page, bytes_, longest=longest), "P06") == told


def sized(layout: Callable[..., Files], bytes_: int, *, longest: bool) -> Files:
    """A layout whose largest variant has so many bytes of HTML, with merge fields at their longest values or at their
    fallbacks."""

    def filled(count: int) -> Files:
        return layout(foot=f"<!-- {'.' * count} -->")

    def size(files: Files) -> int:
        loaded = in_memory(project(files))
        pages = Pages(loaded.loaded, loaded.compiled).of("email" if layout is mail else "web")
        return max(largest(page, longest_values=longest).size for page in pages)

    files = filled(bytes_ - size(filled(0)))
    assert size(files) == bytes_
    return files


def worst(files: Files, code: str) -> tuple[str, str] | None:
    """The severity of the worst finding of a code, and what it says of kB."""
    told = [
        (diagnostic.severity, "kB of HTML" + diagnostic.message.partition("kB of HTML")[2])
        for diagnostic in diagnostics(files)
        if diagnostic.code == code
    ]
    return min(told, key=lambda pair: (pair[0] != "error", "longest" not in pair[1]), default=None)


@pytest.mark.parametrize(("bytes_", "told"), [(16_000, False), (16_001, True)], ids=["E06 on", "E06 past"])
def test_style_sheets_have_so_many_bytes(bytes_: int, told: bool) -> None:
    def sheet(count: int) -> Files:
        return head_css(more=f".x:hover {{ color: #{'f' * count}; }}\n")

    blank = head_css(more="")["templates/email/head.css"]
    assert isinstance(blank, str)
    files = sheet(bytes_ - len(blank) - len(".x:hover { color: #; }\n"))
    written = files["templates/email/head.css"]
    assert isinstance(written, str)
    assert len(written) == bytes_
    assert bool(findings(files, "E06")) is told


def test_g06_the_day_is_counted_in_the_projects_time_zone() -> None:
    last = offer(valid_until="2026-12-06")
    assert findings(last, "G06", datetime(2026, 11, 21, 23, 59, tzinfo=UTC)) == []
    assert findings(last, "G06", datetime(2026, 11, 22, 0, 0, tzinfo=UTC)) != []
