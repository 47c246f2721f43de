"""The boundary of authoring: a step that fails on a file becomes one finding on that file, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from traceback import walk_tb
from types import TracebackType
from typing import Final, TypeVar

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.project.source import Source
from assembler.errors import AssemblerError

Result = TypeVar("Result")


class LimitExceeded(Exception):
    """Something is larger or deeper than a limit allows; the message says what, and the limit."""


LIMITS_HINT: Final = "write it simpler; `assembler rule R10` names the limits"
"""What to do about a file that goes beyond a limit."""

_FAULT: Final = "write it in another way; and please report this: it is a fault of Assembler, not of yours"

_PLACED_BY: Final = ("source", "original", "words", "component", "template", "layout", "place")
"""The attributes that lead from an object to the file that it is written in."""

_OURS: Final = "assembler."
_MOST_STEPS: Final = 4
_MOST_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed: the place of the file it was on, where it was on one, and the exception that ended it."""

    place: Place | None
    error: Exception

    @property
    def message(self) -> str:
        """What ended it, as a finding says it."""
        match self.error:
            case LimitExceeded():
                cause = str(self.error)
            case RecursionError():
                cause = "it is nested too deeply"
            case MemoryError():
                cause = "it needs too much memory"
            case _:
                words = " ".join(str(self.error).split())[:_MOST_CHARACTERS].encode("utf-8", "replace").decode()
                cause = f"{type(self.error).__name__}: {words}" if words else type(self.error).__name__
        return unjudged_message(cause)

    @property
    def hint(self) -> str:
        """What to do about it."""
        return LIMITS_HINT if isinstance(self.error, LimitExceeded | RecursionError | MemoryError) else _FAULT


def unjudged_message(cause: str) -> str:
    """Return the message of a finding of R10 on a file that something ended, or that goes beyond a limit."""
    return f"this file could not be judged: {cause}"


def attempt(work: Callable[[], Result], place: Place | None = None) -> Result | Failure:
    """Return the result of some work, or how it failed.

    `place` is where the work's file is; omitted, it is the file that the innermost failing step was on, as far as one
    of its variables tells: a rule of `check` goes through many files, and does not say on which it is. What this
    package raises on purpose, and whatever is no `Exception`, passes through.
    """
    try:
        return work()
    except AssemblerError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a file makes fail is a finding on it
        place = place or _place_in(error.__traceback__)
        return Failure(place, error if place is None else error.with_traceback(None))


def guarded(findings: Findings, work: Callable[[], Result], place: Place | None = None) -> Result | None:
    """Return the result of some work; None, and a finding of R10, where a file ended it. Raises what no file did."""
    result = attempt(work, place)
    if not isinstance(result, Failure):
        return result
    if result.place is None:
        raise result.error
    findings.add("R10", result.place, result.message, result.hint)
    return None


def _place_in(trace: TracebackType | None) -> Place | None:
    """Return the place that the innermost frame with a place was on; the frame of `attempt` itself tells of none."""
    frames = [frame for frame, _ in walk_tb(trace)]
    # The variables that were set last come first.
    variables = (value for frame in reversed(frames[1:]) for value in reversed(frame.f_locals.values()))
    return next(filter(None, map(_place_of, variables)), None)


def _place_of(value: object) -> Place | None:
    """Return the place that a value is, or that of the file it is written in; None where it leads to none."""
    for _ in range(_MOST_STEPS):
        if isinstance(value, Place):
            return value
        if isinstance(value, Source):
            return value.at()
        if not type(value).__module__.startswith(_OURS):
            return None
        attributes = (getattr(value, name, None) for name in _PLACED_BY)
        value = next((attribute for attribute in attributes if attribute is not None), None)
    return None
