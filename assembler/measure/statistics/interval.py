"""What is known of a figure: that it lies between two ends."""

from __future__ import annotations

from typing import NamedTuple


class Interval(NamedTuple):
    """From the lower to the upper end."""

    low: float
    high: float
