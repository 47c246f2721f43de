"""How far outcomes are followed: each limit keeps what is asked of a project within seconds."""

from __future__ import annotations

from typing import Final

MOST_STATES: Final = 200_000
"""A graph of rows that would have more nodes is refused: what is asked of it would take minutes."""

MOST_TRIALS: Final = 100_000
"""So often a candidate is tried for somebody, for the variants of one plan: it takes a second or two."""

MOST_COUNTED: Final = 10**15
"""Of more variants, or combinations, of one plan no more is said than that there are at least so many."""

MOST_LOSER_TRIALS: Final = 20_000
"""So many people are tried for one component that may never win."""

MOST_LOSER_TRIALS_IN_ALL: Final = 100_000
"""So many people are tried for all components of a project that may never win."""
