"""What to know of a variant before it is opened."""

from __future__ import annotations

from datetime import date

import pytest

from assembler.authoring.project.library_background import ComponentFacts
from assembler.review.gallery.shown_component import ShownComponent, notes

TODAY = date(2026, 11, 22)


def component(until: date | None = None, *findings: str) -> ShownComponent:
    facts = ComponentFacts(owner=None, hypothesis=None, review_by=None, until=until, path="a.md", paths=("a.md",))
    return ShownComponent(facts, findings)


@pytest.mark.parametrize(
    ("until", "told"),
    [(date(2026, 12, 22), ["◷ Ends 22 Dec"]), (date(2026, 12, 23), []), (None, []), (TODAY, ["◷ Ends 22 Nov"])],
)
def test_what_ends_within_thirty_days_says_so(until: date | None, told: list[str]) -> None:
    assert notes([component(until)], TODAY) == told


def test_the_first_end_is_told_and_findings_are_counted_once() -> None:
    every = [component(date(2026, 12, 5), "C04 warning: a"), component(date(2026, 12, 1), "C04 warning: a", "C05: b")]
    assert notes(every, TODAY) == ["◷ Ends 1 Dec", "⚠ 2 findings"]


def test_one_finding() -> None:
    assert notes([component(None, "C04 warning: a")], TODAY) == ["⚠ 1 finding"]
