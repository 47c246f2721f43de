"""Why two components never stand together: each reason, and where it begins."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assembler.review.sampling.planner import make_plan
from tests.review.sampling.libraries import AT, library_of, split

SEGMENT, STAGE = {"segments": ("s",)}, {"stages": ("u",)}


def reasons(one: Mapping[str, object], two: Mapping[str, object], **others: Mapping[str, object]) -> list[str]:
    """Why `title/one` and `offer/two` never stand together; nothing where they do."""
    slots = {
        "title": {"plain": "x", "one": one, **others},
        "offer": {"empty": "", "two": two},
    }
    impossible = make_plan(library_of(slots), AT).impossible
    return [reason for pair, reason in impossible if pair == ("title/one", "offer/two")]


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        (SEGMENT, SEGMENT, None),
        (SEGMENT, STAGE, None),
        (SEGMENT, {"segments": ("t",)}, "segment"),
        ({"segments": ("s", "t")}, {"segments": ("t",)}, None),
        (STAGE, {"stages": ("v",)}, "stage"),
        ({"closes": 2}, {"opens": 2}, "window"),
        ({"closes": 3}, {"opens": 2}, None),
        ({"closes": 2, "segments": ("s",)}, {"opens": 2, "segments": ("t",)}, "window"),
        ({"closes": 0}, {}, "window"),
        (SEGMENT, {"excludes": ("title/one",)}, "excludes"),
        ({"test": split("x", 0, 50)}, {"test": split("x", 50, 100)}, "test"),
        ({"test": split("x", 0, 51)}, {"test": split("x", 50, 100)}, None),
        ({"test": split("x", 50, 100)}, {"test": split("x", 0, 50)}, "test"),
        ({"test": split("x", 0, 50)}, {"test": split("y", 50, 100)}, None),
        (SEGMENT, {"requires": ("title/gone",)}, "requires"),
        (SEGMENT, {"requires": ("title/plain",)}, "requires"),
        (SEGMENT, {"requires": ("title/one",)}, None),
    ],
    ids=[
        "one segment",
        "segment and stage",
        "two segments",
        "a segment in common",
        "two stages",
        "one closes as the other opens",
        "they share a day",
        "the window first",
        "it has closed",
        "excluded",
        "ranges that touch",
        "ranges that overlap",
        "ranges that touch, the other way",
        "two tests",
        "requires what is gone",
        "requires another of the slot",
        "requires the other",
    ],
)
def test_why_two_components_never_stand_together(
    one: Mapping[str, object], two: Mapping[str, object], reason: str | None
) -> None:
    assert reasons(one, two) == ([reason] if reason else [])


def test_what_is_always_outranked_beside_the_other() -> None:
    assert reasons({}, SEGMENT, better=SEGMENT) == ["outranked"]
