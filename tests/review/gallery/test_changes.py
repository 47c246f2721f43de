"""What changed since an older library, by its cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.review.gallery.contents import joined
from tests.authoring.builders import File, Files, component, page as page_layout, project as files, without
from tests.review.gallery.conftest import gallery_of


def compared(sample: Library, parts: Mapping[str, File]) -> Mapping[str, Any]:
    """The contents of the project with these parts against the clean one."""
    return gallery_of(Project.from_files(files(parts)), Path("nowhere"), sample).contents


def test_a_changed_word_is_one_cause_of_exactly_the_variants_that_hold_it(sample: Library) -> None:
    found = compared(sample, component("title/plain", 'Great to see you, {{ first_name | default: "friend" }}'))
    (cause,) = found["causes"]
    assert (cause["kind"], cause["title"], cause["detail"]) == ("changed", "title/plain changed", "its words")
    holding = []
    for card in found["cards"]:
        values = found["groups"][card["group"]]["values"]
        holds = "title/plain" in [values[number][1] for number in card["values"]]
        assert list(card["causes"]) == ([0] if holds and card["causes"] else [])
        holding += [card] if card["causes"] else []
    assert cause["variants"] == len(holding)
    english = next(each for each in cause["differences"] if any(" en" in place for place in each["places"]))
    assert ["-", "Good"] in [list(each) for each in english["parts"]["subject"]]
    assert ["+", "Great"] in [list(each) for each in english["parts"]["subject"]]
    for card in holding:
        assert "Good to see you" in joined(found, card, "html", before=True)
        assert "Great to see you" in joined(found, card, "html")


@pytest.mark.parametrize(
    ("change", "kind", "title"),
    [
        (page_layout(end="</footer><p>Now</p>"), "layout", "the layout page/board changed"),
        (without("title/sweet"), "removed", "title/sweet was removed"),
        (
            component("title/new", "New here?", fr=None, campaigns=["start"], stages=["away"]),
            "added",
            "title/new was added",
        ),
    ],
    ids=["layout", "removed", "added"],
)
def test_other_causes(sample: Library, change: Files, kind: str, title: str) -> None:
    found = [cause for cause in compared(sample, change)["causes"] if cause["kind"] == kind]
    assert [cause["title"] for cause in found] == [title]
    assert all(cause["variants"] for cause in found)


def test_what_was_only_renamed_is_no_cause(sample: Library) -> None:
    """Approvals outlive it, so there is nothing to look at."""
    texts = files()
    parts: Files = {}
    for ending in ("md", "fr.md"):
        parts[f"components/title/sweet.{ending}"] = None
        parts[f"components/title/sugar.{ending}"] = str(texts[f"components/title/sweet.{ending}"])
    found = compared(sample, parts)
    assert "title/sugar" in [value[1] for group in found["groups"] for value in group["values"]]
    assert found["causes"] == []
    assert all(card["before"] is not None for card in found["cards"])


def test_nothing_changed(sample: Library) -> None:
    found = compared(sample, {})
    assert found["causes"] == []
    assert all(list(card["before"]) is not None and list(card["causes"]) == [] for card in found["cards"])
