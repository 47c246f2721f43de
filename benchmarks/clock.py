"""How things are timed here: processor time of the thread, in rounds, each in another order; medians with spread."""

from __future__ import annotations

import gc
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

__all__ = ["Timing", "each_of", "measured", "started"]

Item = TypeVar("Item")

_COUNTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Microseconds of a call: the median of the rounds, and the first and the last quarter."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Timing:
        """The timing of several rounds."""
        low, median, high = statistics.quantiles(values, n=4)
        return cls(median=median, low=low, high=high)


def each_of(call: Callable[[Item], object], items: Sequence[Item], *, keep: bool = False) -> Callable[[], object]:
    """A run that calls for each item, and keeps what comes out until its end, or drops it at once."""
    return partial(_kept if keep else _dropped, call, items)


def _kept(call: Callable[[Item], object], items: Sequence[Item]) -> list[object]:
    return [call(item) for item in items]


def _dropped(call: Callable[[Item], object], items: Sequence[Item]) -> None:
    for item in items:
        call(item)


def measured(
    paths: Mapping[str, Callable[[], object]], calls: int, rounds: int = 31, *, warm: bool = True
) -> dict[str, Timing]:
    """The timing of each path; one run of a path makes so many calls.

    In each round a path is run once to warm up, then four times that count; or, cold, only once, after other paths.
    """
    order = list(paths)
    microseconds: dict[str, list[float]] = {name: [] for name in paths}
    chance = random.Random(1)
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            run = paths[name]
            gc.collect()
            if warm:
                run()
            counted = _COUNTED if warm else 1
            before = time.thread_time_ns()
            for _ in range(counted):
                run()
            microseconds[name].append((time.thread_time_ns() - before) / calls / counted / 1000)
    return {name: Timing.of(values) for name, values in microseconds.items()}


def started(commands: Mapping[str, Sequence[str]], rounds: int = 11) -> dict[str, Timing]:
    """The processor time of whole processes, in microseconds."""
    order = list(commands)
    microseconds: dict[str, list[float]] = {name: [] for name in commands}
    chance = random.Random(1)
    for number in range(rounds + 1):
        chance.shuffle(order)
        for name in order:
            process = subprocess.Popen([sys.executable, *commands[name]], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise RuntimeError(f"{name} ended with {process.returncode}")
            if number:
                microseconds[name].append((usage.ru_utime + usage.ru_stime) * 1e6)
    return {name: Timing.of(values) for name, values in microseconds.items()}
