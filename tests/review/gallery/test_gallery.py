"""The folder of a gallery."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.errors import LibraryError
from assembler.review.gallery.gallery import Gallery, older_library
from tests.authoring.builders import MOMENT, component, in_memory, project as files
from tests.review.gallery.conftest import gallery_of


def test_two_galleries_of_one_project_are_the_same_bytes(tmp_path: Path, sample_gallery: Gallery) -> None:
    one = sample_gallery.write(tmp_path / "one")
    two = gallery_of(in_memory(files()), tmp_path).write(tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()


def test_it_takes_the_place_of_an_older_one(tmp_path: Path, sample_gallery: Gallery) -> None:
    path = sample_gallery.write(tmp_path / "gallery")
    (tmp_path / "gallery" / "left.webp").write_bytes(b"")
    assert sample_gallery.write(tmp_path / "gallery") == path
    assert [path.name for path in (tmp_path / "gallery").iterdir()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["gallery"]


def test_what_is_no_gallery_is_never_replaced(tmp_path: Path, sample_gallery: Gallery) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>mine")
    with pytest.raises(FileExistsError, match="not a gallery"):
        sample_gallery.write(tmp_path)
    assert (tmp_path / "index.html").read_text() == "<!doctype html>mine"


def test_one_campaign_alone(tmp_path: Path, sample: Library) -> None:
    edits = files(
        component("title/plain", 'Very good, {{ first_name | default: "friend" }}'),
        component("title/first", "Do come in"),
    )
    project = in_memory(edits)
    whole = gallery_of(project, tmp_path, sample)
    for name in sample.campaigns:
        gallery = gallery_of(project, tmp_path, sample, campaign=name)
        cards = [card for card in whole.contents["cards"] if card["key"].startswith(f"{name}/")]
        assert {group["campaign"] for group in gallery.contents["groups"]} == {name}
        assert [card["key"] for card in gallery.contents["cards"]] == [card["key"] for card in cards]
        assert list(gallery.looks) == [card["key"] for card in cards if card["why"] != "other"]
        on_cards = {group["values"][number][1] for group in gallery.contents["groups"] for number in group["default"]}
        assert on_cards - {None} <= set(gallery.contents["components"]) <= set(whole.contents["components"])
        causes = [cause["title"] for cause in gallery.contents["causes"]]
        assert causes == [f"title/{'plain' if name == 'back' else 'first'} changed"]
        counted = sum(cause["variants"] for cause in gallery.contents["causes"])
        assert counted == sum(bool(card["causes"]) for card in gallery.contents["cards"])


def test_one_campaign_of_the_starter_can_be_sent(starter: Project, tmp_path: Path) -> None:
    for name in starter.compile(MOMENT, all_variants=False).campaigns:
        path = gallery_of(starter, tmp_path, campaign=name).write(tmp_path / name)
        assert path.stat().st_size <= 5_000_000
        assert list(path.parent.iterdir()) == [path]


def test_the_library_of_a_manifest(tmp_path: Path) -> None:
    built = in_memory(files()).build(tmp_path / "build", MOMENT)
    library, moment = older_library(built.manifest, "sample")
    assert moment == MOMENT
    assert library.campaigns == ("back", "start")


ABOUT = '{"schema": 1, "name": "sample", "library": {"path": %s}, "as_of": "%s"}'


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", ABOUT % ("1", "2026-11-22T12:00:00+00:00"), ABOUT % ('"x"', "2026-11-22")]
)
def test_what_is_no_manifest(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(LibraryError, match="not the manifest"):
        older_library(tmp_path / "manifest.json", "sample")


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        ({"schema": 2}, "its schema is 2; what can be read is 1"),
        ({"name": "other"}, "of another project: 'other', not 'sample'"),
        ({"library": {"path": "gone.library"}}, r"its library, 'gone\.library', is not there"),
        ({"library": {"path": "."}}, "is not there, or no file"),
        ({"library": {"path": "/dev/zero"}}, "its library, '/dev/zero', is not there, or no file"),
        ({"library": {"path": "../outside"}}, r"its library, '\.\./outside', is not below its folder"),
        ({"library": {"path": __file__}}, "is not below its folder"),
        ({"library": {"path": "linked"}}, "is not below its folder"),
    ],
    ids=str,
)
def test_a_manifest_that_is_not_of_a_build_of_this_project(
    about: dict[str, object], problem: str, tmp_path: Path
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "outside").write_bytes(b"")
    (tmp_path / "build" / "linked").symlink_to(tmp_path / "outside")
    whole = {"schema": 1, "name": "sample", "as_of": MOMENT.isoformat(), "library": {"path": "sample.library"}, **about}
    (tmp_path / "build" / "manifest.json").write_text(json.dumps(whole))
    with pytest.raises(LibraryError, match=problem):
        older_library(tmp_path / "build" / "manifest.json", "sample")
