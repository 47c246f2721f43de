"""Joined fragments are the whole document rendered at once, byte for byte."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.compile.candidates import may_fill
from assembler.runtime.eligibility import Choice
from assembler.runtime.reasons import Fit, SlotReason
from tests.authoring.builders import MOMENT, project as files
from tests.authoring.compile.reference import whole
from tests.examples import examples

ROOT = Path(__file__).parents[3]
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "first_name": st.sampled_from(["Maya", 'O\'Brien & "Söhne"', "<b>x</b>", "=?utf-8?q?x?=", "名前", "a/b?c=d&e"]),
        "unsubscribe_url": st.sampled_from(
            ["https://www.sample.example/u/7?a=1&b=2", "https://www.harbourandpine.example/u/7", "javascript:alert(1)"]
        ),
    },
)


@cache
def opened(name: str) -> tuple[Project, Library]:
    project = Project.from_files(files()) if name == "sample" else Project.load(ROOT)
    return project, Library(project.compiled.content, project.compiled.texts)


def candidates(project: Project, campaign: str, channel: str, locale: str, slot: str) -> list[str | None]:
    """What can stand in a slot, the empty slot among it where that is the default."""
    loaded = project.loaded
    here = loaded.campaigns[campaign]
    lineage = loaded.settings.lineage(locale)
    addresses: list[str | None] = [
        address
        for address, component in loaded.components.items()
        if may_fill(component, here, slot, frozenset(loaded.defaults()))
        and (component.tags.channels is None or channel in component.tags.channels)
        and component.in_locale(lineage) is not None
    ]
    return [*addresses, None] if not here.slots[slot].required else addresses


@pytest.mark.parametrize("name", ["sample", "starter"])
@given(data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_joined_fragments_equal_the_whole_document(name: str, data: st.DataObject) -> None:
    project, library = opened(name)
    campaign = data.draw(st.sampled_from(library.campaigns))
    channel = data.draw(st.sampled_from(library.channels(campaign)))
    locale = data.draw(st.sampled_from(library.locales))
    plan = library.plan(campaign, channel=channel, locale=locale)
    slots = {
        row.name: data.draw(st.sampled_from(candidates(project, campaign, channel, locale, row.name)))
        for row in plan.slots
    }
    values = data.draw(VALUES)
    choices = [
        Choice(slot=slot, component=component, reason=SlotReason.DEFAULT, fit=Fit.DEFAULT)
        for slot, component in slots.items()
    ]
    joined = library.join(plan, choices, values)
    for part, text in joined.items():
        assert text.decode() == whole(project, campaign, channel, locale, part, slots, values)


@pytest.mark.parametrize("name", ["sample", "starter"])
def test_the_stored_default_is_the_assembled_one(name: str) -> None:
    _, library = opened(name)
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for locale in library.locales:
                stored = library.default(campaign, channel=channel, locale=locale)
                assembled = library.assemble(
                    campaign, channel=channel, context={"locale": locale, "segment": None, "stage": None}, at=MOMENT
                )
                assert stored.encoded == assembled.encoded or stored.key != assembled.key
                plan = library.plan(campaign, channel=channel, locale=locale)
                assert dict(stored.encoded) == dict(library.join(plan, plan.defaults))
