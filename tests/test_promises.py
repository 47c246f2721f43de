"""The product's promises, shown on the starter: each test is named by the promise that it shows."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st
from selectolax.lexbor import LexborHTMLParser

from assembler import Library, Variant
from assembler.authoring import Project
from assembler.authoring.build.variants import enumerate_variants

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAUGHTY = [
    "", " ", "\u200b", "\u202eabc", "null", "None", "NaN", "undefined", "[FNAME]", "{{ x }}", "*|FNAME|*", "%%first%%",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE users; --", "${7*7}", "{% raw %}",
    "javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "//evil.example", "https://evil.example/",
    "https://www.harbourandpine.example@evil.example/", "https://www.harbourandpine.example\\@evil.example",
    "[Claim $500](https://evil.example)", "=?utf-8?q?Hi=0D=0ABcc:_e@x?=", "a\r\nBcc: e@evil.example", "\x00", "\x85",
    "\ud800", "\U0001f9ed" * 30, "Ω≈ç√∫", "名前", "ﷺ", "a" * 100_000, "]]>", "-->", "</title>", "&lt;b&gt;",
]  # fmt: skip


def cases(library: Library) -> Iterator[tuple[str, str]]:
    return ((campaign, channel) for campaign in library.campaigns for channel in library.channels(campaign))


def assert_complete(library: Library, variant: Variant) -> None:
    """Every required slot is filled, every part has words, and nothing is left over."""
    decision = variant.decision
    campaign = library.content.campaigns[decision.campaign]
    required = {slot.name for slot in campaign.slots if slot.default is not None}
    filled = {name for name, choice in decision.slots.items() if choice.component is not None}
    assert required & set(campaign.channels[decision.channel].slots) <= filled
    assert set(variant.encoded) == set(campaign.channels[decision.channel].documents[decision.locale])
    for part, text in variant.parts.items():
        bare = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL) if part == "html" else text
        assert bare.strip(), part
        assert not re.search(r"\{\{|\}\}|\{%|zq[0-9a-f]{12}[fsu]|[\x80-\x9f]", bare), part
        words = LexborHTMLParser(text).text(separator="\n") if part == "html" else text
        assert not [line for line in words.split("\n") if line.strip().lower() in ("none", "null", "nan", "undefined")]


KEYS = ("id", "locale", "consent", "signals", "fields", "segment", "stage")


@given(context=JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)))
@settings(max_examples=300, deadline=None)
def test_1_and_2_any_json_gets_a_complete_variant_with_a_reason(starter_library: Library, context: object) -> None:
    for campaign, channel in cases(starter_library):
        variant = starter_library.assemble(campaign, channel=channel, context=context, at=MOMENT)
        assert_complete(starter_library, variant)
        assert (variant.decision.reason == "ERROR") == (variant.decision.error_code is not None)


@pytest.mark.parametrize("value", NAUGHTY, ids=lambda value: ascii(value)[:30])
def test_1_and_2_any_text_anywhere_gets_a_complete_variant(starter_library: Library, value: str) -> None:
    context = {
        "id": value, "locale": value, "consent": [value, "marketing"], "segment": value, "stage": value,
        "signals": dict.fromkeys(starter_library.content.signals, value),
        "fields": dict.fromkeys(starter_library.content.fields, value),
    }  # fmt: skip
    for campaign, channel in cases(starter_library):
        variant = starter_library.assemble(campaign, channel=channel, context=context, at=MOMENT)
        assert_complete(starter_library, variant)


def test_2_every_variant_that_somebody_can_get_is_complete(starter_library: Library) -> None:
    count = 0
    for each in enumerate_variants(starter_library, MOMENT):
        parts = starter_library.join(each.plan, each.choices)
        assert all(b"{{" not in data and data.strip() for data in parts.values())
        count += 1
    assert count > 100


def test_3_the_default_needs_nothing_and_is_stored_as_it_is_assembled(starter_library: Library) -> None:
    for campaign, channel in cases(starter_library):
        for locale in starter_library.locales:
            stored = starter_library.default(campaign, channel=channel, locale=locale)
            unknown = starter_library.assemble(campaign, channel=channel, context={"locale": locale}, at=MOMENT)
            assert stored.key == unknown.key
            assert dict(stored.encoded) == dict(unknown.encoded)
            assert_complete(starter_library, stored)


@pytest.mark.parametrize("years", [-1, 0, 10])
def test_3_the_default_never_expires(starter_library: Library, years: int) -> None:
    at = MOMENT + timedelta(days=365 * years)
    for campaign, channel in cases(starter_library):
        variant = starter_library.assemble(campaign, channel=channel, context=None, at=at)
        assert dict(variant.encoded) == dict(starter_library.default(campaign, channel=channel, locale="en").encoded)


def test_5_removing_any_targeted_component_never_makes_a_variant_incomplete(
    starter: Project, starter_library: Library
) -> None:
    """And changes no other slot, unless it takes the same type or a chain of requires and excludes leads there."""
    everything = starter_library.content
    for component in everything.components:
        if component.address in starter.loaded.defaults() or component.status != "ready":
            continue
        others = tuple(each for each in everything.components if each is not component)
        fewer = Library(msgspec.structs.replace(everything, components=others), starter_library.texts)
        linked = {each.type for each in others if component.address in (*each.requires, *each.excludes)}
        for campaign, channel in cases(starter_library):
            slots = {slot.name: slot for slot in everything.campaigns[campaign].slots}
            for context in somebody_of_each_cell(starter_library):
                before = starter_library.decide(campaign, channel=channel, context=context, at=MOMENT).slots
                after = fewer.decide(campaign, channel=channel, context=context, at=MOMENT).slots
                changed = {slot for slot in after if after[slot].component != before[slot].component}
                assert {slots[slot].type for slot in changed} <= {component.type, *linked}
                assert not [slot for slot in after if after[slot].component is None and slots[slot].default]


def somebody_of_each_cell(library: Library) -> Iterator[dict[str, object]]:
    segments = (*(each.id for each in library.content.segments), None)
    stages = (*(each.id for each in library.content.stages), None)
    for segment, stage in itertools.product(segments, stages):
        yield {"segment": segment, "stage": stage, "id": "7", "fields": {"first_name": "Maya"}}


def test_9_same_bytes_in_any_process_hash_seed_locale_and_time_zone(starter_library: Library, tmp_path: Path) -> None:
    path = tmp_path / "starter.library"
    starter_library.save(str(path))
    script = (
        "import sys, hashlib, json; from datetime import datetime, UTC; from assembler import Library;"
        "library = Library.open(sys.argv[1]); at = datetime(2026, 11, 22, 12, tzinfo=UTC); out = [];"
        "[out.append([v.key, {p: hashlib.sha256(d).hexdigest() for p, d in v.encoded.items()}, v.decision.to_dict()])"
        " for c in library.campaigns for k in library.channels(c) for i in range(50)"
        " for v in [library.assemble(c, channel=k, at=at, context={'id': i, 'locale': 'fr', 'consent': ['marketing'],"
        " 'signals': {'months_since_purchase': i % 13, 'spend_last_year': i * 40, 'favours': 'mens'}})]];"
        "print(json.dumps(out))"
    )
    environments: list[Mapping[str, str]] = [
        {"PYTHONHASHSEED": "0", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "12345", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"},
    ]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)], env={**os.environ, **each}, check=True, capture_output=True
        ).stdout
        for each in environments
    }
    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())) == 250


def test_9_and_10_threads_never_mix_people(starter_library: Library) -> None:
    def one(number: int) -> tuple[int, str, dict[str, object]]:
        context = {
            "id": number, "consent": ["marketing"], "fields": {"first_name": f"Canary{number}x"},
            "signals": {"months_since_purchase": number % 13, "spend_last_year": 600, "favours": "both"},
        }  # fmt: skip
        variant = starter_library.assemble("come_back", channel="email", context=context, at=MOMENT)
        return number, "".join(variant.parts.values()), variant.decision.to_dict()

    with ThreadPoolExecutor(8) as pool:
        for number, text, decision in pool.map(one, range(2000)):
            assert set(re.findall(r"Canary\d+x", text)) <= {f"Canary{number}x"}
            assert "Canary" not in json.dumps(decision)
