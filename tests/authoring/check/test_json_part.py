"""A JSON part: whatever authors write and people are called, every variant parses, and says what was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st
from syrupy.assertion import SnapshotAssertion

from assembler import Library
from assembler.library.records import with_fallbacks
from tests.authoring.builders import MOMENT, Files, campaign, component, in_memory, project, settings
from tests.authoring.check.cases import diagnostics, failing, judged, passing
from tests.promises.hostile import NAUGHTY

LAYOUT = """{
  "brand": "{{ brand.name }}",
  {% call(inner) slot("offer") %}"offer": {{ inner }},{% endcall %}

  "title": "{{ slot("title") }}",
  "label": "{{ slot("title", part="text") }}",
  "story": {{ slot("story") }},
  "for": "{{ field("first_name", default="you") }}",
  "leave": "{{ field("unsubscribe_url", default="https://www.sample.example/u") }}",
  "part": "https://www.sample.example/p?n={{ field("first_name", default="you") }}"
}
"""
OFFER = '{"words": "{{ body }}", "terms": "{{ terms }}", "ends": {{ ends.iso | tojson }}}\n'
STORY = (
    '{"text": "{{ body | plain }}", "size": {{ 1.5 * 2 }}, "all": {{ true }}, "both": "{{ "<" ~ body ~ ">" }}",'
    ' "list": {{ ["<a>", 1] | tojson }}}\n'
)
URL = "https://www.sample.example/u?a=1&b=2"
HOSTILE = (
    *('say "hi"', "a \\ b", "\\", '\\"', '", "x": "', "&amp; &#34; < >", "</script>", "l'été", "a\u2028b\u2029c"),
    *("[],:", "\U0001f9ed", "\\u0041", "a\\nb", "null", "-->", "]]>", '"', "'", "\\\\", "&", "é" * 20),
)


def app(layout: str = LAYOUT, offer: str = OFFER, story: str = STORY) -> Files:
    """A channel of JSON alone, for the campaign back."""
    return {
        **settings(channels={"app": {"envelope": "none"}}),
        **campaign("back", channels={"app": "card"}),
        "templates/app/card.json.j2": layout,
        "templates/app/components/offer.json.j2": offer,
        "templates/app/components/story.json.j2": story,
    }


@pytest.fixture(scope="module")
def library() -> Library:
    return in_memory(project(app())).compile(MOMENT)


@passing([("R12", app()), ("R12", app(LAYOUT.replace("{", "[{", 1).replace("\n}\n", "}]")))])
def test_nothing_is_wrong_with_it(code: str, files: Files) -> None:
    assert [finding.code for finding in diagnostics(files) if finding.severity != "information"] == []
    assert code


_MEMBER = '{% call(inner) slot("NAME") %}{{ inner }},{% endcall %} '
PAIR = app(
    "{\n" + _MEMBER.replace("NAME", "offer") + _MEMBER.replace("NAME", "story") + '"title": "{{ slot("title") }}"}\n',
    '"{{ "more" if ends else "less" }}": "{{ body }}"\n',
    '"{{ "text" if url else "more" }}": "{{ body | plain }}"\n',
)


@failing(
    {
        "components that may stand together": (
            PAIR,
            [
                "templates/app/components/story.json.j2:1:24 R12 the name 'more' may stand twice in one object",
            ],
        ),
        "one for the same people": (
            PAIR | component("offer/tea", stages=["away"]) | component("story/away", requires=["title/sweet"]),
            [
                "templates/app/components/story.json.j2:1:24 R12 the name 'more' may stand twice in one object",
            ],
        ),
    }
)
def test_a_name_may_stand_twice(code: str, files: Files, expected: list[str]) -> None:
    own, _ = judged(files, code)
    assert own == expected


@passing(
    {
        "one excludes the other": ("R12", PAIR | component("story/away", excludes=["offer/tea"])),
        "one requires another there": (
            "R12",
            PAIR | component("offer/coffee", terms="While hot") | component("story/away", requires=["offer/coffee"]),
        ),
        "people at other stages": ("R12", PAIR | component("offer/tea", stages=["here"])),
        "people in other segments": (
            "R12",
            PAIR | component("offer/tea", segments=["sweet_tooth"]) | component("story/away", segments=["salty_tooth"]),
        ),
    }
)
def test_a_name_never_stands_twice(code: str, files: Files) -> None:
    own, _ = judged(files, code)
    assert own == []


@failing(
    [
        (
            {"templates/page/board.json.j2": '{"title": {{ slot("title") }}}\n'},
            ["templates/page/board.json.j2:1:20 S02 merge field 'first_name' stands where no value is safe"],
        ),
        (
            {"templates/page/board.json.j2": '{"aside": {{ slot("aside") }}}\n'},
            [
                "templates/page/board.json.j2:1:20 R12 this is no JSON: words of the slot aside stand where a value "
                "should"
            ],
        ),
        (
            {
                "templates/page/board.json.j2": '{"story": {{ slot("story") }}}\n',
                "templates/page/components/story.json.j2": '{"text": {{ body | plain }}}',
            },
            [
                "templates/page/components/story.json.j2:1:10 S02 merge field 'unsubscribe_url' stands where no value "
                "is safe"
            ],
        ),
    ]
)
def test_one_cause_is_one_finding(code: str, files: Files, expected: list[str]) -> None:
    own, errors = judged(files, code)
    assert own == expected
    assert errors == {code}


def test_all_that_authors_write_is_in_the_strings_of_every_combination() -> None:
    """Copy that no check would let through is escaped as well: checks are no part of what makes JSON safe."""
    words = {f"title/h{number}": text for number, text in enumerate(HOSTILE)}
    hostile = [component(address, text, fr=text, segments=["sweet_tooth"]) for address, text in words.items()]
    stories = [component(f"story/h{number}", text, fr=None) for number, text in enumerate(HOSTILE)]
    compiled = in_memory(project(app(), *hostile, *stories)).compiled
    document = compiled.content.campaigns["back"].channels["app"].documents["en"]["json"]
    held = {call.slot: call.fragments for call in document.calls}
    for title, story, offer in product(held["title"], held["story"], [None, *held["offer"]]):
        numbers = document.numbers({"title": title, "story": story, "offer": offer})
        told = json.loads(with_fallbacks(numbers, compiled.texts, compiled.content.placeholders))
        assert told["title"] == told["label"] == words.get(title, told["title"])
        assert ("offer" in told) == (offer is not None)
        assert (told["brand"], told["story"]["size"], told["story"]["all"]) == ("Sample & Sons", 3.0, True)
        assert told["story"]["list"] == ["<a>", 1]
        assert told["story"]["both"] == f"<{told['story']['text']}>"
    assert len(held["title"]) > len(HOSTILE)


def read(library: Library, fields: Mapping[str, Any]) -> tuple[Any, str]:
    variant = library.assemble("back", channel="app", context={"fields": fields}, at=MOMENT)
    assert variant.json == variant.parts["json"]
    return json.loads(variant.encoded["json"]), variant.json or ""


VALUES = st.text(max_size=30) | st.sampled_from([*HOSTILE, *NAUGHTY, "\ud800", "a\x00b", "\x1f", "\x7f", "\u2029"])


@given(VALUES)
def test_whatever_somebody_is_called_stands_in_its_string_or_the_fallback_does(library: Library, value: str) -> None:
    default, _ = read(library, {})
    told, written = read(library, {"first_name": value, "unsubscribe_url": value})
    assert told.keys() == default.keys()
    assert told["for"] == default["for"] or told["for"] == " ".join(value.split())
    assert told["leave"] in (default["leave"], value)
    assert told["part"].startswith("https://www.sample.example/p?n=")
    assert not set("<>\u2028\u2029") & set(written)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_value_that_nobody_checked_is_escaped_too(library: Library, value: str) -> None:
    plan = library.plan("back", channel="app", locale="en")
    joined = library.join(plan, plan.defaults, {"first_name": value, "unsubscribe_url": value})
    assert json.loads(joined["json"])["for"] == value


def test_links_of_the_brand_get_their_parameters() -> None:
    policy = {"link_parameters": {"app": {"utm_source": "app", "utm_content": "'{slot}'"}}}
    layout = '{"home": "https://www.sample.example/#top", "by": "see https://www.sample.example/", "{{ slot("title") }}'
    layout = layout.replace(', "{{', ', "go": "{{').replace("}}", '}}", "story": {{ slot("story") }}}')
    story = '{"url": "https://www.sample.example/s?a=1", "n": "{{ slot }}"}'.replace(', "n": "{{ slot }}"', "")
    files = app(layout, story=story) | settings(channels={"app": {"envelope": "none"}}, policy=policy)
    told = json.loads(in_memory(project(files)).compile(MOMENT).default("back", channel="app").json or "")
    assert told["home"] == "https://www.sample.example/?utm_source=app#top"
    assert told["by"] == "see https://www.sample.example/"
    assert told["story"]["url"] == "https://www.sample.example/s?a=1&utm_source=app&utm_content=story"


SLOTS = '"title": "{{ slot("title") }}", "story": {{ slot("story") }}'
BROKEN = {
    "an empty slot": app(f'{{"offer": {{{{ slot("offer") }}}}, {SLOTS}}}'),
    "words without quotes": app('{"title": {{ slot("title") }}, "story": {{ slot("story") }}}'),
    "a comma too many": app(f"{{{SLOTS},}}"),
    "a comma too few": app('{"title": "{{ slot("title") }}"\n "story": {{ slot("story") }}}'),
    "no end": app(f"{{{SLOTS}"),
    "more after the end": app(f"{{{SLOTS}}}\n{{}}"),
    "a rendition that ends too early": app(f"{{{SLOTS}}}", story='{"text": "{{ body | plain }}"'),
    "an escape that is none": app(f'{{"a": "\\x", {SLOTS}}}'),
    "a line break in a string": app(f'{{"a": "one\ntwo", {SLOTS}}}'),
    "a word in the layout": app(f'{{"a": None, {SLOTS}}}'),
    "a name that stands twice": app(
        f'{{ {{% call(inner) slot("offer") %}}"title": {{{{ inner }}}},{{% endcall %}}{SLOTS}}}'
    ),
    "a field without quotes": app(f'{{"a": {{{{ field("first_name", default="1") }}}}, {SLOTS}}}'),
    "a field in a name": app(f'{{"{{{{ field("first_name", default="a") }}}}": 1, {SLOTS}}}'),
    "html": app(f'{{"a": "{{{{ slot("title", part="html") }}}}", {SLOTS}}}'),
    "json in html": app(f"{{{SLOTS}}}") | {"templates/page/board.text.j2": '{{ slot("story", part="json") }}\n'},
    "a sum of texts": app(f'{{"a": "{{{{ "x" + brand.name }}}}", {SLOTS}}}'),
    "a leftover": app(f'{{"a": "[FNAME]", "headline": 1, {SLOTS}}}'),
    "a foreign link": app(f'{{"a": "https://evil.example/", {SLOTS}}}'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_where_it_is_written(name: str, words: SnapshotAssertion) -> None:
    told = [diagnostic for diagnostic in diagnostics(BROKEN[name]) if diagnostic.severity == "error"]
    lines = [f"{one.path}:{one.line}:{one.column}: {one.code} {one.message}\n  hint: {one.hint}" for one in told]
    assert "\n".join(lines) == words
