"""The boundary of authoring: a step that fails on a file becomes one finding on that file, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Final, TypeVar

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.project.source import Source
from assembler.errors import AssemblerError

__all__ = ["LIMITS_HINT", "Failure", "LimitExceeded", "attempt", "guarded", "unjudged_message"]

Result = TypeVar("Result")


class LimitExceeded(Exception):
    """Something is larger or deeper than a limit allows; the message says what, and the limit."""


LIMITS_HINT: Final = "write it simpler; `assembler rule R10` names the limits"
"""What to do about a file that goes beyond a limit."""

_FAULT: Final = "write it in another way; and please report this: it is a fault of Assembler, not of yours"

_LEADS: Final = ("source", "original", "words", "component", "template", "layout", "place")
"""What leads from a thing to the file that it is written in."""

_OURS: Final = "assembler."
_STEPS: Final = 4
_MESSAGE: Final = 200


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
                what = str(self.error)
            case RecursionError():
                what = "it is nested too deeply"
            case MemoryError():
                what = "it needs too much memory"
            case _:
                words = " ".join(str(self.error).split())[:_MESSAGE].encode("utf-8", "replace").decode()
                what = f"{type(self.error).__name__}: {words}" if words else type(self.error).__name__
        return unjudged_message(what)

    @property
    def hint(self) -> str:
        """What to do about it."""
        return LIMITS_HINT if isinstance(self.error, LimitExceeded | RecursionError | MemoryError) else _FAULT


def unjudged_message(what: str) -> str:
    """The message of a finding of R10: `what` ended it, or goes beyond a limit."""
    return f"this file could not be judged: {what}"


def attempt(work: Callable[[], Result], place: Place | None = None) -> Result | Failure:
    """What some work gives, or how it failed.

    `place` is where the work's file is; omitted, it is the file that the innermost failing step was on, as far as one
    of its variables tells. What this package raises on purpose, and whatever is no `Exception`, passes through.
    """
    try:
        return work()
    except AssemblerError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a file makes fail is a finding on it
        place = place or _place_of(error.__traceback__)
        return Failure(place, error if place is None else error.with_traceback(None))


def guarded(findings: Findings, work: Callable[[], Result], place: Place | None = None) -> Result | None:
    """What some work gives; None, and a finding of R10, where it failed on a file. Raises what failed on none."""
    done = attempt(work, place)
    if not isinstance(done, Failure):
        return done
    if done.place is None:
        raise done.error
    findings.add("R10", done.place, done.message, done.hint)
    return None


def _place_of(trace: TracebackType | None) -> Place | None:
    """The place that the innermost frame with a place was on."""
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    found = (place for frame in reversed(frames[1:]) for place in _places(frame.f_locals))
    return next(found, None)


def _places(variables: dict[str, object]) -> Iterator[Place]:
    """The places of variables, those that were set last first."""
    for each in reversed(variables.values()):
        place = _standing_at(each)
        if place is not None:
            yield place


def _standing_at(value: object) -> Place | None:
    """The place that a thing is, or the file that it is written in."""
    for _ in range(_STEPS):
        if isinstance(value, Place):
            return value
        if isinstance(value, Source):
            return value.at()
        if not type(value).__module__.startswith(_OURS):
            return None
        value = next((each for name in _LEADS if (each := getattr(value, name, None)) is not None), None)
    return None
