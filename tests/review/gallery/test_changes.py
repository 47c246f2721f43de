"""What changed since an older library, by its cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.review.gallery.contents import joined
from tests.authoring.check.cases import Edit, edited
from tests.authoring.sample import files
from tests.review.gallery.conftest import gallery_of


def compared(sample: Library, edits: Mapping[str, Edit]) -> Mapping[str, Any]:
    """The contents of an edited sample project against the sample."""
    return gallery_of(Project.from_files(edited(edits)), Path("nowhere"), sample).contents


def test_a_changed_word_is_one_cause_of_exactly_the_variants_that_hold_it(sample: Library) -> None:
    found = compared(sample, {"components/title/plain.md": ("Good to see you", "Great to see you")})
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


NEW_TITLE = """\
---
campaigns: [start]
stages: [away]
owner: a@b.example
hypothesis: new words
---
New here?
"""


@pytest.mark.parametrize(
    ("path", "edit", "kind", "title"),
    [
        ("templates/page/board.html.j2", ("</body>", "<p>Now</p></body>"), "layout", "the layout page/board changed"),
        ("components/title/sweet.md", None, "removed", "title/sweet was removed"),
        ("components/title/new.md", NEW_TITLE, "added", "title/new was added"),
    ],
    ids=["layout", "removed", "added"],
)
def test_other_causes(sample: Library, path: str, edit: Edit, kind: str, title: str) -> None:
    translation: dict[str, Edit] = {"components/title/sweet.fr.md": None} if edit is None else {}
    found = [cause for cause in compared(sample, {path: edit, **translation})["causes"] if cause["kind"] == kind]
    assert [cause["title"] for cause in found] == [title]
    assert all(cause["variants"] for cause in found)


def test_what_was_only_renamed_is_no_cause(sample: Library) -> None:
    """Approvals outlive it, so there is nothing to look at."""
    texts = files()
    edits: dict[str, Edit] = {}
    for ending in ("md", "fr.md"):
        edits[f"components/title/sweet.{ending}"] = None
        edits[f"components/title/sugar.{ending}"] = str(texts[f"components/title/sweet.{ending}"])
    found = compared(sample, edits)
    assert "title/sugar" in [value[1] for group in found["groups"] for value in group["values"]]
    assert found["causes"] == []
    assert all(card["before"] is not None for card in found["cards"])


def test_nothing_changed(sample: Library) -> None:
    found = compared(sample, {})
    assert found["causes"] == []
    assert all(list(card["before"]) is not None and list(card["causes"]) == [] for card in found["cards"])
