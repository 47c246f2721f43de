"""Lists of records as templates see them, and what comes out of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

import pytest
from hypothesis import given, settings, strategies as st

from assembler import Library, Variant
from assembler.authoring import Project
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import InMemoryCache
from assembler.library.format import encode
from tests.authoring.builders import MOMENT, Files, in_memory, project
from tests.authoring.check.cases import diagnostics
from tests.authoring.listed import FRENCH, STEPS, listed, steps
from tests.examples import examples

MAIL = "templates/email/components/story.html.j2"


def variant(
    files: Files, channel: str = "email", locale: str = "en", fields: Mapping[str, str] | None = None
) -> Variant:
    """The variant that people get who have been away."""
    compiled = in_memory(project(files)).compiled
    context = {"locale": locale, "stage": "away", "fields": fields or {}}
    library = Library(compiled.content, compiled.texts)
    return library.assemble("back", channel=channel, context=context, at=MOMENT)


def story(part: str | None) -> str:
    """What is written between marks."""
    match = re.search(r"⟦(.*?)⟧", part or "", re.DOTALL)
    assert match is not None
    return match[1]


def shown(template: str, steps: str = STEPS, french: str = FRENCH, **wanted: object) -> str:
    """What a template of stories writes in the html part of a mail."""
    files = listed(steps, french, html=f"⟦{template}⟧", text="")
    return story(variant(files, **wanted).html)  # type: ignore[arg-type]


SEEN: dict[str, tuple[str, str]] = {
    "a loop": ("{% for step in steps %}{{ step.title }};{% endfor %}", "Boil the kettle;Warm the pot;Wait;"),
    "numbers": ("{% for s in steps %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/3 2/3 3/3 "),
    "first and last": (
        "{% for step in steps %}{{ '(' if loop.first }}{{ step.title }}{{ ')' if loop.last else ', ' }}{% endfor %}",
        "(Boil the kettle, Warm the pot, Wait)",
    ),
    "by number": (
        "{{ steps[0].title }}, {{ steps[2]['title'] }}, {{ steps[-1].title }}",
        "Boil the kettle, Wait, Wait",
    ),
    "past the end": ("[{{ steps[3].title }}{{ steps[99].body }}{% if steps[3] %}x{% endif %}]", "[]"),
    "Markdown": ("{{ steps[0].body }}", "<p>Fresh water, <em>every</em> time</p>"),
    "plain": ("{{ steps[0].body | plain }}", "Fresh water, every time"),
    "an absent field": ("[{{ steps[1].body }}{{ steps[1].body | plain }}{% if steps[1].url %}x{% endif %}]", "[]"),
    "an absent picture": ("[{{ steps[1].picture.url }}{{ 'x' if steps[1].picture }}]", "[]"),
    "a picture": (
        "{{ steps[0].picture.alt }} {{ steps[0].picture.width }}x{{ steps[0].picture.height }}",
        "A kettle 20x10",
    ),
    "a condition": (
        "{% if steps %}yes{% endif %}{% for s in steps if s.url %}{{ s.title }}{% endfor %}",
        "yesBoil the kettle",
    ),
    "a name of its own": ("{% set last = steps[2] %}{% with s = last %}{{ s.title | upper }}{% endwith %}", "WAIT"),
    "a macro": ("{% macro row(s) %}<i>{{ s.title }}</i>{% endmacro %}{{ row(steps[1]) }}", "<i>Warm the pot</i>"),
    "joined": (
        "{% for s in steps %}{{ [s.title, loop.index] | join('-') }} {% endfor %}",
        "Boil the kettle-1 Warm the pot-2 Wait-3 ",
    ),
    "a loop in a loop": (
        "{% for a in steps %}{% for b in steps if b.title < a.title %}{{ b.title[0] }}{% endfor %};{% endfor %}",
        ";BW;B;",
    ),
}


@pytest.mark.parametrize(("template", "expected"), SEEN.values(), ids=SEEN)
def test_templates_see_a_list(template: str, expected: str) -> None:
    assert shown(template) == expected


@pytest.mark.parametrize("steps", ["", "steps: []\n", "steps: null\n"])
def test_a_list_without_records_is_absent(steps: str) -> None:
    template = (
        "[{% if steps %}x{% endif %}{% for s in steps %}{{ s.title }}{% endfor %}{{ steps[0].title }}{{ steps }}]"
    )
    assert shown(template, steps, "") == "[]"
    assert shown("{% for s in steps %}x{% else %}none{% endfor %}", steps, "") == "none"


def test_both_parts_and_both_languages_show_every_record() -> None:
    english, french = (variant(listed(html="⟦{{ body }}" + LOOP + "⟧"), locale=locale) for locale in ("en", "fr"))
    assert story(english.html) == (
        "<p>Much is <strong>new</strong>.</p><li>Boil the kettle <p>Fresh water, <em>every</em> time</p></li>"
        "<li>Warm the pot </li><li>Wait <p>For you, four minutes</p></li>"
    )
    assert story(french.html) == (
        "<p>Du <strong>nouveau</strong>.</p><li>Faites bouillir <p>Une eau fraîche, <em>toujours</em></p></li>"
        "<li>Chauffez la théière </li><li>Attendez <p>Pour vous, quatre minutes</p></li>"
    )
    assert (
        re.sub(r"\s*\n\s*", " / ", english.text or "")
        .partition("Much")[2]
        .startswith(
            " is new. / 1. Boil the kettle / Fresh water, every time https://www.sample.example/kettle"
            " / 2. Warm the pot / 3. Wait / For you, four minutes /"
        )
    )
    assert "Faites bouillir\nUne eau fraîche, toujours https://www.sample.example/kettle" in (french.text or "")


LOOP = "{% for s in steps %}<li>{{ s.title }} {{ s.body }}</li>{% endfor %}"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ steps[0].title }}", "To O&#39;Neil &amp; Co"),
        ('<i title="{{ steps[0].title }}">x</i>', '<i title="To O&#39;Neil &amp; Co">x</i>'),
        ('<a href="{{ steps[0].url }}">x</a>', '<a href="https://www.sample.example/?n=O%27Neil%20%26%20Co">x</a>'),
        (
            '<script type="application/ld+json">{"a": "{{ steps[0].title }}"}</script>',
            '<script type="application/ld+json">{"a": "To O\\u0027Neil \\u0026 Co"}</script>',
        ),
    ],
)
def test_a_merge_field_of_a_record_is_encoded_for_its_place(template: str, expected: str) -> None:
    steps = (
        "steps:\n  - title: 'To {{ first_name | default: \"you\" }}'\n"
        "    url: 'https://www.sample.example/?n={{ first_name | default: \"you\" }}'\n"
    )
    text = shown(template, steps, "", fields={"first_name": "O'Neil & Co"})
    assert re.sub(' style="[^"]*"', "", text) == expected


def test_json_holds_a_list_without_markup_and_without_what_is_absent() -> None:
    steps = "steps:\n  - title: Boil the kettle\n    body: Fresh water, *every* time\n    url: https://www.sample.example/a\n"
    steps += '  - title: Wait & "see"\n    day: 2027-01-02\n'
    text = shown('<script type="application/ld+json">{{ steps | tojson }}</script>', steps, "")
    assert json.loads(text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == [
        {"title": "Boil the kettle", "body": "Fresh water, every time", "url": "https://www.sample.example/a"},
        {"title": 'Wait & "see"', "day": "2027-01-02"},
    ]


TITEL = "R03 no field 'titel' in steps | did you mean title?"
REFUSED: dict[str, tuple[str, list[str]]] = {
    "in a loop": ("{% for s in steps %}{{ s.titel }}{% endfor %}", [f"1:26 {TITEL}"]),
    "in a condition": ("{% for s in steps %}{% if s.titel %}x{% endif %}{% endfor %}", [f"1:29 {TITEL}"]),
    "where nobody comes": ("{% if false %}{{ steps[0].titel }}{% endif %}", [f"1:27 {TITEL}"]),
    "after the same word": ("<i title='titel'>{% for s in steps %}{{ s.titel }}{% endfor %}</i>", [f"1:43 {TITEL}"]),
    "on a later line": ("{% for s in steps %}\n\n  {{ s.titel }}\n{% endfor %}", [f"3:8 {TITEL}"]),
    "in brackets": ("{{ steps[0]['titel'] }}", [f"1:14 {TITEL}"]),
    "of a name": ("{% set s = steps[1] %}{{ s.titel }}", [f"1:28 {TITEL}"]),
    "with": ("{% with s = steps[1] %}{{ s.titel }}{% endwith %}", [f"1:29 {TITEL}"]),
    "in an inner loop": (
        "{% for a in steps %}{% for b in steps %}{{ a.title }}{{ b.titel }}{% endfor %}{% endfor %}",
        [f"1:59 {TITEL}"],
    ),
    "nothing near": (
        "{{ steps[0].quantity }}",
        ["1:13 R03 no field 'quantity' in steps | steps has: body, day, picture, title, url"],
    ),
    "of a picture": (
        "{{ steps[0].picture.ulr }}",
        ["1:21 R03 no field 'ulr' in steps[0].picture | did you mean url?"],
    ),
    "of a field's picture": (
        "{{ picture.widht }}",
        ["1:12 R03 no field 'widht' in picture | did you mean width?"],
    ),
    "of the list": (
        "{{ steps.title }}",
        [
            "1:10 R03 steps is a list and has no 'title'; its records have fields"
            " | write {% for each in steps %}{{ each.title }}{% endfor %}"
        ],
    ),
    "the list": (
        "{{ steps }}",
        [
            "1:1 R02 the template cannot be computed: TypeError: lists, records and pictures are written part by part,"
            " such as {{ each.title }} or {{ picture.url }} | use a field as what it is: text, or a"
            " picture's url and size"
        ],
    ),
    "a private name": (
        "{{ steps[0]._fields }}",
        ["1:13 S03 _fields is not allowed in a template | names that begin with _ are closed"],
    ),
    "a filter": (
        "{{ steps | length }}",
        [
            "1:12 S03 the filter length is not allowed in a template"
            " | filters: default, join, lower, plain, tojson, upper"
        ],
    ),
    "a slot": (
        "{% for s in steps %}{{ slot('title') }}{% endfor %}",
        [
            "1:30 R08 slot 'title' is called in a loop or condition"
            " | call it once, wrapped: {% call(inner) slot(...) %}",
            "1:30 R08 slot 'title' is called in the template of a component | slots are called in layouts",
        ],
    ),
}


@pytest.mark.parametrize(("template", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_a_list_does_not_have_is_found_where_it_is_asked_for(template: str, expected: list[str]) -> None:
    own = [diagnostic for diagnostic in diagnostics(listed(html=template, text="")) if diagnostic.path == MAIL]
    assert [
        f"{diagnostic.line}:{diagnostic.column} {diagnostic.code} {diagnostic.message} | {diagnostic.hint}"
        for diagnostic in own
    ] == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ steps[0] }}",
        "{{ [steps[0]] }}",
        "{{ 'a' ~ steps }}",
        "{{ steps | join }}",
        "{{ steps[0] | upper }}",
        "{{ steps[0].picture }}",
        "{{ brand }}",
        "{% for name in steps[0] %}{{ name }}{% endfor %}",
        "{% for a, b in steps %}{{ a }}{% endfor %}",
    ],
)
def test_what_is_no_text_is_never_written(template: str) -> None:
    own = [diagnostic for diagnostic in diagnostics(listed(html=template, text="")) if diagnostic.path == MAIL]
    assert [diagnostic.code for diagnostic in own] == ["R02"]


@pytest.mark.parametrize(
    "template",
    [
        "{% for steps in [brand] %}{{ steps.name }}{% endfor %}",
        "{% macro row(steps) %}{{ steps.title }}{% endmacro %}{{ row(steps[0]) }}",
        "{% set steps = brand %}{{ steps.name }}",
        "{% for s in brand.colour %}{{ s }}{% endfor %}",
        "{{ body }}{{ brand.colour.ink }}",
    ],
)
def test_a_name_that_means_something_else_is_let_be(template: str) -> None:
    assert [
        diagnostic.code for diagnostic in diagnostics(listed(html=template, text="")) if diagnostic.path == MAIL
    ] == []


def test_a_template_that_others_include_is_judged_by_the_types_that_include_it() -> None:
    included = {"templates/email/_steps.j2": "{% for s in steps %}{{ s.titel }}{% endfor %}"}
    files = listed(html='{% include "email/_steps.j2" %}', text="", others=included)
    own = [diagnostic for diagnostic in diagnostics(files) if diagnostic.path == "templates/email/_steps.j2"]
    assert [(diagnostic.line, diagnostic.column, diagnostic.code) for diagnostic in own] == [(1, 26, "R03")]


# What was made before


@pytest.mark.parametrize(
    "change",
    [
        steps({}, {"title": "Warm a pot"}),
        steps({"picture": {"alt": "A pot"}}),
        steps({"url": "https://www.sample.example/pot"}),
        steps({}, {}, {"title": "Sit"}),
    ],
    ids=["a title", "an alt", "a link", "the last title"],
)
def test_a_record_that_changes_changes_what_comes_out(change: str) -> None:
    cache = InMemoryCache()

    def compiled(steps: str, kept: BuildCache) -> bytes:
        result = Project.from_files(project(listed(steps)), cache=kept).compiled
        return encode(result.content, result.texts)

    kept = BuildCache(disk=cache)
    before = compiled(STEPS, kept)
    after = [compiled(change, build_cache) for build_cache in (kept, BuildCache(disk=cache), BuildCache())]
    assert before != after[0]
    assert after[0] == after[1] == after[2]
    assert compiled(STEPS, kept) == before


# A law

WORDS = st.text(st.sampled_from("abcdefghij äéøßжж漢字"), min_size=1, max_size=12).map(str.strip).filter(bool)
RECORDS = st.lists(st.tuples(WORDS, st.none() | WORDS), min_size=1, max_size=4)


@given(
    records=RECORDS, french=st.lists(st.none() | WORDS, min_size=4, max_size=4), locale=st.sampled_from(["en", "fr"])
)
@settings(max_examples=examples(25), deadline=None)
def test_both_parts_hold_the_words_of_each_record_in_order(
    records: list[tuple[str, str | None]], french: list[str | None], locale: str
) -> None:
    steps = "steps:\n" + "".join(
        f"  - title: {json.dumps(title)}\n" + (f"    body: {json.dumps(body)}\n" if body else "")
        for title, body in records
    )
    titles = french[: len(records)]
    translation = "steps:\n" + "".join(
        "  - " + (json.dumps({"title": title}) if title else "{}") + "\n" for title in titles
    )
    mail = variant(listed(steps, translation), locale=locale)
    said = [
        word
        for (title, body), other in zip(records, titles, strict=True)
        for word in f"{other or title if locale == 'fr' else title} {body or ''}".split()
    ]
    bare = unescape(re.sub(r"<[^>]*>", " ", mail.html or ""))
    for part in (bare, mail.text or ""):
        words = iter(part.split())
        assert all(word in words for word in said), (said, part)
