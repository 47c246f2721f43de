"""Complete: every required slot has visible words or an image; no token or merge braces outside `style`/`script`, no
value that is `None`, `null`, `nan`, `undefined`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler import Library, Variant
from assembler.authoring.compile.tokens import TOKEN
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.library.values import is_blank
from assembler.runtime.choose import SlotPlan
from assembler.runtime.eligibility import Choice
from tests.conftest import STARTER_MOMENT
from tests.examples import examples
from tests.promises.hostile import CONTEXT_KEYS, NAUGHTY, places

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NO_VALUES = frozenset({"none", "null", "nan", "undefined"})


def faults(
    library: Library, plan: SlotPlan, choices: Sequence[Choice], parts: Mapping[str, bytes], values: Mapping[str, str]
) -> Iterator[str]:
    """What is missing from a variant, or left over in it; the values are those of the person."""
    campaign = library.content.campaigns[plan.campaign]
    here = campaign.channels[plan.channel]
    if parts.keys() != here.documents[plan.locale].keys():
        yield "other parts"
    for part, data in parts.items():
        yield from _of_html(data.decode()) if part == "html" else _of_words(data.decode(), part)
    chosen = {choice.slot: choice.component for choice in choices}
    for slot in campaign.slots:
        if slot.default is not None and slot.name in here.slots:
            component, given_ = chosen.get(slot.name), tuple(sorted(values.items()))
            if component is None or not _is_shown(library, plan, slot.name, component, given_):
                yield f"nothing in the slot {slot.name}"


def faults_of(library: Library, variant: Variant, fields: Mapping[str, str] | None = None) -> list[str]:
    """The faults of a variant, in which the fields stand that are not refused."""
    decision = variant.decision
    plan = library.plan(decision.campaign, channel=decision.channel, locale=decision.locale)
    refused = {note.name for note in decision.notes if note.kind == "field"}
    values = {name: value for name, value in (fields or {}).items() if name not in refused}
    return list(faults(library, plan, decision.choices, variant.encoded, values))


@cache
def _of_words(text: str, where: str) -> tuple[str, ...]:
    problems = {
        "no words": is_blank(text),
        "braces": _BRACES.search(text),
        "a token": TOKEN.search(text),
        "a control character": _CONTROLS.search(text),
        "no value": any(line.strip().lower() in _NO_VALUES for line in text.splitlines()),
    }
    return tuple(f"{problem} in the {where}" for problem, is_so in problems.items() if is_so)


@cache
def _of_html(html: str) -> tuple[str, ...]:
    return tuple(_found_in(html))


def _found_in(html: str) -> Iterator[str]:
    root = LexborHTMLParser(html).root
    assert root is not None
    is_said = False
    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            text = (node.text_content or "") if not _is_code(node) else ""
            is_said = is_said or not is_blank(text)
            yield from () if is_blank(text) else _of_words(text, "html")
        else:
            yield from _of_element(node)
    if not is_said:
        yield "no words in the html"


def _of_element(node: LexborNode) -> Iterator[str]:
    for name, value in ((name, value or "") for name, value in node.attributes.items()):
        if _BRACES.search(value) or TOKEN.search(value) or _is_no_value(value):
            yield f"{name} of {node.tag} is {value}"
        if name in ("href", "src") and is_blank(value):
            yield f"{name} of {node.tag} is empty"
    if node.tag == "script":
        yield from (f"{value} in JSON-LD" for value in _leaves(json.loads(node.text())) if _is_no_value(value))


def _is_code(text: LexborNode) -> bool:
    return text.parent is not None and text.parent.tag in ("style", "script")


def _is_no_value(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _NO_VALUES)


def _leaves(value: Any) -> Iterator[object]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    else:
        yield value


@cache
def _is_shown(library: Library, plan: SlotPlan, slot: str, component: str, values: tuple[tuple[str, str], ...]) -> bool:
    """Whether a component has words or an image in a part where it fills the slot, told from its rendition alone."""
    documents = library.content.campaigns[plan.campaign].channels[plan.channel].documents[plan.locale]
    for part, document in documents.items():
        for call in document.calls:
            if call.slot == slot:
                text = "".join(_piece(library, number, dict(values)) for number in call.fragments[component])
                rendition = LexborHTMLParser(text) if part == "html" else None
                if not is_blank(text if rendition is None else rendition.text()):
                    return True
                if rendition is not None and rendition.css_first("img[src]") is not None:
                    return True
    return False


def _piece(library: Library, number: int, values: Mapping[str, str]) -> str:
    if number >= 0:
        return library.texts[number].decode()
    placeholder = library.content.placeholders[-1 - number]
    return values.get(placeholder.field, library.texts[placeholder.fallback].decode())


# --- the whole starter -----------------------------------------------------------------------------------------------


def test_every_variant_that_somebody_can_get_is_complete(starter_library: Library) -> None:
    seen = set()
    for variant in enumerate_variants(starter_library, STARTER_MOMENT):
        parts = starter_library.join(variant.plan, variant.choices)
        assert list(faults(starter_library, variant.plan, variant.choices, parts, {})) == [], variant.key
        seen.add((variant.plan.campaign, variant.plan.channel, variant.plan.locale))
    assert seen == set(places(starter_library))


def test_every_default_is_complete(starter_library: Library) -> None:
    for campaign, channel, locale in places(starter_library):
        assert faults_of(starter_library, starter_library.default(campaign, channel=channel, locale=locale)) == []


@pytest.mark.parametrize(
    "text", [text for text in NAUGHTY if not TOKEN.search(text)], ids=lambda text: ascii(text)[:30]
)
def test_a_naughty_text_everywhere_leaves_the_variant_complete(starter_library: Library, text: str) -> None:
    content = starter_library.content
    fields = dict.fromkeys(content.fields, text)
    said: dict[str, Any] = {
        **dict.fromkeys(CONTEXT_KEYS, text), "consent": [text], "signals": dict.fromkeys(content.signals, text),
        "fields": fields,
    }  # fmt: skip
    for campaign, channel, locale in places(starter_library):
        context = {**said, "locale": locale}
        variant = starter_library.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT)
        given_ = {name: " ".join(value.split()) for name, value in fields.items()}
        assert faults_of(starter_library, variant, given_) == []


@given(data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_whatever_is_known_the_variant_is_complete(starter_library: Library, data: st.DataObject) -> None:
    content = starter_library.content
    segment, stage = (
        data.draw(st.none() | st.sampled_from([audience.id for audience in audiences]))
        for audiences in (content.segments, content.stages)
    )
    name = data.draw(st.text(max_size=70))
    context = {"id": data.draw(st.integers(0, 99)), "segment": segment, "stage": stage, "fields": {"first_name": name}}
    for campaign, channel, locale in places(starter_library):
        variant = starter_library.assemble(
            campaign, channel=channel, context={**context, "locale": locale}, at=STARTER_MOMENT
        )
        assert faults_of(starter_library, variant, {"first_name": name}) == []


# --- an oracle that would tell ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p></p><style>{{ }}</style>", "no words in the html"),
        ("<p>\u200b</p>", "no words in the html"),
        ("<p>x {{ first_name }}</p>", "braces in the html"),
        ("<p>zq0123456789abf0z</p>", "a token in the html"),
        ("<p>x</p><p> None </p>", "no value in the html"),
        ('<p title="undefined">x</p>', "title of p is undefined"),
        ('<p title="%} x">x</p>', "title of p is %} x"),
        ('<a href=" ">x</a>', "href of a is empty"),
        ('<p>x</p><script type="application/ld+json">{"a": [null]}</script>', "None in JSON-LD"),
        ('<p>x</p><script type="application/ld+json">{"a": "NaN"}</script>', "NaN in JSON-LD"),
    ],
)
def test_what_is_left_over_in_html_is_told(html: str, fault: str) -> None:
    assert _of_html(html) == (fault,)


def test_a_slot_that_shows_nothing_is_told(starter_library: Library) -> None:
    """Each required slot of each place in turn, its default without words or image."""
    content = starter_library.content
    plan = starter_library.plan("come_back", channel="email", locale="en")
    required = [slot for slot in content.campaigns["come_back"].slots if slot.default is not None]
    for slot in required:
        blank = Library(content, [b""] * len(starter_library.texts), digest="sha256:none")
        assert slot.default is not None
        assert _is_shown(starter_library, plan, slot.name, slot.default, ()), slot
        assert not _is_shown(blank, plan, slot.name, slot.default, ()), slot
