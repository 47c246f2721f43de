"""D09: a build would write more variants than the policy allows; parts of it may still be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembler import ProjectError
from assembler.authoring import Project
from assembler.authoring.build.selection import Sample, Selection
from assembler.authoring.diagnostics import Diagnostic
from tests.authoring.builders import MOMENT, campaign, in_memory
from tests.authoring.exploding import exploding

BACK = 54 * 2**4
START = 12
SLOTS = "title x2.5, offer x2, more0 x2, more1 x2, more2 x2, more3 x2, story x1.8"


def too_many(project: Project) -> list[Diagnostic]:
    return [diagnostic for diagnostic in project.check(MOMENT).diagnostics if diagnostic.code == "D09"]


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (BACK + START, None),
        (
            BACK + START - 1,
            "a build would write 876 variants, 864 of them of back; the policy is 875 at most. "
            f"These slots multiply them: {SLOTS}",
        ),
        (
            BACK,
            "a build would write 876 variants, 864 of them of back; the policy is 864 at most. "
            f"These slots multiply them: {SLOTS}",
        ),
        (
            BACK - 1,
            f"a build would write 864 variants of back; the policy is 863 at most. These slots multiply them: {SLOTS}",
        ),
    ],
    ids=[
        "D09 passes: as many as the limit",
        "D09 fails: one more",
        "D09 fails: one campaign alone is as many",
        "D09 fails: one campaign alone is over it",
    ],
)
def test_the_limit(limit: int, message: str | None) -> None:
    over = too_many(in_memory(exploding(4, limit=limit)))
    assert [(finding.path, finding.line, finding.column, finding.severity, finding.message) for finding in over] == (
        [("campaigns/back.yaml", 9, 1, "error", message)] if message else []
    )


def test_each_campaign_that_is_over_the_limit_by_itself_is_named() -> None:
    over = too_many(in_memory(exploding(4, limit=START - 1)))
    assert [finding.path for finding in over] == ["campaigns/back.yaml", "campaigns/start.yaml"]


@pytest.mark.parametrize(("slots", "over"), [(8, False), (9, True)])
def test_without_a_limit_of_its_own_a_project_has_20_000(slots: int, over: bool) -> None:
    assert (54 * 2**slots + START > 20_000) is over
    assert bool(too_many(in_memory(exploding(slots)))) is over


@pytest.mark.parametrize("limit", [0, -1])
def test_r02_a_limit_is_at_least_one(limit: int) -> None:
    assert [diagnostic.code for diagnostic in in_memory(exploding(0, limit=limit)).check(MOMENT).errors] == ["R02"]


@pytest.fixture(scope="module")
def large() -> Project:
    """57,982,058,508 variants."""
    return in_memory(exploding(30))


def test_a_library_is_refused_unless_its_variants_are_not_to_be_written(large: Project) -> None:
    with pytest.raises(ProjectError, match="the project has 1 error"):
        large.compile(MOMENT)
    library = large.compile(MOMENT, all_variants=False)
    assert library.assemble("back", channel="email", at=MOMENT).key == library.default("back", channel="email").key


def test_a_raised_limit_gives_a_library() -> None:
    assert in_memory(exploding(30, limit=10**12)).compile(MOMENT).campaigns == ("back", "start")


def test_other_errors_are_errors_whatever_is_written(tmp_path: Path) -> None:
    broken = campaign("start", channels={"page": "other"}, slots={"title": {"default": None}})
    project = in_memory(exploding(30, broken))
    selection = Selection.parse(["campaign:start"])
    for refused in (
        lambda: project.compile(MOMENT, all_variants=False),
        lambda: project.build(tmp_path / "build", MOMENT, selection=selection),
    ):
        with pytest.raises(ProjectError):
            refused()


def test_d09_a_whole_build_is_refused_and_writes_nothing(large: Project, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        large.build(tmp_path / "build", MOMENT)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics if diagnostic.severity == "error"] == ["D09"]
    assert list(tmp_path.iterdir()) == []


def test_d09_what_is_selected_is_written_as_far_as_it_stays_under_the_limit(large: Project, tmp_path: Path) -> None:
    built = large.build(tmp_path / "build", MOMENT, selection=Selection.parse(["campaign:start"]))
    assert built.variants == START
    with pytest.raises(ProjectError) as caught:
        large.build(tmp_path / "more", MOMENT, selection=Selection.parse(["campaign:back,channel:email,locale:fr"]))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.path) == ("D09", "campaigns/back.yaml")
    assert "9,663,676,416 variants of back" in diagnostic.message
    assert not (tmp_path / "more").exists()


def test_a_sample_is_written_whatever_there_is_beside_it(large: Project, tmp_path: Path) -> None:
    library = large.compile(MOMENT, all_variants=False)
    plan = library.plan("back", channel="page", locale="en")
    default = {choice.slot: choice.component for choice in plan.defaults}
    one = {**default, "more7": "more7/known"}
    sample = Sample(shows="pairs", slots={("back", "page", "en"): [default, one, default]}, of=57_982_058_508)
    built = large.build(tmp_path / "build", MOMENT, sample=sample)
    manifest = json.loads(built.manifest.read_text())
    assert manifest["sample"] == {"shows": "pairs", "of": 57_982_058_508}
    assert {json.dumps(variant["slots"], sort_keys=True) for variant in manifest["variants"]} == {
        json.dumps(slots, sort_keys=True) for slots in (default, one)
    }
    assert built.variants == 2
    cells = {variant["slots"]["more7"]: variant["cells"] for variant in manifest["variants"]}
    assert cells["more7/known"] == []
