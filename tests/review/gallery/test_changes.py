"""What changed since an older library, by its cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from assembler.review.gallery.contents import joined
from tests.authoring.builders import File, Files, component, in_memory, page as page_layout, project as files, without
from tests.review.gallery.conftest import gallery_of


def compared(sample: Library, parts: Mapping[str, File]) -> Mapping[str, Any]:
    """The contents of the project with these parts against the clean one."""
    return gallery_of(in_memory(files(parts)), Path("nowhere"), sample).contents


def test_a_changed_word_is_one_cause_of_exactly_the_variants_that_hold_it(sample: Library) -> None:
    comparison = compared(sample, component("title/plain", 'Great to see you, {{ first_name | default: "friend" }}'))
    (cause,) = comparison["causes"]
    assert (cause["kind"], cause["title"], cause["component"]) == ("changed", "title/plain changed", "title/plain")
    holding = []
    for card in comparison["cards"]:
        values = comparison["groups"][card["group"]]["values"]
        holds = "title/plain" in [values[number][1] for number in card["values"]]
        assert list(card["causes"]) == ([0] if holds and card["causes"] else [])
        holding += [card] if card["causes"] else []
    assert cause["variants"] == len(holding)
    assert [sentence["begins"] for sentence in cause["sentences"]] == ["The title of back (default, "]
    (sentence,) = cause["sentences"]
    assert (sentence["locales"], sentence["ends"]) == (("en",), ", email and page) says “Great” instead of “Good”.")
    for card in holding:
        assert "Good to see you" in joined(comparison, card, "html", before=True)
        assert "Great to see you" in joined(comparison, card, "html")


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
    causes = [cause for cause in compared(sample, change)["causes"] if cause["kind"] == kind]
    assert [cause["title"] for cause in causes] == [title]
    assert all(cause["variants"] for cause in causes)


def test_what_was_only_renamed_is_no_cause(sample: Library) -> None:
    """Approvals outlive it, so there is nothing to look at."""
    texts = files()
    parts: Files = {}
    for ending in ("md", "fr.md"):
        parts[f"components/title/sweet.{ending}"] = None
        parts[f"components/title/sugar.{ending}"] = str(texts[f"components/title/sweet.{ending}"])
    comparison = compared(sample, parts)
    assert "title/sugar" in [value[1] for group in comparison["groups"] for value in group["values"]]
    assert comparison["causes"] == []
    assert all(card["before"] is not None for card in comparison["cards"])


def test_nothing_changed(sample: Library) -> None:
    comparison = compared(sample, {})
    assert comparison["causes"] == []
    assert all(list(card["before"]) is not None and list(card["causes"]) == [] for card in comparison["cards"])
