"""A part of a build: what it holds, what it says, and what it never replaces."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.build.selection import BuildPart, Selection, SelectionError
from assembler.authoring.outcomes.variants import enumerate_variants
from tests.authoring.builders import MOMENT, in_memory, project as files


@pytest.fixture(scope="module")
def project() -> Project:
    return in_memory(files())


@pytest.fixture(scope="module")
def library(project: Project) -> Library:
    return project.compile(MOMENT)


def test_of_one_kind_any_name_counts_and_of_several_kinds_all() -> None:
    selection = Selection.parse(["segment:sweet_tooth, segment:none", "channel:email", "segment:sweet_tooth"])
    assert selection.names == {"channel": ("email",), "segment": ("sweet_tooth", "none")}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("segment", "'segment' selects nothing; write it like segment:new_friend or channel:email"),
        ("segment:", "'segment:' selects nothing; write it like segment:new_friend or channel:email"),
        ("", "'' selects nothing; write it like segment:new_friend or channel:email"),
        ("segmnt:a", "no kind of selection 'segmnt'; did you mean segment?"),
        ("x:a", "no kind of selection 'x'; there is campaign, channel, locale, segment, stage"),
        ("segment:sweet_toth", "no segment 'sweet_toth'; did you mean sweet_tooth?"),
        ("stage:x", "no stage 'x'; there is away, here, none"),
        ("locale:de", "no locale 'de'; there is en, fr, fr-CA"),
        ("campaign:bak", "no campaign 'bak'; did you mean back?"),
        ("channel:mail", "no channel 'mail'; did you mean email?"),
    ],
)
def test_what_cannot_be_selected_is_told_with_the_nearest_name(library: Library, written: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.parse([written]).check(library.content)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "written",
    [
        "channel:email",
        "locale:fr-CA,campaign:back",
        "segment:sweet_tooth,stage:away,stage:none",
        "stage:none",
        "segment:none",
    ],
)
def test_a_part_holds_exactly_what_the_people_selected_can_get(library: Library, written: str) -> None:
    selection = Selection.parse([written])
    whole = {variant.key: variant for variant in enumerate_variants(library, MOMENT)}
    cells = set(selection.cells(library.content))
    plans = selection.plans(library)
    variants = (BuildPart(selection).variants(plan, library.content, MOMENT) for plan in plans)
    part = {variant.key: variant for variant in chain.from_iterable(variants)}
    for key, variant in part.items():
        assert selection.takes(variant.plan)
        assert variant.cells == [cell for cell in whole[key].cells if cell in cells]
    lost = [variant for key, variant in whole.items() if key not in part]
    assert lost
    for variant in lost:
        taken = selection.takes(variant.plan)
        assert not (taken and cells.intersection(variant.cells))


def test_a_partial_manifest_says_so(project: Project, tmp_path: Path) -> None:
    whole = json.loads(project.build(tmp_path / "whole", MOMENT).manifest.read_text())
    built = project.build(tmp_path / "part", MOMENT, selection=Selection.parse(["segment:sweet_tooth,channel:email"]))
    part = json.loads(built.manifest.read_text())
    assert "select" not in whole
    assert part["select"] == {"channel": ["email"], "segment": ["sweet_tooth"]}
    assert list(part) == ["schema", "name", "as_of", "select", "library", "variants"]
    assert part["library"] == whole["library"]
    assert 0 < len(part["variants"]) < len(whole["variants"])
    parts = {variant["key"]: variant["parts"] for variant in whole["variants"]}
    assert all(parts[variant["key"]] == variant["parts"] for variant in part["variants"])


def test_a_part_does_not_take_the_place_of_a_whole_build(project: Project, tmp_path: Path) -> None:
    selection = Selection.parse(["channel:email"])
    project.build(tmp_path / "build", MOMENT)
    before = (tmp_path / "build" / "manifest.json").read_bytes()
    with pytest.raises(FileExistsError, match="not a partial build"):
        project.build(tmp_path / "build", MOMENT, selection=selection)
    assert (tmp_path / "build" / "manifest.json").read_bytes() == before
    project.build(tmp_path / "part", MOMENT, selection=selection)
    project.build(tmp_path / "part", MOMENT, selection=Selection.parse(["channel:page"]))
    project.build(tmp_path / "part", MOMENT)
    assert (tmp_path / "part" / "manifest.json").read_bytes() == before
