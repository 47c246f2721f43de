"""Work shared among processes that are copies of this one, so that nothing has to be sent to them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Progress = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""

Task = TypeVar("Task")
_NUMBER = 4


def job_count(most: int | None, tasks: int, worth: int) -> int:
    """Return how many processes work: one for each processor, and `most` at most, where there are enough tasks to be
    worth more than this process; else this one, which is then faster.

    Where processes cannot be copied, always one; where processors cannot be counted, as many as `most`.
    """
    if tasks < worth or "fork" not in multiprocessing.get_all_start_methods():
        return 1
    processors = processor_count(otherwise=most or 1)
    return min(most or processors, processors)


def processor_count(*, otherwise: int) -> int:
    """Return how many processors there are for this process, and another number where they cannot be counted."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else otherwise


def shared(tasks: Sequence[Task], work: Callable[[Task], bytes], jobs: int) -> Iterator[tuple[Task, bytes]]:
    """Give each task with what some work makes of it, as it comes from `jobs` processes; of one that died, no more."""
    context = multiprocessing.get_context("fork")
    taken = context.Value("i", 0)
    receivers: list[Connection] = []
    processes = []
    for _ in range(min(jobs, len(tasks))):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(tasks, work, taken, sender), daemon=True)
        process.start()
        sender.close()
        receivers.append(receiver)
        processes.append(process)
    try:
        while receivers:
            for ready in wait(receivers):
                assert isinstance(ready, Connection)
                try:
                    data = ready.recv_bytes()
                except (EOFError, OSError):
                    receivers.remove(ready)
                else:
                    yield tasks[int.from_bytes(data[:_NUMBER], "big")], data[_NUMBER:]
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _serve(tasks: Sequence[Task], work: Callable[[Task], bytes], taken: Any, sender: Connection) -> None:
    try:
        while True:
            with taken.get_lock():
                number = taken.value
                taken.value += 1
            if number >= len(tasks):
                return
            sender.send_bytes(number.to_bytes(_NUMBER, "big") + work(tasks[number]))
    except (KeyboardInterrupt, BrokenPipeError, UnicodeEncodeError):
        return
