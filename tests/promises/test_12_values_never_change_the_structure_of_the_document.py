"""Values never change the structure of the document: trees of hostile and of harmless values are the same, for a parser
and in a browser, where no script runs and no request leaves."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from assembler import Library
from assembler.authoring import Project
from assembler.runtime.choose import SlotPlan
from assembler.runtime.eligibility import Choice
from tests.authoring.builders import project as files
from tests.browser.projects import starter_files, without_checks
from tests.browser.viewer import Viewer
from tests.conftest import STARTER_MOMENT
from tests.examples import examples
from tests.promises.hostile import MARKUP

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PIECES = (
    "<", ">", '"', "'", "&", "/", "=", "`", "-->", "<!--", "]]>", "</script>", "</title>", "</style>", "</td>", "<p>",
    "<a ", "\\", "{", "}", "{{", "}}", "\r\n", "\n", "\t", "\0", "\u2028", "=?", "?=", "javascript:", "https://", "//",
    "@", "#", "%", "&lt;", "&#60;", "on", "x", " ", "\u202e", "\ud800", "\ufeff",
)  # fmt: skip
VALUES = st.sampled_from(MARKUP) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)
HARMLESS = {"first_name": "Maya", "unsubscribe_url": "https://www.harbourandpine.example/u/1"}


@pytest.fixture(scope="module")
def trusting() -> Library:
    """The starter with a name field that takes any text, so that the values do stand in the documents."""
    files = starter_files()
    settings = str(files["assembler.yaml"]).replace("first_name: {kind: name", "first_name: {kind: text")
    return without_checks({**files, "assembler.yaml": settings})[1]


@pytest.fixture(scope="module")
def sample() -> Library:
    """A small library with a merge field in every kind of place."""
    return Project.from_files(files()).compile(STARTER_MOMENT)


# --- for a parser ----------------------------------------------------------------------------------------------------


def rows(library: Library) -> Iterator[tuple[SlotPlan, Sequence[Choice]]]:
    """Choices in which every component that holds a merge field stands once, in every campaign, channel and locale."""
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for locale in library.locales:
                plan = library.plan(campaign, channel=channel, locale=locale)
                documents = library.content.campaigns[campaign].channels[channel].documents[locale].values()
                holding = {
                    (call.slot, address)
                    for document in documents
                    for call in document.calls
                    for address, fragment in call.fragments.items()
                    if any(number < 0 for number in fragment)
                }
                able = [
                    [
                        candidate.choice
                        for candidate in row.candidates
                        if (row.name, candidate.choice.component) in holding
                    ]
                    for row in plan.slots
                ]
                yield plan, plan.defaults
                for number in range(max(map(len, able), default=0)):
                    yield (
                        plan,
                        [
                            choices[number] if number < len(choices) else row.default
                            for choices, row in zip(able, plan.slots, strict=True)
                        ],
                    )


_RAW = frozenset({"style", "-comment", "!doctype"})
"""What holds no value: its text is the same as well."""


def structure(part: str, text: str) -> object:
    """All of a part that is not a value: elements, names of attributes, comments and styles, the shape of JSON-LD; of a
    part that is no HTML, how many lines its subject has."""
    if part != "html":
        return len(re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]", text)) if part == "subject" else None
    root = LexborHTMLParser(text).root
    assert root is not None
    nodes: list[object] = []
    for node in root.traverse(include_text=False):
        nodes.append((node.tag, tuple(node.attributes)))
        if node.tag in _RAW:
            nodes.append(node.html)
        elif node.tag == "script":
            nodes.append(shape(json.loads(node.text())))
    return nodes


def shape(value: Any) -> object:
    """The keys of JSON, and how much there is of it."""
    if isinstance(value, dict):
        return {key: shape(below) for key, below in value.items()}
    return [shape(below) for below in value] if isinstance(value, list) else type(value).__name__


def structures(library: Library, values: Mapping[str, str]) -> list[object]:
    """Of every row; the values are given as they are, not as the runtime reads them."""
    return [
        {part: structure(part, data.decode()) for part, data in library.join(plan, choices, values).items()}
        for plan, choices in _rows(library)
    ]


@cache
def _rows(library: Library) -> tuple[tuple[SlotPlan, Sequence[Choice]], ...]:
    return tuple(rows(library))


@cache
def _harmless(library: Library) -> list[object]:
    return structures(library, {name: value for name, value in HARMLESS.items() if name in library.content.fields})


@pytest.mark.parametrize("name", ["starter_library", "sample"])
def test_fields_stand_in_every_kind_of_place(request: pytest.FixtureRequest, name: str) -> None:
    library: Library = request.getfixturevalue(name)
    assert {placeholder.encoder for placeholder in library.content.placeholders} >= {"html", "url", "plain"}
    assert {placeholder.field for placeholder in library.content.placeholders} == set(library.content.fields)


@pytest.mark.parametrize("name", ["starter_library", "sample"])
@pytest.mark.parametrize("value", MARKUP, ids=ascii)
def test_a_hostile_value_changes_no_structure(request: pytest.FixtureRequest, name: str, value: str) -> None:
    library: Library = request.getfixturevalue(name)
    assert structures(library, _readable(library, value)) == _harmless(library)


@given(value=VALUES)
@settings(max_examples=examples(40), deadline=None)
def test_no_value_changes_any_structure(sample: Library, value: str) -> None:
    assert structures(sample, _readable(sample, value)) == _harmless(sample)


def _readable(library: Library, value: str) -> dict[str, str]:
    """The value for every field, but what no text in UTF-8 can hold: the runtime never reads that as a value."""
    return dict.fromkeys(library.content.fields, value.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("value", MARKUP, ids=ascii)
def test_what_a_caller_says_changes_no_structure(trusting: Library, value: str) -> None:
    """The way it really comes: read, encoded and joined, in all campaigns and channels; and as a message."""
    for campaign in trusting.campaigns:
        for channel in trusting.channels(campaign):
            looks = []
            for fields in (dict.fromkeys(trusting.content.fields, value), HARMLESS):
                context = {"fields": fields, "segment": "new_friend", "stage": "first_season"}
                variant = trusting.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT)
                parts: list[object] = [structure(part, text) for part, text in variant.parts.items()]
                if variant.subject is not None:
                    parts.append(_of_message(variant.message(sender="a@x.example", to="b@x.example", unsubscribe=_OUT)))
                looks.append(parts)
            assert looks[0] == looks[1], (campaign, channel)


_OUT = "https://x.example/u"


def _of_message(data: bytes) -> object:
    """The headers' names, and the kinds of the parts of a message."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    return message.keys(), [(part.get_content_type(), part.keys(), part.defects) for part in message.walk()]


def test_a_parser_would_tell() -> None:
    """What breaks out of its place is seen."""
    same = structure("html", "<p title='x'>x</p><!--x--><script>[1]</script>")
    for other in (
        "<p title='x' onclick='x'>x</p><!--x--><script>[1]</script>",
        "<p title='x'><b>x</b></p><!--x--><script>[1]</script>",
        "<p title='x'>x</p><!--y--><script>[1]</script>",
        "<p title='x'>x</p><!--x--><script>[1,2]</script>",
    ):
        assert structure("html", other) != same
    assert structure("html", "<p title='y'>z</p><!--x--><script>[2]</script>") == same


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def viewer(browser: Browser, starter: Project) -> Iterator[Viewer]:
    """A page that shows documents with the starter's images."""
    images = starter.compiled.images
    with Viewer.opened(browser, images.delivered(), images.base_url) as viewer:
        yield viewer


_TREE = """() => [...document.querySelectorAll("*")].map(
  node => [node.tagName, ...[...node.attributes].map(each => each.name).sort()].join(" ")
)"""
_CLICKS = """() => { for (const node of document.querySelectorAll("body *")) {
  for (const name of ["mouseover", "focus", "load", "error"]) node.dispatchEvent(new Event(name)); } }"""


def shown(viewer: Viewer, library: Library, place: tuple[str, str, str], fields: dict[str, Any]) -> dict[str, Any]:
    """What a document with these values is in the browser."""
    campaign, channel, locale = place
    context = {"locale": locale, "fields": fields, "segment": "new_friend", "stage": "first_season"}
    html = library.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT).html or ""
    viewer.requests.clear()
    viewer.evaluate("delete window.harmed")
    viewer.show(html)
    viewer.evaluate(_CLICKS)
    viewer.page.wait_for_load_state("load")
    return {
        "tree": viewer.evaluate(_TREE),
        "harmed": viewer.evaluate("window.harmed === undefined ? false : true"),
        "requests": list(viewer.requests),
        "hosts": viewer.evaluate("() => [...new Set([...document.links].map(each => each.host))].sort()"),
        "json": viewer.evaluate("() => [...document.scripts].map(each => typeof JSON.parse(each.textContent))"),
    }


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("name", ["starter_library", "trusting"])
def test_values_never_do_more_than_stand_there(
    viewer: Viewer, request: pytest.FixtureRequest, name: str, locale: str
) -> None:
    library: Library = request.getfixturevalue(name)
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            place = (campaign, channel, locale)
            harmless = shown(viewer, library, place, {"first_name": "Maya"})
            assert harmless["harmed"] is False
            for value in MARKUP:
                fields = dict.fromkeys(library.content.fields, value)
                assert shown(viewer, library, place, fields) == harmless, value


def test_the_values_do_stand_there(viewer: Viewer, trusting: Library) -> None:
    shown(viewer, trusting, ("come_back", "email", "en"), {"first_name": MARKUP[0]})
    assert f"Hello {MARKUP[0]}," in viewer.evaluate("document.body.innerText")


def test_the_browser_would_tell(viewer: Viewer) -> None:
    viewer.show("<img src=https://evil.example/x.png onerror=window.harmed=1><script>window.harmed=1</script>")
    viewer.page.wait_for_load_state("load")
    assert viewer.evaluate("window.harmed") == 1
    assert "https://evil.example/x.png" in viewer.requests
    viewer.evaluate("delete window.harmed")
    viewer.requests.clear()
