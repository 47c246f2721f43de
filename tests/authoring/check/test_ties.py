"""Ties: T05."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TypedDict

from hypothesis import HealthCheck, example, given, settings, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.rules.tie import tie
from assembler.library.records import Content
from assembler.runtime.choose import Candidate, SlotPlan, slot_plans
from assembler.runtime.eligibility import ELIGIBILITY_CHECKS, Choice, Evaluation
from tests.authoring.builders import MOMENT, Files, campaign, component, in_memory, mail, page, text_part, without
from tests.authoring.check.cases import failing, findings, passing
from tests.examples import examples

# The slot `more` is filled before the story.
WITH_MORE = """
  offer: {type: offer, default: empty}
  more: {type: offer, default: empty}
  title: {type: title, default: title/plain}
  story: {type: story, default: story/plain}
  aside: {type: title, default: title/aside, constant: true}"""


def tied(first: str, second: str, slot: str, cell: str, line: int = 3) -> str:
    """The finding of a tie, at the later component."""
    return f"components/{second}.md:{line}:1 T05 {first} and {second} could tie in slot {slot!r} of back: {cell}"


TIES: dict[str, tuple[Files, list[str]]] = {
    "one segment of two": (
        component("title/zest", segments=["sweet_tooth", "salty_tooth"]),
        [tied("title/sweet", "title/zest", "title", "segment sweet_tooth, stage none")],
    ),
    "one stage": (
        component("story/back", stages=["here", "away"]),
        [tied("story/away", "story/back", "story", "segment none, stage away")],
    ),
    "everyone": (
        component("story/one") | component("story/two"),
        [tied("story/one", "story/two", "story", "segment none, stage none", line=2)],
    ),
    "other needs, as many": (
        component("title/zest", segments=["sweet_tooth"], stages=["away", "here"], needs=["months_away"]),
        [tied("title/sweet_away", "title/zest", "title", "segment sweet_tooth, stage away")],
    ),
    "two tests": (
        component("title/zest", segments=["salty_tooth"], test={"id": "other", "share": "10%"}),
        [tied("title/test_a", "title/zest", "title", "segment salty_tooth, stage none")],
    ),
    "windows that share a day": (
        component("story/may", stages=["here"], valid_until="2027-05-31")
        | component("story/summer", stages=["here"], valid_from="2027-05-31"),
        [tied("story/may", "story/summer", "story", "segment none, stage here")],
    ),
    "one channel in common": (
        component("story/page", stages=["here"], channels=["page"]) | component("story/each", stages=["here"]),
        [tied("story/each", "story/page", "story", "segment none, stage here")],
    ),
    "what both require may stand": (
        component("story/one", stages=["away"], requires=["offer/tea"]),
        [tied("story/away", "story/one", "story", "segment sweet_tooth, stage away")],
    ),
    "where neither mails nor pages can be rendered": (
        component("story/back", stages=["here", "away"])
        | mail(heading="{{ nothing() }}")
        | text_part(title="{{ nothing() }}")
        | page(heading="{{ nothing() }}"),
        [tied("story/away", "story/back", "story", "segment none, stage away")],
    ),
    "two slots for the two that they require": (
        campaign("back", slots=WITH_MORE)
        | mail(story='{{ slot("more") }}{{ slot("story") }}')
        | text_part(story='{{ slot("more") }}{{ slot("story") }}')
        | page(story='{{ slot("more") }}{{ slot("story") }}')
        | component("offer/jam", needs=["first_name"], terms="For a jar")
        | component("story/one", stages=["here"], requires=["offer/tea"])
        | component("story/two", stages=["here"], requires=["offer/jam"]),
        [tied("story/one", "story/two", "story", "segment sweet_tooth, stage here")],
    ),
}

NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "other segments": (
        "T05",
        component("story/sweet", segments=["sweet_tooth"]) | component("story/salt", segments=["salty_tooth"]),
    ),
    "segment goes before stage": ("T05", component("story/sweet", segments=["sweet_tooth"])),
    "more needs": ("T05", component("story/name", stages=["away"], needs=["first_name"])),
    "one test": ("T05", component("title/test_c", segments=["salty_tooth"], test={"id": "tone", "share": "25%"})),
    "a test and none": ("T05", component("title/zest", segments=["sweet_tooth"], test={"id": "other", "share": "10%"})),
    "a test of nobody": ("T05", component("title/zest", segments=["salty_tooth"], test={"id": "other", "share": "0%"})),
    "one after the other": (
        "T05",
        component("story/may", stages=["here"], valid_until="2027-05-30")
        | component("story/summer", stages=["here"], valid_from="2027-05-31"),
    ),
    "other channels": (
        "T05",
        component("story/page", stages=["here"], channels=["page"])
        | component("story/mail", stages=["here"], channels=["email"]),
    ),
    "a draft": ("T05", component("story/back", stages=["away"], status="draft")),
    "a default elsewhere": (
        "T05",
        campaign("start", slots={"story": {"default": "story/back"}})
        | without("story/first")
        | component("story/back", campaigns=["back", "start"])
        | component("story/one"),
    ),
    "one requires what the other excludes": (
        "T05",
        component("story/one", segments=["sweet_tooth"], requires=["offer/tea"])
        | component("story/two", segments=["sweet_tooth"], excludes=["offer/tea"]),
    ),
    "two of one slot": (
        "T05",
        component("offer/jam", needs=["first_name"], terms="For a jar")
        | component("story/one", stages=["here"], requires=["offer/tea"])
        | component("story/two", stages=["here"], requires=["offer/jam"]),
    ),
    "what is required is for others": (
        "T05",
        component("story/one", segments=["salty_tooth"], requires=["offer/tea"])
        | component("story/two", segments=["salty_tooth"]),
    ),
    "a third takes what both could": (
        "T05",
        component("story/name", stages=["here"], needs=["first_name"])
        | component("story/time", stages=["here"], needs=["months_away"])
        | component("story/both", stages=["here"], needs=["first_name", "months_away"]),
    ),
}


@failing(TIES)
def test_a_tie_is_found_at_the_later_component(code: str, files: Files, expected: list[str]) -> None:
    assert findings(files, code) == expected


@passing(NEAR_MISSES)
def test_what_cannot_tie_is_none(code: str, files: Files) -> None:
    assert findings(files, code) == []


def test_t05_components_without_translations_meet_in_the_default_locale() -> None:
    apart = component("story/one", stages=["here"], fr=None) | component("story/two", stages=["here"], fr=None)
    assert findings(apart, "T05") == [tied("story/one", "story/two", "story", "segment none, stage here")]


# T05 against the runtime, over everything that a person can be.

RULES = (
    "  - {id: s, when: a >= 1, owner: o, hypothesis: h}\n  - {id: t, when: b >= 1, owner: o, hypothesis: h}\n",
    "  - {id: x, when: a < 1}\n  - {id: y, when: b < 1}\n",
)
SIGNALS = "".join(f"  {name}: {{kind: integer}}\n" for name in "ab")
TESTS = ("p", "q")
BUCKETS = (None, 0, 3000, 6000, 9999)


class Tagged(TypedDict):
    """The tags of one component of the small project; `window` is a first and a last day of November 2026."""

    segments: list[str] | None
    stages: list[str] | None
    needs: list[str]
    test: tuple[str, int] | None
    window: tuple[int | None, int | None]


def audience(first: str, second: str) -> st.SearchStrategy[list[str] | None]:
    """No tag at all, most of the time."""
    return st.sampled_from([None, None, None, [], [first], [second], [first, second]])


TAGGED: st.SearchStrategy[Tagged] = st.fixed_dictionaries(
    {
        "segments": audience("s", "t"),
        "stages": audience("x", "y"),
        "needs": st.sampled_from([[], ["a"], ["b"], ["a", "b"]]),
        "test": st.sampled_from([None, None, None, *product(TESTS, (0, 50, 100))]),
        "window": st.sampled_from([(None, None), (None, None), (None, 14), (15, None), (14, 16), (16, 15)]),
    }
)  # type: ignore[assignment]


def everyone(*needs: str) -> Tagged:
    """The tags of a component with no more than these needs."""
    return {"segments": None, "stages": None, "needs": list(needs), "test": None, "window": (None, None)}


def written(tagged: Tagged) -> str:
    """A component with these tags."""
    lists = {"segments": tagged["segments"], "stages": tagged["stages"], "needs": tagged["needs"]}
    lines = ["campaigns: [c]", *(f"{key}: [{', '.join(names)}]" for key, names in lists.items() if names is not None)]
    if tagged["test"] is not None:
        lines.append(f"test: {{id: {tagged['test'][0]}, share: {tagged['test'][1]}%}}")
    edges = zip(("valid_from", "valid_until"), tagged["window"], strict=True)
    lines += [f"{key}: 2026-11-{day}" for key, day in edges if day is not None]
    return "---\n" + "\n".join(lines) + "\n---\nWords\n"


def small(components: list[Tagged], slots: int) -> Project:
    """A project of one campaign whose slots all take one type."""
    files = {
        "assembler.yaml": f"name: n\nlocales: [en]\nchannels: {{page: {{envelope: web}}}}\nsignals:\n{SIGNALS}"
        f"segments:\n{RULES[0]}stages:\n{RULES[1]}",
        "campaigns/c.yaml": "channels: {page: l}\nslots:\n"
        + "".join(f"  slot{index}: {{type: w, default: empty}}\n" for index in range(slots)),
        "components/w/_type.yaml": "body: text\n",
        "templates/page/l.text.j2": "".join(f'{{{{ slot("slot{index}") }}}}\n' for index in range(slots)),
    }
    return in_memory(files | {f"components/w/w{index}.md": written(tagged) for index, tagged in enumerate(components)})


class Anybody:
    """A person who is just what is asked for."""

    def __init__(
        self, cell: tuple[str | None, str | None], knows: set[str], moment: int, buckets: dict[str, int | None]
    ):
        self.segment, self.stage = cell
        self.moment = moment
        self._knows = knows
        self._buckets = buckets

    def knows(self, name: str) -> bool:
        return name in self._knows

    def bucket(self, test: str) -> int | None:
        return self._buckets[test]


def everybody(content: Content) -> Iterator[Anybody]:
    """A person for every cell, every set of known signals, every window's edges and every bucket that matters."""
    edges = {
        edge
        for component in content.components
        for edge in (component.window.start, component.window.end)
        if edge is not None
    }
    known = [set[str](), {"a"}, {"b"}, {"a", "b"}]
    outside: list[dict[str, int | None]] = [dict.fromkeys(TESTS)]
    buckets = outside + [dict(zip(TESTS, buckets, strict=True)) for buckets in product(BUCKETS[1:], repeat=len(TESTS))]
    for cell in product(("s", "t", None), ("x", "y", None)):
        for knows, moment, bucket in product(known, {0, *edges}, buckets):
            yield Anybody(cell, knows, moment, bucket)


def rank(candidate: Candidate) -> tuple[int, bool, int]:
    """How the runtime orders candidates, less the address that would hide a tie."""
    fits = ("segment+stage", "segment", "stage", "everyone")
    component = candidate.component
    return fits.index(candidate.choice.fit), component.test is None, -len(component.needs)


def ties_for(plan: SlotPlan, person: Anybody) -> bool:
    """Whether two candidates come first in some slot."""
    earlier: list[Choice] = []
    for row in plan.slots:
        able = [
            candidate
            for candidate in row.candidates
            if not stopped(
                Evaluation(
                    component=candidate.component, slot_context=row.slot_context, situation=person, earlier=earlier
                )
            )
        ]
        best = sorted(able, key=rank)[:2]
        if len(best) == 2 and rank(best[0]) == rank(best[1]):
            return True
        earlier.append(best[0].choice if best else row.default)
    return False


def stopped(trial: Evaluation) -> bool:
    """Whether anything but the rank keeps a candidate from its slot."""
    return any(check.fails(trial) for check in ELIGIBILITY_CHECKS if check.timing in ("audience", "call"))


@settings(
    max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@example([everyone("a"), everyone("b"), everyone("a", "b")], 1).via("a third takes what both could")
@example([everyone("a"), everyone("b"), everyone("a", "b")], 2).via("a second slot is left to the two")
@given(st.lists(TAGGED, min_size=2, max_size=4), st.integers(1, 2))
def test_a_tie_is_found_exactly_when_the_runtime_could_meet_one(components: list[Tagged], slots: int) -> None:
    project = small(components, slots)
    content = project.compiled.content
    (plan,) = slot_plans(content)
    expected = any(ties_for(plan, person) for person in everybody(content))
    findings = list(
        tie.judges[0].find(CheckedProject(project=project.loaded, compiled=project.compiled, moment=MOMENT))
    )
    assert bool(findings) == expected
