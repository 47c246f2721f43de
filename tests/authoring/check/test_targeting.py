"""Targeting: T05, T07, T08, T10, T11, T12. (The rule language, T01-T04, has tests of its own.)"""

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
from assembler.runtime.choose import Candidate, Plan, plans
from assembler.runtime.hurdles import HURDLES, Choice, Trial
from tests.authoring.check.cases import Edit, found
from tests.authoring.sample import MOMENT

SETTINGS, BACK, TEA, AWAY = (
    "assembler.yaml",
    "campaigns/back.yaml",
    "components/offer/tea.md",
    "components/story/away.md",
)
TEST_A, TEST_B = "components/title/test_a.md", "components/title/test_b.md"
SIGNAL = "    kind: text\n    source: quiz\n    max_age: none\n    consent: none\n    owner: a@sample.example\n"
SIGNAL += "    review_by: 2027-06-01\n    response: none yet\n    fallback: none yet\n"


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


def test_a_language_apart_is_no_tie() -> None:
    apart = more("story/one", "stages: [here]", locales=()) | more("story/two", "stages: [here]", locales=())
    assert found(apart, "T05") == [tied("story/one", "story/two", "story", "segment none, stage here")]


def unlike(line: int, key: str, more: str = "") -> str:
    """The finding of a component that differs from another of its test."""
    return f"{TEST_B}:{line}:1 T07 title/test_b has other {key} than title/test_a of the same test 'tone'{more}"


def never(place: str, whose: str) -> list[str]:
    """The finding of a condition that nothing can meet."""
    return [f"components/{place} T08 {whose}, which no earlier slot of its campaigns can hold"]


CASES: dict[str, tuple[str, dict[str, Edit], list[str]]] = {
    "more than everybody": (
        "T07",
        {TEST_B: ("share: 25%", "share: 50.01%")},
        ["components/title/test_b.md:4:25 T07 the test 'tone' takes 100.01% of people in back: 50% + 50.01%"],
    ),
    "components of a test for others": (
        "T07",
        {
            TEST_B: ("segments: [salty_tooth]", "segments: [sweet_tooth]\nneeds: [first_name]\nvalid_from: 2026-01-01"),
            "components/title/test_b.fr.md": None,
        },
        [
            unlike(3, "segments"),
            unlike(4, "needs"),
            unlike(5, "valid_from"),
            unlike(6, "locales", ": fr"),
        ],
    ),
    "a component of a test for more": (
        "T07",
        {TEST_B: ("segments: [salty_tooth]\n", "")},
        [unlike(3, "segments")],
    ),
    "a later slot": (
        "T08",
        {TEA: ("campaigns: all", "campaigns: [back]\nrequires: [title/sweet]")},
        ["components/offer/tea.md:3:12 T08 offer/tea requires title/sweet, whose slot is filled later"],
    ),
    "the own slot": (
        "T08",
        {"components/title/sweet.md": ("[back]", "[back]\nexcludes: [title/test_a]")},
        never("title/sweet.md:3:12", "title/sweet excludes title/test_a"),
    ),
    "another campaign": (
        "T08",
        {AWAY: ("[back]", "[back]\nexcludes: [offer/tea, title/here]")},
        never("story/away.md:3:23", "story/away excludes title/here"),
    ),
    "another channel": (
        "T08",
        {AWAY: ("[back]", "[back]\nchannels: [page]\nrequires: [offer/tea]"), TEA: ("all", "all\nchannels: [email]")},
        never("story/away.md:4:12", "story/away requires offer/tea"),
    ),
    "a draft": (
        "T08",
        {AWAY: ("[back]", "[back]\nrequires: [offer/tea]"), TEA: ("all", "all\nstatus: draft")},
        never("story/away.md:3:12", "story/away requires offer/tea"),
    ),
    "capitals": (
        "T10",
        {
            "assets/Logo.png": b"x",
            "components/title/Plain.md": "---\ncampaigns: [back]\n---\nx\n",
            "templates/Page/a.css": "",
            "templates/Page/b.css": "",
            SETTINGS: ("  taste:\n", "  Months_away:\n" + SIGNAL + "  taste:\n"),
            TEST_B: ("id: tone", "id: Tone"),
        },
        [
            "assembler.yaml:24:3 T10 signals 'Months_away' and 'months_away' are equal but for case",
            "assets/Logo.png:1:1 T10 the paths assets/Logo.png and assets/logo.png are equal but for case",
            "components/title/Plain.md:1:1 T10 the paths components/title/Plain.md and components/title/plain.md"
            " are equal but for case",
            "components/title/test_b.md:4:12 T10 tests 'Tone' and 'tone' are equal but for case",
            "templates/Page/a.css:1:1 T10 the paths templates/Page and templates/page are equal but for case",
        ],
    ),
    "a signal for nothing": (
        "T11",
        {SETTINGS: ("stages:\n", "  colour:\n" + SIGNAL + "stages:\n")},
        ["assembler.yaml:34:3 T11 no rule or needs uses the signal 'colour'"],
    ),
    "a stage for nobody": (
        "T11",
        {"components/title/here.md": None, "components/title/here.fr.md": None},
        ["assembler.yaml:37:9 T11 no component names the stage 'here'"],
    ),
    "a segment for nobody": (
        "T11",
        {TEST_A: ("[back]", "[back]\nstatus: draft"), TEST_B: ("[back]", "[back]\nstatus: draft")},
        ["assembler.yaml:45:9 T11 no component names the segment 'salty_tooth'"],
    ),
    "holdouts that end": (
        "T12",
        {
            SETTINGS: ("owner: crm@sample.example, until: 2027-06-30", "owner: crm@sample.example, until: 2026-11-21"),
            BACK: ("10%, until: 2027-06-30", "10%, until: 2026-12-22"),
        },
        [
            "assembler.yaml:50:70 T12 the holdout ended on 2026-11-21: nobody is held out",
            "campaigns/back.yaml:7:30 T12 the holdout of back ends in 30 days, on 2026-12-22",
        ],
    ),
    # Near misses
    "exactly everybody": ("T07", {TEST_B: ("share: 25%", "share: 50%")}, []),
    "the same tags in another order": (
        "T07",
        {
            TEST_A: ("[salty_tooth]", "[salty_tooth, sweet_tooth]\nstages: [away]"),
            TEST_B: ("[salty_tooth]", "[sweet_tooth, salty_tooth]\nstages: [away]"),
        },
        [],
    ),
    "one id in two types": ("T07", more("story/tone", "stages: [here]\ntest: {id: tone, share: 90%}"), []),
    "an earlier slot": ("T08", {AWAY: ("[back]", "[back]\nrequires: [title/sweet]\nexcludes: [offer/tea]")}, []),
    "possible in one campaign": ("T08", {"components/title/here.md": ("[start]", "all\nrequires: [offer/tea]")}, []),
    "an earlier default": ("T08", {AWAY: ("[back]", "[back]\nrequires: [title/plain]")}, []),
    "a signal that something needs": (
        "T11",
        {SETTINGS: ("stages:\n", "  colour:\n" + SIGNAL + "stages:\n"), AWAY: ("[back]", "[back]\nneeds: [colour]")},
        [],
    ),
    "a signal of a broken rule": ("T11", {SETTINGS: ('taste == "salty"', 'taste = "salty"')}, []),
    "31 days to go": ("T12", {BACK: ("10%, until: 2027-06-30", "10%, until: 2026-12-23")}, []),
    "no end": ("T12", {BACK: (", until: 2027-06-30}", "}")}, []),
}


@pytest.mark.parametrize(("code", "edits", "expected"), CASES.values(), ids=CASES)
def test_targeting(code: str, edits: dict[str, Edit], expected: list[str]) -> None:
    assert found(edits, code) == expected


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


def ties_for(plan: Plan, person: Anybody) -> bool:
    """Whether two candidates come first in some slot."""
    earlier: list[Choice] = []
    for row in plan.rows:
        able = [
            each
            for each in row.candidates
            if not stopped(Trial(component=each.component, place=row.place, situation=person, earlier=earlier))
        ]
        best = sorted(able, key=rank)[:2]
        if len(best) == 2 and rank(best[0]) == rank(best[1]):
            return True
        earlier.append(best[0].choice if best else row.default)
    return False


def stopped(trial: Trial) -> bool:
    """Whether anything but the rank keeps a candidate from its slot."""
    return any(hurdle.stops(trial) for hurdle in HURDLES if hurdle.applied in ("audience", "call"))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@example([everyone("a"), everyone("b"), everyone("a", "b")], 1).via("a third takes what both could")
@example([everyone("a"), everyone("b"), everyone("a", "b")], 2).via("a second slot is left to the two")
@given(st.lists(TAGGED, min_size=2, max_size=4), st.integers(1, 2))
def test_a_tie_is_found_exactly_when_the_runtime_could_meet_one(components: list[Tagged], slots: int) -> None:
    project = small(components, slots)
    content = project.compiled.content
    (plan,) = plans(content)
    expected = any(ties_for(plan, person) for person in everybody(content))
    findings = list(tie.find(Subject(project=project.loaded, compiled=project.compiled, moment=MOMENT)))
    assert bool(findings) == expected
