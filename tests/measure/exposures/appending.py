"""Processes that append records without end, and are killed amid it: `python -m tests.measure.exposures.appending DIR`.

They are copies of a process that has begun to write. Each says in a file how many lines it knows to be there.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from assembler.measure.exposures import Exposures
from tests.measure.exposures.records import record

AT_ONCE = 4
KILLS = 60
_SECONDS = 0.005
_LONGEST = 60.0


def append(exposures: Exposures) -> None:
    """Append without end."""
    one = record()
    for number in count():
        assert exposures.write({**one, "unit_id": f"{os.getpid():016}{number:016}"})


def child(exposures: Exposures) -> int:
    """A process that appends."""
    process = os.fork()
    if process == 0:
        os.nice(10)  # so that the one that kills has its turn
        try:
            append(exposures)
        finally:
            os._exit(1)
    return process


def wait_for_lines(folder: Path, process: int) -> None:
    """Wait until a process has begun to write."""
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline and not any(file.stat().st_size for file in folder.glob(f"*-{process}-*")):
        time.sleep(_SECONDS)


def killed(folder: Path) -> Iterator[int]:
    """The processes that were killed, one after the other; as many as are wanted append at any time."""
    exposures = Exposures(folder)
    assert exposures.write(record())
    running = [child(exposures) for _ in range(AT_ONCE)]
    for number in range(KILLS):
        time.sleep(_SECONDS)
        process = running.pop(0)
        wait_for_lines(folder, process)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        yield process
        if number < KILLS - AT_ONCE:
            running.append(child(exposures))


if __name__ == "__main__":
    print(*killed(Path(sys.argv[1])))
