"""Work is shared among processes where there is enough of it, and what one of them does not do is missing."""

from __future__ import annotations

import os

import pytest

from assembler.authoring.compile.jobs import job_count, shared

PROCESSORS = len(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("most", "tasks", "count"),
    [
        (None, 9, 1),
        (None, 10, PROCESSORS),
        (None, 11, PROCESSORS),
        (1, 11, 1),
        (2, 9, 1),
        (2, 10, min(2, PROCESSORS)),
        (PROCESSORS, 10, PROCESSORS),
        (PROCESSORS + 1, 10, PROCESSORS),
        (256, 9, 1),
    ],
)
def test_so_many_processes_work_where_that_is_faster(most: int | None, tasks: int, count: int) -> None:
    assert job_count(most, tasks, 10) == count


@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_every_task_is_done_once(jobs: int) -> None:
    done = shared(["a", "b", "c"], lambda task: task.upper().encode(), jobs)
    assert sorted(done) == [("a", b"A"), ("b", b"B"), ("c", b"C")]


def test_without_a_task_nothing_is_done() -> None:
    assert list(shared([], lambda task: b"", 2)) == []


def test_of_a_process_that_dies_nothing_more_comes() -> None:
    def work(task: str) -> bytes:
        if task == "b":
            os._exit(1)
        return task.encode()

    assert dict(shared(["a", "b", "c"], work, 1)) == {"a": b"a"}
    assert dict(shared(["a", "b", "c"], work, 2)).keys() >= {"c"}
