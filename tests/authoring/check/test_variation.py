"""V01-V05: what varies says something else, in every language."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest
from hypothesis import given, settings as profile, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.word_similarity import alike, percent, similarity
from tests.authoring.builders import MOMENT, Files, campaign, component, in_memory, project, settings
from tests.authoring.check.cases import failing, findings, passing
from tests.authoring.clean import Value
from tests.conftest import ROOT, STARTER_MOMENT
from tests.examples import examples

SETTINGS = "assembler.yaml"
ENGLISH = "The kettle sings all day, and the window seat by the stove is free from four"
FRENCH = "La bouilloire chante toute la journée, et la place près du poêle est libre dès seize heures"
OTHER = "Nous fermons le lundi matin pour laver les tasses, aérer la salle et compter les cuillères"


def title(name: str, english: str, french: str | None = None, **front: Value) -> Files:
    """A title for a stage, with its translation."""
    return component(f"title/{name}", english, fr=french, stages=["here"], **front)


def policy(**changes: str) -> Files:
    return settings(policy=changes)


ONE = title("one", ENGLISH, FRENCH)
SEAT = "We *kept* your seat. [Come by](https://www.sample.example/in)\n\n- tea\n- leave"
THREE_CHANGED = ENGLISH.replace("kettle", "teapot").replace("free", "yours").replace("four", "five")

CASES: list[tuple[Files, list[str]]] = [
    (
        ONE | title("two", ENGLISH.replace(" all", "  all"), FRENCH),
        ["components/title/two.md:5:1 V01 title/two says the same as title/one"],
    ),
    (
        ONE | title("two", ENGLISH) | title("three", ENGLISH),
        [
            "components/title/three.md:5:1 V01 title/three says the same as title/one",
            "components/title/two.md:5:1 V01 title/two says the same as title/one",
        ],
    ),
    (
        ONE | title("two", THREE_CHANGED, OTHER),
        ["components/title/two.md:5:1 V02 title/two is 81% the same as title/one in en"],
    ),
    (
        ONE | title("two", "We close on Mondays to wash the cups and count the spoons", FRENCH),
        ["components/title/two.fr.md:1:1 V02 title/two is 100% the same as title/one in fr"],
    ),
    (
        ONE | title("two", ENGLISH, OTHER),
        ["components/title/two.md:5:1 V02 title/two is 100% the same as title/one in en"],
    ),
    (
        ONE | title("three", THREE_CHANGED) | title("two", ENGLISH.replace("day", "night"), OTHER),
        [
            "components/title/three.md:5:1 V02 title/three is 81% the same as title/one in en",
            "components/title/two.md:5:1 V02 title/two is 94% the same as title/one in en, and 1 more are like it",
        ],
    ),
    (
        component("story/away", SEAT),
        [
            "components/story/away.md:3:1 V03 what segment 'salty_tooth' and stage 'away' gets in back is"
            " 100% the default (email, en): it is personal in name only"
        ],
    ),
    (
        campaign("start", slots={"story": {"constant": None}}),
        ["campaigns/start.yaml:11:3 V04 the slot 'story' of start varies, but nothing targeted can fill it"],
    ),
    (
        campaign("back", slots={"offer": {"constant": "true"}})
        | campaign("start", slots={"offer": {"constant": "true"}}),
        [
            "components/offer/tea.md:3:1 V05 offer/tea is targeted, but its only slots are constant:"
            " 'offer' of back, 'offer' of start"
        ],
    ),
]


@failing(CASES)
def test_what_says_the_same_is_found(code: str, files: Files, expected: list[str]) -> None:
    assert findings(files, code) == expected


@passing(
    [
        ("V01", ONE | title("two", f"{ENGLISH}!", FRENCH)),
        ("V01", ONE | title("two", ENGLISH, status="draft")),
        ("V01", ONE | title("two", ENGLISH, kicker="Warm")),
        ("V02", ONE | title("two", ENGLISH, FRENCH)),  # V01
        ("V02", title("one", "Open all day today") | title("two", "Open all day tomorrow")),  # labels
        ("V02", ONE | title("two", THREE_CHANGED, OTHER) | policy(near_duplicate="90%")),
        ("V02", ONE | title("two", " ".join(sorted(ENGLISH.split(), key=str.lower)))),
        (
            "V04",
            campaign("start", slots={"story": {"constant": None}})
            | component("story/here", campaigns=["start"], stages=["here"]),
        ),
        ("V05", campaign("back", slots={"offer": {"constant": "true"}})),
    ],
)
def test_what_says_something_else_is_fine(code: str, files: Files) -> None:
    assert findings(files, code) == []


def test_v02_v03_thresholds_are_the_projects() -> None:
    files = ONE | title("two", THREE_CHANGED, OTHER)
    assert findings(files | policy(near_duplicate="81%"), "V02")
    assert findings(files | policy(near_duplicate="82%"), "V02") == []
    assert findings({}, "V03") == []
    assert len(findings(policy(near_default="20%"), "V03")) > 1


def test_v03_another_picture_is_no_theatre() -> None:
    same = component("story/away", SEAT, picture={"file": "shop.png", "alt": "x"})
    other = component("story/away", SEAT, picture={"file": "logo.png", "alt": "x"})
    assert len(findings(same, "V03")) == 1
    assert findings(other, "V03") == []


def test_the_starter_says_something_else_everywhere(starter: Project) -> None:
    report = starter.check(STARTER_MOMENT)
    assert [diagnostic.message for diagnostic in report.diagnostics if diagnostic.code.startswith("V")] == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("headline/come_back_long_gone", ("Lighter", "mended", "bench"), ("Softer", "repaired", "table")),
        ("body/come_back_loyal", ("seldom", "prepaid", "pictures"), ("rarely", "printed", "photographs")),
        ("subject/come_back", None, ("One", "Two", "Three")),
    ],
)
def test_v02_a_copy_of_the_starter_with_three_words_changed_is_caught(
    path: str, old: tuple[str, ...] | None, new: tuple[str, ...]
) -> None:
    files: dict[str, str | bytes] = {
        file.relative_to(ROOT).as_posix(): file.read_bytes()
        for folder in ("campaigns", "components", "templates", "assets")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix != ".py"
    }
    files[SETTINGS] = (ROOT / SETTINGS).read_bytes()
    text = (ROOT / "components" / f"{path}.md").read_text(encoding="utf-8")
    head, _, body = text.rpartition("---\n")
    for before, after in zip(old or body.split()[:3], new, strict=True):
        assert before in body
        body = body.replace(before, after, 1)
    files[f"components/{path}_copy.md"] = f"{head}---\n{body}"
    report = in_memory(files).check(STARTER_MOMENT)
    messages = [finding.message for finding in report.diagnostics if finding.code == "V02"]
    assert [message[: len(path) + 8] for message in messages] == [f"{path}_copy is"]


words = st.text("abcdef", max_size=9)


@given(
    st.dictionaries(st.text("xyz", min_size=1, max_size=3), words, max_size=8),
    st.sampled_from([0.3, 0.5, 0.6, 0.8, 1.0]),
)
@profile(max_examples=examples(200), deadline=None)
def test_pairs_are_those_that_comparing_all_would_show(texts: dict[str, str], least: float) -> None:
    expected = {
        frozenset(pair)
        for pair in itertools.combinations(texts, 2)
        if similarity(texts[pair[0]], texts[pair[1]]) >= least - 1e-9
    }
    assert {frozenset(pair[:2]) for pair in alike(texts, least)} == expected


@pytest.mark.slow
def test_two_thousand_texts() -> None:
    texts = {
        str(number): "".join(chr(1 + (number * 7919 + at * at * 31) % 3_000) for at in range(90))
        for number in range(2_000)
    }
    texts["copy"] = texts["7"][:40] + "abc" + texts["7"][43:]
    assert [set(pair[:2]) for pair in alike(texts, 0.6)] == [{"7", "copy"}]


@pytest.mark.parametrize(("share", "said"), [(0.0, "0%"), (0.805, "80%"), (0.9999, "99%"), (1.0, "100%")])
def test_only_the_whole_is_a_hundred_percent(share: float, said: str) -> None:
    assert percent(share) == said


NO_CHOICE = campaign("start", slots={"title": {"constant": None}, "story": {"constant": None}})
TARGETED = re.compile(r"^(?:segments|stages): .*\n", re.MULTILINE)


def untargeted(but: str = " ") -> dict[str, str | bytes]:
    """The clean project in which every component but those whose path holds something is for everyone."""
    return {
        path: TARGETED.sub("", text) if isinstance(text, str) and path.endswith(".md") and but not in path else text
        for path, text in project(NO_CHOICE).items()
    }


def test_segments_that_nothing_names_are_told_there_and_not_for_each_slot() -> None:
    codes = Counter(finding.code for finding in in_memory(untargeted()).check(MOMENT).diagnostics)
    assert codes["V04"] == 0
    assert (codes["T11"], codes["G08"]) == (2, 2), "two segments, and two stages"


def test_a_campaign_without_anything_targeted_is_one_finding() -> None:
    report = in_memory(untargeted("title/sweet")).check(MOMENT)
    told = [finding.message for finding in report.diagnostics if finding.code == "V04" and "start" in finding.path]
    assert told == ["the slots of start vary (offer, title, story, aside), but nothing targeted can fill any of them"]
