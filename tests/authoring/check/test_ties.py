"""Ties: T05."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TypedDict

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.rule import Subject
from assembler.authoring.check.rules import tie
from assembler.library.records import Content
from assembler.runtime.choose import Candidate, SlotPlan, slot_plans
from assembler.runtime.eligibility import ELIGIBILITY_CHECKS, Choice, Evaluation
from tests.authoring.check.cases import Edit, found
from tests.authoring.sample import MOMENT

BACK = "campaigns/back.yaml"


def more(address: str, front: str, locales: tuple[str, ...] = ("fr",)) -> dict[str, Edit]:
    """The edit that adds a component to the campaign `back`."""
    edits: dict[str, Edit] = {f"components/{address}.md": f"---\ncampaigns: [back]\n{front}\n---\nWords of {address}\n"}
    for locale in locales:
        edits[f"components/{address}.{locale}.md"] = f"Mots de {address}\n"
    return edits


def tied(first: str, second: str, slot: str, cell: str, line: int = 3) -> str:
    """The finding of a tie, at the later component."""
    return f"components/{second}.md:{line}:1 T05 {first} and {second} could tie in slot {slot!r} of back: {cell}"


TIES: dict[str, tuple[dict[str, Edit], list[str]]] = {
    "one segment of two": (
        more("title/zest", "segments: [sweet_tooth, salty_tooth]"),
        [tied("title/sweet", "title/zest", "title", "segment sweet_tooth, stage none")],
    ),
    "one stage": (
        more("story/back", "stages: [here, away]"),
        [tied("story/away", "story/back", "story", "segment none, stage away")],
    ),
    "everyone": (
        more("story/one", "status: ready") | more("story/two", "status: ready"),
        [tied("story/one", "story/two", "story", "segment none, stage none", line=2)],
    ),
    "other needs, as many": (
        more("title/zest", "segments: [sweet_tooth]\nstages: [away, here]\nneeds: [months_away]"),
        [tied("title/sweet_away", "title/zest", "title", "segment sweet_tooth, stage away")],
    ),
    "two tests": (
        more("title/zest", "segments: [salty_tooth]\ntest: {id: other, share: 10%}"),
        [tied("title/test_a", "title/zest", "title", "segment salty_tooth, stage none")],
    ),
    "windows that share a day": (
        more("story/may", "stages: [here]\nvalid_until: 2027-05-31")
        | more("story/summer", "stages: [here]\nvalid_from: 2027-05-31"),
        [tied("story/may", "story/summer", "story", "segment none, stage here")],
    ),
    "one channel in common": (
        more("story/page", "stages: [here]\nchannels: [page]") | more("story/each", "stages: [here]"),
        [tied("story/each", "story/page", "story", "segment none, stage here")],
    ),
    "what both require may stand": (
        more("story/one", "stages: [away]\nrequires: [offer/tea]"),
        [tied("story/away", "story/one", "story", "segment sweet_tooth, stage away")],
    ),
    "two slots for the two that they require": (
        {BACK: ("  title:", "  more: {type: offer, default: empty}\n  title:")}
        | {
            f"templates/{path}": ('{{ slot("story") }}', '{{ slot("more") }}{{ slot("story") }}')
            for path in ("email/note.html.j2", "email/note.text.j2", "page/board.html.j2")
        }
        | more("offer/jam", "needs: [first_name]\nterms: For a jar")
        | more("story/one", "stages: [here]\nrequires: [offer/tea]")
        | more("story/two", "stages: [here]\nrequires: [offer/jam]"),
        [tied("story/one", "story/two", "story", "segment sweet_tooth, stage here")],
    ),
    # Near misses
    "other segments": (
        more("story/sweet", "segments: [sweet_tooth]") | more("story/salt", "segments: [salty_tooth]"),
        [],
    ),
    "segment goes before stage": (more("story/sweet", "segments: [sweet_tooth]"), []),
    "more needs": (more("story/name", "stages: [away]\nneeds: [first_name]"), []),
    "one test": (more("title/test_c", "segments: [salty_tooth]\ntest: {id: tone, share: 25%}"), []),
    "a test and none": (more("title/zest", "segments: [sweet_tooth]\ntest: {id: other, share: 10%}"), []),
    "a test of nobody": (more("title/zest", "segments: [salty_tooth]\ntest: {id: other, share: 0%}"), []),
    "one after the other": (
        more("story/may", "stages: [here]\nvalid_until: 2027-05-30")
        | more("story/summer", "stages: [here]\nvalid_from: 2027-05-31"),
        [],
    ),
    "other channels": (
        more("story/page", "stages: [here]\nchannels: [page]")
        | more("story/mail", "stages: [here]\nchannels: [email]"),
        [],
    ),
    "a draft": (more("story/back", "stages: [away]\nstatus: draft"), []),
    "a default elsewhere": (
        {"campaigns/start.yaml": ("story/first", "story/back"), "components/story/first.md": None}
        | {"components/story/first.fr.md": None}
        | {
            "components/story/back.md": "---\ncampaigns: [back, start]\n---\nBack\n",
            "components/story/back.fr.md": "Là\n",
        }
        | more("story/one", "status: ready"),
        [],
    ),
    "one requires what the other excludes": (
        more("story/one", "segments: [sweet_tooth]\nrequires: [offer/tea]")
        | more("story/two", "segments: [sweet_tooth]\nexcludes: [offer/tea]"),
        [],
    ),
    "two of one slot": (
        more("offer/jam", "needs: [first_name]\nterms: For a jar")
        | more("story/one", "stages: [here]\nrequires: [offer/tea]")
        | more("story/two", "stages: [here]\nrequires: [offer/jam]"),
        [],
    ),
    "what is required is for others": (
        more("story/one", "segments: [salty_tooth]\nrequires: [offer/tea]")
        | more("story/two", "segments: [salty_tooth]"),
        [],
    ),
    "a third takes what both could": (
        more("story/name", "stages: [here]\nneeds: [first_name]")
        | more("story/time", "stages: [here]\nneeds: [months_away]")
        | more("story/both", "stages: [here]\nneeds: [first_name, months_away]"),
        [],
    ),
}


@pytest.mark.parametrize(("edits", "expected"), TIES.values(), ids=TIES)
def test_ties(edits: dict[str, Edit], expected: list[str]) -> None:
    assert found(edits, "T05") == expected


def test_components_without_translations_meet_in_the_default_locale() -> None:
    apart = more("story/one", "stages: [here]", locales=()) | more("story/two", "stages: [here]", locales=())
    assert found(apart, "T05") == [tied("story/one", "story/two", "story", "segment none, stage here")]


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


def written(each: Tagged) -> str:
    """A component with these tags."""
    lists = {"segments": each["segments"], "stages": each["stages"], "needs": each["needs"]}
    lines = ["campaigns: [c]", *(f"{key}: [{', '.join(names)}]" for key, names in lists.items() if names is not None)]
    if each["test"] is not None:
        lines.append(f"test: {{id: {each['test'][0]}, share: {each['test'][1]}%}}")
    edges = zip(("valid_from", "valid_until"), each["window"], strict=True)
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
    return Project.from_files(
        files | {f"components/w/w{index}.md": written(each) for index, each in enumerate(components)}
    )


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
    edges = {edge for each in content.components for edge in (each.window.start, each.window.end) if edge is not None}
    known = [set[str](), {"a"}, {"b"}, {"a", "b"}]
    outside: list[dict[str, int | None]] = [dict.fromkeys(TESTS)]
    buckets = outside + [dict(zip(TESTS, each, strict=True)) for each in product(BUCKETS[1:], repeat=len(TESTS))]
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
            each
            for each in row.candidates
            if not stopped(Evaluation(component=each.component, context=row.context, situation=person, earlier=earlier))
        ]
        best = sorted(able, key=rank)[:2]
        if len(best) == 2 and rank(best[0]) == rank(best[1]):
            return True
        earlier.append(best[0].choice if best else row.default)
    return False


def stopped(trial: Evaluation) -> bool:
    """Whether anything but the rank keeps a candidate from its slot."""
    return any(check.fails(trial) for check in ELIGIBILITY_CHECKS if check.timing in ("audience", "call"))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@example([everyone("a"), everyone("b"), everyone("a", "b")], 1).via("a third takes what both could")
@example([everyone("a"), everyone("b"), everyone("a", "b")], 2).via("a second slot is left to the two")
@given(st.lists(TAGGED, min_size=2, max_size=4), st.integers(1, 2))
def test_a_tie_is_found_exactly_when_the_runtime_could_meet_one(components: list[Tagged], slots: int) -> None:
    project = small(components, slots)
    content = project.compiled.content
    (plan,) = slot_plans(content)
    expected = any(ties_for(plan, person) for person in everybody(content))
    findings = list(tie.find(Subject(project=project.loaded, compiled=project.compiled, moment=MOMENT)))
    assert bool(findings) == expected
