"""No regular expression goes back over a text: whatever is repeated, each step takes as many steps as the one before.

Each pattern of the package is tried on texts made out of its own parts (`matcher.py`), 4, 8 and 16 times; what then
seems to grow too fast is tried on longer ones.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.growth.matcher import TooMany, attacks, steps
from tests.growth.patterns import Pattern, patterns

MOST_ATTACKS = 60
STEEPEST = 2.6
SHORT, LONG = (4, 8, 16), (24, 48, 96)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _deep() -> Iterator[None]:
    """What stands for the rest of a pattern is a call within calls."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    yield
    sys.setrecursionlimit(limit)


def growth(pattern: Pattern, attack: tuple[str, str, str], sizes: tuple[int, int, int]) -> float:
    before, unit, after = attack
    try:
        taken = [
            steps(pattern.text, pattern.flags, before + unit * size + after, anchored=pattern.anchored)
            for size in sizes
        ]
    except (TooMany, RecursionError):
        return float("inf")
    return (taken[2] - taken[1]) / max(taken[1] - taken[0], 1)


def steep(pattern: Pattern) -> tuple[str, str, str] | None:
    """The first attack whose work grows faster than its text."""
    tried = islice(attacks(pattern.text, pattern.flags), MOST_ATTACKS)
    suspects = (text for text in tried if growth(pattern, text, SHORT) > STEEPEST)
    return next((text for text in suspects if growth(pattern, text, LONG) > STEEPEST), None)


def test_no_pattern_goes_back_over_a_text() -> None:
    tried = patterns()
    assert len(tried) > 300
    assert {pattern: attack for pattern in tried if (attack := steep(pattern))} == {}


@pytest.mark.parametrize(
    ("text", "anchored"),
    [
        (r"\s*\n", False),
        (r"[a-z]+:", False),
        (r"<!--.*?-->", False),
        (r"\[([^\]\\]|\\.)*\]", False),
        (r"(?:\s*(?:>|\s)\s*[a-z])*!", True),
        (r"\d+\.?\d*x", True),
        (r"(?:a|aa)+b", True),
    ],
)
def test_a_pattern_that_goes_back_is_recognised(text: str, anchored: bool) -> None:
    assert steep(Pattern("here", text, int(re.DOTALL), anchored))


@pytest.mark.parametrize("text", [r"(?<!\s)\s*\n", r"[a-z]++", r"<!--", r"\d{1,3}px"])
def test_a_pattern_that_does_not_is_none(text: str) -> None:
    assert steep(Pattern("here", text, 0, anchored=False)) is None
