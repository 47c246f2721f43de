"""Small pieces of the sentences that the pages say."""

from __future__ import annotations

from collections.abc import Sequence


def spoken(name: str) -> str:
    """Return the name of a segment, slot or component as people say it: `offer/spring_20` is "spring 20"."""
    return name.rpartition("/")[2].replace("_", " ")


def enumerated(names: Sequence[str]) -> str:
    """Return names as "a, b and c"."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
