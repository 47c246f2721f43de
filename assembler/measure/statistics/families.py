"""Several questions at once: the more are asked, the surer each answer must be."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> list[float]:
    """Return each p, adjusted so that any of them is at most a with the chance a, if there is nothing to find (Holm
    1979); in the order given."""
    adjusted, least = [0.0] * len(p_values), 0.0
    for passed, number in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        least = max(least, min(1.0, (len(p_values) - passed) * p_values[number]))
        adjusted[number] = least
    return adjusted
