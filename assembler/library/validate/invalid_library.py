"""What is wrong in a library and where, and the checks that records of several kinds share."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Final

from assembler.library.records import BUCKETS, Holdout

_SLUG = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_MICROSECONDS_A_DAY: Final = 86_400_000_000
_MOMENTS: Final = (-719_163 * _MICROSECONDS_A_DAY, 2_932_898 * _MICROSECONDS_A_DAY)
"""From the day before 0001-01-01 to the day after 9999-12-31, in microseconds since 1970: midnights of any zone."""


class InvalidLibrary(Exception):
    """A library holds what the runtime cannot work with. `place` leads to it, as keys and numbers joined by dots."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place = place
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"

    def below(self, place: str) -> InvalidLibrary:
        """Return the same error, whose place was told from a place on."""
        return InvalidLibrary(f"{place}.{self.place}", self.problem)


def require(holds: object, place: str, problem: str) -> None:
    """Raise `InvalidLibrary` unless something holds."""
    if not holds:
        raise InvalidLibrary(place, problem)


def check_names(names: Iterable[str], place: str) -> None:
    """Raise `InvalidLibrary` unless names are slugs, each given once."""
    seen: set[str] = set()
    for name in names:
        if not _SLUG.fullmatch(name):
            raise InvalidLibrary(place, f"{name[:80]!r} is no name")
        if name in seen:
            raise InvalidLibrary(place, f"{name[:80]!r} stands there twice")
        seen.add(name)


def check_known(names: Iterable[str], known: Container[str], place: str) -> None:
    """Raise `InvalidLibrary` unless names are among those that the library has."""
    for name in names:
        if name not in known:
            raise InvalidLibrary(place, f"the library has no {name[:80]!r} there")


def check_moment(moment: int | None, place: str) -> None:
    """Raise `InvalidLibrary` unless a moment, in microseconds, is one of a calendar."""
    require(moment is None or _MOMENTS[0] <= moment <= _MOMENTS[1], place, "a moment that no calendar has")


def check_holdout(holdout: Holdout | None, place: str) -> None:
    """Raise `InvalidLibrary` unless a holdout takes a share of all buckets, until a moment of a calendar."""
    if holdout is not None:
        require(0 <= holdout.share <= BUCKETS, f"{place}.share", f"a share is from 0 to {BUCKETS}")
        check_moment(holdout.until, f"{place}.until")
