"""Every rule of copy reads the records of a list as it reads any other field."""

from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image

from tests.authoring.builders import Files, component, rendition
from tests.authoring.check.cases import diagnostics, findings, passing
from tests.authoring.clean import Value
from tests.authoring.listed import AWAY, AWAY_FR, STEPS, french, listed, steps

MAIL, PAGE = (f"templates/{channel}/components/story.html.j2" for channel in ("email", "page"))
TEXT = "templates/email/components/story.text.j2"
LINK = "https://www.sample.example/kettle"


def second(title: str) -> Files:
    """The files in which the title of the second step is this."""
    return listed(steps({}, {"title": title}))


def first(**change: Value) -> Files:
    """The files in which the first step is otherwise."""
    return listed(steps(change))


def bodies(english: str, other: str) -> Files:
    """The files in which the body of the first step is this in both languages."""
    return listed(steps({"body": english}), french({"body": other}))


def noise() -> bytes:
    """An image of more than 200 kB."""
    out = io.BytesIO()
    Image.frombytes("RGB", (400, 400), Random(7).randbytes(480_000)).save(out, "PNG")
    return out.getvalue()


BASE = listed()

# The files, and all that is found beside what is found of a project with such a list.
CASES: dict[str, tuple[Files, list[str]]] = {
    "A01": (first(picture={"file": "shp.png"}), [f"{AWAY}:8:21 A01 no image assets/shp.png"]),
    "A02": (first(picture={"alt": None}), [f"{AWAY}:8:14 A02 steps[0].picture has no alt text"]),
    "A03": (
        {**first(picture={"file": "noise.png"}), "assets/noise.png": noise()},
        [f"{AWAY}:8:21 A03 assets/noise.png is sent with 481 kB"],
    ),
    "C01 no fallback": (
        second("Warm, {{ first_name }}"),
        [f"{AWAY}:9:18 C01 merge field 'first_name' has no fallback"],
    ),
    "C01 unknown": (
        listed(
            steps({}, {}, {"body": "'For {{ frist_name | default: \"you\" }}'"}),
            french({}, {}, {"body": "'Pour {{ frist_name | default: \"vous\" }}'"}),
        ),
        [f"{AWAY_FR}:8:20 C01 no merge field 'frist_name'", f"{AWAY}:11:19 C01 no merge field 'frist_name'"],
    ),
    "C01 blank": (
        listed(steps({}, {}, {"body": "'For {{ first_name | default: \" \" }}'"})),
        [f"{AWAY}:11:16 C01 merge field 'first_name' has a blank fallback"],
    ),
    "C02 braces": (
        second("Warm {the} pot"),
        [f"{AWAY}:9:17 C02 {{the}} is not a merge field"],
    ),
    "C02 raw HTML": (second("Warm <b>it"), [f"{AWAY}:9:17 C02 copy has raw HTML"]),
    "C02 a list": (
        first(body="Fresh water\n      - every time"),
        [f"{AWAY}:7:7 C02 the lines of steps[0].body are joined into one, and make no list"],
    ),
    "C02 a record after a text": (listed("steps:\n  - title: Pour\n    body: Slowly\n  - title: Wait\n", ""), []),
    "C02 a heading": (first(body='"# Fresh"'), [f"{AWAY}:6:12 C02 copy has a heading"]),
    "C03": (second("Warm [FNAME] up"), [f"{AWAY}:9:17 C03 '[FNAME]' is a leftover"]),
    "C03 alone": (second('"None"'), [f"{AWAY}:9:13 C03 'None' is a leftover"]),
    "C04": (second("We noticed you pour"), [f"{AWAY}:9:12 C04 'We noticed you' sounds like surveillance"]),
    "C04 in French": (
        listed(french=french({}, {}, {"title": "Nous avons remarqué"})),
        [f"{AWAY_FR}:7:12 C04 'Nous avons remarqué' sounds like surveillance"],
    ),
    "C05 on the limit": (second("Warm it " * 4 + "Warm its"), []),
    "C05": (
        second("Warm it " * 4 + "Warm it up"),
        [f"{AWAY}:9:12 C05 steps[1].title has 42 characters; 40 are allowed"],
    ),
    "C05 long values": (
        bodies("'" + "y" * 40 + ' {{ first_name | default: "you" }}\'', "'{{ first_name | default: \"vous\" }}'"),
        [f"{AWAY}:6:11 C05 steps[0].body may reach 61 characters with the longest first_name; 60 are allowed"],
    ),
    "C06": (
        bodies(f"Read [more]({LINK})", f'"[Le thé]({LINK})"'),
        [f"{AWAY}:6:17 C06 a link that says only 'more'"],
    ),
    "C07": (second('" "'), [f"{AWAY}:9:12 C07 steps[1].title of story/away is blank"]),
    "C07 Markdown": (first(body='"&nbsp;"'), [f"{AWAY}:6:11 C07 steps[0].body of story/away is blank"]),
    "C08": (second('"Warm \\u202e it"'), [f"{AWAY}:9:18 C08 a character that cannot be seen: U+202E"]),
    "E12": (
        {
            **first(picture={"alt": '""'}),
            **rendition(
                "email/story.html",
                body='{% for each in steps %}{% if each.picture %}<a href="{{ brand.url }}"><img'
                ' src="{{ each.picture.url_2x }}" alt="{{ each.picture.alt }}" width="20" height="10"></a>'
                "{% endif %}{% endfor %}{{ body }}",
            ),
        },
        [
            f"{AWAY}:8:36 E12 a linked image with an empty alt",
            f"{TEXT}:1:1 E15 a link of story is not in the text part",
        ],
    ),
    "G05": (second("Until 4 May"), [f"{AWAY}:9:18 G05 story/away names a day, 4 May"]),
    "G05 a date": (
        first(day="2027-05-04"),
        [f"{AWAY}:9:10 G05 story/away names a day, 2027-05-04"],
    ),
    "L03 a record too few": (
        listed(french="steps: [{title: Un}, {title: Deux}]\n"),
        [f"{AWAY_FR}:2:1 L03 the translation of steps has 2 records, the original 3"],
    ),
    "L03 a merge field": (
        listed(french=french({}, {}, {"body": "Pour vous, quatre minutes"})),
        [f"{AWAY_FR}:8:11 L03 the translation of steps[2].body lacks the merge field first_name"],
    ),
    "L03 a link": (
        listed(french=french({"body": f"Une eau fraîche, [toujours]({LINK})"})),
        [f"{AWAY_FR}:4:39 L03 the translation of steps[0].body adds the link {LINK}"],
    ),
    "R06": (first(picture={"file": "../shop.png"}), [f"{AWAY}:8:21 R06 the path '../shop.png' leaves assets/"]),
    "S01": (first(url="http://www.sample.example/"), [f"{AWAY}:7:10 S01 a link over http:"]),
    "S01 in Markdown": (
        bodies('"[Tea](https://evil.example)"', '"[Thé](https://evil.example)"'),
        [f"{AWAY_FR}:4:18 S01 a link to the host evil.example", f"{AWAY}:6:18 S01 a link to the host evil.example"],
    ),
    "S02": (
        listed(html="{% for each in steps %}<b title={{ each.body | plain }}>{{ each.title }}</b>{% endfor %}"),
        [f"{path}:1:33 S02 merge field 'first_name' stands in a tag outside of quotes" for path in (MAIL, PAGE)],
    ),
    "S04": (second("sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"), [f"{AWAY}:9:12 S04 "]),
}


@pytest.mark.parametrize(
    ("files", "expected"),
    CASES.values(),
    ids=[f"{name[:3]} {'fails' if expected else 'passes'}:{name[3:]}" for name, (_, expected) in CASES.items()],
)
def test_a_fault_of_a_record_is_found_where_it_stands(files: Files, expected: list[str]) -> None:
    own = sorted(set(findings(files)) - set(findings(BASE)))
    assert len(own) == len(expected), own
    assert all(finding.startswith(start) for finding, start in zip(own, expected, strict=True)), own


def test_r03_a_draft_names_an_image_that_is_not_there() -> None:
    files = listed("status: draft\n" + steps({"picture": {"file": "shp.png"}}))
    assert findings(files, "R03") == [f"{AWAY}:9:21 R03 no image 'shp.png'"]


@pytest.mark.parametrize("code", ["R03"])
def test_what_no_list_record_or_picture_has_is_unknown(code: str) -> None:
    html = (
        "{{ steps.title }}{% for each in steps %}{{ each.titel }}{{ each.picture.hight }}{{ each.title.x }}{% endfor %}"
    )
    assert [finding for finding in findings(listed(html=html), code) if finding.startswith(MAIL)] == [
        f"{MAIL}:1:10 R03 steps is a list and has no 'title'; its records have fields",
        f"{MAIL}:1:49 R03 no field 'titel' in steps",
        f"{MAIL}:1:73 R03 no field 'hight' in steps[0].picture",
    ]


# The text part: what a record of the html part has, and how a template writes it.


@pytest.mark.parametrize(
    ("steps", "message", "hint"),
    [
        (
            "steps: [{title: Boil, url: https://www.sample.example/kettle}]\n",
            "a link of story is not in the text part",
            "write {% for each in steps %}{{ each.url }}{% endfor %} there; `plain` writes the links of Markdown out",
        ),
        (
            "steps: [{title: Boil, body: '[the kettle](https://www.sample.example/kettle)'}]\n",
            "a link of story is not in the text part",
            "write {% for each in steps %}{{ each.body | plain }}{% endfor %} there;"
            " `plain` writes the links of Markdown out",
        ),
        (
            "valid_until: 2027-05-01\nsteps: [{title: Until 1 May}]\n",
            "the date of story is not in the text part",
            "write {% for each in steps %}{{ each.title }}{% endfor %} there",
        ),
        (
            "valid_until: 2027-05-01\nsteps: [{title: Boil, day: 2027-05-01}]\n",
            "the date of story is not in the text part",
            "write {% for each in steps %}{{ each.day }}{% endfor %} there",
        ),
        (
            "steps: [{title: Boil, code: TEA-5}]\n",
            "the code of story is not in the text part",
            "write {% for each in steps %}{{ each.code }}{% endfor %} there",
        ),
    ],
)
def test_the_text_part_holds_what_a_record_links_to_and_promises(steps: str, message: str, hint: str) -> None:
    field = (
        "{kind: list, of: {title: {kind: text}, body: {kind: markdown}, url: {kind: url},"
        " day: {kind: date}, code: {kind: text}}}"
    )
    html = (
        "{% for each in steps %}{{ each.title }}{{ each.body }}{{ each.day }}{{ each.code }}"
        '{% if each.url %}<a href="{{ each.url }}">Go to {{ each.title }}</a>{% endif %}{% endfor %}'
    )
    files = listed(steps, "", html=html, text="", field=field)
    own = [diagnostic for diagnostic in diagnostics(files) if diagnostic.code == "E15"]
    assert [(diagnostic.path, diagnostic.message, diagnostic.hint) for diagnostic in own] == [(TEXT, message, hint)]
    written = hint.removeprefix("write ").partition(" there")[0]
    assert findings(listed(steps, "", html=html, text=written, field=field), "E15") == []


# Other components


def test_d08_a_default_without_the_list_says_less_than_others() -> None:
    assert findings(BASE, "D08") == [
        "campaigns/back.yaml:12:33 D08 story/plain, the default of 'story' in back, has no steps, which 1 of 1 targeted"
        " components have"
    ]


OTHER = "components/story/here.md"


def beside(written: str) -> Files:
    """The files in which another story, for another stage, has these steps and otherwise the same words."""
    return {**listed(french=""), OTHER: f"---\ncampaigns: [back]\nstages: [here]\n{written}---\nMuch is **new**.\n"}


def test_v01_a_story_with_the_same_records_is_the_same() -> None:
    assert findings(beside(STEPS), "V01") == [f"{OTHER}:13:1 V01 story/here says the same as story/away"]


@passing(
    [
        ("V01", beside(steps({}, {"title": "Warm a pot"}))),
        ("V01", beside(steps({"picture": {"file": "logo.png"}}))),
        ("V01", beside(steps({"url": "https://www.sample.example/pot"}))),
        ("V01", beside(steps({"picture": {"alt": "A pot"}}))),
        ("V01", beside(steps({"body": "Tea"}))),
    ]
)
def test_a_story_with_another_record_is_another(code: str, files: Files) -> None:
    assert findings(files, code) == []


def test_v02_a_story_with_nearly_the_same_records_is_nearly_the_same() -> None:
    (own,) = findings(beside(steps({}, {"title": "Warm a pot"})), "V02")
    assert own.startswith(f"{OTHER}:13:1 V02 story/here is 9") and "the same as story/away in en" in own
    long = "Sit by the fire with a friend and a book, and talk of all that is new in the shop"
    assert findings(beside(steps({}, {"title": long})), "V02") == []


@pytest.mark.parametrize(("written", "theatre"), [("", True), (STEPS, False)], ids=["V03 fails", "V03 passes: steps"])
def test_words_of_records_make_a_variant_another_than_the_default(written: str, theatre: bool) -> None:
    files = listed(written, "") | component("story/plain", "Much is **new**.", fr=None, picture=None, url=None)
    assert any(finding.startswith(AWAY) for finding in findings(files, "V03")) is theatre
