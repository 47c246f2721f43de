"""Falling back is local: removing any one targeted component never makes a variant incomplete, and changes no other
slot unless it takes the same type or a chain of `requires`/`excludes` leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import msgspec
from hypothesis import given, settings, strategies as st

from assembler import Decision, Library
from assembler.authoring import Project
from assembler.library.records import Component, Content, Slot
from assembler.runtime.choose import choose, slot_plans
from tests.authoring.outcomes.everybody import contents, everybody
from tests.conftest import STARTER_MOMENT
from tests.examples import examples

Chosen = Mapping[str, str | None]
"""The component that fills each slot, in the order in which slots are filled."""


def require_locality(
    slots: Sequence[Slot], components: Sequence[Component], gone: Component, chosen: tuple[Chosen, Chosen]
) -> None:
    """What is chosen before and after a component has gone: all required slots stay filled, nothing changes for who did
    not get it, and for others only what may: slots from its own on, of its type or of one that a chain leads to."""
    before, after = chosen
    assert before.keys() == after.keys()
    filled = {slot.name: slot for slot in slots if slot.name in before}
    assert [name for name, slot in filled.items() if slot.default is not None and after[name] is None] == []
    if gone.address not in before.values():
        assert after == before
        return
    names = list(before)
    first = names.index(next(name for name in names if before[name] == gone.address))
    changed = {name for name in names if after[name] != before[name]}
    assert changed & set(names[:first]) == set()
    assert {filled[name].type for name in changed} <= linked_types(gone, components)


def linked_types(gone: Component, components: Sequence[Component]) -> set[str]:
    """The component's type, and those to which a chain of `requires` and `excludes` leads from it."""
    types = {gone.type}
    while True:
        more = {
            component.type
            for component in components
            if any(address.partition("/")[0] in types for address in (*component.requires, *component.excludes))
        }
        if more <= types:
            return types
        types |= more


def without(content: Content, gone: Component) -> Content:
    return msgspec.structs.replace(
        content, components=tuple(component for component in content.components if component != gone)
    )


def targeted(content: Content) -> list[Component]:
    """The components that are ready and no slot's default."""
    defaults = {slot.default for campaign in content.campaigns.values() for slot in campaign.slots}
    return [
        component
        for component in content.components
        if component.status == "ready" and component.address not in defaults
    ]


# --- the starter -----------------------------------------------------------------------------------------------------


def somebody_of_each_cell(content: Content) -> Iterator[dict[str, object]]:
    audiences = ((*(audience.id for audience in some), None) for some in (content.segments, content.stages))
    for segment, stage in product(*audiences):
        yield {"segment": segment, "stage": stage, "id": "7", "fields": {"first_name": "Maya"}}


def decisions(library: Library) -> Iterator[Decision]:
    """For somebody of each cell, in every campaign and channel."""
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for context in somebody_of_each_cell(library.content):
                yield library.decide(campaign, channel=channel, context=context, at=STARTER_MOMENT)


def chosen_in(decision: Decision) -> Chosen:
    return {choice.slot: choice.component for choice in decision.choices}


def test_removing_any_targeted_component_of_the_starter_is_local(starter_library: Library) -> None:
    content = starter_library.content
    before = list(decisions(starter_library))
    was_got = {component for decision in before for component in chosen_in(decision).values()}
    seen = 0
    for gone in targeted(content):
        fewer = Library(without(content, gone), starter_library.texts, digest="sha256:fewer")
        seen += gone.address in was_got
        for old, new in zip(before, decisions(fewer), strict=True):
            slots = content.campaigns[old.campaign].slots
            require_locality(slots, content.components, gone, (chosen_in(old), chosen_in(new)))
    assert seen > 20


def test_removing_all_targeted_components_leaves_the_defaults(starter_library: Library) -> None:
    content = starter_library.content
    everything = {component.address for component in targeted(content)}
    rest = tuple(component for component in content.components if component.address not in everything)
    fewer = Library(msgspec.structs.replace(content, components=rest), starter_library.texts, digest="sha256:fewer")
    for campaign in fewer.campaigns:
        for channel in fewer.channels(campaign):
            stored = starter_library.default(campaign, channel=channel)
            for context in somebody_of_each_cell(content):
                variant = fewer.assemble(campaign, channel=channel, context={"segment": context["segment"]})
                assert variant.encoded == stored.encoded


# --- random libraries and projects -----------------------------------------------------------------------------------


@given(content=contents(), data=st.data())
@settings(max_examples=examples(80))
def test_removing_any_component_of_a_random_library_is_local(content: Content, data: st.DataObject) -> None:
    (slots,) = (campaign.slots for campaign in content.campaigns.values())
    people = data.draw(st.lists(st.sampled_from(everybody(content)), min_size=1, max_size=12))
    for gone in targeted(content):
        (whole,), (fewer,) = slot_plans(content), slot_plans(without(content, gone))
        for person in people:
            before, after = (
                {choice.slot: choice.component for choice in choose(plan, person)} for plan in (whole, fewer)
            )
            require_locality(slots, content.components, gone, (before, after))


GOVERNED = "owner: a@x.example, review_by: 2027-06-01"
SETTINGS = f"""\
name: random
owner: a@x.example
locales: [en]
channels: {{note: {{envelope: none}}}}
signals:
  n: {{kind: integer, source: s, max_age: none, consent: none, response: r, fallback: f, {GOVERNED}}}
stages: [{{id: far, when: n > 3}}]
segments:
  - {{id: even, when: "n in [0, 2, 4, 6]", hypothesis: h, {GOVERNED}}}
  - {{id: low, when: n < 4, hypothesis: h, {GOVERNED}}}
"""
CAMPAIGN = """\
owner: a@x.example
objective: o
outcome: {event: e, within: 30d, minimum_lift: 10%}
decide_by: 2027-06-01
hypothesis: h
review_by: 2027-06-01
channels: {note: plain}
slots:
  first: {type: b, default: b/plain}
  second: {type: a, default: a/plain}
  third: {type: a, default: a/other}
  fourth: {type: c, default: empty}
"""
NAMES = [f"{type_}/{letter}" for type_ in "abc" for letter in "xyz"]
TAGS = st.fixed_dictionaries(
    {},
    optional={
        "segments": st.sampled_from(["[even]", "[low]"]),
        "stages": st.just("[far]"),
        "needs": st.just("[n]"),
        "requires": st.sampled_from(NAMES).map(lambda name: f"[{name}]"),
        "excludes": st.sampled_from(NAMES).map(lambda name: f"[{name}]"),
        "test": st.just("{id: t, share: 40%}"),
        "status": st.sampled_from(["draft", "ready", "ready"]),
    },
)
PROJECTS = st.dictionaries(st.sampled_from(NAMES), TAGS, min_size=1)


def compiled(components: Mapping[str, Mapping[str, str]]) -> Library:
    """A project with these components. It is compiled whether `check` finds something in it or not."""
    plain: dict[str, Mapping[str, str]] = {name: {} for name in ("a/plain", "a/other", "b/plain")}
    files = {
        "assembler.yaml": SETTINGS,
        "campaigns/it.yaml": CAMPAIGN,
        "templates/note/plain.text.j2": "".join(f'{{{{ slot("{name}") }}}}\n' for name in SLOTS),
        **{f"components/{type_}/_type.yaml": "body: text\n" for type_ in "abc"},
        **{
            f"components/{name}.md": "".join(
                [
                    "---\ncampaigns: [it]\n",
                    *(f"{key}: {value}\n" for key, value in tags.items()),
                    f"---\nWords of {name}\n",
                ]
            )
            for name, tags in {**plain, **components}.items()
        },
    }
    result = Project.from_files(dict(files)).compiled
    return Library(result.content, result.texts, digest="sha256:random")


SLOTS = ("first", "second", "third", "fourth")


@given(components=PROJECTS, person=st.integers(0, 99), n=st.sampled_from([None, *range(8)]))
@settings(max_examples=examples(15), deadline=None)
def test_removing_any_component_of_a_random_project_is_local(
    components: Mapping[str, Mapping[str, str]], person: int, n: int | None
) -> None:
    whole = compiled(components)
    context = {"id": person, "signals": {"n": n}}
    before = whole.assemble("it", channel="note", context=context, at=STARTER_MOMENT)
    content = whole.content
    for name in components:
        fewer = compiled({other: tags for other, tags in components.items() if other != name})
        after = fewer.assemble("it", channel="note", context=context, at=STARTER_MOMENT)
        gone = next(component for component in content.components if component.address == name)
        slots, chosen = content.campaigns["it"].slots, (chosen_in(before.decision), chosen_in(after.decision))
        if gone.test is None:
            require_locality(slots, content.components, gone, chosen)
        else:  # its going gives others of its type, and of its test, other people
            changed = {slot.type for slot in slots if chosen[0][slot.name] != chosen[1][slot.name]}
            assert changed <= linked_types(gone, content.components)
        words = (after.text or "").split("\n")
        assert [bool(line) for line in words[:3]] == [True] * 3
